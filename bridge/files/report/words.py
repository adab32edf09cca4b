"""Times and counts in few characters, and how dark a day is: the same on the page and in the terminal."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from typing import Final

from bridge.core.figures import Aim, Figures

_HOUR: Final = 3600
_MANY_HOURS: Final = 100  # from here on minutes say nothing


WAYS: Final = {
    "break": "a break", "small": "a small step", "prep": "a low day", "song": "another song",
    "feed": "feeding the mind", "off": "time off",
}  # fmt: skip
"""The ways out of a rut, by the names that the journal has for them."""


def when(goal: Aim, today: date) -> str:
    """Return when a goal is due, as seen from today; empty where it has no date."""
    if goal.by is None:
        return ""
    left = (goal.by - today).days
    if left < 0:
        return f"by {goal.by}, {many(-left, 'day')} ago"
    return f"by {goal.by}, " + (f"{many(left, 'day')} left" if left else "today")


def lacking(told: Figures) -> str:
    """Return what the journal has lost, so that the figures are too low; empty where nothing is."""
    if not told.missing:
        return ""
    lost = f"{many(told.missing, 'entry', 'entries')} of the journal are lost"
    strange = f", and {told.strange} more tell of what went with them" if told.strange else ""
    return f"{lost}{strange}: these figures may be too low"


def hours(seconds: float) -> str:
    """Return a time to the minute: ``45m``, ``3h05m``, ``412h``."""
    minutes = round(seconds / 60)
    if minutes < 60:  # noqa: PLR2004 - an hour
        return f"{minutes}m"
    if minutes < _MANY_HOURS * 60:
        return f"{minutes // 60}h{minutes % 60:02}m"
    return f"{round(seconds / _HOUR)}h"


def many(count: int, one: str, more: str = "") -> str:
    """Return ``1 day``, ``2 days``; `more` is the plural where it is no ``s``."""
    return f"1 {one}" if count == 1 else f"{count} {more or one + 's'}"


def steps(worked: Sequence[float]) -> tuple[float, ...]:
    """Return the three limits, in seconds, between four equally full levels of days."""
    ranked = sorted(worked)
    if not ranked:
        return ()
    return tuple(ranked[min(len(ranked) - 1, len(ranked) * part // 4)] for part in (1, 2, 3))


def shades(limits: Sequence[float]) -> list[tuple[int, float]]:
    """Return the levels that occur below the darkest, each with the limit below which it stands."""
    return [(place, one) for place, one in enumerate(limits, 1) if one not in limits[: place - 1]]


def level(seconds: float, limits: Sequence[float]) -> int:
    """Return 0 for a day without work, 1 to 4 for one with."""
    return 1 + bisect_right(limits, seconds) if seconds > 0 else 0


def plain(words: str) -> str:
    """Return `words` on one line without what XML can't hold."""
    if words.isprintable():
        return words
    return "".join(c if c.isprintable() else " " for c in words)
