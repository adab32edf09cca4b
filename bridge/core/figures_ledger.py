"""The journal as an account: which task took which stretch of time, and what was done with it.

It follows the same timer as `evolve`, but writes down every stretch, where `evolve` keeps only sums;
and it holds no queue, so that a year is read in a fraction of a second. A test holds its sums against
`evolve`'s. Facts that it has no use for change nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from bridge.core import events as e
from bridge.core import events_edit as w
from bridge.core import events_method as m
from bridge.core import events_sharing as h
from bridge.core import events_together as t
from bridge.core.figures_account import (
    Moved,
    Off,
    Piece,
    Said,
    Sat,
    Tried,
    Watch,
    What,
    forget,
    job_of,
    known,
    take_back,
)  # fmt: skip
from bridge.core.figures_time import Meter
from bridge.core.model import Song, TaskState
from bridge.core.patches import SittingPatch, SongPatch


@dataclass(slots=True)
class Ledger(Meter):
    """The account so far. What an undone action wrote stays in the lists; `voided` names the action.

    ``missing`` counts the entries that the journal has lost, ``strange`` the facts about tasks and songs
    that are not there: they went with what was lost, or their song with an import that was undone.
    """

    pieces: dict[str, Piece] = field(default_factory=dict)
    moves: list[Moved] = field(default_factory=list)
    offs: list[Off] = field(default_factory=list)
    sat: list[Sat] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    tried: list[Tried] = field(default_factory=list)
    missing: int = 0
    strange: int = 0
    _seq: int = 0

    def read(self, entries: Iterable[e.Entry]) -> None:
        """Take in entries, oldest first."""
        readers = self.READERS
        for entry in entries:
            if entry.step == 0 or entry.seq != self._seq + 1:
                self._act = entry.seq
                self.missing += max(0, entry.seq - self._seq - 1)
            self._seq, self._person = entry.seq, entry.person
            reader = readers.get(type(entry.fact))
            if reader is None:
                continue
            if known(entry.fact, self.jobs, self.pieces):
                reader(self, entry.fact, entry.at)
            else:
                self.strange += 1

    def until(self, now: float) -> None:
        """Charge what is running up to the wall instant `now`, which ends the account."""
        self._act, self._person = self._seq + 1, ""
        self._charge(now)
        self._came_back()  # nobody said yet that it was work

    def _completed(self, fact: e.TaskCompleted, at: float) -> None:
        self._left(fact.task, at, TaskState.DONE, What.DONE)

    def _skipped(self, fact: e.TaskSkipped, at: float) -> None:
        self._left(fact.task, at, TaskState.SKIPPED, What.SKIPPED)

    def _set_aside(self, fact: e.TaskSetAside, at: float) -> None:
        told = (What.SET_ASIDE, What.RAN_OUT) if fact.time_up else (What.SET_ASIDE,)
        self._left(fact.task, at, TaskState.SET_ASIDE, *told)

    def _removed(self, fact: w.TaskRemoved, at: float) -> None:
        if self._timer.task == fact.task:
            self._came_back()
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
        self._sitting = self._act
        self.sat.append(Sat(self._act, at, self._person))
        self._seats.began(self._person, at, self._act)

    def _took_over(self, fact: t.PersonSat, at: float) -> None:
        self._seats.sat(fact.person, at, self._act)

    def _handed(self, fact: t.HandedOver, _at: float) -> None:
        self.jobs[fact.task].person = fact.to or self.jobs[fact.task].person

    def _got_up(self, fact: e.SittingEnded, at: float) -> None:
        if not fact.left:
            self._put_down(at)
        if self._sitting and (sat := self._last()):
            sat.ended = max(at, sat.began)
        self._sitting = 0

    def _noted(self, fact: e.Noted, at: float) -> None:
        self.said.append(Said(self._act, at, self._sitting, fact.text))

    def _tried(self, fact: m.RutChosen, at: float) -> None:
        self.tried.append(Tried(self._act, at, fact.way, helped=False, person=self._person))

    def _helped(self, fact: m.RutHelped, at: float) -> None:
        if fact.helped:
            self.tried.append(Tried(self._act, at, fact.way, helped=True, person=self._person))

    def _clock_set(self, fact: e.ClockStepped, at: float) -> None:
        self._stepped(fact, at)
        if self._sitting and (sat := self._last()):
            sat.began += fact.by

    def _last(self) -> Sat | None:
        """Return the last sitting that was not taken back."""
        return next((sat for sat in reversed(self.sat) if sat.act not in self.voided), None)

    def _merged(self, fact: h.SongMerged | h.ClashSettled, at: float) -> None:
        old = self.pieces.get(fact.song)
        if fact.head.stage != (old.stage if old else None):
            self.moves.append(Moved(self._act, at, fact.song, fact.head.stage, finished=False))
        self._piece(fact.head)
        for gone in fact.gone:
            self.jobs.pop(gone, None)
        for task in fact.tasks:
            if task.id == self._timer.task and task.id in self.jobs:
                self._renewed(self.jobs[task.id], task, at)
            else:
                self.jobs[task.id] = job_of(task)

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
            self._sat_again(patch.sitting)
            if patch.sitting.gone:  # what the clock charged in it went, too
                self.voided |= {one.act for one in self.stretches if one.sitting == fact.seq}

    def _sat_again(self, patch: SittingPatch) -> None:
        """Take back how a sitting ended, or that it began."""
        if patch.put is not None and (sat := self._last()):
            sat.ended, self._sitting = None, sat.act
        if patch.gone:
            self._sitting = 0

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

    READERS: ClassVar[dict[type, Callable[[Any, Any, float], None]]] = {
        **Meter.READERS,
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
        m.RutChosen: _tried,
        m.RutHelped: _helped,
        e.PrepSwitched: _let_go,
        e.SittingBegan: _sat_down,
        e.SittingEnded: _got_up,
        t.PersonSat: _took_over,
        t.HandedOver: _handed,
        h.SongMerged: _merged,
        h.ClashSettled: _merged,
        e.ClockStepped: _clock_set,
        e.Noted: _noted,
        e.Undone: _undone,
    }
