"""Days: which local day an instant lies on, how a stretch falls on several, and days in a row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta
from typing import TypeAlias

from bridge.core.figures import Run, Streaks

Local: TypeAlias = Callable[[float], date]
"""The local day of a wall instant. It must not run backwards; its days may have 23 or 25 hours."""

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_EXACT = 0.5  # seconds to which midnight is found


def parts(begin: float, end: float, local: Local) -> Iterator[tuple[date, float]]:
    """Yield the days of a stretch, each with its seconds."""
    day, last = local(begin), local(end)
    while day != last:
        midnight = _midnight(begin, end, day, local)
        yield day, midnight - begin
        begin, day = midnight, local(midnight)
    yield day, end - begin


def _midnight(begin: float, end: float, day: date, local: Local) -> float:
    """Return the first instant after `begin` (to half a second) that is no longer on `day`."""
    before, after = begin, end
    while after - before > _EXACT:
        middle = (before + after) / 2
        before, after = (middle, after) if local(middle) == day else (before, middle)
    return after


def week_of(day: date) -> date:
    """Return the Monday of the week."""
    return day - timedelta(days=day.weekday())


def month_of(day: date) -> date:
    """Return the first of the month."""
    return day.replace(day=1)


def streaks(days: Collection[date], today: date) -> Streaks:
    """Return the runs of days, and of weeks, in which there was work."""
    weeks = {week_of(day) for day in days}
    by_day, by_week = list(_runs(days, _DAY)), list(_runs(weeks, _WEEK))
    return Streaks(
        days=_current(by_day, today, _DAY),
        longest_days=_longest(by_day),
        weeks=_current(by_week, week_of(today), _WEEK),
        longest_weeks=_longest(by_week),
    )


def _runs(days: Collection[date], step: timedelta) -> Iterator[Run]:
    run: Run | None = None
    for day in sorted(days):
        if run is not None and day == run.last + step:
            run = Run(run.length + 1, run.first, day)
            continue
        if run is not None:
            yield run
        run = Run(1, day, day)
    if run is not None:
        yield run


def _current(runs: list[Run], today: date, step: timedelta) -> Run | None:
    return runs[-1] if runs and today - step <= runs[-1].last <= today else None


def _longest(runs: list[Run]) -> Run | None:
    return max(runs, key=lambda run: run.length, default=None)
