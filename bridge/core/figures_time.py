"""Time as the journal charges it: the timer of `evolve`, followed stretch by stretch.

Where `evolve` keeps sums, every stretch is written down, with who sat there. A test holds the sums
against `evolve`'s.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any, ClassVar, Final

from bridge.core import events as e
from bridge.core.figures_account import Deed, Job, Stretch, Watch, What, job_of, open_box
from bridge.core.figures_seats import Seats
from bridge.core.model import Task, TaskState, TimerState

_COUNTING: Final = (TimerState.RUNNING, TimerState.OVERTIME)
_STUCK: Final = (TimerState.OVERTIME, TimerState.AWAY)


@dataclass(slots=True)
class Meter:
    """The stretches so far, and what was done with tasks; `voided` names actions that were undone."""

    jobs: dict[str, Job] = field(default_factory=dict)
    deeds: list[Deed] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    voided: set[int] = field(default_factory=set)
    _timer: Watch = field(default_factory=Watch)
    _act: int = 0
    _person: str = ""
    _sitting: int = 0
    _seats: Seats = field(default_factory=Seats)

    def _charge(self, at: float) -> None:
        timer = self._timer
        job = self.jobs.get(timer.task or "")
        if timer.state not in _COUNTING or timer.since is None or job is None:
            return
        end = max(timer.since, at)
        job.spent += end - timer.since
        job.boxed += end - timer.since
        self._stretch(job, timer.since, end, over=timer.state is TimerState.OVERTIME)
        timer.since = at

    def _stretch(self, job: Job, begin: float, end: float, *, over: bool) -> None:
        if end > begin:
            shares = self._seats.shares(begin, end, self._person or job.person, self.voided)
            self.stretches += [
                Stretch(self._act, a, z, job.id, who, self._sitting, over) for a, z, who in shares
            ]

    def _came_back(self) -> None:
        timer = self._timer
        job = self.jobs.get(timer.task or "")
        if timer.state is not TimerState.AWAY or job is None:
            return
        off = min(timer.unattended, job.boxed, job.spent)
        job.spent -= off
        job.boxed -= off
        self._take_off(job, off)
        timer.unattended = 0.0

    def _take_off(self, job: Job, seconds: float) -> None:
        """Take back the last seconds of a task, from whoever and whichever sitting they were put on."""
        for one in reversed(self.stretches):
            if seconds <= 0:
                return
            if one.task == job.id and one.sign > 0 and one.act not in self.voided:
                off = min(seconds, one.end - one.begin)
                back = replace(one, act=self._act, begin=one.end - off, sign=-1)
                self.stretches.append(back)
                seconds -= off

    def _put_down(self, at: float) -> None:
        self._charge(at)
        self._came_back()
        self._timer = Watch()

    def _rewritten(self, job: Job, at: float, **words: Any) -> None:  # noqa: ANN401 - fields of a Job
        timer = self._timer
        stuck = timer.task == job.id and timer.state in _STUCK
        if stuck:
            self._charge(at)
        for name, value in words.items():
            setattr(job, name, value)
        if stuck and job.boxed < job.budget:
            self._came_back()
            self._timer = Watch(TimerState.RUNNING, job.id, since=at)

    def _renewed(self, job: Job, task: Task, at: float) -> None:
        """Write the running task anew; what was charged by now stays charged."""
        spent, boxed = job.spent, job.boxed
        if self._timer.state in _STUCK:
            self._charge(at)
        words = asdict(job_of(task))
        words["spent"] += job.spent - spent
        words["boxed"] += job.boxed - boxed
        self._rewritten(job, at, **words)

    def _deed(self, what: What, job: Job, at: float, by: float = 0.0) -> None:
        self.deeds.append(
            Deed(self._act, at, what, job.id, self._person or job.person, self._sitting, by)
        )

    # --- facts ------------------------------------------------------------------------------------

    def _started(self, fact: e.TaskStarted, at: float) -> None:
        self._charge(at)
        self._came_back()
        job = self.jobs[fact.task]
        job.state = TaskState.TODO
        open_box(job)
        self._timer = Watch(TimerState.RUNNING, job.id, since=at)
        self._deed(What.STARTED, job, at)

    def _paused(self, _fact: e.TimerPaused, at: float) -> None:
        self._charge(at)
        self._timer = Watch(TimerState.PAUSED, self._timer.task)

    def _resumed(self, _fact: e.TimerResumed, at: float) -> None:
        away = self._timer.state is TimerState.AWAY
        self._came_back()
        job = self.jobs.get(self._timer.task or "")
        if job is None:
            return
        if away:
            open_box(job)
        up = job.boxed >= job.budget
        state = TimerState.OVERTIME if up else TimerState.RUNNING
        self._timer = Watch(state, job.id, since=at, up_at=at if up else None)

    def _time_up(self, fact: e.TimeUp, at: float) -> None:
        self._charge(at)
        timer = self._timer
        timer.state, timer.up_at = TimerState.OVERTIME, at
        timer.since = at if fact.counting else None

    def _went_away(self, fact: e.WentAway, at: float) -> None:
        self._charge(at)
        timer = self._timer
        timer.state, timer.since, timer.up_at = TimerState.AWAY, None, at
        timer.unattended = fact.unattended

    def _budget(self, fact: e.BudgetChanged, at: float) -> None:
        job = self.jobs[fact.task]
        self._rewritten(job, at, budget=job.budget + fact.by)
        if fact.by > 0:
            self._deed(What.EXTENDED, job, at, fact.by)

    def _break_began(self, _fact: e.BreakBegan, at: float) -> None:
        self._came_back()
        self._charge(at)
        self._timer = Watch(TimerState.BREAK, self._timer.task, since=at)

    def _break_ended(self, _fact: e.BreakEnded, _at: float) -> None:
        timer = self._timer
        timer.state = TimerState.PAUSED if timer.task else TimerState.IDLE
        timer.since = None

    def _stepped(self, fact: e.ClockStepped, _at: float) -> None:
        self._seats.stepped(fact.by)
        self._timer.stepped(fact.by)

    def _take_began(self, _fact: e.TakeBegan, at: float) -> None:
        if self._timer.state is TimerState.OVERTIME and self._timer.since is None:
            self._timer.since = at

    def _take_ended(self, fact: e.TakeEnded, at: float) -> None:
        if self._timer.state is TimerState.OVERTIME:
            self._charge(at)
            self._timer.since = at if fact.counting else None

    def _left(self, task: str, at: float, state: TaskState, *told: What) -> None:
        timer, job = self._timer, self.jobs[task]
        if timer.task == task and timer.state is TimerState.BREAK:
            timer.task = None
        elif timer.task == task:
            self._charge(at)
            if state is not TaskState.DONE:  # who says that it is done was there: its time stays
                self._came_back()
            self._timer = Watch()
        job.state = state
        for what in told:
            self._deed(what, job, at)

    READERS: ClassVar[dict[type, Callable[[Any, Any, float], None]]] = {
        e.TaskStarted: _started,
        e.TimerPaused: _paused,
        e.TimerResumed: _resumed,
        e.TimeUp: _time_up,
        e.WentAway: _went_away,
        e.BudgetChanged: _budget,
        e.BreakBegan: _break_began,
        e.BreakEnded: _break_ended,
        e.ClockStepped: _stepped,
        e.TakeBegan: _take_began,
        e.TakeEnded: _take_ended,
    }
