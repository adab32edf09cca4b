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
class Sum:
    """A `Tally` in the making, of one task or of several."""

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

    def told(self) -> Tally:
        """Return the finished sums."""
        return Tally(
            self.done, self.planned, self.real, max(0.0, self.worked), max(0.0, self.over),
            self.extensions, self.extended, self.rounds, self.set_aside, self.skipped,
        )  # fmt: skip

    def add(self, other: Sum) -> None:
        """Take in the sums of another task."""
        self.done += other.done
        self.planned += other.planned
        self.real += other.real
        self.worked += other.worked
        self.over += other.over
        self.extensions += other.extensions
        self.extended += other.extended
        self.rounds += other.rounds
        self.set_aside += other.set_aside
        self.skipped += other.skipped
        self.ratios += other.ratios


def by_task(chosen: Selection) -> dict[str, Sum]:
    """Return the sums of each task that anything happened to: all other sums are sums of these."""
    sums: defaultdict[str, Sum] = defaultdict(Sum)
    for _, seconds, stretch in chosen.work:
        one = sums[stretch.task]
        one.worked += seconds
        if stretch.over:
            one.over += seconds
    for _, deed in chosen.deeds:
        _count(sums[deed.task], deed)
    for task in chosen.done:
        _finish(sums[task], chosen.ledger.jobs[task])
    return dict(sums)


def by_person(chosen: Selection) -> tuple[Line, ...]:
    """Return what each person did: their own time, and the tasks that they completed."""
    sums: defaultdict[str, Sum] = defaultdict(Sum)
    for _, seconds, stretch in chosen.work:
        one = sums[stretch.person]
        one.worked += seconds
        one.over += seconds if stretch.over else 0.0
    last = {deed.task: deed.person for _, deed in chosen.deeds if deed.what is What.DONE}
    for _, deed in chosen.deeds:
        _count(sums[deed.person], deed)
    for task, person in last.items():
        _finish(sums[person], chosen.ledger.jobs[task])
    named = ((name, one) for name, one in sums.items() if name)
    return _ranked(Line(name, "", one.told(), spread(sorted(one.ratios))) for name, one in named)


def _finish(one: Sum, job: Job) -> None:
    one.done += 1
    one.planned += job.planned
    one.real += job.spent
    if (times := ratio(job)) is not None:
        one.ratios.append(times)


def _count(one: Sum, deed: Deed) -> None:
    match deed.what:
        case What.EXTENDED:
            one.extensions += 1
            one.extended += deed.by
        case What.RAN_OUT:
            one.rounds += 1
        case What.SET_ASIDE:
            one.set_aside += 1
        case What.SKIPPED:
            one.skipped += 1
        case What.STARTED | What.DONE:
            pass  # who is done is counted once, however often a task was


def lines(
    sums: Mapping[str, Sum], key: Callable[[str], str], colours: Mapping[str, str] | None = None
) -> tuple[Line, ...]:
    """Return the figures of tasks by `key` of their id, the most worked on first."""
    groups: defaultdict[str, Sum] = defaultdict(Sum)
    for task, one in sums.items():
        groups[key(task)].add(one)
    colour = (colours or {}).get
    return _ranked(
        Line(word, colour(word, ""), one.told(), spread(sorted(one.ratios)))
        for word, one in groups.items()
    )


def _ranked(told: Iterable[Line]) -> tuple[Line, ...]:
    there = (line for line in told if line.tally != Tally())
    return tuple(sorted(there, key=lambda line: (-line.tally.worked, -line.tally.done, line.name)))


def total(sums: Mapping[str, Sum]) -> Tally:
    """Return the sums of all of it."""
    whole = Sum()
    for one in sums.values():
        whole.add(one)
    return whole.told()


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
