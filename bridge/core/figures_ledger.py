"""The journal as an account: which task took which stretch of time, and what was done with it.

It follows the same timer as `evolve`, but writes down every stretch, where `evolve` keeps only sums;
and it holds no queue, so that a year is read in a fraction of a second. A test holds its sums against
`evolve`'s. Facts that it has no use for change nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from bridge.core import events as e
from bridge.core import events_edit as w
from bridge.core import events_method as m
from bridge.core import events_together as t
from bridge.core.figures_account import (
    Deed,
    Job,
    Moved,
    Off,
    Piece,
    Stretch,
    Watch,
    What,
    forget,
    job_of,
    known,
    open_box,
    take_back,
)  # fmt: skip
from bridge.core.figures_seats import Seats
from bridge.core.model import Song, TaskState, TimerState
from bridge.core.patches import SongPatch

_COUNTING: Final = (TimerState.RUNNING, TimerState.OVERTIME)
_STUCK: Final = (TimerState.OVERTIME, TimerState.AWAY)


@dataclass(slots=True)
class Ledger:
    """The account so far. What an undone action wrote stays in the lists; `voided` names the action."""

    jobs: dict[str, Job] = field(default_factory=dict)
    pieces: dict[str, Piece] = field(default_factory=dict)
    deeds: list[Deed] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    moves: list[Moved] = field(default_factory=list)
    offs: list[Off] = field(default_factory=list)
    voided: set[int] = field(default_factory=set)
    _timer: Watch = field(default_factory=Watch)
    _act: int = 0
    _seq: int = 0
    _person: str = ""
    _sitting: int = 0
    _sat: int = 0
    _seats: Seats = field(default_factory=Seats)

    def read(self, entries: Iterable[e.Entry]) -> None:
        """Take in entries, oldest first."""
        readers = self._READERS
        for entry in entries:
            if entry.step == 0 or entry.seq != self._seq + 1:
                self._act = entry.seq
            self._seq, self._person = entry.seq, entry.person
            reader = readers.get(type(entry.fact))
            if reader is not None and known(entry.fact, self.jobs, self.pieces):
                reader(self, entry.fact, entry.at)

    def until(self, now: float) -> None:
        """Charge what is running up to the wall instant `now`, which ends the account."""
        self._act, self._person = self._seq + 1, ""
        self._charge(now)

    # --- time -------------------------------------------------------------------------------------

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

    def _stretch(self, job: Job, begin: float, end: float, *, over: bool, sign: int = 1) -> None:
        if end > begin:
            shares = self._seats.shares(begin, end, self._person or job.person, self.voided)
            self.stretches += [
                Stretch(self._act, a, z, job.id, who, self._sitting, over, sign)
                for a, z, who in shares
            ]

    def _came_back(self) -> None:
        timer = self._timer
        job = self.jobs.get(timer.task or "")
        if timer.state is not TimerState.AWAY or job is None:
            return
        off = min(timer.unattended, job.boxed, job.spent)
        job.spent -= off
        job.boxed -= off
        end = timer.up_at or 0.0
        self._stretch(job, end - off, end, over=False, sign=-1)

    def _put_down(self, at: float) -> None:
        self._charge(at)
        self._timer = Watch()

    def _rewritten(self, job: Job, at: float, **words: Any) -> None:  # noqa: ANN401 - fields of a Job
        timer = self._timer
        stuck = timer.task == job.id and timer.state in _STUCK
        if stuck:
            self._charge(at)
        for name, value in words.items():
            setattr(job, name, value)
        if stuck and job.boxed < job.budget:
            self._timer = Watch(TimerState.RUNNING, job.id, since=at)

    def _deed(self, what: What, job: Job, at: float, by: float = 0.0) -> None:
        self.deeds.append(Deed(self._act, at, what, job.id, self._person or job.person, by))

    # --- facts ------------------------------------------------------------------------------------

    def _started(self, fact: e.TaskStarted, at: float) -> None:
        self._charge(at)
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
            self._put_down(at)
        job.state = state
        for what in told:
            self._deed(what, job, at)

    def _completed(self, fact: e.TaskCompleted, at: float) -> None:
        self._left(fact.task, at, TaskState.DONE, What.DONE)

    def _skipped(self, fact: e.TaskSkipped, at: float) -> None:
        self._left(fact.task, at, TaskState.SKIPPED, What.SKIPPED)

    def _set_aside(self, fact: e.TaskSetAside, at: float) -> None:
        told = (What.SET_ASIDE, What.RAN_OUT) if fact.time_up else (What.SET_ASIDE,)
        self._left(fact.task, at, TaskState.SET_ASIDE, *told)

    def _removed(self, fact: w.TaskRemoved, at: float) -> None:
        done = self.jobs[fact.task].state is TaskState.DONE  # its time was worked all the same
        self._left(fact.task, at, TaskState.DONE if done else TaskState.SKIPPED)

    def _reopened(self, fact: w.TaskReopened, _at: float) -> None:
        self.jobs[fact.task].state = TaskState.TODO

    def _task_moved(self, fact: e.TaskMoved, _at: float) -> None:
        job = self.jobs[fact.task]
        if job.state is TaskState.SKIPPED:
            job.state = TaskState.TODO

    def _task_added(self, fact: e.TaskAdded, _at: float) -> None:
        if fact.task.song in self.pieces:
            self.jobs[fact.task.id] = job_of(fact.task)

    def _task_edited(self, fact: e.TaskEdited, at: float) -> None:
        words = {name: getattr(fact, name) for name in ("title", "section", "budget", "planned")}
        self._rewritten(self.jobs[fact.task], at, **words, person=fact.person)

    def _song_added(self, fact: e.SongAdded, at: float) -> None:
        song = fact.song
        self._piece(song)
        self.jobs |= {task.id: job_of(task) for task in song.tasks.values()}
        self.moves.append(Moved(self._act, at, song.id, song.stage, finished=False))

    def _song_edited(self, fact: e.SongEdited, _at: float) -> None:
        piece = self.pieces[fact.song]
        piece.title, piece.sections = fact.title, fact.sections

    def _stage(self, fact: e.StageReached, at: float) -> None:
        self.pieces[fact.song].stage = fact.stage
        self.moves.append(Moved(self._act, at, fact.song, fact.stage, fact.finished))
        task = self._timer.task
        if fact.finished and task is not None and task.rpartition(".")[0] == fact.song:
            self._put_down(at)

    def _rested(self, fact: e.SongRested, at: float) -> None:
        if (self._timer.task or "").rpartition(".")[0] == fact.song:
            self._put_down(at)

    def _brought_back(self, fact: m.TasksBroughtBack, _at: float) -> None:
        for job in filter(None, map(self.jobs.get, fact.tasks)):
            if job.state is TaskState.SKIPPED:
                job.state = TaskState.TODO

    def _off(self, fact: m.TimeOffPlanned, at: float) -> None:
        self._back(fact, at)
        self.offs.append(Off(self._act, fact.begins, fact.until))

    def _back(self, _fact: object, at: float) -> None:
        if self.offs and self.offs[-1].act not in self.voided:
            last = self.offs[-1]
            self.offs[-1] = Off(last.act, last.begin, max(last.begin, min(last.end, at)))

    def _let_go(self, _fact: object, at: float) -> None:
        self._put_down(at)

    def _sat_down(self, _fact: e.SittingBegan, at: float) -> None:
        self._sitting = self._sat = self._act
        self._seats.began(self._person, at, self._act)

    def _took_over(self, fact: t.PersonSat, at: float) -> None:
        self._seats.sat(fact.person, at, self._act)

    def _handed(self, fact: t.HandedOver, _at: float) -> None:
        self.jobs[fact.task].person = fact.to or self.jobs[fact.task].person

    def _got_up(self, fact: e.SittingEnded, at: float) -> None:
        if not fact.left:
            self._put_down(at)
        self._sitting = 0

    # --- taking back ------------------------------------------------------------------------------

    def _undone(self, fact: e.Undone, _at: float) -> None:
        self.voided.add(fact.seq)
        patch = fact.patch
        for song_id, song in patch.songs.items():
            if song is None:
                forget(self.jobs, song_id)
                self.pieces.pop(song_id, None)
            else:
                self._patched(song_id, song)
        if (timer := patch.timer) is not None:
            self._timer = Watch(timer.state, timer.task, timer.since, timer.up_at, timer.unattended)
        if patch.sitting is not None:
            self._sitting = self._sat if patch.sitting.put is not None else self._sitting
            self._sitting = 0 if patch.sitting.gone else self._sitting

    def _patched(self, song_id: str, patch: SongPatch) -> None:
        for task_id, task in patch.tasks.items():
            if task.before is None:
                self.jobs.pop(task_id, None)
            elif task.after is None or task_id not in self.jobs:
                self.jobs[task_id] = job_of(task.before)
            else:
                take_back(self.jobs[task_id], task.before, task.after)
        if patch.order is not None:
            forget(self.jobs, song_id, patch.order)
        self._piece(patch.head)

    def _piece(self, song: Song) -> None:
        self.pieces[song.id] = Piece(song.id, song.title, song.stage, song.sections)

    _READERS: ClassVar[dict[type, Callable[[Ledger, Any, float], None]]] = {
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
        e.TaskCompleted: _completed,
        e.TaskSkipped: _skipped,
        w.TaskRemoved: _removed,
        w.TaskReopened: _reopened,
        e.TaskSetAside: _set_aside,
        e.TaskMoved: _task_moved,
        e.TaskAdded: _task_added,
        e.TaskEdited: _task_edited,
        e.SongAdded: _song_added,
        e.SongEdited: _song_edited,
        e.StageReached: _stage,
        e.SongRested: _rested,
        m.TasksBroughtBack: _brought_back,
        m.TimeOffPlanned: _off,
        m.TimeOffEnded: _back,
        e.PrepSwitched: _let_go,
        e.SittingBegan: _sat_down,
        e.SittingEnded: _got_up,
        t.PersonSat: _took_over,
        t.HandedOver: _handed,
        e.Undone: _undone,
    }
