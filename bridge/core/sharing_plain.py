"""What of a song travels, as JSON says it; and back into the values that the core works with.

Nothing is named twice: a field that `Task`, `Song` or `SongMap` gets later travels by itself, unless
it is named here as the studio's own affair. A tuple travels member by member, so that two studios
may add to one list.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Final, Literal, Union, cast, get_args, get_origin, get_type_hints

from bridge.core.model import Song, SongMap, Task, TaskState
from bridge.core.sharing_records import Plain, canonical
from bridge.errors import Invalid

STATE: Final = "state"
"""Where a task stands, and when it left the queue."""

BOX: Final = "box"
"""The present box of a task: what is used of it, and its length with extensions, in milliseconds."""

SUMS: Final = ("spent", "extended", "rounds")
"""Of a task: what each studio adds to. ``spent`` counts milliseconds."""

_OWN_OF_TASKS: Final = frozenset(
    {"id", "goal", "kept", "state", "left_at", "budget", "boxed", *SUMS}
)
_OWN_OF_SONGS: Final = frozenset({"id", "tasks", "next_number", "resting", "goal", "map"})
_MAP: Final = "map."
_SIMPLE: Final = frozenset({str, int, float, bool})


def _defaults(*kinds: tuple[str, type]) -> dict[str, Plain]:
    return {
        start + one.name: plain(one.default)
        for start, kind in kinds
        for one in fields(kind)
        if one.default is not MISSING and not isinstance(one.default, tuple)
    }


@dataclass(frozen=True, slots=True)
class Told:
    """What a song or a task says: its plain ``fields``, its ``lists`` by members' keys, its ``sums``."""

    fields: Mapping[str, Plain] = field(default_factory=dict)
    lists: Mapping[str, Mapping[str, Plain]] = field(default_factory=dict)
    sums: Mapping[str, int] = field(default_factory=dict)


def task_told(task: Task) -> Told:
    """Return what travels of a task."""
    said, lists = _told(task, _OWN_OF_TASKS)
    said[STATE] = [task.state.value, _thousandths(task.left_at)]
    said[BOX] = [_thousandths(task.boxed), _thousandths(task.budget)]
    sums = {"spent": _thousandths(task.spent), "extended": task.extended, "rounds": task.rounds}
    return Told(said, lists, sums)


def song_told(song: Song) -> Told:
    """Return what travels of a song, its tasks aside."""
    said, lists = _told(song, _OWN_OF_SONGS)
    of_map, lists_of_map = _told(song.map, frozenset())
    said |= {_MAP + name: value for name, value in of_map.items()}
    return Told(said, lists | {_MAP + name: of for name, of in lists_of_map.items()})


def _told(value: Any, own: frozenset[str]) -> tuple[dict[str, Plain], dict[str, dict[str, Plain]]]:  # noqa: ANN401 - a dataclass
    said: dict[str, Plain] = {}
    lists: dict[str, dict[str, Plain]] = {}
    for name in _names(cast("Hashable", type(value))) - own:
        member = getattr(value, name)
        if isinstance(member, tuple):
            lists[name] = members(member)
        else:
            said[name] = plain(member)
    return said, lists


@cache
def _names(kind: Hashable) -> frozenset[str]:
    return frozenset(one.name for one in fields(cast("type", kind)))


def members(values: tuple[Any, ...]) -> dict[str, Plain]:
    """Return a list's members by what tells one from another, as JSON says them."""
    return {key_of(value): travelling(value) for value in values if value != ""}


def key_of(value: Any) -> str:  # noqa: ANN401 - a text or a dataclass
    """Return what tells a member from others: a text itself, a name, or all that it says."""
    said = travelling(value)
    if isinstance(said, str):
        return said
    name = said.get("name") if isinstance(said, dict) else None
    return name if isinstance(name, str) else canonical(said)


def travelling(value: Any) -> Plain:  # noqa: ANN401 - a text or a dataclass
    """Return `value` as JSON says it; of a file only the name, for folders are nobody else's affair."""
    return file_name(value) if isinstance(value, str) else plain(value)


def file_name(text: str) -> str:
    """Return the name of the file that `text` leads to; any other text as it is."""
    rest = text[len("file:") :] if text[:5].casefold() == "file:" else text
    drive = rest[1:3] in (":\\", ":/") and rest[0].isalpha()
    rooted = rest.startswith(("~/", "~\\", "\\\\")) or (rest.startswith("/") and "/" in rest[1:])
    if "\n" in text or not (rest is not text or drive or rooted):
        return text
    return rest.replace("\\", "/").rstrip("/").rpartition("/")[2] or text


def plain(value: Any) -> Plain:  # noqa: ANN401 - whatever a field of the model holds
    """Return `value` as JSON says it."""
    if value is None or type(value) in _SIMPLE:
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    return value.value if isinstance(value, Enum) else value


def _thousandths(seconds: float) -> int:
    return round(seconds * 1000)


DEFAULTS: Final[Mapping[bool, Mapping[str, Plain]]] = {
    True: {name: it for name, it in _defaults(("", Task)).items() if name not in _OWN_OF_TASKS},
    False: _defaults(("", Song), (_MAP, SongMap)),
}
"""What goes without saying of a task (True) and of the song (False): the plain fields' defaults."""


# --- back -----------------------------------------------------------------------------------------


def task_fields(said: Mapping[str, Plain]) -> dict[str, Any]:
    """Return fields of a `Task` out of what one says. Raises Invalid for what can't be one's."""
    read: dict[str, Any] = {}
    for name, value in said.items():
        if name == STATE:
            state, left_at = _pair(value, name, str)
            read |= {"state": typed(TaskState, state, name), "left_at": left_at / 1000}
        elif name == BOX:
            boxed, budget = _pair(value, name, int)
            read |= {"boxed": boxed / 1000, "budget": budget / 1000}
        elif name in _names(Task) - _OWN_OF_TASKS:
            read[name] = typed(_hints(Task)[name], value, name)
    return read


def song_fields(said: Mapping[str, Plain]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return fields of a `Song` and of its `SongMap`. Raises Invalid for what can't be one's."""
    read: dict[str, Any] = {}
    of_map: dict[str, Any] = {}
    for name, value in said.items():
        short = name.removeprefix(_MAP)
        if short is not name and short in _names(SongMap):
            of_map[short] = typed(_hints(SongMap)[short], value, name)
        elif name in _names(Song) - _OWN_OF_SONGS:
            read[name] = typed(_hints(Song)[name], value, name)
    return read, of_map


def knows(name: str, *, of_task: bool) -> bool:
    """Tell whether a field of that name is one of ours; others are kept for whoever knows them."""
    if of_task:
        return name in (STATE, BOX) or name in _names(Task) - _OWN_OF_TASKS
    return name in _names(Song) - _OWN_OF_SONGS or (
        name.startswith(_MAP) and name.removeprefix(_MAP) in _names(SongMap)
    )


def _pair(value: Plain, name: str, first: type) -> tuple[Any, int]:
    match value:
        case [one, int(two)] if type(one) is first and type(two) is int:
            return one, two
    raise Invalid(f"{name} can't be {str(value)[:40]!r}")


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def typed(kind: Any, value: Plain, name: str) -> Any:  # noqa: ANN401 - a type made of others, met one by one
    """Return `value` as `kind`, the type of the field `name`. Raises Invalid."""
    origin = get_origin(kind)
    if origin is tuple and isinstance(value, list):
        return tuple(typed(get_args(kind)[0], one, name) for one in value)
    if origin in (Union, UnionType):
        return _first(get_args(kind), value, name)
    if origin is Literal and isinstance(value, str) and value in get_args(kind):
        return value
    if isinstance(kind, type):
        if issubclass(kind, Enum) and value in {one.value for one in kind}:
            return kind(value)
        if is_dataclass(kind) and isinstance(value, dict):
            return _made(kind, value, name)
        if type(value) is kind and kind in (str, int, float, bool):
            return value
        if kind is float and type(value) is int:
            return float(value)
    if kind is type(None) and value is None:
        return None
    raise Invalid(f"{name} can't be {str(value)[:40]!r}")


def _first(kinds: tuple[Any, ...], value: Plain, name: str) -> Any:  # noqa: ANN401 - as above
    for kind in kinds:
        try:
            return typed(kind, value, name)
        except Invalid:
            continue
    raise Invalid(f"{name} can't be {str(value)[:40]!r}")


def _made(kind: type, value: Mapping[str, Plain], name: str) -> Any:  # noqa: ANN401 - a dataclass of ours
    hints = _hints(kind)
    needed = {
        one.name for one in fields(kind)
        if one.default is MISSING and one.default_factory is MISSING
    }  # fmt: skip
    if lacking := needed - value.keys():
        raise Invalid(f"{name} lacks {', '.join(sorted(lacking))}")
    known = {key: one for key, one in value.items() if key in hints}
    return kind(**{key: typed(hints[key], one, f"{name}.{key}") for key, one in known.items()})
