"""What happened when a whole song was written anew: the facts that single edits don't need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class TaskRemoved:
    """A task was taken out of its song, for which it was called `title`; undo brings it back whole."""

    task: str
    title: str


@dataclass(frozen=True, slots=True)
class TaskReopened:
    """A task that was done, skipped or set aside is to do again; it kept its time.

    One that had left the queue joined its end.
    """

    task: str


@dataclass(frozen=True, slots=True)
class SongOrdered:
    """A song's tasks were put in order: `order` is its whole list, `queue` the whole of today's.

    ``prep_queue`` is the whole queue of a low day.
    """

    song: str
    order: tuple[str, ...]
    queue: tuple[str, ...]
    prep_queue: tuple[str, ...] = ()


EditFact: TypeAlias = TaskRemoved | TaskReopened | SongOrdered
