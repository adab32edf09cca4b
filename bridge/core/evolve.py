"""The only place where state changes: a studio and an entry give the next studio.

It never refuses, reads no clock and knows no settings, so that a replay of the journal is a plain
fold. A fact about something that is not there (lost in a damaged journal) changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bridge.core import undo
from bridge.core.clockwork import fresh_box, stretch
from bridge.core.events import (
    Attended, BreakBegan, BreakEnded, BudgetChanged, ClockStepped, Entry, Fact, GoalSet, Marked,
    Noted, PrepSwitched, SittingBegan, SittingEnded, SongAdded, SongEdited, SongTaken,
    StageReached, TaskAdded, TaskCompleted, TaskEdited, TaskMoved, TaskSetAside, TaskSkipped,
    TaskStarted, TimerPaused, TimerResumed, TimeUp, Undone, WentAway,
)  # fmt: skip
from bridge.core.model import (
    Goal, Outcome, Sitting, Song, Studio, Task, TaskState, Timer, TimerState, is_prep,
)  # fmt: skip

_STUCK = (TimerState.OVERTIME, TimerState.AWAY)
_TASK_WORDS = ("title", "section", "budget", "planned", "track", "person")
_TRAIL = 16  # how far `back` can go: more than a sitting's worth of jumps


def evolve(studio: Studio, entry: Entry) -> Studio:
    """Return the studio after `entry`."""
    fact = entry.fact
    if not _known(studio, fact):
        return studio
    if entry.source != "clock" and not studio.timer.attended:
        studio = replace(studio, timer=replace(studio.timer, attended=True))
    return _apply(studio, fact, entry)


def _known(studio: Studio, fact: Fact) -> bool:
    """Tell whether what the fact is about is there."""
    match fact:
        case TaskAdded(task=task):
            return task.song in studio.songs
        case SongAdded():
            return True
        case _:
            pass
    task_id, song_id = getattr(fact, "task", None), getattr(fact, "song", None)
    if isinstance(task_id, str):
        return studio.task(task_id) is not None
    return not isinstance(song_id, str) or song_id in studio.songs


def _apply(studio: Studio, fact: Fact, entry: Entry) -> Studio:  # noqa: C901, PLR0911, PLR0912 - one case a fact is the plainest table
    at = entry.at
    match fact:
        case TaskStarted(task=task, auto=auto):
            return _started(studio, studio.the(task), auto, at)
        case TaskCompleted(task=task):
            return _left(studio, task, TaskState.DONE, at)
        case TaskSkipped(task=task):
            return _left(studio, task, TaskState.SKIPPED, at)
        case TaskSetAside(task=task, time_up=time_up):
            return _set_aside(studio, task, time_up, at)
        case TimerPaused():
            return _stopped(studio, TimerState.PAUSED, at)
        case TimerResumed(auto=auto):
            return _resumed(studio, auto, at)
        case TimeUp(counting=counting):
            charged = charge(studio, at)
            since = at if counting else None
            return _timer(charged, state=TimerState.OVERTIME, since=since, up_at=at)
        case WentAway(unattended=unattended):
            studio = charge(studio, at)
            return _timer(
                studio, state=TimerState.AWAY, since=None, up_at=at, unattended=unattended
            )
        case BudgetChanged(task=task, by=by):
            return _rewritten(studio, task, at, lambda old: _extended(old, by))
        case BreakBegan(ends_at=ends_at):
            return _break_began(studio, ends_at, at)
        case BreakEnded():
            state = TimerState.PAUSED if studio.timer.task else TimerState.IDLE
            return _timer(studio, state=state, since=None, ends_at=None)
        case SongAdded(song=song):
            return _song_added(studio, song)
        case SongEdited(song=song_id, title=title, map=song_map, sections=sections):
            song = studio.songs[song_id]
            return studio.with_song(replace(song, title=title, map=song_map, sections=sections))
        case StageReached(song=song_id, stage=stage, finished=finished):
            song = replace(studio.songs[song_id], stage=stage)
            return _staged(studio.with_song(song), song, finished, at)
        case SongTaken(song=song_id):
            return replace(studio, song=song_id)
        case TaskAdded(task=task_added, index=index):
            return _task_added(studio, task_added, index)
        case TaskEdited():
            return _task_edited(studio, fact, at)
        case TaskMoved(task=task, index=index):
            return _moved(studio, studio.the(task), index)
        case PrepSwitched(on=on):
            return replace(_put_down(studio, at), prep=on)
        case GoalSet(number=number, goal=goal):
            return _goal(studio, number, goal)
        case Marked(text=text):
            return _sitting(studio, marks=(text,))
        case Noted(text=text):
            return _sitting(studio, notes=(text,))
        case SittingBegan():
            return replace(studio, sitting=Sitting(at, entry.person))
        case SittingEnded():
            return replace(_put_down(studio, at), sitting=None)
        case ClockStepped(by=by):
            return _stepped(studio, by)
        case Undone(patch=patch):
            return undo.apply(studio, patch)
        case Attended():
            return studio


# --- time -----------------------------------------------------------------------------------------


def charge(studio: Studio, at: float) -> Studio:
    """Return the studio with the running stretch, up to `at`, put on the current task's account."""
    timer, seconds = studio.timer, stretch(studio.timer, at)
    if not timer.counting or timer.task is None or timer.since is None:
        return studio
    task = studio.the(timer.task)
    studio = studio.with_task(replace(task, spent=task.spent + seconds, boxed=task.boxed + seconds))
    over = seconds if timer.state is TimerState.OVERTIME else 0.0
    return _timer(_sitting(studio, worked=seconds, over=over), since=at)


def _timer(studio: Studio, **changes: object) -> Studio:
    return replace(studio, timer=replace(studio.timer, **changes))  # type: ignore[arg-type] # a typed pass-through of Timer's fields


def _stopped(studio: Studio, state: TimerState, at: float) -> Studio:
    studio = charge(studio, at)
    return _timer(studio, state=state, since=None, up_at=None, ends_at=None, auto=False)


def _put_down(studio: Studio, at: float) -> Studio:
    """Return the studio with no current task; what it had keeps its time and its place."""
    studio = _remembered(charge(studio, at), None)
    return replace(studio, timer=Timer())


def _started(studio: Studio, task: Task, auto: bool, at: float) -> Studio:
    studio = _remembered(charge(studio, at), task.id)
    task = studio.the(task.id)
    task = replace(task, state=TaskState.TODO)
    if fresh_box(task):
        task = replace(task, boxed=0.0, budget=task.planned)
    studio = _in_queue(studio.with_task(task), task, 0)
    timer = Timer(TimerState.RUNNING, task.id, since=at, auto=auto, attended=not auto)
    return replace(studio, timer=timer, song=task.song)


def _resumed(studio: Studio, auto: bool, at: float) -> Studio:
    timer, task = studio.timer, studio.current
    if task is None:
        return studio
    if timer.state is TimerState.AWAY:
        off = min(timer.unattended, task.boxed, task.spent)
        task = replace(task, spent=task.spent - off, boxed=task.boxed - off)
        if fresh_box(task):
            task = replace(task, boxed=0.0, budget=task.planned)
        studio = _sitting(studio.with_task(task), worked=-off)
    timer = Timer(TimerState.RUNNING, task.id, since=at, auto=auto, attended=not auto)
    return replace(studio, timer=timer)


def _extended(task: Task, by: float) -> Task:
    return replace(task, budget=task.budget + by, extended=task.extended + (by > 0))


def _rewritten(studio: Studio, task_id: str, at: float, change: Callable[[Task], Task]) -> Studio:
    """Return the studio with a task changed; a current one whose time was up runs on if it can."""
    stuck = studio.timer.task == task_id and studio.timer.state in _STUCK
    if stuck:
        studio = charge(studio, at)
    task = change(studio.the(task_id))
    studio = studio.with_task(task)
    if not stuck or fresh_box(task):
        return studio
    return _timer(studio, state=TimerState.RUNNING, since=at, up_at=None, unattended=0.0)


def _break_began(studio: Studio, ends_at: float, at: float) -> Studio:
    resume = studio.timer.counting
    task = studio.timer.task
    timer = Timer(TimerState.BREAK, task, since=at, ends_at=ends_at, resume=resume)
    return replace(charge(studio, at), timer=timer)


def _stepped(studio: Studio, by: float) -> Studio:
    def moved(instant: float | None) -> float | None:
        return None if instant is None else instant + by

    timer, sitting = studio.timer, studio.sitting
    studio = _timer(
        studio, since=moved(timer.since), up_at=moved(timer.up_at), ends_at=moved(timer.ends_at)
    )
    if sitting is None:
        return studio
    return replace(studio, sitting=replace(sitting, began_at=sitting.began_at + by))


# --- the queue ------------------------------------------------------------------------------------


def _in_queue(studio: Studio, task: Task, index: int | None) -> Studio:
    """Return the studio with `task` at `index` of its queue (None: the end), and nowhere else."""
    mine = studio.prep_queue if is_prep(task) else studio.queue
    if index == 0 and mine and mine[0] == task.id:
        return studio
    rest = tuple(t for t in mine if t != task.id) if task.id in mine else mine
    place = len(rest) if index is None else max(0, min(index, len(rest)))
    queue = (*rest[:place], task.id, *rest[place:])
    return replace(studio, prep_queue=queue) if is_prep(task) else replace(studio, queue=queue)


def _without(studio: Studio, gone: frozenset[str]) -> Studio:
    queue = tuple(t for t in studio.queue if t not in gone)
    prep_queue = tuple(t for t in studio.prep_queue if t not in gone)
    return replace(studio, queue=queue, prep_queue=prep_queue)


def _remembered(studio: Studio, next_task: str | None) -> Studio:
    """Return the studio with the task that is being left on the trail of `back`."""
    task = studio.timer.task
    if task is None or task == next_task:
        return studio
    trail = (*(t for t in studio.trail if t != task), task)
    return replace(studio, trail=trail[-_TRAIL:])


def _left(studio: Studio, task_id: str, state: TaskState, at: float) -> Studio:
    """Return the studio after a task was done or skipped: out of the queue, out of the timer."""
    studio, task = _out_of_timer(studio, task_id, state, at)
    outcome = (Outcome(task.id, task.title, task.spent),)
    studio = _without(studio, frozenset({task_id}))
    if state is TaskState.DONE:
        return _sitting(studio, done=outcome)
    return _sitting(studio, skipped=outcome)


def _set_aside(studio: Studio, task_id: str, time_up: bool, at: float) -> Studio:
    studio, task = _out_of_timer(studio, task_id, TaskState.SET_ASIDE, at)
    if time_up:
        task = replace(task, rounds=task.rounds + 1)
    studio = _in_queue(studio.with_task(task), task, None)
    return _sitting(studio, set_aside=(Outcome(task.id, task.title, task.spent),))


def _out_of_timer(studio: Studio, task_id: str, state: TaskState, at: float) -> tuple[Studio, Task]:
    if studio.timer.task == task_id:
        resting = studio.timer.state is TimerState.BREAK
        timer = replace(studio.timer, task=None) if resting else Timer()
        studio = replace(_remembered(charge(studio, at), None), timer=timer)
    task = replace(studio.the(task_id), state=state)
    return studio.with_task(task), task


def _moved(studio: Studio, task: Task, index: int) -> Studio:
    if task.state is TaskState.SKIPPED:
        task = replace(task, state=TaskState.TODO)
        studio = studio.with_task(task)
    return _in_queue(studio, task, index)


# --- songs, tasks, goals, sittings ----------------------------------------------------------------


def _song_added(studio: Studio, song: Song) -> Studio:
    studio = studio.with_song(song)
    for prep, name in ((False, "queue"), (True, "prep_queue")):
        new = tuple(t.id for t in song.tasks.values() if t.open and is_prep(t) is prep)
        studio = replace(studio, **{name: getattr(studio, name) + new})
    return studio if studio.song else replace(studio, song=song.id)


def _staged(studio: Studio, song: Song, finished: bool, at: float) -> Studio:
    mine = frozenset(song.tasks)
    if finished:
        if studio.timer.task in mine:
            studio = _put_down(studio, at)
        return _without(studio, mine)
    queued = {*studio.queue, *studio.prep_queue}
    for task in song.tasks.values():
        if task.open and task.id not in queued:
            studio = _in_queue(studio, task, None)
    return studio


def _task_added(studio: Studio, task: Task, index: int | None) -> Studio:
    song = studio.songs[task.song]
    number = int(task.id.rpartition(".")[2])
    song = replace(song, next_number=max(song.next_number, number + 1))
    studio = studio.with_song(song).with_task(task)
    return _in_queue(studio, task, index) if task.open else studio


def _task_edited(studio: Studio, fact: TaskEdited, at: float) -> Studio:
    old = studio.the(fact.task)
    words = {name: getattr(fact, name) for name in _TASK_WORDS}
    queued = old.id in studio.queue or old.id in studio.prep_queue
    studio = _rewritten(studio, old.id, at, lambda task: replace(task, **words))
    new = studio.the(old.id)
    if queued and is_prep(old) is not is_prep(new):
        studio = _in_queue(_without(studio, frozenset({new.id})), new, None)
    return studio


def _goal(studio: Studio, number: int, goal: Goal) -> Studio:
    goals = list(studio.goals)
    goals[number - 1] = goal
    return replace(studio, goals=(goals[0], goals[1], goals[2]))


def _sitting(studio: Studio, **more: object) -> Studio:
    """Return the studio with `more` added to the sitting's figures, if there is a sitting."""
    sitting = studio.sitting
    if sitting is None:
        return studio
    sums = {name: getattr(sitting, name) + value for name, value in more.items()}
    return replace(studio, sitting=replace(sitting, **sums))
