"""Sums of a selection by any key: sections, kinds, songs; and ratios of real to planned time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bridge.core.figures import Line, Spread, Tally
from bridge.core.figures_account import Deed, Job, What
from bridge.core.figures_selection import Selection

_TIMED: Final = 30.0  # seconds: what took less was ticked off rather than timed


@dataclass(slots=True)
class _Sum:
    """A `Tally` in the making."""

    done: int = 0
    planned: float = 0.0
    real: float = 0.0
    worked: float = 0.0
    over: float = 0.0
    extensions: int = 0
    extended: float = 0.0
    rounds: int = 0
    set_aside: int = 0
    skipped: int = 0
    ratios: list[float] = field(default_factory=list)

    def deed(self, deed: Deed) -> None:
        match deed.what:
            case What.EXTENDED:
                self.extensions += 1
                self.extended += deed.by
            case What.RAN_OUT:
                self.rounds += 1
            case What.SET_ASIDE:
                self.set_aside += 1
            case What.SKIPPED:
                self.skipped += 1
            case What.STARTED | What.DONE:
                pass  # who is done is counted once, however often a task was

    def finished(self, job: Job) -> None:
        self.done += 1
        self.planned += job.planned
        self.real += job.spent
        if (one := ratio(job)) is not None:
            self.ratios.append(one)

    def told(self) -> Tally:
        return Tally(
            self.done, self.planned, self.real, max(0.0, self.worked), max(0.0, self.over),
            self.extensions, self.extended, self.rounds, self.set_aside, self.skipped,
        )  # fmt: skip


def lines(
    chosen: Selection, key: Callable[[Job], str], colours: Mapping[str, str] | None = None
) -> tuple[Line, ...]:
    """Return the figures by `key` of the task, the most worked on first."""
    name = {task: key(job) for task, job in chosen.ledger.jobs.items()}
    sums: defaultdict[str, _Sum] = defaultdict(_Sum)
    for _, seconds, stretch in chosen.work:
        one = sums[name[stretch.task]]
        one.worked += seconds
        one.over += seconds if stretch.over else 0.0
    for _, deed in chosen.deeds:
        sums[name[deed.task]].deed(deed)
    for task in chosen.done:
        sums[name[task]].finished(chosen.ledger.jobs[task])
    colour = (colours or {}).get
    told = (
        Line(word, colour(word, ""), one.told(), spread(sorted(one.ratios)))
        for word, one in sums.items()
    )
    there = (line for line in told if line.tally != Tally())
    return tuple(sorted(there, key=lambda line: (-line.tally.worked, -line.tally.done, line.name)))


def ratio(job: Job) -> float | None:
    """Return the real time of a task as a multiple of its plan; None where it was not timed."""
    return job.spent / job.planned if job.spent >= _TIMED and job.planned > 0 else None


def spread(ratios: Sequence[float]) -> Spread | None:
    """Return the quartiles of sorted `ratios`, None of nothing."""
    if not ratios:
        return None
    return Spread(len(ratios), *(quantile(ratios, q) for q in (0.25, 0.5, 0.75)))


def quantile(ranked: Sequence[float], q: float) -> float:
    """Return the `q` quantile (0 to 1) of sorted values, between two of them where need be."""
    place = q * (len(ranked) - 1)
    low = int(place)
    high = min(low + 1, len(ranked) - 1)
    return ranked[low] + (place - low) * (ranked[high] - ranked[low])


def total(chosen: Selection) -> Tally:
    """Return the sums of all of it."""
    all_of_it: Iterable[Line] = lines(chosen, lambda _job: "")
    return next((line.tally for line in all_of_it), Tally())
