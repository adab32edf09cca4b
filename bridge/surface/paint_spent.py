"""How far each task of the queue is in its box, as a ring or meter beside it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bridge.core import clockwork
from bridge.core.model import Studio, Task, TimerState
from bridge.messages import DARK, Look
from bridge.surface.paint_countdown import RING_STEPS
from bridge.surface.paint_queue import Swatches, by_place, shown_state

if TYPE_CHECKING:
    from bridge.core.view import View
    from bridge.surface.layout import Board

_NONE = 1e-6  # seconds; a budget as small is none, and what was used of it could not be reckoned
_EXACT = 1e-6
"""Share of a step below which a difference is the rounding of floats."""


class SpentLights:
    """One light for each place of the queue; its level is the share that is used of that box."""

    def __init__(self, board: Board) -> None:
        self._names = by_place(board.lights.get("spent", ()))
        self._page = board.page
        self._looks = Swatches(board.layout.styles("spent"))

    def paint(self, view: View, page: int, looks: dict[str, Look]) -> None:
        """Add the looks of the places on `page` (from 0); an unused box is dark."""
        studio = view.studio
        ids = studio.order[page * self._page :][: len(self._names)]
        for name, task_id in zip(self._names, ids, strict=False):
            if name:
                looks[name] = self._look(studio, studio.the(task_id), view.at)
        for name in filter(None, self._names[len(ids) :]):
            looks[name] = self._looks["vacant", "#FFFFFF"]

    def next_change(self, view: View) -> float | None:
        """Return the seconds until these lights look different, None if they never do."""
        running = view.studio.timer.state is TimerState.RUNNING
        if not (self._names and running and view.timer.budget > _NONE):
            return None
        used = (1 - view.timer.remaining / view.timer.budget) * RING_STEPS
        return (math.floor(used + _EXACT) + 1 - used) * view.timer.budget / RING_STEPS

    def _look(self, studio: Studio, task: Task, at: float) -> Look:
        current = task.id == studio.timer.task
        state = shown_state(studio, task) if current else task.state
        full = self._looks[state, studio.songs[task.song].colour(task.section)]
        steps = RING_STEPS if state == TimerState.OVERTIME else _steps(studio, task, at)
        return Look(full.colour, full.level * steps / RING_STEPS, full.effect) if steps else DARK


def _steps(studio: Studio, task: Task, at: float) -> int:
    """Return the steps to show: a begun one counts, and of the task that runs the next begins."""
    timer = studio.timer
    counts = timer.counting and task.id == timer.task
    used = task.boxed + (clockwork.stretch(timer, at) if counts else 0.0)
    share = RING_STEPS * used / task.budget if task.budget > _NONE else 0.0
    steps = math.floor(share + _EXACT) + 1 if counts else math.ceil(share - _EXACT)
    return min(RING_STEPS, max(0, steps))
