"""The formats by name: what reads and what writes each, and what it is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from bridge.files.exchange import als, asana, rpp, taskwarrior, todoist, todotxt, toggl
from bridge.files.exchange.carried import Carried, Written
from bridge.files.exchange.encodings import decoded
from bridge.files.exchange.outgoing import Outgoing
from bridge.files.song_export import write_song
from bridge.files.songs import parse_song

if TYPE_CHECKING:
    from bridge.core.settings import Settings

Reader: TypeAlias = "Callable[[bytes, str, Settings, bool], Carried]"
"""Data, the file's name for messages, settings, and whether tracks of a DAW become tasks."""

Writer: TypeAlias = Callable[[Outgoing], Written]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name for ``--format``, for people, its readers and writers, None for neither."""

    name: str
    title: str
    read: Reader | None
    write: Writer | None
    several: bool = False


def _text(read: Callable[[str, str, Settings], Carried], *, strict: bool = False) -> Reader:
    def reading(data: bytes, file: str, settings: Settings, _tasks: bool) -> Carried:
        text = decoded(data, file, strict=strict)
        carried = read(text.text, file, settings)
        return replace(carried, notes=(*text.notes, *carried.notes))

    return reading


def _toml(text: str, file: str, settings: Settings) -> Carried:
    return Carried((parse_song(text, file, settings),))


def _als(data: bytes, file: str, settings: Settings, tasks: bool) -> Carried:
    return als.read(data, file, settings, tasks=tasks)


def _rpp(data: bytes, file: str, settings: Settings, tasks: bool) -> Carried:
    text = data.decode("utf-8", "replace")  # plug-ins write what they like into a project
    return rpp.read(text, file, settings, tasks=tasks)


def _write_toml(out: Outgoing) -> Written:
    return Written("\n".join(map(write_song, out.songs)))


_ALL: Final = (
    Format("toml", "Songbridge's own TOML", _text(_toml, strict=True), _write_toml),
    Format("asana", "Asana CSV", _text(asana.read), asana.write, several=True),
    Format("todoist", "Todoist CSV", _text(todoist.read), todoist.write),
    Format("todo.txt", "todo.txt", _text(todotxt.read), todotxt.write, several=True),
    Format(
        "taskwarrior", "Taskwarrior JSON", _text(taskwarrior.read, strict=True), taskwarrior.write,
        several=True,
    ),
    Format("toggl", "Toggl CSV", _text(toggl.read), toggl.write, several=True),
    Format("als", "a Live set", _als, None),
    Format("rpp", "a REAPER project", _rpp, None),
)  # fmt: skip

FORMATS: Final[Mapping[str, Format]] = {one.name: one for one in _ALL}
"""Every format by its name."""

READ: Final = tuple(one.name for one in _ALL if one.read)
WRITTEN: Final = tuple(one.name for one in _ALL if one.write)
