"""The only place where state changes: a studio and an entry give the next studio.

It never refuses, reads no clock and knows no settings, so that a replay of the journal is a plain
fold. A fact about something that is not there (lost in a damaged journal) changes nothing.
"""

from __future__ import annotations

from typing import assert_never

from bridge.core import abandoned, goals, undo
from bridge.core.events import (
    Attended,
    Entry,
    Fact,
    GoalSet,
    Marked,
    Noted,
    PrepSwitched,
    SittingBegan,
    SittingEnded,
    SongAdded,
    SongEdited,
    SongFact,
    SongRested,
    SongTaken,
    SongWoken,
    StageReached,
    StudioFact,
    TakeFact,
    TaskAdded,
    TaskCompleted,
    TaskEdited,
    TaskFact,
    TaskMoved,
    TaskSetAside,
    TaskSkipped,
    TimerFact,
    Undone,
)  # fmt: skip
from bridge.core.events_edit import EditFact
from bridge.core.events_method import MethodFact
from bridge.core.events_sharing import SharingFact, SongMerged
from bridge.core.events_together import TogetherFact
from bridge.core.evolve_edit import evolve_edit
from bridge.core.evolve_method import evolve_method, remembered_sitting
from bridge.core.evolve_queue import placed, remembered, without
from bridge.core.evolve_sharing import evolve_sharing
from bridge.core.evolve_take import evolve_take
from bridge.core.evolve_timer import charge, evolve_timer, left_away, noted, put_down, rewritten
from bridge.core.evolve_together import evolve_together
from bridge.core.model import (
    Outcome,
    Reached,
    Sitting,
    Song,
    Studio,
    Task,
    TaskState,
    Timer,
    TimerState,
    is_prep,
)  # fmt: skip
from bridge.core.replacing import replace

_TASK_WORDS = ("title", "section", "budget", "planned", "track", "person", "energy", "goal")


def evolve(studio: Studio, entry: Entry) -> Studio:
    """Return the studio after `entry`."""
    if not _known(studio, entry.fact):
        return studio
    after = _evolved(studio, entry)
    return after if entry.source == "clock" else abandoned.seen(after, entry.at)


def _evolved(studio: Studio, entry: Entry) -> Studio:
    fact = entry.fact
    if entry.source != "clock" and not studio.timer.attended:
        studio = replace(studio, timer=replace(studio.timer, attended=True))
    if isinstance(fact, TimerFact):
        return evolve_timer(studio, fact, entry.at)
    if isinstance(fact, TaskFact):
        return _evolve_task(studio, fact, entry.at)
    if isinstance(fact, SongFact):
        return _evolve_song(studio, fact, entry.at)
    if isinstance(fact, TakeFact):
        return evolve_take(studio, fact, entry.at)
    if isinstance(fact, EditFact):
        return evolve_edit(studio, fact, entry.at)
    if isinstance(fact, MethodFact):
        return evolve_method(studio, fact, entry.at)
    if isinstance(fact, TogetherFact):
        return evolve_together(studio, fact, entry.at, entry.person)
    if isinstance(fact, SharingFact):
        return evolve_sharing(studio, fact, entry.at)
    return _evolve_studio(studio, fact, entry)


def _known(studio: Studio, fact: Fact) -> bool:
    """Tell whether what the fact is about is there."""
    match fact:
        case TaskAdded(task=task):
            return task.song in studio.songs
        case SongAdded() | SongMerged():
            return True
        case _:
            pass
    task_id, song_id = getattr(fact, "task", None), getattr(fact, "song", None)
    if isinstance(task_id, str):
        return studio.task(task_id) is not None
    return not isinstance(song_id, str) or song_id in studio.songs


def _evolve_task(studio: Studio, fact: TaskFact, at: float) -> Studio:
    match fact:
        case TaskAdded(task=added, index=index):
            return _task_added(studio, added, index)
        case TaskEdited():
            return _task_edited(studio, fact, at)
        case TaskMoved(task=task, index=index):
            return _moved(studio, studio.the(task), index)
        case TaskCompleted(task=task):
            return _left(studio, task, TaskState.DONE, at)
        case TaskSkipped(task=task):
            return _left(studio, task, TaskState.SKIPPED, at)
        case TaskSetAside(task=task, time_up=time_up):
            return _set_aside(studio, task, time_up=time_up, at=at)
        case _:
            assert_never(fact)


def _evolve_song(studio: Studio, fact: SongFact, at: float) -> Studio:
    match fact:
        case SongAdded(song=song):
            return _song_added(studio, song)
        case SongEdited():
            return _song_edited(studio, fact)
        case StageReached(song=song_id, stage=stage, finished=finished):
            song = replace(studio.songs[song_id], stage=stage)
            studio = noted(studio, reached=(Reached(song_id, stage),))
            return _staged(studio.with_song(song), song, finished=finished, at=at)
        case SongTaken(song=song_id):
            return replace(studio, song=song_id)
        case SongRested(song=song_id):
            return _rested(studio, studio.songs[song_id], at)
        case SongWoken(song=song_id):
            song = replace(studio.songs[song_id], resting=False)
            return _queued(studio.with_song(song), song)
        case _:
            assert_never(fact)


def _evolve_studio(studio: Studio, fact: StudioFact, entry: Entry) -> Studio:
    match fact:
        case PrepSwitched(on=on):
            return replace(put_down(studio, entry.at), prep=on)
        case GoalSet(number=number, goal=goal):
            return goals.put(studio, number, goal)
        case Marked(text=text):
            return noted(studio, marks=(text,))
        case Noted(text=text):
            return noted(studio, notes=(text,))
        case SittingBegan():
            sitting = Sitting(entry.at, entry.person, goals=studio.goals)
            return replace(studio, sitting=sitting)
        case SittingEnded(left=left):
            studio = studio if left else put_down(studio, entry.at)
            return replace(remembered_sitting(studio, entry.at), sitting=None, guest="")
        case Undone(patch=patch):
            return undo.apply(studio, patch)
        case Attended():
            return studio
        case _:
            assert_never(fact)


def _left(studio: Studio, task_id: str, state: TaskState, at: float) -> Studio:
    """Return the studio after a task was done or skipped: out of the queue, out of the timer."""
    studio, task = _out_of_timer(studio, task_id, state, at)
    outcome = (Outcome(task.id, task.title, task.spent),)
    studio = without(studio, frozenset({task_id}))
    if state is TaskState.DONE:
        return noted(_filled(studio, task), done=outcome)
    return noted(studio, skipped=outcome)


def _set_aside(studio: Studio, task_id: str, *, time_up: bool, at: float) -> Studio:
    studio, task = _out_of_timer(studio, task_id, TaskState.SET_ASIDE, at)
    if time_up:
        task = replace(task, rounds=task.rounds + 1)
    studio = studio.with_task(task)
    if not studio.songs[task.song].resting:
        studio = placed(studio, task, None)
    return noted(studio, set_aside=(Outcome(task.id, task.title, task.spent),))


def _out_of_timer(studio: Studio, task_id: str, state: TaskState, at: float) -> tuple[Studio, Task]:
    if studio.timer.task == task_id:
        studio = studio if state is TaskState.DONE else left_away(studio)
        resting = studio.timer.state is TimerState.BREAK
        timer = replace(studio.timer, task=None) if resting else Timer()
        studio = replace(remembered(charge(studio, at), None), timer=timer)
    task = studio.the(task_id)
    left_at = task.left_at if state is TaskState.SET_ASIDE else at
    task = replace(task, state=state, left_at=left_at)
    return studio.with_task(task), task


def _filled(studio: Studio, *tasks: Task) -> Studio:
    """Return the studio with its goals as far as they are, where one of `tasks` is toward one."""
    return goals.filled(studio) if any(goals.toward(studio, task) for task in tasks) else studio


def _moved(studio: Studio, task: Task, index: int) -> Studio:
    if task.state is TaskState.SKIPPED:
        task = replace(task, state=TaskState.TODO)
        studio = studio.with_task(task)
    return placed(studio, task, index)


def _song_added(studio: Studio, song: Song) -> Studio:
    studio = studio.with_song(song)
    for prep, name in ((False, "queue"), (True, "prep_queue")):
        new = tuple(t.id for t in song.tasks.values() if t.open and is_prep(t) is prep)
        studio = replace(studio, **{name: getattr(studio, name) + new})
    studio = _filled(studio, *song.tasks.values())
    return studio if studio.song else replace(studio, song=song.id)


def _song_edited(studio: Studio, fact: SongEdited) -> Studio:
    old = studio.songs[fact.song]
    new = replace(old, title=fact.title, map=fact.map, sections=fact.sections, goal=fact.goal)
    studio = studio.with_song(new)
    return goals.filled(studio) if old.goal != new.goal else studio


def _rested(studio: Studio, song: Song, at: float) -> Studio:
    if studio.timer.task in song.tasks:
        studio = put_down(studio, at)
    studio = studio.with_song(replace(studio.songs[song.id], resting=True))
    return without(studio, frozenset(song.tasks))


def _staged(studio: Studio, song: Song, *, finished: bool, at: float) -> Studio:
    mine = frozenset(song.tasks)
    if finished:
        studio = studio.with_song(replace(song, resting=False))
        if studio.timer.task in mine:
            studio = put_down(studio, at)
        return without(studio, mine)
    return studio if song.resting else _queued(studio, song)


def _queued(studio: Studio, song: Song) -> Studio:
    """Return the studio with the song's open tasks in their queues."""
    queued = {*studio.queue, *studio.prep_queue}
    for task in song.tasks.values():
        if task.open and task.id not in queued:
            studio = placed(studio, task, None)
    return studio


def _task_added(studio: Studio, task: Task, index: int | None) -> Studio:
    song = studio.songs[task.song]
    number = int(task.id.rpartition(".")[2])
    song = replace(song, next_number=max(song.next_number, number + 1))
    studio = studio.with_song(song).with_task(task)
    studio = placed(studio, task, index) if task.open and not song.resting else studio
    return _filled(studio, task)


def _task_edited(studio: Studio, fact: TaskEdited, at: float) -> Studio:
    old = studio.the(fact.task)
    words = {name: getattr(fact, name) for name in _TASK_WORDS}
    words |= {} if fact.kept is None else {"kept": fact.kept}
    queued = old.id in studio.queue or old.id in studio.prep_queue
    studio = rewritten(studio, old.id, at, lambda task: replace(task, **words))
    new = studio.the(old.id)
    if queued and is_prep(old) is not is_prep(new):
        studio = placed(without(studio, frozenset({new.id})), new, None)
    return goals.filled(studio) if old.goal != new.goal else studio
