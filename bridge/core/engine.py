"""The studio as it lives: proposes what an action means, adopts it once the journal holds it.

Pure: every call takes the moment; `wake` hands out the next one that matters. One thread owns it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bridge.core import clock, persons
from bridge.core.actions import Request, Signed
from bridge.core.cue_book import CueBook
from bridge.core.decide import decide, name_of
from bridge.core.draft import Draft
from bridge.core.events import (
    Attended,
    ClockStepped,
    Entry,
    Snapshot,
    TakeBegan,
    TakeEnded,
    TimeUp,
    Undone,
)  # fmt: skip
from bridge.core.events_method import EarRestDue
from bridge.core.events_sharing import StudioNamed
from bridge.core.evolve import evolve
from bridge.core.model import Studio, TimerState
from bridge.core.settings import Settings
from bridge.core.torn import mended
from bridge.core.undo import Step
from bridge.core.view import View
from bridge.messages import Cue
from bridge.moment import Moment

UNDO_DEPTH = 100
_LOOK = 30.0  # seconds: while something counts, the clock is looked at this often at least
_NO_STEP = (Undone, ClockStepped, Attended, TimeUp, TakeBegan, TakeEnded, EarRestDue, StudioNamed)
_NO_STEPS = ("break-over",)  # taking back goes to the break itself: its end would only come again


@dataclass(frozen=True, slots=True)
class Decision:
    """Facts that are decided but not yet true: `entries`, and the studio once they are.

    ``after`` is None where it is yet to be folded (`Engine.after`); ``cues`` where nobody asked yet.
    """

    entries: tuple[Entry, ...]
    after: Studio | None
    cues: tuple[Cue, ...] | None = None


class Engine:
    """The live studio: ``studio`` now, after entry number ``seq``."""

    def __init__(self, settings: Settings, snapshot: Snapshot | None = None) -> None:
        self.settings = settings
        self.studio = snapshot.studio if snapshot else Studio()
        self.seq = snapshot.seq if snapshot else 0
        told = snapshot.history if snapshot else ()
        self.steps: tuple[Step, ...] = tuple(
            Step(u.seq, u.action, u.at, patch=u.patch) for u in told
        )
        self._book = CueBook(settings.cues)
        self._seen: Moment | None = None
        self._offset: float | None = None
        self._due_on: Studio | None = None
        self._due_under: Settings | None = None
        self._due_at: float | None = None

    @property
    def book(self) -> CueBook:
        """The rules that the present settings give for cues."""
        if self._book.settings is not self.settings.cues:
            self._book = CueBook(self.settings.cues)
        return self._book

    # --- what the journal told -------------------------------------------------------------------

    def replay(self, entries: Iterable[Entry]) -> None:
        """Fold entries of the journal into the studio, oldest first; there may be gaps."""
        torn = False
        for group in _actions(entries):
            studio = self.studio
            torn = torn or group[0].seq != self.seq + 1
            for entry in group:
                studio = evolve(studio, entry)
            self._became(mended(studio) if torn else studio, group)

    def wake_up(self, moment: Moment, alive_at: float | None) -> Decision | None:
        """Begin to live at `moment`; `alive_at` is the last instant the studio is known to have lived.

        Returns what is to be adopted: the clock was set back meanwhile, or a take was left open.
        """
        self._offset = moment.wall - moment.mono
        back = alive_at is not None and alive_at > moment.wall + clock.STEP
        if alive_at is not None and not back:
            self._seen = moment.later(min(0.0, alive_at - moment.wall))
        if not back and self.studio.take is None:
            return None
        draft = self._draft("clock-step" if back else "take", moment.wall)
        if back and alive_at is not None:
            clock.stepped(draft, moment.wall - alive_at)
        off = 0.0 if back or alive_at is None else moment.wall - alive_at
        clock.take_over(draft, moment.wall - (off if off > clock.GAP else 0.0))
        return Decision(tuple(draft.entries), draft.studio)

    def snapshot(self, at: float) -> Snapshot:
        """Return the studio as the journal may keep it, so that older facts need not be replayed."""
        return Snapshot(self.seq, at, self.studio, tuple(step.told() for step in self.steps))

    # --- what is asked ---------------------------------------------------------------------------

    def propose(self, request: Request, moment: Moment, source: str) -> Decision:
        """Return what `request` means at `moment`; nothing is changed yet.

        Raises Refused when it makes no sense now and Invalid when something given is wrong. The
        caller has let `due` tell everything that was due before.
        """
        person = ""
        if isinstance(request, Signed):
            person = persons.meant(self.studio, self.settings, request.person)
            request = request.request
        draft = Draft(
            self.studio, self.seq, moment.wall, self.settings,
            action=name_of(request), source=source, person=person,
        )  # fmt: skip
        decide(draft, request, self.steps)
        return Decision(tuple(draft.entries), draft.studio)

    def after(self, decision: Decision) -> Studio:
        """Return the studio once `decision` is true; only before it is adopted."""
        if decision.after is not None:
            return decision.after
        studio = self.studio
        for entry in decision.entries:
            studio = evolve(studio, entry)
        return studio

    def adopt(self, decision: Decision) -> None:
        """Make a decision true; the journal holds it by now."""
        if decision.entries:
            self._became(self.after(decision), decision.entries)

    # --- what time brings ------------------------------------------------------------------------

    def due(self, moment: Moment) -> Decision | None:
        """Return what has happened by itself up to `moment`, one decision at a time; None: all told."""
        if self._calm(moment):
            self._seen = moment
            return None
        by = self._clock_step(moment)
        if by is not None and clock.instants(self.studio):
            return self._stepped(moment, by)
        if by is not None:
            self._offset = moment.wall - moment.mono
        alive = self._slept_since(moment)
        decision = self._overdue(moment, alive)
        if decision is None:
            self._seen = moment
        return decision

    def _calm(self, moment: Moment) -> bool:
        """Tell quickly that nothing is due and no clock was set: nearly always so, at each press."""
        seen, offset = self._seen, self._offset
        if seen is None or offset is None or moment.mono - seen.mono > clock.GAP:
            return False
        if self._due_on is not self.studio or self._due_under is not self.settings:
            self._due_on, self._due_under = self.studio, self.settings
            self._due_at = clock.next_due(self.studio, self.settings)
        step = moment.wall - moment.mono - offset
        return -clock.STEP <= step <= clock.STEP and (
            self._due_at is None or moment.wall < self._due_at
        )

    def wake(self, moment: Moment) -> float | None:
        """Return the mono instant at which `due` should be asked again, None while nothing counts."""
        due = clock.next_due(self.studio, self.settings)
        counting = self.studio.timer.state is TimerState.OVERTIME or self.studio.take is not None
        if due is None and not counting:
            return None
        look = moment.mono + _LOOK
        return look if due is None else min(look, moment.mono + max(0.0, due - moment.wall))

    def view(self, moment: Moment) -> View:
        """Return what the world may see at `moment`."""
        return View(self.studio, self.seq, self.settings, moment.wall)

    # --- inside ----------------------------------------------------------------------------------

    def _became(self, after: Studio, entries: tuple[Entry, ...]) -> None:
        first = entries[0]
        if isinstance(first.fact, Undone):
            self.steps = self.steps[:-1]
        elif not isinstance(first.fact, _NO_STEP) and first.action not in _NO_STEPS:
            step = Step(first.seq, first.action, first.at, self.studio, after)
            self.steps = (*self.steps[-UNDO_DEPTH + 1 :], step)
        self.studio, self.seq = after, entries[-1].seq

    def _draft(self, action: str, at: float) -> Draft:
        return Draft(self.studio, self.seq, at, self.settings, action=action, source="clock")

    def _stepped(self, moment: Moment, by: float) -> Decision:
        draft = self._draft("clock-step", moment.wall)
        clock.stepped(draft, by)
        self._offset = moment.wall - moment.mono
        self._seen = None if self._seen is None else Moment(self._seen.mono, self._seen.wall + by)
        return Decision(tuple(draft.entries), draft.studio)

    def _clock_step(self, moment: Moment) -> float | None:
        """Return by how much the wall clock was set since it was last looked at, None if it was not."""
        if self._offset is None:
            self._offset = moment.wall - moment.mono
        by = moment.wall - moment.mono - self._offset
        return by if abs(by) > clock.STEP else None

    def _slept_since(self, moment: Moment) -> float | None:
        """Return the wall instant of the last look when it is too long ago, None otherwise."""
        if self._seen is None or moment.mono - self._seen.mono <= clock.GAP:
            return None
        return moment.wall - (moment.mono - self._seen.mono)

    def _overdue(self, moment: Moment, alive: float | None) -> Decision | None:
        if alive is not None and self.studio.take is not None:
            draft = self._draft("take", alive)  # a machine that sleeps records nothing
            clock.take_over(draft, alive)
            return Decision(tuple(draft.entries), draft.studio)
        if alive is not None and self.studio.timer.state is TimerState.OVERTIME:
            draft = self._draft("time-up", moment.wall)
            clock.sleep_over(draft, alive)
            return Decision(tuple(draft.entries), draft.studio)
        due = clock.next_due(self.studio, self.settings)
        if due is None or due > moment.wall:
            return None
        draft = self._draft(clock.due_action(self.studio, self.settings, due), due)
        clock.happen(draft, due, None if alive is None or due <= alive else alive)
        return Decision(tuple(draft.entries), draft.studio) if draft.entries else None


def _actions(entries: Iterable[Entry]) -> Iterator[tuple[Entry, ...]]:
    """Yield entries action by action: the facts that were told together."""
    group: list[Entry] = []
    for entry in entries:
        if entry.step == 0 and group:
            yield tuple(group)
            group = []
        group.append(entry)
    if group:
        yield tuple(group)
