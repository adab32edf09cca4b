"""What the account of a journal is made of: stretches of time, deeds, songs' moves, tasks and songs."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Final

from bridge.core.model import Section, Task, TaskState, TimerState


class What(StrEnum):
    """What was done with a task."""

    STARTED = "started"
    DONE = "done"
    SKIPPED = "skipped"
    SET_ASIDE = "set-aside"
    RAN_OUT = "ran-out"
    """Set aside by the clock, which is a round more."""
    EXTENDED = "extended"


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done with a task at a wall instant, in a sitting (0: in none; see `Stretch`).

    ``act`` numbers the action, ``by`` is in seconds.
    """

    act: int
    at: float
    what: What
    task: str
    person: str
    sitting: int = 0
    by: float = 0.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Time charged to a task between two wall instants; ``sign`` -1: taken off again, nobody was there.

    ``act`` is the action that ended it, ``sitting`` the one that began its sitting (0: none is known).
    """

    act: int
    begin: float
    end: float
    task: str
    person: str
    sitting: int
    over: bool
    sign: int = 1


@dataclass(slots=True)
class Sat:
    """A sitting, by the number of the action that began it; ``ended`` is None while it is under way."""

    act: int
    began: float
    person: str
    ended: float | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A note, at a wall instant, in a sitting (0: in none)."""

    act: int
    at: float
    sitting: int
    text: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A song came in at a stage or reached one."""

    act: int
    at: float
    song: str
    stage: str
    finished: bool


@dataclass(frozen=True, slots=True)
class Tried:
    """A way out of a rut was taken at a wall instant, or (``helped``) is said to have helped."""

    act: int
    at: float
    way: str
    helped: bool
    person: str


@dataclass(frozen=True, slots=True)
class Off:
    """Time off that was planned, between two wall instants."""

    act: int
    begin: float
    end: float


@dataclass(slots=True)
class Job:
    """A task as far as the account goes; see `bridge.core.model.Task`."""

    id: str
    title: str
    section: str
    budget: float
    planned: float
    person: str
    state: TaskState
    spent: float
    boxed: float

    @property
    def song(self) -> str:
        """The id of its song."""
        return self.id.rpartition(".")[0]


@dataclass(slots=True)
class Piece:
    """A song as far as the account goes."""

    id: str
    title: str
    stage: str
    sections: tuple[Section, ...]


_JOB: Final = tuple(f.name for f in fields(Job))
_TIMES: Final = ("spent", "boxed")


@dataclass(slots=True)
class Watch:
    """The timer as the account follows it; instants are wall seconds."""

    state: TimerState = TimerState.IDLE
    task: str | None = None
    since: float | None = None
    up_at: float | None = None
    unattended: float = 0.0

    def stepped(self, by: float) -> None:
        """Move with a clock that was set by `by` seconds."""
        self.since = None if self.since is None else self.since + by
        self.up_at = None if self.up_at is None else self.up_at + by


def known(fact: object, jobs: Container[str], pieces: Container[str]) -> bool:
    """Tell whether the task or song that a fact is about is there; each names it alike."""
    task, song = getattr(fact, "task", None), getattr(fact, "song", None)
    if isinstance(task, str):
        return task in jobs
    return not isinstance(song, str) or song in pieces


def job_of(task: Task) -> Job:
    """Return what the account keeps of a task."""
    return Job(*(getattr(task, name) for name in _JOB))


def forget(jobs: dict[str, Job], song: str, spared: Container[str] = ()) -> None:
    """Take a song's tasks out of `jobs`, all but those that are spared."""
    for task in [job.id for job in jobs.values() if job.song == song and job.id not in spared]:
        del jobs[task]


def open_box(job: Job) -> None:
    """Open a new box where the last one is used up."""
    if job.boxed >= job.budget:
        job.boxed, job.budget = 0.0, job.planned


def take_back(job: Job, before: Task, after: Task) -> None:
    """Put back what an action changed of a task, and keep what came since; see `core.undo`."""
    for name in _JOB:
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        if name in _TIMES:
            setattr(job, name, max(0.0, getattr(job, name) + old - new))
        else:
            setattr(job, name, old)
