"""What happened: the facts that the journal holds, and the entry that carries each.

A fact is a frozen value in the past tense; the instant, the source and the person stand in its
`Entry`. Facts are few: most actions are told in facts that exist already. A fact never changes its
meaning; a new shape gets a new version in ``store/codec.py``, and old ones are read for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from bridge.core.events_edit import EditFact
from bridge.core.events_method import MethodFact
from bridge.core.events_sharing import SharingFact
from bridge.core.events_together import TogetherFact
from bridge.core.method import Energy
from bridge.core.model import Goal, Section, Song, SongMap, Studio, Task
from bridge.core.patches import Patch


@dataclass(frozen=True, slots=True)
class SongAdded:
    """A song came in whole; its open tasks joined the end of the queue."""

    song: Song


@dataclass(frozen=True, slots=True)
class SongEdited:
    """A song's title, map, sections or goal were written anew."""

    song: str
    title: str
    map: SongMap
    sections: tuple[Section, ...]
    goal: int = 0


@dataclass(frozen=True, slots=True)
class SongRested:
    """A song was laid to rest: its tasks left the queue."""

    song: str


@dataclass(frozen=True, slots=True)
class SongWoken:
    """A resting song is in hand again: its open tasks joined the end of the queue."""

    song: str


@dataclass(frozen=True, slots=True)
class StageReached:
    """A song moved to a stage; ``finished`` says that it left the queue (or, False, is in hand)."""

    song: str
    stage: str
    finished: bool


@dataclass(frozen=True, slots=True)
class SongTaken:
    """The song in hand changed."""

    song: str


@dataclass(frozen=True, slots=True)
class TaskAdded:
    """A task joined its song, and the queue at `index` (from 0; None: the end)."""

    task: Task
    index: int | None = None


@dataclass(frozen=True, slots=True)
class TaskEdited:
    """A task's words, section, plan, track or person were written anew; time and state stand.

    ``kept`` None: what another program says of it stands, too.
    """

    task: str
    title: str
    section: str
    budget: float
    planned: float
    track: str
    person: str
    energy: Energy = ""
    goal: int = 0
    kept: str | None = None


@dataclass(frozen=True, slots=True)
class TaskMoved:
    """A task took the place `index` of its queue (from 0); a skipped one was thereby brought back."""

    task: str
    index: int


@dataclass(frozen=True, slots=True)
class TaskStarted:
    """A task went to the top and its countdown began; ``auto`` tells that nobody asked for it."""

    task: str
    auto: bool


@dataclass(frozen=True, slots=True)
class TimerPaused:
    """The countdown of ``task`` stopped."""

    task: str | None = None


@dataclass(frozen=True, slots=True)
class TimerResumed:
    """The countdown of ``task`` went on; from `away`, the unattended stretch is taken off."""

    auto: bool = False
    task: str | None = None


@dataclass(frozen=True, slots=True)
class TaskCompleted:
    """A task was done."""

    task: str


@dataclass(frozen=True, slots=True)
class TaskSkipped:
    """A task left the queue for today."""

    task: str


@dataclass(frozen=True, slots=True)
class TaskSetAside:
    """A task went to the end of the queue and kept its spent time; ``time_up``: the clock did it."""

    task: str
    time_up: bool


@dataclass(frozen=True, slots=True)
class BudgetChanged:
    """A task's box grew (or shrank) by ``by`` seconds."""

    task: str
    by: float


@dataclass(frozen=True, slots=True)
class TimeUp:
    """A box ran out; the entry's instant is the box's true end, however late it was noticed.

    ``counting`` tells whether overtime is charged to the task (not while it waits for a decision).
    """

    task: str
    counting: bool = True


@dataclass(frozen=True, slots=True)
class WentAway:
    """A box that nobody attended ran out: nothing more happens until a human does something.

    ``unattended`` is how many charged seconds nobody was there for; coming back takes them off.
    """

    task: str
    unattended: float = 0.0


@dataclass(frozen=True, slots=True)
class TakeBegan:
    """A DAW began to record: until the take is over no box moves on, and overtime is charged."""


@dataclass(frozen=True, slots=True)
class TakeEnded:
    """No DAW records any more, or none that can be heard; the grace of a box that ran out begins.

    ``counting`` tells whether overtime goes on being charged (not where it waits for a decision).
    """

    counting: bool = True


@dataclass(frozen=True, slots=True)
class Attended:
    """A human did something that told no other fact, while a task that began by itself was running."""


@dataclass(frozen=True, slots=True)
class BreakBegan:
    """A break began; it ends at the instant ``ends_at``."""

    ends_at: float


@dataclass(frozen=True, slots=True)
class BreakEnded:
    """A break ended, by the clock or by a human."""


@dataclass(frozen=True, slots=True)
class PrepSwitched:
    """A low day began or ended."""

    on: bool


@dataclass(frozen=True, slots=True)
class Marked:
    """A marker was dropped in the DAW, during ``task`` where one was under way."""

    text: str
    task: str | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """A note was written at this moment."""

    text: str


@dataclass(frozen=True, slots=True)
class GoalSet:
    """A goal (number 1 to 3) was set, moved on or cleared."""

    number: int
    goal: Goal


@dataclass(frozen=True, slots=True)
class SittingBegan:
    """Somebody sat down to work."""


@dataclass(frozen=True, slots=True)
class SittingEnded:
    """The sitting ended; its summary can be written from the state before.

    ``left``: nobody ended it, and it is over since the last sign of life; the timer stays as it is.
    """

    left: bool = False


@dataclass(frozen=True, slots=True)
class ClockStepped:
    """The wall clock was set by ``by`` seconds; running instants moved with it."""

    by: float


@dataclass(frozen=True, slots=True)
class Undone:
    """An action was taken back: its entry's number, its name, and the difference that was applied."""

    seq: int
    action: str
    patch: Patch


TimerFact: TypeAlias = (
    TaskStarted | TimerPaused | TimerResumed | TimeUp | WentAway | BudgetChanged
    | BreakBegan | BreakEnded | ClockStepped
)  # fmt: skip
TakeFact: TypeAlias = TakeBegan | TakeEnded
TaskFact: TypeAlias = (
    TaskAdded | TaskEdited | TaskMoved | TaskCompleted | TaskSkipped | TaskSetAside
)
SongFact: TypeAlias = SongAdded | SongEdited | StageReached | SongTaken | SongRested | SongWoken
StudioFact: TypeAlias = (
    PrepSwitched | GoalSet | Marked | Noted | SittingBegan | SittingEnded | Attended | Undone
)
Fact: TypeAlias = (
    TimerFact | TakeFact | TaskFact | SongFact | StudioFact | MethodFact | EditFact | TogetherFact
    | SharingFact
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal.

    ``seq`` counts from 1 without gaps; ``at`` is wall time; ``action`` is the action's name
    (``start``, ``import``; the clock's own are ``time-up``, ``move-on``, …); ``step`` counts the facts
    of one action from 0; ``source`` is ``pad``, ``osc``, ``cli``, ``page``, ``daw`` or ``clock``.
    """

    seq: int
    at: float
    action: str
    step: int
    source: str
    person: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Undoable:
    """One action that can be taken back: its first entry's number, its name, its instant, the way back."""

    seq: int
    action: str
    at: float
    patch: Patch


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state at an entry's number, with the ways back: enough to go on without older facts."""

    seq: int
    at: float
    studio: Studio
    history: tuple[Undoable, ...]
