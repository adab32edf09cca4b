"""How the facts about whole songs change the studio."""

from __future__ import annotations

from typing import assert_never

from bridge.core import goals
from bridge.core.events_edit import EditFact, SongOrdered, TaskRemoved, TaskReopened
from bridge.core.evolve_queue import placed, without
from bridge.core.evolve_timer import put_down
from bridge.core.model import Studio, Task, TaskState, TimerState
from bridge.core.replacing import replace


def evolve_edit(studio: Studio, fact: EditFact, at: float) -> Studio:
    """Return the studio after a fact about a whole song, told at the wall instant `at`."""
    match fact:
        case TaskRemoved(task=task):
            return _removed(studio, studio.the(task), at)
        case TaskReopened(task=task):
            return _reopened(studio, studio.the(task))
        case SongOrdered():
            return _ordered(studio, fact)
        case _:
            assert_never(fact)


def _removed(studio: Studio, task: Task, at: float) -> Studio:
    if studio.timer.task == task.id:
        resting = studio.timer.state is TimerState.BREAK  # which goes on without it
        timer = replace(studio.timer, task=None, resume=False)
        studio = replace(studio, timer=timer) if resting else put_down(studio, at)
    song = studio.songs[task.song]
    tasks = {one: kept for one, kept in song.tasks.items() if one != task.id}
    studio = without(studio.with_song(replace(song, tasks=tasks)), frozenset({task.id}))
    studio = replace(studio, trail=tuple(one for one in studio.trail if one != task.id))
    return goals.filled(studio) if task.goal or song.goal else studio


def _reopened(studio: Studio, task: Task) -> Studio:
    open_again = replace(task, state=TaskState.TODO)
    studio = studio.with_task(open_again)
    song = studio.songs[task.song]
    if not task.open and not song.resting:
        studio = placed(studio, open_again, None)
    return goals.filled(studio) if task.goal or song.goal else studio


def _ordered(studio: Studio, fact: SongOrdered) -> Studio:
    song = studio.songs[fact.song]
    named = {one: song.tasks[one] for one in fact.order if one in song.tasks}
    studio = studio.with_song(replace(song, tasks={**named, **song.tasks}))
    return replace(
        studio,
        queue=_as_told(studio.queue, fact.queue),
        prep_queue=_as_told(studio.prep_queue, fact.prep_queue),
    )


def _as_told(queue: tuple[str, ...], told: tuple[str, ...]) -> tuple[str, ...]:
    """Return `queue` in the order that was told; what that does not name comes after it."""
    there, named = set(queue), set(told)
    return (*(one for one in told if one in there), *(one for one in queue if one not in named))
