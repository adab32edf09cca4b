"""Sittings that nobody ended: long after the last sign of life they end by themselves, at that sign."""

from __future__ import annotations

from bridge.core.model import Studio, TimerState
from bridge.core.replacing import replace

AFTER = 4 * 3600.0
"""Seconds without a sign of life after which a sitting counts as ended: longer than a dinner."""

GRAIN = 60.0
"""Seconds for which a sign of life holds, so that a press rarely has to write a newer one down."""


def seen(studio: Studio, at: float) -> Studio:
    """Return the studio in which somebody was seen at the instant `at`, where a sitting is on."""
    sitting = studio.sitting
    if sitting is None or 0 <= at - sitting.seen_at < GRAIN:
        return studio
    return replace(studio, sitting=replace(sitting, seen_at=at))


def last(studio: Studio) -> float | None:
    """Return the instant by which life was last seen in the present sitting; None without one.

    Work that was charged and a box that ran out are signs, too.
    """
    sitting, timer = studio.sitting, studio.timer
    if sitting is None:
        return None
    held = sitting.seen_at + GRAIN if sitting.seen_at else 0.0
    return max(sitting.began_at, held, sitting.ears.at, timer.up_at or 0.0)


def due(studio: Studio) -> float | None:
    """Return the instant at which the sitting counts as left, None while anything goes on."""
    timer = studio.timer
    if timer.counting or timer.state is TimerState.BREAK or studio.take is not None:
        return None
    at = last(studio)
    return None if at is None else at + AFTER
