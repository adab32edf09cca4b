"""Engine and journal as one: nothing becomes true that the journal doesn't hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from bridge.core.actions import Request
from bridge.core.engine import Decision, Engine
from bridge.core.events import Entry
from bridge.core.foresight import Foresight
from bridge.core.settings import Settings
from bridge.errors import JournalFault
from bridge.moment import Moment
from bridge.store.journal import Journal

_RETRY = (
    1.0  # seconds until what is due by itself is tried again on a journal that can't be written
)
_HEARTBEAT = 60.0  # seconds between two signs of life while something counts; below clock.GAP
_SNAPSHOT_EVERY = 1000  # entries: so many are replayed in a few hundredths of a second
_QUIET = 2.0  # seconds without an entry before a snapshot, so that no press waits for one

Hear: TypeAlias = Callable[[Decision], None]
"""What is told of a decision that the journal holds."""


def _nobody(_decision: Decision) -> None:
    """Hear of nothing."""


class Keeping:
    """The one owner of state. ``fault`` is why the journal can't be written now, empty while it can."""

    def __init__(self, journal: Journal, settings: Settings) -> None:
        loaded = journal.load()
        self.journal, self.fault = journal, ""
        self.recovered = loaded.recovered
        self.engine = Engine(settings, loaded.snapshot)
        self._foresight = Foresight(self.engine)
        self.engine.replay(loaded.entries)
        self.engine.seq = max(self.engine.seq, loaded.last_seq)
        self._alive_at = loaded.alive_at
        self._snapshot_seq = loaded.snapshot.seq if loaded.snapshot else 0
        self._retry_at = self._beat_at = float("-inf")
        self._rested_seq, self._quiet_since = -1, float("-inf")

    def wake_up(self, moment: Moment, hear: Hear = _nobody) -> tuple[Entry, ...]:
        """Begin to live; return what a clock that was set back meanwhile makes true.

        A journal that can't hold it is no reason not to live: `fault` says so.
        """
        decision = self.engine.wake_up(moment, self._alive_at)
        try:
            return self._keep(decision, moment, hear) if decision else ()
        except JournalFault:
            return ()

    def settle(self, moment: Moment, hear: Hear = _nobody) -> tuple[Entry, ...]:
        """Let one decision that is due by itself become true; return its entries, () when none is.

        Call until it returns (). A journal that can't be written is tried again after a second,
        with a sign of life when nothing is due, so that the fault goes when the disk is well again.
        """
        if moment.mono < self._retry_at:
            return ()
        decision = self.engine.due(moment)
        if decision is None:
            self._heal(moment)
            return ()
        try:
            return self._keep(decision, moment, hear)
        except JournalFault:
            return ()

    def hurry(self) -> None:
        """Try a journal with a fault again at the next `settle`: a hand is waiting."""
        self._retry_at = float("-inf")

    def ask(
        self, request: Request, moment: Moment, source: str, hear: Hear = _nobody
    ) -> tuple[Entry, ...]:
        """Let `request` become true; return its entries.

        ``hear`` is called as soon as the journal holds them, before the state follows. Raises
        Refused, Invalid, or JournalFault; nothing has changed then.
        """
        decision = self._foresight.recall(request, moment, source)
        if decision is None:
            decision = self.engine.propose(request, moment, source)
        return self._keep(decision, moment, hear)

    def ponder(self, moment: Moment, awaited: Iterable[Request] = ()) -> bool:
        """Work out what a hand may ask for next, one action a call; tell whether more are left."""
        return self._foresight.ponder(moment, awaited)

    def wake(self, moment: Moment) -> float | None:
        """Return the mono instant at which `settle` or `rest` has something to do."""
        wake = self.engine.wake(moment)
        if self.fault:
            return self._retry_at
        return wake

    def rest(self, moment: Moment) -> None:
        """Do what can wait until nothing else is to do: signs of life, and snapshots."""
        counting = self.engine.wake(moment) is not None
        if counting and moment.mono >= self._beat_at:
            self._beat_at = moment.mono + _HEARTBEAT
            self.journal.alive(moment.wall)
        if self.engine.seq != self._rested_seq:
            self._rested_seq, self._quiet_since = self.engine.seq, moment.mono
        due = self.engine.seq - self._snapshot_seq >= _SNAPSHOT_EVERY
        if due and moment.mono - self._quiet_since >= _QUIET:
            self._snapshot(moment)

    def close(self, moment: Moment) -> None:
        """Leave a snapshot and a last sign of life, and let go of the journal."""
        if self.engine.seq > self._snapshot_seq:
            self._snapshot(moment)
        self.journal.alive(moment.wall)
        self.journal.close()

    def _snapshot(self, moment: Moment) -> None:
        self._snapshot_seq = self.engine.seq
        self.journal.save_snapshot(self.engine.snapshot(moment.wall))

    def _heal(self, moment: Moment) -> None:
        if self.fault:
            if self.journal.alive(moment.wall):
                self.fault = ""
            else:
                self._retry_at = moment.mono + _RETRY

    def _keep(self, decision: Decision, moment: Moment, hear: Hear = _nobody) -> tuple[Entry, ...]:
        if not decision.entries:
            hear(decision)
            return ()
        try:
            self.journal.append(decision.entries)
        except JournalFault as fault:
            self.fault, self._retry_at = str(fault), moment.mono + _RETRY
            raise
        self.fault = ""
        try:
            hear(decision)
        finally:  # the journal holds it, whatever happens
            self.engine.adopt(decision)
        return decision.entries
