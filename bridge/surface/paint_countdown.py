"""The countdown as lights: a bar of several, or one for itself; and when it next changes."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bridge.core.clock import grace_since
from bridge.core.model import TimerState
from bridge.core.view import View
from bridge.messages import DARK, Look
from bridge.surface.layout import Board
from bridge.surface.paint_queue import by_place

STEPS = 4
"""Levels of the last lit light of the bar: as many as eyes tell apart at a glance."""

RING_STEPS = 24
"""Levels of a single light of the countdown: twice what a ring of 11 or 13 LEDs can show."""

_EXACT = 1e-6
"""Share of a step below which a difference is the rounding of floats."""

_FULL = ("overtime", "take", "away")
_TICKING = (TimerState.RUNNING, TimerState.BREAK)


@dataclass(frozen=True, slots=True)
class Countdown:
    """What the lights show: the role's state, and the share from 0 to 1 that is left.

    ``seconds`` is how long the whole takes, and 0 while it stands still.
    """

    state: str
    left: float
    seconds: float


_IDLE = Countdown("idle", 0.0, 0.0)


def countdown(view: View) -> Countdown:
    """Return what the countdown lights show now."""
    match view.studio.timer.state:
        case TimerState.IDLE:
            return _IDLE
        case TimerState.OVERTIME:
            return _over(view)
        case TimerState.AWAY:
            return Countdown("away", 1.0, 0.0)
        case TimerState.PAUSED:
            return Countdown("paused", _left(view), 0.0)
        case TimerState.BREAK:
            return Countdown("break", _left(view), max(0.0, view.timer.budget))
        case TimerState.RUNNING:
            return Countdown(view.timer.phase, _left(view), view.timer.budget)


def _left(view: View) -> float:
    return 1.0 - view.timer.progress


def _over(view: View) -> Countdown:
    """Past zero: what is left of the grace before it moves on, a take it waits for, or overtime."""
    since, grace = grace_since(view.studio, view.settings), view.settings.grace
    if since is None or grace <= 0:
        return Countdown("take" if view.held else "overtime", 1.0, 0.0)
    return Countdown("grace", min(1.0, max(0.0, 1 - (view.at - since) / grace)), grace)


def next_step(view: View, steps: int) -> float | None:
    """Return the seconds until a countdown of `steps` steps looks different, None if never."""
    now = countdown(view)
    if not now.seconds or now.left <= 0:
        return None
    passed = now.left * steps - _units(now.left, steps) + 1
    changes = [passed / steps * now.seconds]
    if view.studio.timer.state is TimerState.RUNNING:
        changes += _phase_changes(view)
    return min(changes)


def _phase_changes(view: View) -> list[float]:
    left, budget, settings = view.timer.remaining, view.timer.budget, view.settings
    limits = (settings.warning.of(budget), settings.danger.of(budget), 0.0)
    return [left - limit for limit in limits if left > limit]


def _units(left: float, steps: int) -> int:
    """Return how many of `steps` are left, rounded up: at the last instant one is still lit."""
    return max(0, math.ceil(left * steps - _EXACT))


class CountdownBar:
    """What remains, as a bar of all the lights of the role."""

    def __init__(self, board: Board) -> None:
        self._names = tuple(name for name in by_place(board.lights.get("countdown", ())) if name)
        self._styles = board.layout.styles("countdown")
        self._seen: dict[tuple[str, int], dict[str, Look]] = {}

    def paint(self, view: View, _page: int, looks: dict[str, Look]) -> None:
        """Add the looks of the bar."""
        if not self._names:
            return
        now = countdown(view)
        key = (now.state, self._lit(now))
        seen = self._seen.get(key)
        if seen is None:
            seen = self._seen[key] = dict(zip(self._names, self._bar(*key), strict=True))
        looks.update(seen)

    def next_change(self, view: View) -> float | None:
        """Return the seconds until the bar looks different, None if it never does by itself."""
        if not self._names:
            return None
        grace = view.studio.timer.state is TimerState.OVERTIME
        return next_step(view, len(self._names) * (1 if grace else STEPS))

    def _lit(self, now: Countdown) -> int:
        """Return the steps to show; whole lights while they blink, at least one when paused."""
        count = len(self._names)
        if now.state == "idle":
            return 0
        if now.state in _FULL:
            return count * STEPS
        if now.state == "grace":
            return _units(now.left, count) * STEPS
        return max(STEPS if now.state == "paused" else 0, _units(now.left, count * STEPS))

    def _bar(self, state: str, units: int) -> list[Look]:
        style = self._styles[state]
        base = style.look("#FFFFFF")
        shares = [min(1.0, max(0, units - n * STEPS) / STEPS) for n in range(len(self._names))]
        return [Look(base.colour, base.level * s, base.effect) if s else DARK for s in shares]


class ProgressLights:
    """How far the task is, on every light of the role for itself: its level is the share done."""

    def __init__(self, board: Board) -> None:
        self._names = [spot.name for spot in board.lights.get("progress", ())]
        self._styles = board.layout.styles("progress")

    def paint(self, view: View, _page: int, looks: dict[str, Look]) -> None:
        """Add the looks; something is lit from the first second on."""
        if not self._names:
            return
        now = countdown(view)
        look = DARK if now.state == "idle" else self._look(now)
        for name in self._names:
            looks[name] = look

    def next_change(self, view: View) -> float | None:
        """Return the seconds until these lights look different, None if they never do."""
        return next_step(view, RING_STEPS) if self._names else None

    def _look(self, now: Countdown) -> Look:
        base = self._styles[now.state].look("#FFFFFF")
        if base is DARK:
            return DARK
        past = now.state in ("grace", *_FULL)
        done = RING_STEPS if past else RING_STEPS - _units(now.left, RING_STEPS) + 1
        return Look(base.colour, min(1.0, done / RING_STEPS), base.effect)
