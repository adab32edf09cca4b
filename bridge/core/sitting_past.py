"""Past sittings out of the journal, each with the state that its end was told to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bridge.core.events import Entry, SittingBegan, SittingEnded, TaskCompleted, Undone
from bridge.core.evolve import evolve
from bridge.core.evolve_timer import unattended
from bridge.core.model import Studio, TimerState


@dataclass(frozen=True, slots=True)
class Ended:
    """A sitting that ended at the wall instant ``ended``; ``before`` is the studio with it under way.

    ``over`` is False for one that is under way still, at the journal's last entry.
    """

    began: float
    ended: float
    before: Studio
    over: bool = True


def sittings(entries: Iterable[Entry]) -> tuple[Ended, ...]:
    """Return the sittings that `entries` tell, all from the first on, oldest first.

    One whose end was taken back and told again is one sitting; one that was taken back is none.
    """
    studio, last = Studio(), 0.0
    said: dict[int, Ended] = {}  # by the action that told more of a sitting, how it was told before
    found: list[Ended] = []  # in the order of the journal: two may begin at the same instant
    for entry in entries:
        before, studio = studio, evolve(studio, entry)
        fact = entry.fact
        if isinstance(fact, SittingBegan | SittingEnded) and (sitting := before.sitting):
            end = entry.at if isinstance(fact, SittingEnded) else last
            found.append(Ended(sitting.began_at, end, before))
        elif isinstance(fact, TaskCompleted) and found and _there_after_all(before, fact.task):
            said[entry.seq - entry.step] = found[-1]
            found[-1] = _attended(found[-1])
        elif isinstance(fact, Undone) and fact.seq in said:
            found[-1] = said.pop(fact.seq)
        elif isinstance(fact, Undone) and fact.patch.sitting and (again := fact.patch.sitting.put):
            _take_out(found, again.began_at)
        last = entry.at
    if studio.sitting is not None:
        began = studio.sitting.began_at
        found.append(Ended(began, max(last, began), studio, over=False))
    return tuple(found)


def _there_after_all(studio: Studio, task: str) -> bool:
    """Tell whether time of the sitting before is at stake for `task`, whose end nobody saw there."""
    timer = studio.timer
    away = timer.state is TimerState.AWAY and timer.task == task
    return away and timer.unattended > 0 and not unattended(studio)


def _attended(told: Ended) -> Ended:
    """Return the sitting with the time that was thought to have run unseen as time that was worked."""
    timer = replace(told.before.timer, unattended=0.0)
    return replace(told, before=replace(told.before, timer=timer))


def _take_out(found: list[Ended], began: float) -> None:
    """Take out the last sitting that began at the instant `began`: it goes on."""
    for place in range(len(found) - 1, -1, -1):
        if found[place].began == began:
            del found[place]
            return
