"""Past sittings out of the journal, each with the state that its end was told to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bridge.core.events import Entry, SittingBegan, SittingEnded, Undone
from bridge.core.evolve import evolve
from bridge.core.model import Sitting, Studio


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
    studio, found, last = Studio(), {}, 0.0
    for entry in entries:
        before, studio = studio, evolve(studio, entry)
        fact = entry.fact
        if isinstance(fact, SittingBegan | SittingEnded) and (sitting := before.sitting):
            end = entry.at if isinstance(fact, SittingEnded) else last
            found[sitting.began_at] = Ended(sitting.began_at, end, before)
        elif isinstance(fact, Undone) and (again := _put_back(before, studio)):
            found.pop(again.began_at, None)
        last = entry.at
    if studio.sitting is not None:
        began = studio.sitting.began_at
        found[began] = Ended(began, max(last, began), studio, over=False)
    return tuple(found[began] for began in sorted(found))


def _put_back(before: Studio, after: Studio) -> Sitting | None:
    """Return the sitting whose end was taken back, None where none was."""
    return after.sitting if before.sitting is None else None
