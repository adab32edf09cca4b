"""Songs from TOML: what ``song import`` reads; `song_export` writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bridge.core import durations
from bridge.core.actions import SongDraft, TaskDraft
from bridge.core.method import Energy
from bridge.core.model import PREPARATION, Section, SongMap, TaskState
from bridge.core.persons import LONGEST_NAME
from bridge.core.settings import Settings
from bridge.errors import Invalid
from bridge.files import fields, toml
from bridge.files.song_notes import NoteFile, read_notes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bridge.files.toml import Document

TASKS = 5000
"""Tasks of one song: beyond this it is no plan."""

ENTRIES = 200
"""Members of one list in the song map."""

_LONGEST_SPENT = 10_000 * 3600.0  # seconds: a task comes back many times, but not for years
_DEFAULTS = Settings()


class MapFile(msgspec.Struct, forbid_unknown_fields=True):
    """The table ``[map]``."""

    inspiration: list[str] = []
    musical_themes: list[str] = []
    other_themes: list[str] = []
    depict: str = ""
    audience: str = ""
    sound: str = ""


class TaskFile(msgspec.Struct, forbid_unknown_fields=True):
    """One ``[[task]]``."""

    title: str
    section: str = ""
    budget: str | int | float | None = None
    track: str = ""
    person: str = ""
    state: TaskState = TaskState.TODO
    spent: str | int | float = 0
    kept: str = ""
    energy: Energy = ""
    hand_over: str | list[NoteFile] = ""


class SongFile(msgspec.Struct, forbid_unknown_fields=True):
    """The whole file."""

    title: str
    stage: str = ""
    map: MapFile = msgspec.field(default_factory=MapFile)
    sections: dict[str, str] = {}
    task: list[TaskFile] = []


def load_song(path: Path, settings: Settings = _DEFAULTS) -> SongDraft:
    """Read the song file at `path`. Raises `InvalidFile` for anything that is wrong in it."""
    return read_song(toml.open_document(path), settings)


def parse_song(text: str, file: str, settings: Settings = _DEFAULTS) -> SongDraft:
    """Return the song in `text`; errors name it `file`. Raises `InvalidFile`."""
    return read_song(toml.read(text, file), settings)


def read_song(document: Document, settings: Settings) -> SongDraft:
    """Return the song that `document` holds.

    A task's section is one of the song's own or of the configured ones, or ``preparation``. A song
    with sections of its own also gets the configured ones that its tasks use, for their colours.
    """
    song = document.convert(SongFile)
    fields.at_most(document, ("task",), song.task, TASKS)
    own = fields.sections(document, song.sections)
    others = tuple(s for s in settings.sections if s.name.casefold() not in _names(own))
    allowed = _allowed((*own, *others))
    tasks = tuple(_task(document, n, task, allowed) for n, task in enumerate(song.task))
    used = {task.section for task in tasks}
    return SongDraft(
        title=fields.line(document, ("title",), song.title),
        stage=fields.named(document, ("stage",), song.stage, settings.stages) if song.stage else "",
        map=_map(document, song.map),
        sections=(*own, *(s for s in others if s.name in used)) if own else (),
        tasks=tasks,
    )


def _allowed(sections: Sequence[Section]) -> list[str]:
    names = [section.name for section in sections]
    return names if PREPARATION in _names(sections) else [*names, PREPARATION]


def _names(sections: Sequence[Section]) -> set[str]:
    return {section.name.casefold() for section in sections}


def _map(document: Document, written: MapFile) -> SongMap:
    def texts(name: str, values: Sequence[str]) -> tuple[str, ...]:
        key = ("map", name)
        fields.at_most(document, key, values, ENTRIES)
        return tuple(
            fields.prose(document, (*key, n), text, empty=False) for n, text in enumerate(values)
        )

    return SongMap(
        inspiration=texts("inspiration", written.inspiration),
        musical_themes=texts("musical_themes", written.musical_themes),
        other_themes=texts("other_themes", written.other_themes),
        depict=fields.prose(document, ("map", "depict"), written.depict),
        audience=fields.prose(document, ("map", "audience"), written.audience),
        sound=fields.prose(document, ("map", "sound"), written.sound),
    )


def _task(document: Document, number: int, task: TaskFile, sections: Sequence[str]) -> TaskDraft:
    key = ("task", number)
    title, budget = _title_and_budget(document, number, task)
    section = task.section.strip()
    return TaskDraft(
        title=title,
        section=fields.named(document, (*key, "section"), section, sections) if section else "",
        budget=budget,
        track=fields.optional(document, (*key, "track"), task.track, most=fields.TITLE),
        person=fields.optional(document, (*key, "person"), task.person, most=LONGEST_NAME),
        state=task.state,
        spent=fields.duration(document, (*key, "spent"), task.spent, longest=_LONGEST_SPENT),
        kept=fields.prose(document, (*key, "kept"), task.kept),
        energy=task.energy,
        hand_over=read_notes(document, (*key, "hand_over"), task.hand_over),
    )


def _title_and_budget(document: Document, number: int, task: TaskFile) -> tuple[str, float | None]:
    """Return the title without a budget, and the budget of the title or of the key."""
    at_title, at_budget = ("task", number, "title"), ("task", number, "budget")
    try:
        title, told = durations.budget_in_title(task.title)
    except Invalid as refused:
        raise document.error(at_title, str(refused)) from None
    title = fields.line(document, at_title, title)
    if told is not None:
        told = fields.budget(document, at_title, durations.words(told))
    if task.budget is None:
        return title, told
    budget = fields.budget(document, at_budget, task.budget)
    if told is not None and told != budget:
        raise document.error(
            at_budget,
            f"found {durations.words(budget)}, and {durations.words(told)} in the title;"
            " keep one of them",
        )
    return title, budget
