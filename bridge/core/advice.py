"""What is said beside an answer: sizes, rounds, extensions, many songs, a welcome, ways out. No wall.

Only whoever reads the answer hears it (the command line, the page); a press of a pad doesn't wait for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from bridge.core import (
    durations,
    feeding,
    hand_over,
    in_hand,
    persons,
    rut,
    sizes,
    stages,
    time_off,
)
from bridge.core.events import (
    BudgetChanged,
    Entry,
    SongAdded,
    SongWoken,
    StageReached,
    TaskAdded,
    TaskEdited,
    TaskStarted,
)  # fmt: skip
from bridge.core.events_method import (
    EarRestDue,
    RutChosen,
    RutOffered,
    RutSensed,
    TimeOffEnded,
    TimeOffPlanned,
)  # fmt: skip
from bridge.core.model import Song, Studio, Task, TaskState
from bridge.core.preparation import POOL_SONG
from bridge.core.settings import Settings

_ORDINALS = {2: "second", 3: "third"}
_SOME = 3  # tasks of an imported song that are named
_LOOKED_AT = 20  # tasks of an imported song whose budgets are compared with what such tasks took


def advice(entries: Iterable[Entry], studio: Studio, settings: Settings) -> tuple[str, ...]:
    """Return the sentences for whoever asked for `entries`; `studio` is the one after them."""
    found = (line for entry in entries for line in _of(entry, studio, settings))
    return tuple(dict.fromkeys(line for line in found if line))


def _of(entry: Entry, studio: Studio, settings: Settings) -> Iterator[str]:
    match entry.fact:
        case TaskAdded(task=task):
            yield from on_size(studio, task.id)
        case TaskEdited(task=task_id):
            yield from on_size(studio, task_id)
        case TaskStarted(task=task_id):
            yield again(studio.the(task_id))
            yield from handed(studio.the(task_id), entry.person)
        case BudgetChanged(task=task_id, by=by) if by > 0:
            yield extensions(studio.the(task_id))
        case SongAdded(song=song) if song.id != POOL_SONG:  # a low day is no time for it
            yield on_song(song)
            yield from on_budgets(studio, song)
            yield in_hand.nudge(studio, settings)
        case SongWoken():
            yield in_hand.nudge(studio, settings)
            yield from stages.nudges(studio, settings)
        case StageReached(finished=False):  # as many songs are in hand as before, and that was said
            yield from stages.nudges(studio, settings)
        case _:
            yield from _of_method(entry, studio, settings)


def _of_method(entry: Entry, studio: Studio, settings: Settings) -> Iterator[str]:
    off = studio.method.off
    match entry.fact:
        case TimeOffPlanned() if off is not None:
            yield time_off.sentence(off, entry.at, settings.days)
        case TimeOffEnded(back=True) if off is not None:
            yield time_off.welcome(studio, off, entry.at, settings.days)
        case EarRestDue(section=section, heard=heard, rest=rest):
            yield ears(section, heard, rest)
        case RutOffered(ways=ways):
            for number, way in enumerate(ways, 1):
                yield f"{number}  {rut.told(studio, settings, way)}"
        case RutChosen(way="feed"):
            yield from (feeding.told(item) for item in feeding.waiting(studio)[:1])
        case RutSensed(signs=signs):
            yield rut.sentence(signs)
        case _:
            pass


def on_size(studio: Studio, task_id: str) -> Iterator[str]:
    """Yield what is odd about a task's size, and what such tasks took."""
    task = studio.the(task_id)
    yield sizes.hint(task.title, task.budget)
    yield sizes.figure(task, sizes.proposal(task, studio.tasks()))


def on_song(song: Song) -> str:
    """Return which tasks of a song that came in seem not to be of the right size."""
    odd = [task.title for task in song.tasks.values() if sizes.hint(task.title, task.budget)]
    if not odd:
        return ""
    names = ", ".join(repr(title) for title in odd[:_SOME])
    more = f" and {len(odd) - _SOME} more" if len(odd) > _SOME else ""
    return f"too small or too big, perhaps: {names}{more}"


def on_budgets(studio: Studio, song: Song) -> Iterator[str]:
    """Yield what the first open tasks of a song took before, where their budgets are far from it."""
    known = [task for task in studio.tasks() if task.state is TaskState.DONE]
    if len(known) < sizes.FEWEST:
        return
    open_ones = [task for task in song.tasks.values() if task.open][:_LOOKED_AT]
    said = (f"{task.title}: {words}" for task in open_ones if (words := _took(task, known)))
    yield from islice(said, _SOME)


def _took(task: Task, known: Sequence[Task]) -> str:
    return sizes.figure(task, sizes.proposal(task, known))


def again(task: Task) -> str:
    """Return that a task comes back, where its time was up before; else empty."""
    if not task.rounds:
        return ""
    spent = durations.words(round(task.spent / 60) * 60)
    split = "; is it more than one step?" if task.rounds > 1 else ""
    return (
        f"{task.title} comes back a {_ordinal(task.rounds + 1)} time, {spent} spent so far{split}"
    )


def handed(task: Task, person: str) -> Iterator[str]:
    """Yield that a task is somebody else's, and what was left for whoever takes it up."""
    yield persons.hint(task, person)
    yield from (hand_over.told(note) for note in hand_over.waiting(task.hand_over))


def extensions(task: Task) -> str:
    """Return how often a task was extended, from the second time on; else empty."""
    if task.extended < 2:  # noqa: PLR2004 - once is nothing to speak of
        return ""
    planned, now = durations.words(round(task.planned)), durations.words(round(task.budget))
    return f"extended {task.extended} times: {planned} were planned, {now} it is"


def _ordinal(number: int) -> str:
    return _ORDINALS.get(number, f"{number}th")


def ears(section: str, heard: float, rest: float) -> str:
    """Return that a break for the ears is due."""
    long, length = durations.words(round(heard)), durations.words(round(rest))
    return f"{long} of {section} without a rest: `songbridge break` gives your ears {length}"
