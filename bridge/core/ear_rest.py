"""When ears should rest: by section, after how long, and for how long. Never during a take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridge.core.method import NO_EARS, Ears
from bridge.core.model import Sitting, Studio, TimerState
from bridge.core.replacing import replace

if TYPE_CHECKING:
    from bridge.core.settings import Settings

LEAST = 60.0
"""Seconds that a rest lasts at least, and that come before it."""

GAP = 300.0
"""Seconds without work after which ears count as rested, whatever the reason was."""


@dataclass(frozen=True, slots=True)
class EarRule:
    """In ``section``, a rest of ``rest`` seconds after ``after`` seconds of work."""

    section: str
    rest: float
    after: float


def worked(sitting: Sitting, section: str, since: float, at: float) -> Ears:
    """Return the ears after a stretch of work from `since` to `at`."""
    ears = sitting.ears
    if ears.heard and since - ears.at >= GAP:
        ears = replace(NO_EARS, free_at=ears.free_at)
    heard = {**ears.heard, section: ears.heard.get(section, 0.0) + max(0.0, at - since)}
    return replace(ears, heard=heard, at=at)


def rested(studio: Studio, at: float) -> Studio:
    """Return the studio with rested ears, from the instant `at`."""
    sitting = studio.sitting
    if sitting is None or not (sitting.ears.heard or sitting.ears.due):
        return studio
    return replace(studio, sitting=replace(sitting, ears=replace(NO_EARS, at=at)))


def after_take(studio: Studio, at: float) -> Studio:
    """Return the studio in which no rest is due before `at`, the end of a take."""
    sitting = studio.sitting
    if sitting is None:
        return studio
    return replace(studio, sitting=replace(sitting, ears=replace(sitting.ears, free_at=at)))


def rule(settings: Settings, section: str) -> EarRule | None:
    """Return the rule for a section, None when it has none.

    A recording may hold any: one of less than a minute would never let go.
    """
    name = section.casefold()
    rules = (one for one in settings.ear_rules if one.section.casefold() == name)
    return next((one for one in rules if min(one.rest, one.after) >= LEAST), None)


def due(studio: Studio, settings: Settings) -> tuple[float, EarRule] | None:
    """Return the instant at which a rest falls due if work goes on, and its rule; None for never."""
    timer, sitting, task = studio.timer, studio.sitting, studio.current
    if not settings.ear_rules or sitting is None or task is None or timer.since is None:
        return None
    one = rule(settings, task.section)
    ears = sitting.ears
    if one is None or ears.due or studio.take is not None:
        return None
    if timer.state is not TimerState.RUNNING:
        return None
    rested_since = ears.heard and timer.since - ears.at >= GAP
    heard = 0.0 if rested_since else ears.heard.get(task.section, 0.0)
    return max(timer.since, ears.free_at, timer.since + one.after - heard), one
