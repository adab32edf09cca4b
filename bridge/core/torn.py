"""A studio out of a journal with gaps: what it names and nobody has any more is let go of.

An undo brings back a whole queue, so after entries were lost it may name tasks that never came in.
"""

from __future__ import annotations

from bridge.core.model import Studio, Timer, TimerState
from bridge.core.replacing import replace


def mended(studio: Studio) -> Studio:
    """Return the studio without a word of tasks and songs that are not there; the same if there are none."""

    def there(tasks: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(task for task in tasks if studio.task(task) is not None)

    timer = studio.timer
    needs = timer.task is not None or timer.state not in (TimerState.IDLE, TimerState.BREAK)
    lost = needs and studio.current is None
    song = studio.song if studio.song in studio.songs else next(iter(studio.songs), None)
    whole = replace(
        studio,
        queue=there(studio.queue),
        prep_queue=there(studio.prep_queue),
        trail=there(studio.trail),
        timer=Timer() if lost else timer,
        song=song,
    )
    return studio if whole == studio else whole
