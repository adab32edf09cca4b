"""How facts between studios change this one. What is under way goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from bridge.core import goals
from bridge.core.events_sharing import ClashSettled, SharingFact, SongMerged, StudioNamed
from bridge.core.evolve_timer import rewritten
from bridge.core.model import Song, Studio, Task
from bridge.core.replacing import replace


def evolve_sharing(studio: Studio, fact: SharingFact, at: float) -> Studio:
    """Return the studio after a fact between studios."""
    match fact:
        case StudioNamed(id=name):
            return replace(studio, known_as=name)
        case SongMerged() | ClashSettled():
            return _merged(studio, fact, at)
        case _:
            assert_never(fact)


def _merged(studio: Studio, fact: SongMerged | ClashSettled, at: float) -> Studio:
    old = studio.songs.get(fact.song)
    was = dict(old.tasks) if old else {}
    current = studio.timer.task
    new = {task.id: task for task in fact.tasks if task.id != current}
    kept = {key: task for key, task in was.items() if key not in fact.gone}
    goal, resting = (old.goal, old.resting) if old else (0, False)
    tasks = _listed({**kept, **new}, fact.listed if isinstance(fact, SongMerged) else ())
    head = replace(fact.head, tasks=tasks, goal=goal, resting=resting)
    studio = replace(
        studio.with_song(head),
        queue=studio.queue if fact.queue is None else fact.queue,
        prep_queue=studio.prep_queue if fact.prep_queue is None else fact.prep_queue,
        trail=tuple(task for task in studio.trail if task not in fact.gone),
        song=studio.song or head.id,
    )
    mine = next((task for task in fact.tasks if task.id == current), None)
    if mine is not None and current in was:
        studio = rewritten(studio, mine.id, at, _with_words(was[mine.id], mine))
    return goals.filled(studio)


def _listed(tasks: dict[str, Task], order: tuple[str, ...]) -> dict[str, Task]:
    return {key: tasks[key] for key in dict.fromkeys((*order, *tasks)) if key in tasks}


def _with_words(old: Task, new: Task) -> Callable[[Task], Task]:
    """Return what makes the running task the new one; what was charged by now stays charged."""

    def change(now: Task) -> Task:
        spent, boxed = now.spent - old.spent, now.boxed - old.boxed
        return replace(new, spent=new.spent + spent, boxed=new.boxed + boxed)

    return change


def heads(song: Song) -> Song:
    """Return a song without its tasks, as facts tell it."""
    return replace(song, tasks={})
