"""The arithmetic of the countdown: what is spent, what remains, which phase it is. No clock is read."""

from __future__ import annotations

from typing import Literal, TypeAlias

from bridge.core.model import Studio, Task, Timer, TimerState
from bridge.core.settings import Settings

Phase: TypeAlias = Literal["normal", "warning", "danger", "overtime"]


def stretch(timer: Timer, at: float) -> float:
    """Return the seconds charged to the current task since its last fact, never below 0."""
    if not timer.counting or timer.since is None:
        return 0.0
    return max(0.0, at - timer.since)


def remaining(studio: Studio, at: float) -> float:
    """Return the seconds that the countdown shows: of the break, or of the current task (0 without)."""
    timer = studio.timer
    if timer.state is TimerState.BREAK and timer.ends_at is not None:
        return timer.ends_at - at
    task = studio.current
    return 0.0 if task is None else task.budget - task.boxed - stretch(timer, at)


def zero_at(studio: Studio) -> float | None:
    """Return the instant at which the running box runs out, None while none runs."""
    timer, task = studio.timer, studio.current
    if timer.state is not TimerState.RUNNING or timer.since is None or task is None:
        return None
    return timer.since + task.budget - task.boxed


def fresh_box(task: Task) -> bool:
    """Tell whether starting this task opens a new box, since the last one is used up."""
    return task.boxed >= task.budget


def phase(left: float, budget: float, settings: Settings) -> Phase:
    """Return the phase of a countdown with `left` of `budget` seconds to go."""
    if left <= 0:
        return "overtime"
    if left <= settings.danger.of(budget):
        return "danger"
    return "warning" if left <= settings.warning.of(budget) else "normal"
