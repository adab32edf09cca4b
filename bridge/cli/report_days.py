"""Days as people write them for a report: dates, months, years, and how long ago."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from bridge.errors import Invalid

ALLOWED: Final = (
    "allowed are 2026-03-14, 2026-03, 2026, today, yesterday, or 10 days, 8w, 6 months, 1y (ago)"
)
_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_AGO: Final = re.compile(r"([0-9]{1,4}) ?(d|days?|w|weeks?|months?|y|years?)")
_NAMED: Final = {"today": 0, "yesterday": 1}
_SHOWN: Final = 30
_QUARTER: Final = 900  # seconds


def parse(written: str, today: date, *, last: bool = False) -> date:
    """Return the day that is meant; of a month or year the first, or the `last`. Raises Invalid."""
    words = written.strip().casefold()
    try:
        day = _named(words, today) or _dated(words, last=last) or _ago(words, today)
    except (ValueError, OverflowError):
        day = None
    if day is None:
        shown = written[:_SHOWN] + ("…" if len(written) > _SHOWN else "")
        raise Invalid(f"{shown!r} is no day; {ALLOWED}")
    return day


def local_day(at: float) -> date:
    """Return the day of the wall instant `at` on this machine's calendar; the first for nonsense."""
    try:
        return _day_of(int(at // _QUARTER))
    except (ValueError, OverflowError, OSError):
        return date(1970, 1, 1)


@cache
def _day_of(quarter: int) -> date:
    """Return the day of a quarter of an hour since 1970: no zone's day begins within one."""
    return datetime.fromtimestamp(quarter * _QUARTER).date()  # noqa: DTZ006 - the machine's own zone is meant


def _named(words: str, today: date) -> date | None:
    return today - timedelta(days=_NAMED[words]) if words in _NAMED else None


def _dated(words: str, *, last: bool) -> date | None:
    found = _DATE.fullmatch(words)
    if found is None:
        return None
    year = int(found[1])
    month = int(found[2] or (12 if last else 1))
    day = int(found[3] or (monthrange(year, month)[1] if last else 1))
    return date(year, month, day)


def _ago(words: str, today: date) -> date | None:
    found = _AGO.fullmatch(words)
    if found is None:
        return None
    number, unit = int(found[1]), found[2][0]
    if unit in "dw":
        return today - timedelta(days=number * (7 if unit == "w" else 1))
    months = today.year * 12 + today.month - 1 - number * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
