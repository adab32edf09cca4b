"""Stages as columns: which songs stand where, in hand, resting or finished, and which column is full."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bridge.core.model import Song, Studio, TaskState
from bridge.core.preparation import POOL_SONG
from bridge.core.settings import Settings


@dataclass(frozen=True, slots=True)
class Card:
    """A song in its column, with how many of its ``tasks`` are ``done``.

    ``state`` is ``in-hand``, ``current`` (the one in hand now), ``resting`` or ``finished``.
    """

    id: str
    title: str
    state: str
    done: int
    tasks: int


@dataclass(frozen=True, slots=True)
class Column:
    """A stage. ``limit`` is how many songs in hand are meant to stand there, 0: any number.

    ``known`` is False for a stage that the configuration does not name, and songs still stand in.
    """

    name: str
    cards: tuple[Card, ...]
    limit: int = 0
    known: bool = True

    @property
    def busy(self) -> int:
        """How many of its songs are in hand."""
        return sum(card.state in ("current", "in-hand") for card in self.cards)

    @property
    def full(self) -> bool:
        """Whether more songs are in hand there than were meant to be."""
        return 0 < self.limit < self.busy


def columns(studio: Studio, settings: Settings) -> tuple[Column, ...]:
    """Return a column for each stage, finished songs in the last; unknown stages before it.

    The pool of preparation tasks is no song.
    """
    stages, limits = settings.stages, dict(settings.limits)
    named: dict[str, list[Card]] = {stage: [] for stage in stages[:-1]}
    for song in studio.songs.values():
        if song.id != POOL_SONG and song.stage != stages[-1]:
            named.setdefault(song.stage, []).append(_card(studio, settings, song))
    finished = [
        _card(studio, settings, song) for song in studio.songs.values() if song.stage == stages[-1]
    ]
    before = (
        Column(name, tuple(cards), limits.get(name, 0), name in stages)
        for name, cards in named.items()
    )
    return (*before, Column(stages[-1], tuple(finished)))


def _card(studio: Studio, settings: Settings, song: Song) -> Card:
    if song.stage == settings.stages[-1]:
        state = "finished"
    elif song.resting:
        state = "resting"
    else:
        state = "current" if song.id == studio.song else "in-hand"
    done = sum(task.state is TaskState.DONE for task in song.tasks.values())
    return Card(song.id, song.title, state, done, len(song.tasks))


def nudges(studio: Studio, settings: Settings) -> Iterator[str]:
    """Yield what is to be said of the columns: one that is too full, one that is no stage any more."""
    if not settings.limits and all(s.stage in settings.stages for s in studio.songs.values()):
        return
    for column in columns(studio, settings):
        if column.full:
            meant = "1 was" if column.limit == 1 else f"{column.limit} were"
            yield f"{column.busy} songs stand in {column.name}, {meant} meant to be"
        if not column.known:
            yield _lost(column, settings)


def _lost(column: Column, settings: Settings) -> str:
    first = column.cards[0].title
    more = len(column.cards) - 1
    who = first if not more else f"{first} and {'another' if more == 1 else f'{more} others'}"
    stands = "stands" if not more else "stand"
    return (
        f"{who} {stands} in {column.name!r}, which is no stage any more; `songbridge stage NAME` "
        f"moves the song in hand: {', '.join(settings.stages)}"
    )
