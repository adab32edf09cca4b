"""What is: songs, tasks, the queue, the timer, the sitting. Frozen values, no behaviour but look-ups.

Instants are seconds since 1970 (UTC); durations are seconds. Ids: a song's is a slug of its title
(``northern-lights``), a task's is its song's id, a dot and a number of its own
(``northern-lights.3``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bridge.core.hand_over import HandOver
from bridge.core.method import NO_EARS, NO_METHOD, Ears, Energy, Method
from bridge.core.replacing import replace
from bridge.messages import Colour

PREPARATION = "preparation"
"""Tasks of this section form the queue of a low day (``prep``)."""

PREPARATION_COLOUR = "#2EC4B6"
"""Its colour in songs that don't give it one of their own."""


class TaskState(StrEnum):
    """Where a task stands. Whether it is running is the timer's affair."""

    TODO = "todo"
    SET_ASIDE = "set-aside"
    DONE = "done"
    SKIPPED = "skipped"


class TimerState(StrEnum):
    """The states of INTERFACE."""

    IDLE = "idle"
    RUNNING = "running"
    PAUSED = "paused"
    OVERTIME = "overtime"
    BREAK = "break"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class SongMap:
    """Gathered before the first note: inspiration, themes, and the three answers."""

    inspiration: tuple[str, ...] = ()
    musical_themes: tuple[str, ...] = ()
    other_themes: tuple[str, ...] = ()
    depict: str = ""
    audience: str = ""
    sound: str = ""


NO_MAP = SongMap()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the work with its own colour, the same on pads, markers, page and reports."""

    name: str
    colour: Colour


@dataclass(frozen=True, slots=True)
class Task:
    """One concrete step.

    ``budget`` is the present box with its extensions, ``planned`` the box as it was planned, ``boxed``
    what is used of the present box, ``spent`` all the time the task ever took. ``extended`` counts
    extensions and ``rounds`` the boxes that ran out. ``goal`` is the goal (1 to 3) that it is toward, 0
    for none; ``left_at`` is when it last left the queue, done or skipped, 0 if it never did. ``kept`` is
    what another program says of the task and Songbridge has no word for, as `files.kept` writes it.
    ``hand_over`` are the notes that were left on it, newest first.
    ``hand_over`` are the notes that were left on it, newest first.
    """

    id: str
    title: str
    section: str
    budget: float
    planned: float
    track: str = ""
    person: str = ""
    state: TaskState = TaskState.TODO
    spent: float = 0.0
    boxed: float = 0.0
    extended: int = 0
    rounds: int = 0
    kept: str = ""
    energy: Energy = ""
    goal: int = 0
    left_at: float = 0.0
    hand_over: tuple[HandOver, ...] = ()

    @property
    def song(self) -> str:
        """The id of the song the task belongs to."""
        return self.id.rpartition(".")[0]

    @property
    def open(self) -> bool:
        """Whether the task still waits to be done today."""
        return self.state in (TaskState.TODO, TaskState.SET_ASIDE)


@dataclass(frozen=True, slots=True)
class Song:
    """One piece of music. ``tasks`` keeps the order of the song's own list; ``next_number`` names the next.

    ``resting``: its tasks are out of the queue until it is woken. ``goal`` is the goal (1 to 3) that all
    its tasks are toward, 0 for none.
    """

    id: str
    title: str
    stage: str
    map: SongMap = NO_MAP
    sections: tuple[Section, ...] = ()
    tasks: Mapping[str, Task] = field(default_factory=dict)
    next_number: int = 1
    resting: bool = False
    goal: int = 0

    def colour(self, section: str) -> Colour:
        """Return the colour of `section`, white for one that the song does not list."""
        plain = PREPARATION_COLOUR if section.casefold() == PREPARATION else "#FFFFFF"
        return next((s.colour for s in self.sections if s.name == section), plain)


@dataclass(frozen=True, slots=True)
class Timer:
    """The countdown of the current task, as absolute instants: no ticks.

    ``since`` is when the present stretch began to be charged (running and overtime; during a break:
    when the break began), ``up_at`` when time ran out (overtime and away), ``ends_at`` the end of a
    break, ``grace_at`` when its grace began, where that was later than ``up_at``: a take was running.
    ``auto`` tells that the task began by itself, ``attended`` that a human did something since.
    ``for_take`` tells that overtime is charged because of a take, and waits again after it, if need be.
    ``resume`` tells that the task was running before the break.
    """

    state: TimerState = TimerState.IDLE
    task: str | None = None
    since: float | None = None
    up_at: float | None = None
    ends_at: float | None = None
    auto: bool = False
    attended: bool = True
    resume: bool = False
    unattended: float = 0.0
    grace_at: float | None = None
    for_take: bool = False

    @property
    def counting(self) -> bool:
        """Whether time is being charged to the task."""
        return self.state in (TimerState.RUNNING, TimerState.OVERTIME)


@dataclass(frozen=True, slots=True)
class Goal:
    """One of three goals in sight: its text, how far it is (0 to 1), and its date (``2026-12-24``).

    ``done`` is the share of its tasks that are done, unless it was set by ``hand`` or has no tasks.
    """

    text: str = ""
    done: float = 0.0
    by: str = ""
    hand: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of a sitting's summary: a task and the seconds it took in this sitting's entry."""

    task: str
    title: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody else sat down in a sitting, when ``worked`` seconds of it had been worked."""

    person: str
    worked: float


@dataclass(frozen=True, slots=True)
class Reached:
    """A song moved to a stage."""

    song: str
    stage: str


@dataclass(frozen=True, slots=True)
class Sitting:
    """From the first start to ``end``. ``over`` sums overtime in seconds, ``extended`` counts extensions.

    ``person`` began it, ``turns`` tell who went on. ``longer`` are the extensions by their tasks, with
    their seconds; ``reached`` the stages; ``goals`` stood so when it began (None: nobody noted it).
    ``seen_at`` is when somebody did something last, to `abandoned.GRAIN` (0: not known).
    """

    began_at: float
    person: str = ""
    done: tuple[Outcome, ...] = ()
    set_aside: tuple[Outcome, ...] = ()
    skipped: tuple[Outcome, ...] = ()
    notes: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    over: float = 0.0
    worked: float = 0.0
    extended: int = 0
    ears: Ears = NO_EARS
    turns: tuple[Turn, ...] = ()
    longer: tuple[Outcome, ...] = ()
    reached: tuple[Reached, ...] = ()
    goals: tuple[Goal, Goal, Goal] | None = None
    seen_at: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Studio:
    """Everything that facts tell. ``queue`` and ``prep_queue`` hold task ids; ``prep`` says which is shown.

    ``take`` is when the take began that a DAW is recording, None while none records. ``guest`` sits here
    instead of whom the configuration names, empty for nobody; ``persons`` sat here some time.
    ``known_as`` is the studio's id elsewhere, empty while nothing was shared.
    """

    songs: Mapping[str, Song] = field(default_factory=dict)
    queue: tuple[str, ...] = ()
    prep_queue: tuple[str, ...] = ()
    prep: bool = False
    song: str | None = None
    timer: Timer = Timer()
    trail: tuple[str, ...] = ()
    sitting: Sitting | None = None
    goals: tuple[Goal, Goal, Goal] = (Goal(), Goal(), Goal())
    take: float | None = None
    method: Method = NO_METHOD
    guest: str = ""
    persons: tuple[str, ...] = ()
    known_as: str = ""

    @property
    def order(self) -> tuple[str, ...]:
        """The queue as it is shown: today's, or the preparation tasks of a low day."""
        return self.prep_queue if self.prep else self.queue

    def task(self, task_id: str) -> Task | None:
        """Return the task of that id, None when there is none."""
        song = self.songs.get(task_id.rpartition(".")[0])
        return song.tasks.get(task_id) if song else None

    def the(self, task_id: str) -> Task:
        """Return the task of that id, which must exist. Raises KeyError."""
        return self.songs[task_id.rpartition(".")[0]].tasks[task_id]

    @property
    def current(self) -> Task | None:
        """The task that the timer is about."""
        return self.task(self.timer.task) if self.timer.task else None

    def tasks(self) -> Iterator[Task]:
        """Yield every task of every song."""
        for song in self.songs.values():
            yield from song.tasks.values()

    def with_task(self, task: Task) -> Studio:
        """Return the studio with `task` put in its song (new or replaced)."""
        song = self.songs[task.song]
        return self.with_song(replace(song, tasks={**song.tasks, task.id: task}))

    def with_song(self, song: Song) -> Studio:
        """Return the studio with `song` put in (new or replaced)."""
        return replace(self, songs={**self.songs, song.id: song})


def is_prep(task: Task) -> bool:
    """Tell whether a task belongs to the queue of a low day."""
    return task.section.casefold() == PREPARATION
