"""The pool of a low day: what moves a producer's work on when no music comes. It fills itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from bridge.core.model import PREPARATION, PREPARATION_COLOUR, Section, Song, Task, TaskState

if TYPE_CHECKING:
    from bridge.core.settings import Settings

POOL_SONG = "preparation"
"""The id of the song that the pool's tasks belong to."""

AGAIN = 7 * 24 * 3600.0
"""Seconds after which a done task of the pool comes back: a week."""

POOL: Mapping[str, tuple[tuple[str, int], ...]] = MappingProxyType(
    {
        "samples": (("Sort new samples into the library, delete what will never be used", 20),),
        "colours": (("Rename and colour the tracks of the song in hand", 15),),
        "sounds": (("Design three sounds and save them as presets", 25),),
        "listening": (("Listen to one reference track and write down how it is built", 15),),
        "backup": (("Back up projects and tidy the templates", 15),),
        "promotion": (("Promotion: one post, one message to a listener or a label", 20),),
    }
)
"""Built-in kinds, and their tasks with minutes."""

KINDS = tuple(POOL)


def wanted(settings: Settings) -> Iterator[tuple[str, float]]:
    """Yield title and budget of everything that the pool holds, one's own after the built-in ones."""
    for kind in settings.prep_kinds:
        yield from ((title, minutes * 60.0) for title, minutes in POOL.get(kind, ()))
    yield from settings.prep_tasks


def pool(settings: Settings) -> Song:
    """Return the song that comes in with the first low day; from then on it is one like any other."""
    tasks = {
        f"{POOL_SONG}.{n}": Task(f"{POOL_SONG}.{n}", title, PREPARATION, budget, budget)
        for n, (title, budget) in enumerate(dict(wanted(settings)).items(), 1)
    }
    return Song(
        id=POOL_SONG,
        title="Preparation",
        stage=settings.stages[0],
        sections=(Section(PREPARATION, PREPARATION_COLOUR),),
        tasks=tasks,
        next_number=len(tasks) + 1,
    )


def missing(song: Song, settings: Settings, at: float) -> Iterator[tuple[str, float]]:
    """Yield title and budget of what the pool lacks at the instant `at`.

    A task is there while it is open or skipped, and for a while after it was done.
    """
    latest: dict[str, Task] = {}
    for task in song.tasks.values():
        known = latest.get(task.title.casefold())
        if known is None or known.state is TaskState.DONE:
            latest[task.title.casefold()] = task
    for title, budget in dict(wanted(settings)).items():
        last = latest.get(title.casefold())
        gone = last is not None and last.state is TaskState.DONE
        if last is None or (gone and at - last.left_at >= settings.prep_again):
            yield title, budget
