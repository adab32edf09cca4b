"""What a day is, and which one somebody means. No clock is read here.

Instants become dates, and dates instants, by `Days`, so that summer time and travelling are the
machine's affair.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

from bridge.errors import Refused

_DAY = 24 * 3600.0
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORTEST = 3  # letters of a weekday: ``fri``
LONGEST = 366
"""Days that somebody may be off, or look ahead."""

ALLOWED = "allowed are 3 days, 1 week, tomorrow, friday, or a date such as 2026-12-24"


@dataclass(frozen=True, slots=True)
class Days:
    """``day`` gives the date of an instant, ``begins`` the instant at which a date begins."""

    day: Callable[[float], date]
    begins: Callable[[date], float]


@lru_cache(8)
def days_in(east: int | None) -> Days:
    """Return the days of a place `east` of Greenwich by so many seconds; None: where this machine is.

    An instant that this system has no calendar for is told in UTC.
    """
    zone = None if east is None else timezone(timedelta(seconds=east))

    def day(at: float) -> date:
        try:
            return datetime.fromtimestamp(at, UTC).astimezone(zone).date()
        except (OSError, OverflowError, ValueError):
            return date(1970, 1, 1) + timedelta(days=at // _DAY)

    def begins(on: date) -> float:
        try:
            return datetime(on.year, on.month, on.day, tzinfo=zone).astimezone(zone).timestamp()
        except (OSError, OverflowError, ValueError):
            return datetime(on.year, on.month, on.day, tzinfo=UTC).timestamp()

    return Days(day, begins)


def meant(text: str, today: date) -> date:
    """Return the day that `text` means: the first on which one is back.

    A weekday is the next one after `today`. Raises Refused.
    """
    words = text.strip().casefold()
    day = _named(words, today) or _counted(words, today) or _written(words)
    if day is None:
        raise Refused(f"{text.strip()[:40]!r} is no day; {ALLOWED}")
    if day <= today:
        raise Refused(f"{day.isoformat()} is not ahead; {ALLOWED}")
    if (day - today).days > LONGEST:
        raise Refused(f"{day.isoformat()} is more than a year ahead; {ALLOWED}")
    return day


def _named(words: str, today: date) -> date | None:
    if words == "tomorrow":
        return today + timedelta(days=1)
    if len(words) < _SHORTEST:
        return None
    number = next((n for n, name in enumerate(_WEEKDAYS) if name.startswith(words)), None)
    if number is None:
        return None
    return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)


def _counted(words: str, today: date) -> date | None:
    number, _, unit = words.partition(" ")
    if not number.isascii() or not number.isdigit() or len(number) > _SHORTEST:
        return None
    lengths = {"": 1, "day": 1, "days": 1, "week": 7, "weeks": 7}
    length = lengths.get(unit.strip())
    return None if length is None else today + timedelta(days=int(number) * length)


def _written(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def told(day: date, today: date) -> str:
    """Return a day in few words: ``tomorrow``, ``friday``, ``2026-12-24``."""
    ahead = (day - today).days
    if ahead == 1:
        return "tomorrow"
    return _WEEKDAYS[day.weekday()] if 0 < ahead <= 7 else day.isoformat()  # noqa: PLR2004 - a week
