"""What the world may see of the studio at one instant: for lights, OSC, status and page alike.

A `View` is a thin window over the state: rows of the queue are made when they are asked for, so a
queue of thousands costs no more than the rows that are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bridge.core import clockwork, in_hand, persons, time_off
from bridge.core.clockwork import Phase
from bridge.core.hand_over import HandOver
from bridge.core.method import Energy, FeedItem, TimeOff, Way
from bridge.core.model import Goal, Song, Studio, Task, TimerState
from bridge.core.nudges import nudges
from bridge.core.settings import Settings
from bridge.messages import Colour


@dataclass(frozen=True, slots=True)
class TimerView:
    """The countdown. ``remaining`` is in seconds and negative in overtime, ``progress`` from 0 to 1.

    ``ends_at`` is the wall instant of zero while something counts down, else None. ``recording`` tells
    that a DAW records, ``held`` that the box ran out and moves on only when the take is over.
    """

    state: TimerState
    phase: Phase
    remaining: float
    budget: float
    progress: float
    ends_at: float | None
    recording: bool = False
    held: bool = False


@dataclass(frozen=True, slots=True)
class TaskView:
    """One task as shown; ``state`` is a `TaskState`, or the timer's state for the current task.

    The timer's states that show on a task: ``running``, ``paused``, ``overtime``, ``away``. ``round``
    counts from 1: a task whose time was up once is in its second.
    """

    id: str
    title: str
    song: str
    section: str
    colour: Colour
    track: str
    person: str
    budget: float
    spent: float
    state: str
    planned: float = 0.0
    extended: int = 0
    round: int = 1
    energy: Energy = ""
    goal: int = 0
    hand_over: tuple[HandOver, ...] = ()


@dataclass(frozen=True, slots=True)
class SongView:
    """One song as shown."""

    id: str
    title: str
    stage: str


class View:
    """The studio at the wall instant `at`, after entry number `seq`."""

    def __init__(self, studio: Studio, seq: int, settings: Settings, at: float) -> None:
        self.studio, self.seq, self.settings, self.at = studio, seq, settings, at

    @property
    def prep(self) -> bool:
        """Whether this is a low day."""
        return self.studio.prep

    @property
    def person(self) -> str:
        """Who sits here."""
        return persons.here(self.studio, self.settings)

    @property
    def goals(self) -> tuple[Goal, Goal, Goal]:
        """The three goals in sight."""
        return self.studio.goals

    @property
    def queue_size(self) -> int:
        """How many tasks the shown queue has."""
        return len(self.studio.order)

    def queue(self, start: int = 0, stop: int | None = None) -> tuple[TaskView, ...]:
        """Return the rows `start` to before `stop` (from 0) of the shown queue."""
        return tuple(self.row(self.studio.the(task)) for task in self.studio.order[start:stop])

    @cached_property
    def timer(self) -> TimerView:
        """The countdown now."""
        timer, current = self.studio.timer, self.studio.current
        left = clockwork.remaining(self.studio, self.at)
        if timer.state is TimerState.BREAK:
            since = timer.since if timer.since is not None else self.at
            budget = (timer.ends_at or self.at) - since
        else:
            budget = current.budget if current else 0.0
        ticking = timer.state in (TimerState.RUNNING, TimerState.BREAK)
        none = current is None and timer.state is not TimerState.BREAK
        return TimerView(
            state=timer.state,
            phase="normal" if none else clockwork.phase(left, budget, self.settings),
            remaining=left,
            budget=budget,
            progress=min(1.0, max(0.0, 1 - left / budget)) if budget > 0 else 0.0,
            ends_at=self.at + left if ticking else None,
            recording=self.studio.take is not None,
            held=self.held,
        )

    @property
    def held(self) -> bool:
        """Whether a box ran out that moves on only when a take is over."""
        studio = self.studio
        over = studio.take is not None and studio.timer.state is TimerState.OVERTIME
        return over and self.settings.at_zero == "move-on"

    @cached_property
    def task(self) -> TaskView | None:
        """The current task, None when there is none."""
        current = self.studio.current
        return self.row(current) if current else None

    @cached_property
    def song(self) -> SongView | None:
        """The song in hand, None before the first song."""
        song = self.studio.songs.get(self.studio.song or "")
        return _song_view(song) if song else None

    @cached_property
    def songs(self) -> tuple[SongView, ...]:
        """The songs in hand: neither finished nor resting, in the order they came in."""
        return tuple(_song_view(s) for s in in_hand.in_hand(self.studio, self.settings))

    @property
    def resting(self) -> tuple[SongView, ...]:
        """The songs that rest."""
        return tuple(_song_view(song) for song in in_hand.resting(self.studio))

    @cached_property
    def nudges(self) -> tuple[str, ...]:
        """What is said in passing, the most pressing first."""
        return nudges(self.studio, self.settings, self.at)

    @property
    def feed(self) -> tuple[FeedItem, ...]:
        """What feeds the mind, done or not, the oldest first."""
        return self.studio.method.feed

    @property
    def off(self) -> TimeOff | None:
        """Time off that lasts or is ahead, None without."""
        off = self.studio.method.off
        if off is None or off.over or off.until <= self.at:
            return None
        return off

    @property
    def is_off(self) -> bool:
        """Whether time off lasts now."""
        return time_off.now(self.studio, self.at) is not None

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways out of a rut that were offered last."""
        return self.studio.method.rut.offered

    def row(self, task: Task) -> TaskView:
        """Return how `task` shows."""
        timer = self.studio.timer
        state: str = task.state.value
        if task.id == timer.task and task.open:
            shown = TimerState.PAUSED if timer.state is TimerState.BREAK else timer.state
            state = state if shown is TimerState.IDLE else shown.value
        extra = clockwork.stretch(timer, self.at) if task.id == timer.task else 0.0
        return TaskView(
            id=task.id,
            title=task.title,
            song=task.song,
            section=task.section,
            colour=self.studio.songs[task.song].colour(task.section),
            track=task.track,
            person=task.person,
            budget=task.budget,
            spent=task.spent + extra,
            state=state,
            planned=task.planned,
            extended=task.extended,
            round=task.rounds + 1,
            energy=task.energy,
            goal=task.goal,
            hand_over=task.hand_over,
        )


def _song_view(song: Song) -> SongView:
    return SongView(song.id, song.title, song.stage)
