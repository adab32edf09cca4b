"""Who works here and with what: to do, done, when they last sat; out of the studio and the account of time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bridge.core import persons
from bridge.core.hand_over import waiting
from bridge.core.model import Studio, Task, TaskState
from bridge.core.persons import name_key
from bridge.core.settings import Settings


@dataclass(frozen=True, slots=True)
class Sat:
    """Time that one person worked, between two wall instants."""

    person: str
    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class PersonTold:
    """One person: ``to_do`` are open tasks in the queue's order, ``left`` how many notes wait for them.

    ``done`` counts what is done of theirs, and what they completed of nobody's; ``worked`` is in seconds,
    ``last`` a wall instant (None: never).
    """

    name: str
    here: bool
    to_do: tuple[Task, ...]
    done: int
    left: int
    worked: float
    last: float | None


def told(
    studio: Studio, settings: Settings, sat: Iterable[Sat], did: Mapping[str, str]
) -> tuple[PersonTold, ...]:
    """Return everybody who is named: who sits here first, then in the order in which they are known.

    `did` says by a task's id who completed it here.
    """
    times: dict[str, list[Sat]] = {}
    names: dict[str, str] = {}
    for one in sat:
        times.setdefault(name_key(one.person), []).append(one)
        names.setdefault(name_key(one.person), one.person)
    for name in persons.known(studio, settings):
        names[name_key(name)] = name
    here = name_key(persons.here(studio, settings))
    queue = {task: place for place, task in enumerate((*studio.queue, *studio.prep_queue))}
    tasks = sorted(studio.tasks(), key=lambda task: queue.get(task.id, len(queue)))
    order = sorted((key for key in names if key), key=lambda key: key != here)
    return tuple(
        _told(names[key], tasks, times.get(key, []), (queue, did), here=key == here)
        for key in order
    )


def _told(
    name: str,
    tasks: Iterable[Task],
    times: list[Sat],
    lists: tuple[Mapping[str, int], Mapping[str, str]],
    *,
    here: bool,
) -> PersonTold:
    queue, did = lists
    theirs = [task for task in tasks if persons.same(task.person, name)]
    left = [
        note
        for task in tasks
        for note in waiting(task.hand_over)
        if task.open and note.to and persons.same(note.to, name)
    ]
    return PersonTold(
        name,
        here,
        tuple(task for task in theirs if task.open and task.id in queue),
        sum(
            task.state is TaskState.DONE and persons.same(task.person or did.get(task.id, ""), name)
            for task in tasks
        ),
        len(left),
        sum(one.end - one.begin for one in times),
        max((one.end for one in times), default=None),
    )
