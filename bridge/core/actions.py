"""What can be asked: the vocabulary of actions, and the edits of songs and tasks. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from bridge.core.actions_sharing import Sharing
from bridge.core.hand_over import HandOver
from bridge.core.method import Energy
from bridge.core.model import NO_MAP, Section, SongMap, TaskState

Argument: TypeAlias = "str | int | float | bool | None"


@dataclass(frozen=True, slots=True)
class Action:
    """One of the stable names (``start``, ``extend``, …) with its argument as it came."""

    name: str
    argument: Argument = None


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """A task as somebody wrote it. ``section`` empty: the song's first; ``budget`` None: the default.

    ``state`` and ``spent`` (seconds) say what was done already: an export that comes back keeps it.
    ``kept``, ``energy``, ``goal`` and ``hand_over`` are as in a `Task`.
    """

    title: str
    section: str = ""
    budget: float | None = None
    track: str = ""
    person: str = ""
    state: TaskState = TaskState.TODO
    spent: float = 0.0
    kept: str = ""
    energy: Energy = ""
    goal: int = 0
    hand_over: tuple[HandOver, ...] = ()


@dataclass(frozen=True, slots=True)
class SongDraft:
    """A song as somebody wrote it. ``stage`` empty: the first; a section without colour gets one."""

    title: str
    stage: str = ""
    map: SongMap = NO_MAP
    sections: tuple[Section, ...] = ()
    tasks: tuple[TaskDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportSong:
    """Take a song in whole (action name ``import``)."""

    draft: SongDraft


@dataclass(frozen=True, slots=True)
class EditSong:
    """Write a song's words anew; None leaves a field as it is. ``goal`` 0: it is toward none."""

    song: str
    title: str | None = None
    map: SongMap | None = None
    sections: tuple[Section, ...] | None = None
    goal: int | None = None


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task on a song's sheet; ``id`` empty: a new one."""

    id: str
    draft: TaskDraft


@dataclass(frozen=True, slots=True)
class SongSheet:
    """What of a song is written by hand (`bridge.core.sheets`), its tasks in their order."""

    title: str
    stage: str = ""
    map: SongMap = NO_MAP
    sections: tuple[Section, ...] = ()
    tasks: tuple[TaskLine, ...] = ()


@dataclass(frozen=True, slots=True)
class RewriteSong:
    """Write a song's sheet anew: what differs between ``before``, which was read, and ``after``."""

    song: str
    before: SongSheet
    after: SongSheet


@dataclass(frozen=True, slots=True)
class AddTask:
    """Add a task to a song (empty: the song in hand), at a queue position from 1 (None: the end)."""

    song: str
    draft: TaskDraft
    position: int | None = None


@dataclass(frozen=True, slots=True)
class EditTask:
    """Write a task's fields anew; None leaves one as it is. ``budget`` in seconds, ``kept`` as in `Task`."""

    task: str
    title: str | None = None
    section: str | None = None
    budget: float | None = None
    track: str | None = None
    person: str | None = None
    energy: Energy | None = None
    goal: int | None = None
    kept: str | None = None


@dataclass(frozen=True, slots=True)
class MoveTask:
    """Move a task (id or queue position) to a queue position from 1; brings a skipped one back."""

    task: str
    position: int


@dataclass(frozen=True, slots=True)
class HandTask:
    """Leave a note on a task (id or queue position); ``to`` gives the task to that person as well.

    ``done`` ticks the notes off that wait there.
    """

    task: str
    text: str = ""
    to: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class SetGoal:
    """Set goal 1 to 3; None keeps the text, the progress, the date; an empty text clears.

    ``done`` is set by hand and stays until ``auto`` lets the goal fill from its tasks again.
    """

    number: int
    text: str | None = None
    done: float | None = None
    by: str | None = None
    auto: bool = False


@dataclass(frozen=True, slots=True)
class Presence:
    """A human touched something that means no action (paging, an unbound pad)."""


@dataclass(frozen=True, slots=True)
class Take:
    """A take runs, or (``on`` False) is over: what the DAWs tell (action name ``take``)."""

    on: bool


Change: TypeAlias = (
    ImportSong | EditSong | RewriteSong | AddTask | EditTask | MoveTask | HandTask | SetGoal
)
"""What `Together` may hold."""


@dataclass(frozen=True, slots=True)
class Together:
    """Several changes as one, in this order: all of them or none, one commit, one action to take back.

    Each sees the studio after the one before. The journal files them as ``import``.
    """

    changes: tuple[Change, ...]


Plain: TypeAlias = Action | Change | Together | Sharing | Presence | Take


@dataclass(frozen=True, slots=True)
class Signed:
    """A request that somebody else than who sits here asks for: only its entries bear the name."""

    request: Plain
    person: str


Request: TypeAlias = Plain | Signed


def signed(request: Request, person: str) -> Request:
    """Return `request` as `person` asks for it; as it is where nobody is named."""
    return Signed(request, person) if person and not isinstance(request, Signed) else request
