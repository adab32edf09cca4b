"""How a take changes the studio: while it runs overtime is charged, when it is over the grace begins."""

from __future__ import annotations

from typing import assert_never

from bridge.core.ear_rest import after_take
from bridge.core.events import TakeBegan, TakeEnded, TakeFact
from bridge.core.evolve_timer import changed, charge
from bridge.core.model import Studio, TimerState
from bridge.core.replacing import replace


def evolve_take(studio: Studio, fact: TakeFact, at: float) -> Studio:
    """Return the studio after a take began or ended."""
    match fact:
        case TakeBegan():
            return replace(_worked(studio, at), take=at)
        case TakeEnded(counting=counting):
            return after_take(replace(_over(studio, at, counting=counting), take=None), at)
        case _:
            assert_never(fact)


def _worked(studio: Studio, at: float) -> Studio:
    """Return the studio with overtime charged from now on, also where it waited for a decision."""
    timer = studio.timer
    if timer.state is TimerState.OVERTIME and timer.since is None:
        return changed(studio, since=at, for_take=True)
    return studio


def _over(studio: Studio, at: float, *, counting: bool) -> Studio:
    """Return the studio with the grace of a box that ran out beginning now, or waiting again.

    Overtime that a hand had set going (a pause, then on again) goes on as it did before the take.
    """
    if studio.timer.state is not TimerState.OVERTIME:
        return studio
    waits = not counting and (studio.timer.for_take or studio.timer.since is None)
    return changed(charge(studio, at), since=None if waits else at, grace_at=at, for_take=False)
