"""What the actions about time mean now: start, pause, resume, toggle, extend, break, back, end."""

from __future__ import annotations

from bridge.core import decide_pool, durations, persons, rut, time_off
from bridge.core.actions import Argument
from bridge.core.clockwork import remaining
from bridge.core.draft import Draft
from bridge.core.events import (
    BreakBegan,
    BreakEnded,
    BudgetChanged,
    PrepSwitched,
    SittingBegan,
    SittingEnded,
    TaskStarted,
    TimerPaused,
    TimerResumed,
)  # fmt: skip
from bridge.core.events_method import RutSensed, TimeOffEnded
from bridge.core.events_together import PersonSat
from bridge.core.find import find_task
from bridge.core.model import Task, TaskState, TimerState, is_prep
from bridge.errors import Refused

SHORTEST_BOX = 60.0  # seconds: less than a minute is no box to work in
LONGEST = 24 * 3600.0  # seconds: a box or a break longer than a day is a slip of the hand


def begin(draft: Draft, task: Task, *, auto: bool) -> None:
    """Start `task`, ending a break, beginning a sitting and changing queues where needed."""
    sit_down(draft)
    if is_prep(task) is not draft.studio.prep:
        draft.tell(PrepSwitched(is_prep(task)))
        decide_pool.refill(draft)
    if draft.studio.timer.state is TimerState.BREAK:
        draft.tell(BreakEnded())
    draft.tell(TaskStarted(task.id, auto))


def begin_next(draft: Draft, left: str, at: float | None = None) -> None:
    """Start the first task of the queue by itself, unless it is `left`, the one just left."""
    order = draft.studio.order
    if order and order[0] != left and draft.studio.timer.state is not TimerState.BREAK:
        draft.tell(TaskStarted(order[0], auto=True), at)


def sit_down(draft: Draft) -> None:
    """Begin a sitting when there is none and a human asks for work."""
    if draft.studio.sitting is None:
        seen = rut.to_tell(draft.studio, draft.settings, draft.at)
        if time_off.begun(draft.studio, draft.at) is not None:
            draft.tell(TimeOffEnded(back=True))
        _take_seat(draft)
        draft.tell(SittingBegan())
        if seen:
            draft.tell(RutSensed(seen))
        decide_pool.refill(draft)


def at_work(draft: Draft) -> None:
    """Begin a sitting where work goes on without one, since the last was left: more time makes it go on."""
    if draft.studio.timer.counting:
        sit_down(draft)


def _take_seat(draft: Draft) -> None:
    """Let whoever begins a sitting by a command of their own sit here: it is theirs to the end."""
    who, own = draft.signed, draft.settings.person
    if who and who != persons.here(draft.studio, draft.settings):
        draft.tell(PersonSat(who, configured=who == own))


def sense(draft: Draft) -> None:
    """Tell the signs of a rut that are to be told now."""
    if seen := rut.to_tell(draft.studio, draft.settings, draft.at):
        draft.tell(RutSensed(seen))


def start(draft: Draft, argument: Argument) -> None:
    """Start a task: by id, by queue position, or the first in the queue."""
    timer = draft.studio.timer
    task = _first(draft) if argument in (None, "") else find_task(draft.studio, argument)
    if task.state is TaskState.DONE:
        raise Refused(f"{task.title!r} is done; undo takes that back, or add a new task")
    check_song(draft, task)
    if task.id == timer.task and timer.counting:
        raise Refused(f"{task.title!r} is already running")
    if task.id == timer.task and timer.state in (TimerState.PAUSED, TimerState.AWAY):
        resume(draft, None)
        return
    begin(draft, task, auto=False)


def finished(draft: Draft, task: Task) -> bool:
    """Tell whether the task's song rests or is in the last stage, so that its tasks wait."""
    song = draft.studio.songs[task.song]
    return song.resting or song.stage == draft.settings.stages[-1]


def check_song(draft: Draft, task: Task) -> None:
    """Refuse a task whose song is not in hand. Raises Refused."""
    song = draft.studio.songs[task.song]
    if song.resting:
        raise Refused(f"the song of {task.title!r} rests; `songbridge wake {song.id}` wakes it")
    if finished(draft, task):
        raise Refused(f"the song of {task.title!r} is finished; move it to an earlier stage first")


def _first(draft: Draft) -> Task:
    order = draft.studio.order
    if not order:
        queue = "preparation queue" if draft.studio.prep else "queue"
        raise Refused(f"the {queue} is empty; import a song or add a task")
    return draft.studio.the(order[0])


def rest(draft: Draft) -> None:
    """Pause what runs, since what comes next would put it down without a word."""
    if draft.studio.timer.counting:
        draft.tell(TimerPaused(draft.studio.timer.task))


def pause(draft: Draft, _argument: Argument) -> None:
    """Stop the countdown."""
    if draft.studio.timer.state is TimerState.PAUSED:
        raise Refused("the timer is paused already; resume goes on")
    if draft.studio.timer.state is TimerState.BREAK:
        raise Refused("nothing is running to pause: this is a break; resume ends it")
    if not draft.studio.timer.counting:
        raise Refused(f"nothing is running to pause (the timer is {draft.studio.timer.state})")
    draft.tell(TimerPaused(draft.studio.timer.task))


def resume(draft: Draft, _argument: Argument) -> None:
    """Go on: after a pause, after a break, after having been away."""
    state = draft.studio.timer.state
    if state in (TimerState.RUNNING, TimerState.OVERTIME):
        raise Refused("the timer is running already")
    if state is TimerState.BREAK:
        draft.tell(BreakEnded())
    if draft.studio.current is None:
        _resume_into_next(draft, state)
        return
    sit_down(draft)
    draft.tell(TimerResumed(task=draft.studio.timer.task))


def _resume_into_next(draft: Draft, state: TimerState) -> None:
    """Go on from a break that no task waits behind; from idle there is nothing to go on with."""
    if state is not TimerState.BREAK:
        raise Refused("no task is paused; start begins the first one in the queue")
    if draft.studio.order:
        begin(draft, _first(draft), auto=False)


def toggle(draft: Draft, _argument: Argument) -> None:
    """Do what fits: pause what runs, go on with what rests, start when idle."""
    timer = draft.studio.timer
    if timer.counting:
        pause(draft, None)
    elif timer.state is TimerState.IDLE:
        start(draft, None)
    else:
        resume(draft, None)


def extend(draft: Draft, argument: Argument) -> None:
    """Change the current task's box by a duration."""
    task = draft.current()
    by = durations.parse("5m" if argument in (None, "") else argument)
    if by == 0:
        raise Refused("an extension of nothing changes nothing; give for example 5m or -5m")
    if not SHORTEST_BOX <= task.budget + by <= LONGEST:
        raise Refused(
            f"the box of {task.title!r} would be {durations.words(task.budget + by)}; "
            "a box lasts from 1m to 24h"
        )
    draft.tell(BudgetChanged(task.id, by))
    if by > 0:
        sense(draft)


def take_break(draft: Draft, argument: Argument) -> None:
    """Begin a break of a duration, the configured one without."""
    if draft.studio.timer.state is TimerState.BREAK:
        left = durations.clock(remaining(draft.studio, draft.at))
        raise Refused(f"this is a break already, {left} to go; resume ends it")
    sitting = draft.studio.sitting
    offered = sitting.ears.due if sitting is not None else 0.0
    default = offered or draft.settings.default_break
    seconds = default if argument in (None, "") else durations.parse(argument)
    if not 0 < seconds <= LONGEST:
        raise Refused(f"a break lasts from 1s to 24h, not {durations.words(seconds)}")
    draft.tell(BreakBegan(draft.at + seconds))


def back(draft: Draft, _argument: Argument) -> None:
    """Return to the task before, the latest on the trail that is not done."""
    studio = draft.studio
    for task_id in reversed(studio.trail):
        task = studio.task(task_id)
        if task is None or task.state is TaskState.DONE or finished(draft, task):
            continue
        if task.id != studio.timer.task:
            begin(draft, task, auto=False)
            return
    raise Refused("there is no task before this one to return to (undo takes a completion back)")


def end(draft: Draft, _argument: Argument) -> None:
    """End the sitting; what runs is put down and keeps its time."""
    if draft.studio.sitting is None:
        raise Refused("no sitting is under way; it begins with the first start")
    draft.tell(SittingEnded())
