"""Three goals that fill as the tasks toward them are done. Who said by hand how far one is, is right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bridge.core.model import Goal, Song, Studio, Task, TaskState
from bridge.core.replacing import replace
from bridge.errors import Invalid

NUMBERS = (1, 2, 3)


def toward(studio: Studio, task: Task) -> int:
    """Return the goal that a task is toward, its own or its song's; 0 for none."""
    return task.goal or studio.songs[task.song].goal


def tasks_toward(studio: Studio, number: int) -> Iterator[Task]:
    """Yield the tasks toward goal `number`."""
    for song in studio.songs.values():
        yield from (task for task in song.tasks.values() if (task.goal or song.goal) == number)


def filled(studio: Studio) -> Studio:
    """Return the studio with each goal as far as its tasks are; one without tasks stays."""
    goals = tuple(_filled(studio, number, studio.goals[number - 1]) for number in NUMBERS)
    return replace(studio, goals=goals) if goals != studio.goals else studio


def _filled(studio: Studio, number: int, goal: Goal) -> Goal:
    if not goal.text or goal.hand:
        return goal
    states = [task.state for task in tasks_toward(studio, number)]
    if not states:
        return goal
    return replace(goal, done=states.count(TaskState.DONE) / len(states))


def put(studio: Studio, number: int, goal: Goal) -> Studio:
    """Return the studio with goal `number` set; of one that is cleared, tasks and songs let go."""
    goals = [*studio.goals[: number - 1], goal, *studio.goals[number:]]
    studio = replace(studio, goals=tuple(goals))
    return filled(studio if goal.text else _let_go(studio, number))


def _let_go(studio: Studio, number: int) -> Studio:
    for song in studio.songs.values():
        if song.goal == number or any(task.goal == number for task in song.tasks.values()):
            studio = studio.with_song(_free(song, number))
    return studio


def _free(song: Song, number: int) -> Song:
    tasks = {
        key: replace(task, goal=0) if task.goal == number else task
        for key, task in song.tasks.items()
    }
    return replace(song, tasks=tasks, goal=0 if song.goal == number else song.goal)


def a_date(written: str) -> str:
    """Return a goal's date as ``2026-12-24``, empty for none. Raises Invalid."""
    text = written.strip()
    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Invalid(f"{text[:40]!r} is no date; write year, month and day: 2026-12-24") from None


def days_left(goal: Goal, today: date) -> int | None:
    """Return the days until the goal's date, negative when it has passed; None without one."""
    return (date.fromisoformat(goal.by) - today).days if goal.by else None
