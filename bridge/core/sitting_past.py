"""Past sittings out of the journal, each with the state that its end was told to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bridge.core.events import Entry, SittingBegan, SittingEnded, Undone
from bridge.core.evolve import evolve
from bridge.core.model import Studio


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
    found: list[Ended] = []  # in the order of the journal: two may begin at the same instant
    for entry in entries:
        before, studio = studio, evolve(studio, entry)
        fact = entry.fact
        if isinstance(fact, SittingBegan | SittingEnded) and (sitting := before.sitting):
            end = entry.at if isinstance(fact, SittingEnded) else last
            found.append(Ended(sitting.began_at, end, before))
        elif isinstance(fact, Undone) and fact.patch.sitting and (again := fact.patch.sitting.put):
            _take_out(found, again.began_at)
        last = entry.at
    if studio.sitting is not None:
        began = studio.sitting.began_at
        found.append(Ended(began, max(last, began), studio, over=False))
    return tuple(found)


def _take_out(found: list[Ended], began: float) -> None:
    """Take out the last sitting that began at the instant `began`: it goes on."""
    for place in range(len(found) - 1, -1, -1):
        if found[place].began == began:
            del found[place]
            return
