"""Hand-over notes as lines of text, for programs that have notes but no such thing as these.

``hand-over from "Ada" for "Ben" (2026-09-20 18:04:05Z): take 3 is the keeper``; one that is ticked off
begins ``hand-over, read``. A plain ``hand-over: …`` that somebody wrote by hand is one, too.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from bridge.core.hand_over import HandOver

_NAME = r'("(?:[^"\\]|\\.){0,400}")'
_LINE = re.compile(
    rf"hand-over(, read)?(?: from {_NAME})?(?: for {_NAME})?"
    r"(?: \(([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2})Z\))?: +(\S.*)"
)
_WHEN = "%Y-%m-%d %H:%M:%S"


def written(note: HandOver) -> str:
    """Return `note` as a line."""
    read = ", read" if note.done else ""
    by = f" from {json.dumps(note.by, ensure_ascii=False)}" if note.by else ""
    to = f" for {json.dumps(note.to, ensure_ascii=False)}" if note.to else ""
    at = ""
    if note.at:
        at = f" ({datetime.fromtimestamp(int(note.at), UTC).strftime(_WHEN)}Z)"
    return f"hand-over{read}{by}{to}{at}: {note.text}"


def read(line: str, at: float = 0.0) -> HandOver | None:
    """Return the note in `line`, None where it is none; ``at`` is when, where the line doesn't say."""
    found = _LINE.fullmatch(line.strip())
    if found is None:
        return None
    done, by, to, when, text = found.groups()
    with contextlib.suppress(ValueError):  # a name that is no JSON, a 31st of February
        moment = datetime.strptime(f"{when}+0000", f"{_WHEN}%z").timestamp() if when else at
        return HandOver(text, _name(by), _name(to), moment, done is not None)
    return None


def written_before(text: str, notes: Sequence[HandOver]) -> str:
    """Return `text` with the notes as lines before it."""
    return "\n".join([*map(written, notes), *([text] if text or not notes else [])])


def taken_out(text: str) -> tuple[tuple[HandOver, ...], str]:
    """Return the notes among the lines of `text`, and the text without them."""
    notes, rest = [], []
    for line in text.splitlines(keepends=True):
        note = read(line)
        if note is None:
            rest.append(line)
        else:
            notes.append(note)
    return tuple(notes), "".join(rest)


def sorted_out(lines: Iterable[str]) -> tuple[tuple[HandOver, ...], list[str]]:
    """Return the notes among `lines`, and the others."""
    found = [(line, read(line)) for line in lines]
    notes = tuple(note for _, note in found if note is not None)
    return notes, [line for line, note in found if note is None]


def _name(quoted: str | None) -> str:
    """Return the name that is meant. Raises ValueError."""
    name = json.loads(quoted) if quoted else ""
    return str(name)
