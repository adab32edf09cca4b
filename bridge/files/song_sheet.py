"""A song's sheet as TOML: what `song edit` opens, and reads back.

It is the song as ``song export`` writes it, with all its sections, with every key of the map, and with
an ``id`` for each task, so that a task that is retitled or moved stays the same task.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any, Final

import msgspec

from bridge.core import durations
from bridge.core.actions import SongDraft, SongSheet, TaskDraft, TaskLine
from bridge.core.model import Song
from bridge.core.replacing import replace
from bridge.core.settings import Settings
from bridge.core.sheets import sheet_of
from bridge.errors import Invalid, InvalidFile
from bridge.files import toml
from bridge.files.song_export import drafted, write_draft
from bridge.files.songs import MapFile, TaskFile, read_song
from bridge.files.toml import Document
from bridge.files.toml_faults import found

_FAULT: Final = "#! "
"""What a line begins with that says what is wrong below it; such lines go with the next look."""

_HEAD: Final = """\
# {title}: change what you like, save and close.
# Tasks stand in the order you would ideally complete them in; move them as whole blocks. A task keeps its
# time as long as it keeps its id. A new task has no id; one that is taken out can be brought back
# with `songbridge undo`.
# Stages: {stages}; the last is that of finished songs.

"""
_MAP_HEAD: Final = """\
# {title}: the song map. What should it depict, who is it for, what should it sound like?
# Save and close.

"""


class _LineFile(TaskFile):
    """A ``[[task]]`` with the id that it has."""

    id: str = ""


class _SheetFile(msgspec.Struct, forbid_unknown_fields=True):
    title: str
    stage: str = ""
    map: MapFile = msgspec.field(default_factory=MapFile)
    sections: dict[str, str] = {}
    task: list[_LineFile] = []


class _MapOnly(msgspec.Struct, forbid_unknown_fields=True):
    title: str
    map: MapFile = msgspec.field(default_factory=MapFile)


def write_sheet(song: Song, settings: Settings) -> str:
    """Return `song` as TOML for an editor."""
    tasks = tuple(replace(drafted(task), kept="", hand_over=()) for task in song.tasks.values())
    draft = SongDraft(song.title, song.stage, song.map, song.sections, tasks)
    head = _HEAD.format(title=_shown(song), stages=", ".join(settings.stages))
    return head + write_draft(draft, list(song.tasks), whole_map=True)


def write_map(song: Song) -> str:
    """Return only the title and the map of `song` as TOML for an editor."""
    return _MAP_HEAD.format(title=_shown(song)) + write_draft(
        SongDraft(song.title, map=song.map), whole_map=True
    )


def _shown(song: Song) -> str:
    return " ".join(song.title.split())


def parse_sheet(text: str, file: str, song: Song, settings: Settings) -> SongSheet:
    """Return the sheet in `text`, written of `song`; errors name it `file`.

    A task whose section or budget is left out keeps what it has. Raises `InvalidFile`.
    """
    document = toml.read(text, file)
    written = document.convert(_SheetFile)
    _check_ids(document, written, song)
    draft = read_song(_without_ids(document), settings)
    if not draft.stage:
        draft = replace(draft, stage=song.stage)
    lines = tuple(
        _line(document, number, task.id, draft.tasks[number], song)
        for number, task in enumerate(written.task)
    )
    return SongSheet(
        draft.title, draft.stage, draft.map, draft.sections or settings.sections, lines
    )


def parse_map(text: str, file: str, song: Song, settings: Settings) -> SongSheet:
    """Return the sheet of `song` with the title and the map in `text`. Raises `InvalidFile`."""
    document = toml.read(text, file)
    document.convert(_MapOnly)
    draft = read_song(document, settings)
    return replace(sheet_of(song), title=draft.title, map=draft.map)


def carried(text: str, mine: SongSheet, song: Song, settings: Settings) -> SongSheet:
    """Return `mine` with what the unchanged `text` would not give back to the letter, as `song` has it.

    A text on paper loses white space at the ends; nobody changed that.
    """
    exact = sheet_of(song)
    try:
        as_read = parse_sheet(text, "", song, settings)
    except InvalidFile:
        return mine
    head = {
        name: getattr(exact, name)
        for name in ("title", "stage", "sections")
        if getattr(mine, name) == getattr(as_read, name)
    }
    was = {line.id: line for line in as_read.tasks}
    lines = {line.id: line for line in exact.tasks}
    tasks = tuple(_kept(line, was.get(line.id), lines.get(line.id)) for line in mine.tasks)
    return replace(mine, **head, map=_kept(mine.map, as_read.map, exact.map), tasks=tasks)


def _kept(mine: Any, as_read: Any, exact: Any) -> Any:  # noqa: ANN401 - values of one type: maps, lines or drafts
    """Return `mine` with every field that is as it was read replaced by the exact one."""
    if as_read is None or exact is None:
        return mine
    if isinstance(mine, TaskLine):
        return TaskLine(mine.id, _kept(mine.draft, as_read.draft, exact.draft))
    same = {
        name: getattr(exact, name)
        for name in mine.__dataclass_fields__
        if getattr(mine, name) == getattr(as_read, name)
    }
    return replace(mine, **same)


def _check_ids(document: Document, written: _SheetFile, song: Song) -> None:
    seen: dict[str, int] = {}
    for number, task in enumerate(written.task):
        key = ("task", number, "id")
        if task.id and task.id not in song.tasks:
            close = get_close_matches(task.id[:80], list(song.tasks), n=1)
            hint = f"did you mean {found(close[0])}? " if close else ""
            raise document.error(
                key, f"found {found(task.id)}, no task of this song; {hint}a new task has no id"
            )
        if task.id and seen.setdefault(task.id, number) != number:
            raise document.error(key, f"{found(task.id)} stands there twice; a new task has no id")


def _without_ids(document: Document) -> Document:
    tasks = [
        {key: value for key, value in task.items() if key != "id"}
        for task in document.data.get("task", [])
    ]
    return Document(document.text, document.file, {**document.data, "task": tasks})


def _line(
    document: Document, number: int, task_id: str, written: TaskDraft, song: Song
) -> TaskLine:
    if not task_id:
        return TaskLine("", written)
    task = song.tasks[task_id]
    told = "spent" in document.data["task"][number]
    if told and written.spent != round(task.spent):
        spent = durations.words(round(task.spent)) if task.spent else "nothing"
        raise document.error(
            ("task", number, "spent"),
            f"found {durations.words(written.spent)}; what was spent is {spent}, as the timer"
            " counted it, and can't be written anew; take the line out",
        )
    return TaskLine(
        task_id,
        replace(
            written,
            section=written.section or task.section,
            budget=round(task.budget, 6) if written.budget is None else written.budget,
            spent=0.0,
            kept="",
        ),
    )


# --- what is wrong, in its place --------------------------------------------------------------------


def annotated(text: str, fault: Invalid) -> str:
    """Return `text` with what is wrong as a comment above the very line; older ones are gone."""
    lines = cleared(text).split("\n")
    line = fault.line if isinstance(fault, InvalidFile) and fault.line else 1
    place = min(line, len(lines)) - 1
    lines.insert(_above(lines, place), f"{_FAULT}{_sentence(fault)}")
    return "\n".join(lines)


def _sentence(fault: Invalid) -> str:
    """Return the fault without the file's name."""
    if not isinstance(fault, InvalidFile):
        return " ".join(str(fault).split())
    return " ".join(f"{fault.key}: {fault.problem}".removeprefix(": ").split())


def _above(lines: list[str], place: int) -> int:
    """Return the place of a comment for line `place`, which must not lie in a text of many lines."""
    inside: str | None = None
    began = 0
    for number, line in enumerate(lines[:place]):
        for quotes in re.findall(r'"""|\'\'\'', line):
            if inside is None:
                inside, began = quotes, number
            elif quotes == inside:
                inside = None
    return place if inside is None else began


def cleared(text: str) -> str:
    """Return `text` without the comments that `annotated` makes."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    return "\n".join(line for line in lines if not line.startswith(_FAULT.rstrip()))
