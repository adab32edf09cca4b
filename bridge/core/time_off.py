"""Time off that is planned: which days, whether it is now, and what counts as having been away."""

from __future__ import annotations

import math
from datetime import timedelta

from bridge.core import days as calendar
from bridge.core.days import Days
from bridge.core.method import TimeOff
from bridge.core.model import Studio

_HOUR, _DAY = 3600.0, 24 * 3600.0


def planned(text: str, at: float, days: Days) -> TimeOff:
    """Return the time off that `text` means at the instant `at`.

    ``until friday``, ``friday``, ``3 days``, ``from monday until 2026-12-24``; empty: until tomorrow.
    ``until`` names the first day on which one is back. Raises Refused.
    """
    words = " ".join(text.split()).casefold()
    today = days.day(at)
    begins, first = at, today
    if words.startswith("from "):
        begun, _, words = words.removeprefix("from ").partition(" until ")
        first = calendar.meant(begun, today)
        begins = days.begins(first)
        if not words.strip():
            return TimeOff(begins, days.begins(first + timedelta(days=1)))
    words = words.removeprefix("until ").strip() or "tomorrow"
    return TimeOff(begins, days.begins(calendar.meant(words, first)))


def stretch(seconds: float) -> str:
    """Return a stretch of days that may begin at any hour: whatever is left of the first counts."""
    days = max(1, math.ceil((seconds - _HOUR) / _DAY))  # an hour more where clocks are put back
    return "1 day" if days == 1 else f"{days} days"


def begun(studio: Studio, at: float) -> TimeOff | None:
    """Return the time off that somebody is on at the instant `at`, or comes back from; else None."""
    off = studio.method.off
    return off if off is not None and not off.over and off.begins <= at else None


def now(studio: Studio, at: float) -> TimeOff | None:
    """Return the time off that lasts at the instant `at`, None when there is none."""
    off = begun(studio, at)
    return off if off is not None and at < off.until else None


def days_away(studio: Studio, at: float) -> float:
    """Return the days since the last sitting ended, without those that were planned to be off."""
    if not studio.method.sittings:
        return 0.0
    since = studio.method.sittings[-1].ended_at
    away, off = at - since, studio.method.off
    if off is not None:
        away -= max(0.0, min(at, off.until) - max(since, off.begins))
    return max(0.0, away) / _DAY


def sentence(off: TimeOff, at: float, days: Days) -> str:
    """Return until when somebody is off, or from when."""
    until = calendar.told(days.day(off.until), days.day(at))
    if off.begins > at:
        return f"time off from {calendar.told(days.day(off.begins), days.day(at))} until {until}"
    return f"time off until {until}"


def welcome(studio: Studio, off: TimeOff, at: float, days: Days) -> str:
    """Return a welcome back with what waits."""
    away = (days.day(at) - days.day(off.begins)).days
    length = "" if away < 1 else " after a day" if away == 1 else f" after {away} days"
    size = len(studio.queue)
    if not size:
        return f"welcome back{length}; nothing waits"
    first = studio.the(studio.queue[0]).title
    many = "1 task waits" if size == 1 else f"{size} tasks wait"
    return f"welcome back{length}; {many}, first {first}"
