"""Templates of songs: sections and tasks in the order one would ideally complete them in.

A template comes from a file or is one of one's own songs; what recurs over one's finished songs, and
what such tasks really took, is proposed beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import count
from statistics import median

from bridge.core import sizes
from bridge.core.actions import TaskDraft
from bridge.core.model import Section, Song, Studio, Task, TaskState
from bridge.core.preparation import POOL_SONG
from bridge.core.replacing import replace
from bridge.core.settings import Settings

GENERAL = "song"
"""The id of the template that fits where no other does."""

SONGS = 2
"""Finished songs in which a task must stand to recur."""


@dataclass(frozen=True, slots=True)
class Template:
    """A way to make a song. ``words`` says for what; ``file`` is where it comes from, as shown."""

    id: str
    name: str
    genres: tuple[str, ...]
    words: str
    sections: tuple[Section, ...]
    tasks: tuple[TaskDraft, ...]
    file: str = ""

    @property
    def seconds(self) -> float:
        """The sum of its budgets."""
        return sum(task.budget or 0.0 for task in self.tasks)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A task that is proposed, and why: ``told`` is empty where it is the template's as it stands."""

    task: TaskDraft
    told: str = ""


def found(wanted: str, templates: Iterable[Template]) -> Template | None:
    """Return the template that a word means: its id, its name or one of its genres, nearly spelt."""
    word = wanted.strip().casefold()
    meant = {name.casefold(): one for one in templates for name in reversed(_names(one))}
    close = meant.get(word) or meant.get(word.replace(" ", "-"))
    if close is not None or not word:
        return close
    near = get_close_matches(word[:40], meant, n=1, cutoff=0.75)
    return meant[near[0]] if near else None


def _names(template: Template) -> tuple[str, ...]:
    return template.id, template.name, *template.genres


def of_song(song: Song) -> Template:
    """Return a song's own sections and tasks as a template: all to do, with the time they took.

    A task that is done is planned for what it really took, in minutes; another for what it was planned.
    """
    tasks = tuple(_anew(task) for task in song.tasks.values())
    words = f"As {song.title} was made"
    return Template(song.id, song.title, (), words, song.sections, tasks)


def _anew(task: Task) -> TaskDraft:
    worked = task.state is TaskState.DONE and task.spent >= sizes.LEAST
    seconds = sizes.minutes(task.spent) if worked else task.planned
    return TaskDraft(task.title, task.section, seconds, task.track, task.person, energy=task.energy)


def finished(studio: Studio, settings: Settings) -> tuple[Song, ...]:
    """Return one's finished songs, without the pool of preparation tasks."""
    last = settings.stages[-1]
    return tuple(s for s in studio.songs.values() if s.stage == last and s.id != POOL_SONG)


def proposals(template: Template, studio: Studio, settings: Settings) -> tuple[Proposal, ...]:
    """Return the template's tasks with what such tasks took, and what recurs over one's own songs.

    What recurs and is in the template already only brings its time along; else it stands in its own
    usual place.
    """
    done = tuple(studio.tasks())
    own = [_timed(task, done) for task in template.tasks]
    placed = [(_place(n, len(own)), 0, one) for n, one in enumerate(own)]
    for place, one in recurring(finished(studio, settings)):
        if not any(sizes.alike(one.task.title, mine.title) for mine in template.tasks):
            placed.append((place, 1, one))
    return tuple(one for *_, one in sorted(placed, key=lambda each: each[:2]))


def _place(number: int, size: int) -> float:
    return (number + 0.5) / size


def budgeted(task: TaskDraft, studio: Studio, settings: Settings) -> Proposal:
    """Return a task that has no budget with what such tasks took, or with the usual one."""
    if task.budget is not None:
        return Proposal(task)
    found = _timed(replace(task, budget=settings.default_budget), tuple(studio.tasks()))
    return found if found.told else Proposal(found.task, "the usual time")


def _timed(written: TaskDraft, done: Iterable[Task]) -> Proposal:
    budget = written.budget or 0.0
    task = Task("", written.title, written.section, budget, budget)
    took = sizes.proposal(task, done)
    if took is None or took.seconds == budget or not sizes.SMALL <= took.seconds <= sizes.BIG:
        return Proposal(written)
    return Proposal(replace(written, budget=took.seconds), sizes.source(took))


def recurring(songs: Sequence[Song]) -> list[tuple[float, Proposal]]:
    """Return tasks that were done in several of `songs`, each with its usual place from 0 to 1.

    Tasks are the same sort when their words are alike and their section is the same. The title is
    that of the newest song.
    """
    groups: list[list[tuple[Song, float, Task]]] = []
    for song in songs:
        for number, task in zip(count(), song.tasks.values()):
            if task.state is TaskState.DONE:
                _group(groups, task).append((song, _place(number, len(song.tasks)), task))
    many = [group for group in groups if len({song.id for song, _, _ in group}) >= SONGS]
    made = [(median(place for _, place, _ in group), _usual(group)) for group in many]
    return sorted(made, key=lambda each: each[0])


def _group(
    groups: list[list[tuple[Song, float, Task]]], task: Task
) -> list[tuple[Song, float, Task]]:
    section = task.section.casefold()
    for group in groups:
        first = group[0][2]
        if first.section.casefold() == section and sizes.alike(first.title, task.title):
            return group
    groups.append([])
    return groups[-1]


def _usual(group: Sequence[tuple[Song, float, Task]]) -> Proposal:
    tasks = [task for _, _, task in group]
    took = [task.spent for task in tasks if task.spent >= sizes.LEAST]
    seconds = sizes.minutes(median(took)) if took else tasks[-1].planned
    songs = len({song.id for song, _, _ in group})
    newest = tasks[-1]
    told = f"in {songs} of your finished songs"
    return Proposal(TaskDraft(newest.title, newest.section, seconds, newest.track), told)


def sections(
    template: Template, tasks: Iterable[TaskDraft], own: Sequence[Section]
) -> tuple[Section, ...]:
    """Return the template's sections, and those of `own` that `tasks` use besides.

    One that neither knows has no colour yet; it gets one when the song comes in.
    """
    known = {one.name.casefold(): one for one in (*own, *template.sections)}
    listed = {one.name.casefold(): one for one in template.sections}
    for task in tasks:
        key = task.section.casefold()
        if key and key not in listed:
            listed[key] = known.get(key, Section(task.section, ""))
    return tuple(listed.values())
