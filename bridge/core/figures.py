"""Figures of the work: what the journal's facts add up to, over any stretch of days.

Values only; `core.figures_reckoning` works them out. Days are local ones (whose, says who asks); seconds
are those charged to tasks, with overtime. What was undone counts nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look at: days from `since` to `until`, both included; a song's id or title; a person's name."""

    since: date | None = None
    until: date | None = None
    song: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums in seconds and counts.

    ``planned`` and ``real`` are of the ``done`` tasks alone, all the time that each ever took; ``worked``
    is the time of these days on any task, ``over`` its part in overtime. ``extensions`` counts boxes that
    were made longer (by ``extended`` seconds), ``rounds`` boxes that ran out and set their task aside,
    ``set_aside`` all settings aside, ``skipped`` the skips.
    """

    done: int = 0
    planned: float = 0.0
    real: float = 0.0
    worked: float = 0.0
    over: float = 0.0
    extensions: int = 0
    extended: float = 0.0
    rounds: int = 0
    set_aside: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Spread:
    """Ratios of real to planned time: how many, the quartiles, the median."""

    count: int
    low: float
    median: float
    high: float


@dataclass(frozen=True, slots=True)
class Line:
    """A section, kind or song with its figures; ``colour`` is empty where it has none of its own."""

    name: str
    colour: str
    tally: Tally
    ratio: Spread | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which somebody worked. ``sections`` are seconds by the section's name."""

    day: date
    worked: float
    over: float
    sittings: int
    done: int
    sections: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """A song at a stage, from a day until another (None: it is there still)."""

    stage: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Journey:
    """A song's way through the stages, oldest first."""

    song: str
    title: str
    stops: tuple[Stop, ...]
    finished: bool


class Ended(StrEnum):
    """What became of a task that was set aside."""

    BACK = "back"
    WAITING = "waiting"
    LEFT = "left"
    """Its song was finished, or it was skipped, without it."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A task set aside on a day; ``back`` is when it was taken up or ended, ``days`` how long that took."""

    task: str
    title: str
    song: str
    section: str
    since: date
    back: date | None
    days: float
    by_clock: bool
    ended: Ended


@dataclass(frozen=True, slots=True)
class Run:
    """Days or weeks in a row with work: how many, from the first day to the last."""

    length: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Streaks:
    """Runs of days and of weeks (from Monday). A run is current until a whole day or week is missed."""

    days: Run | None = None
    longest_days: Run | None = None
    weeks: Run | None = None
    longest_weeks: Run | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """The estimates of tasks that were done in a month, told by its first day."""

    first: date
    ratio: Spread


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How good one's own estimates are. ``close`` is the share (0 to 1) within a fifth of the plan.

    ``ratios`` are all of them, smallest first. Tasks that took less than half a minute were ticked off
    rather than timed, and count for nothing here.
    """

    ratio: Spread
    close: float
    months: tuple[Month, ...]
    ratios: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class DoneTask:
    """A task that was done, with the seconds it was given and took."""

    title: str
    song: str
    section: str
    planned: float
    real: float
    day: date


@dataclass(frozen=True, slots=True)
class Period:
    """A week or month up to today."""

    first: date
    last: date
    worked: float
    sittings: int
    done: tuple[DoneTask, ...]
    set_aside: int
    reached: tuple[tuple[str, str], ...]
    """Songs that reached a stage: title and stage, oldest first."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal as it stands now: its text, how far it is (0 to 1), its date (None: none)."""

    text: str
    done: float
    by: date | None = None


@dataclass(frozen=True, slots=True)
class WayOut:
    """A way out of a rut: how often it was tried on these days, and how often it helped."""

    way: str
    tried: int
    helped: int


@dataclass(frozen=True, slots=True)
class Told:
    """What the journal's account does not keep: ``stages`` in the order of the configuration, the goals."""

    stages: tuple[str, ...] = ()
    goals: tuple[Aim, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """All of it. ``first`` and ``last`` are the days looked at, ``today`` is the day of asking.

    Sections, kinds and songs stand by time worked, longest first; days and months in their order.
    ``people`` are those who did anything at all, whoever was asked for; ``persons`` what each did on these
    days. ``stages`` stand in the order of the configuration, then those that it does not know, as songs go
    through them. ``ways`` are those out of a rut. ``missing`` counts entries that the journal has lost,
    ``strange`` what it tells of tasks and songs that are not there. ``week`` and
    ``month`` are None when today is not among the days.
    """

    first: date
    last: date
    today: date
    total: Tally
    sections: tuple[Line, ...] = ()
    kinds: tuple[Line, ...] = ()
    songs: tuple[Line, ...] = ()
    days: tuple[Day, ...] = ()
    sittings: int = 0
    journeys: tuple[Journey, ...] = ()
    stages: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()
    streaks: Streaks = Streaks()
    accuracy: Accuracy | None = None
    week: Period | None = None
    month: Period | None = None
    people: tuple[str, ...] = ()
    persons: tuple[Line, ...] = ()
    goals: tuple[Aim, ...] = ()
    ways: tuple[WayOut, ...] = ()
    missing: int = 0
    strange: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing was worked, done or set aside on these days."""
        return not (self.days or self.total.done or self.asides or self.total.skipped)
