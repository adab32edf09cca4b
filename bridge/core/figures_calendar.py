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


def streaks(days: Collection[date], today: date, off: Collection[date] = ()) -> Streaks:
    """Return the runs of days, and of weeks, in which there was work; days `off` break none."""
    weeks = {week_of(day) for day in days}
    off = set(off).difference(days)  # who works on a day off is not off
    free = {week for week in map(week_of, off) if all(week + n * _DAY in off for n in range(7))}
    by_day, by_week = list(_runs(days, _DAY, off)), list(_runs(weeks, _WEEK, free))
    return Streaks(
        days=_current(by_day, today, _DAY, off),
        longest_days=_longest(by_day),
        weeks=_current(by_week, week_of(today), _WEEK, free),
        longest_weeks=_longest(by_week),
    )


def _runs(days: Collection[date], step: timedelta, off: Collection[date]) -> Iterator[Run]:
    run: Run | None = None
    for day in sorted(days):
        if run is not None and day == _next(run.last, step, off):
            run = Run(run.length + 1, run.first, day)
            continue
        if run is not None:
            yield run
        run = Run(1, day, day)
    if run is not None:
        yield run


def _next(day: date, step: timedelta, off: Collection[date]) -> date:
    """Return the next day (or week) that is not off."""
    day += step
    while day in off:
        day += step
    return day


def _current(runs: list[Run], today: date, step: timedelta, off: Collection[date]) -> Run | None:
    """Return the last run unless a whole day or week was missed since."""
    return runs[-1] if runs and runs[-1].last <= today <= _next(runs[-1].last, step, off) else None


def _longest(runs: list[Run]) -> Run | None:
    return max(runs, key=lambda run: run.length, default=None)
