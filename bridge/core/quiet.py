"""Quiet hours: spans of the week in local time. No clock and no time zone is read here.

Instants become local time by an argument (`Local`), so that summer time and travelling are the
machine's affair; a span is what the clock on the wall shows, also in the night it is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from bridge.core.durations import clock

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = 24 * 60
WEEK = 7 * DAY

Minute: TypeAlias = int
"""A minute of the week: 0 is Monday 00:00."""

Span: TypeAlias = tuple[Minute, Minute]
"""From a minute of the week up to, not including, another, at most a day later: beyond `WEEK` it goes
on with Monday."""

Local: TypeAlias = Callable[[float], Minute]
"""Gives the minute of the week that clocks here show at a wall instant."""


def utc(at: float) -> Minute:
    """Return the minute of the week in UTC: the `Local` of whoever names no zone."""
    return int(at // 60 + 3 * DAY) % WEEK  # 1970 began on a Thursday


def is_quiet(spans: Iterable[Span], minute: Minute) -> bool:
    """Tell whether `minute` lies in one of `spans`."""
    return _end(spans, minute) is not None


def quiet_until(spans: Sequence[Span], minute: Minute) -> str:
    """Return when it is no longer quiet: ``07:00``, or ``mon 07:00`` on a later day than tomorrow.

    Empty when it is not quiet at `minute`; ``further notice`` when every minute of the week is.
    """
    at = minute % WEEK
    passed = 0
    while (end := _end(spans, at)) is not None:
        passed += (end - at) % WEEK or WEEK
        at = end % WEEK
        if passed >= WEEK:
            return "further notice"
    day = f"{DAYS[at // DAY]} " if minute % DAY + passed >= 2 * DAY else ""
    return f"{day}{time_of_day(at)}" if passed else ""


def time_of_day(minute: Minute) -> str:
    """Return a minute as a clock shows it: ``07:00``."""
    return clock(minute % DAY).zfill(5)


def _end(spans: Iterable[Span], minute: Minute) -> Minute | None:
    """Return the end of a span that holds `minute`, which is at most a week; None without one."""
    for begins, ends in spans:
        if begins <= minute < ends:
            return ends
        if begins <= minute + WEEK < ends:
            return ends - WEEK
    return None
