"""What another program says of a task and Songbridge has no word for: kept, and given back.

It travels with the task as one JSON text, ``{"taskwarrior": {"priority": "H"}}``: the format's name,
and what that format's reader wants to find again. Nobody else looks into it.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from typing import Any, TypeAlias

from bridge.files.fields import PROSE

Kept: TypeAlias = dict[str, Any]

_UNSEEN = ("Cc", "Cs", "Zl", "Zp")  # categories that a text of a song may not hold as they are


def pack(form: str, values: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Return the text that keeps `values` for `form`, and the names of those too long to be kept.

    The shortest are kept first, as many as fit; empty values need no keeping.
    """
    wanted = {name: value for name, value in values.items() if value not in ("", None, [], {})}
    sizes = {name: _size(form, name, value) for name, value in wanted.items()}
    room, fitting = PROSE, set()
    for name in sorted(sizes, key=lambda name: sizes[name]):
        room -= sizes[name]
        if room < 0:
            break
        fitting.add(name)
    kept = {name: value for name, value in wanted.items() if name in fitting}
    return dump({form: kept}) if kept else "", tuple(n for n in wanted if n not in fitting)


def _size(form: str, name: str, value: object) -> int:
    """Return how many characters `value` takes at most, with all that stands around it."""
    if isinstance(value, str) and len(value) > PROSE:
        return len(value)
    bare = json.dumps({form: {name: value}}, ensure_ascii=False)
    return len(bare) if len(bare) > PROSE else len(dump({form: {name: value}}))


def unpack(text: str, form: str) -> Kept:
    """Return what `text` keeps for `form`: nothing when it keeps nothing, or is no such text."""
    kept = _load(text).get(form)
    return kept if isinstance(kept, dict) else {}


def texts(told: Kept, name: str) -> list[str]:
    """Return the list of that name, empty when there is none."""
    value = told.get(name)
    return [str(one) for one in value] if isinstance(value, list) else []


def others(text: str, form: str) -> tuple[str, ...]:
    """Return the formats besides `form` that `text` keeps something for."""
    return tuple(name for name in _load(text) if name != form)


def joined(old: str, new: str, form: str) -> str:
    """Return `old` with what `new` keeps for `form`; where both have no room, `new` alone."""
    told = _load(new).get(form)
    others = {name: value for name, value in _load(old).items() if name != form}
    both = dump({**others, form: told} if told else others) if told or others else ""
    return both if len(both) <= PROSE else new


def _load(text: str) -> Kept:
    if not text:
        return {}
    try:
        kept = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def dump(value: object) -> str:
    """Return `value` as JSON on one line, without any character that can't be seen."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return "".join(_escaped(c) if unicodedata.category(c) in _UNSEEN else c for c in text)


def _escaped(character: str) -> str:
    return f"\\u{ord(character):04x}"
