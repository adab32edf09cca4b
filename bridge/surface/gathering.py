"""The clicks of one turn of ``extend`` as few facts: one at once, the others together. Pure.

The first click is asked for as it comes, so that lights and displays answer at once. What follows is
gathered until the hand rests, and asked for as one: so the journal has a turn and not its clicks,
and `undo` takes back a turn. A long turn is asked for once a second, so that one sees where it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from bridge.core import durations
from bridge.core.actions import Action
from bridge.surface.asking import Ask, Asks

REST = 0.25
"""Seconds without a click after which a turn is over: longer than slow fingers need from click to
click, shorter than one waits for a light without wondering."""

LONGEST = 1.0
"""Seconds of turning after which what has been gathered is asked for in any case."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one control asks for with the clicks of a while; ``seconds`` are never 0."""

    control: str
    seconds: float


class Gathering:
    """The turn that is under way, of one control at a time. Instants are in ``mono`` seconds."""

    def __init__(self) -> None:
        self._control = ""
        self._last = self._since = 0.0
        self.seconds = 0.0

    def add(self, control: str, seconds: float, now: float) -> tuple[Gathered, ...]:
        """Take clicks; return what is to be asked for now: what was before, or a turn's first."""
        if control == self._control and now < self._last + REST:
            due = self.advance(now)
            if not self.seconds:
                self._since = now
            self.seconds += seconds
            self._last = now
            return due
        before = self.take()
        self._control, self._last = control, now
        return (*before, Gathered(control, seconds)) if seconds else before

    def wake(self) -> float | None:
        """Return the instant at which `advance` has something to ask for, None: never."""
        return min(self._last + REST, self._since + LONGEST) if self.seconds else None

    def advance(self, now: float) -> tuple[Gathered, ...]:
        """Return what is to be asked for by `now`."""
        due = self.wake()
        if due is None or now < due:
            return ()
        gathered, self.seconds = Gathered(self._control, self.seconds), 0.0
        return (gathered,)

    def take(self) -> tuple[Gathered, ...]:
        """End the turn: something else happens. Return what is to be asked for before that."""
        control, seconds = self._control, self.seconds
        self._control, self.seconds = "", 0.0
        return (Gathered(control, seconds),) if seconds else ()


def extended(gathered: tuple[Gathered, ...]) -> Asks:
    """Return the asks of turns that are over."""
    return tuple(
        Ask(Action("extend", durations.words(one.seconds)), one.control) for one in gathered
    )
