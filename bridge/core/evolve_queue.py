"""Where tasks stand in their queue, and what the trail of `back` remembers."""

from __future__ import annotations

from bridge.core.model import Studio, Task, is_prep
from bridge.core.replacing import replace

_TRAIL = 16  # how far `back` can go: more than a sitting's worth of jumps


def placed(studio: Studio, task: Task, index: int | None) -> Studio:
    """Return the studio with `task` at `index` of its queue (None: the end), and nowhere else."""
    mine = studio.prep_queue if is_prep(task) else studio.queue
    if index == 0 and mine and mine[0] == task.id:
        return studio
    rest = tuple(t for t in mine if t != task.id) if task.id in mine else mine
    place = len(rest) if index is None else max(0, min(index, len(rest)))
    queue = (*rest[:place], task.id, *rest[place:])
    return replace(studio, prep_queue=queue) if is_prep(task) else replace(studio, queue=queue)


def without(studio: Studio, gone: frozenset[str]) -> Studio:
    """Return the studio with tasks taken out of both queues."""
    queue = tuple(t for t in studio.queue if t not in gone)
    prep_queue = tuple(t for t in studio.prep_queue if t not in gone)
    return replace(studio, queue=queue, prep_queue=prep_queue)


def remembered(studio: Studio, next_task: str | None) -> Studio:
    """Return the studio with the task that is being left on the trail of `back`."""
    task = studio.timer.task
    if task is None or task == next_task:
        return studio
    trail = (*(t for t in studio.trail if t != task), task)
    return replace(studio, trail=trail[-_TRAIL:])
