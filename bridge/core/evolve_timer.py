"""How facts about time change the studio: starts, pauses, breaks, boxes that run out."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from bridge.core import ear_rest
from bridge.core.clockwork import fresh_box, stretch
from bridge.core.events import (
    BreakBegan,
    BreakEnded,
    BudgetChanged,
    ClockStepped,
    TaskStarted,
    TimerFact,
    TimerPaused,
    TimerResumed,
    TimeUp,
    WentAway,
)  # fmt: skip
from bridge.core.evolve_queue import placed, remembered
from bridge.core.model import Outcome, Studio, Task, TaskState, Timer, TimerState
from bridge.core.replacing import replace

_LINES = 1000  # of each list of a sitting: one that nobody ends must not grow for ever
_STUCK = (TimerState.OVERTIME, TimerState.AWAY)


def evolve_timer(studio: Studio, fact: TimerFact, at: float) -> Studio:
    """Return the studio after a fact about time."""
    match fact:
        case TaskStarted(task=task, auto=auto):
            return _started(studio, studio.the(task), auto=auto, at=at)
        case TimerPaused():
            return changed(
                charge(studio, at),
                state=TimerState.PAUSED,
                since=None,
                up_at=None,
                grace_at=None,
                auto=False,
            )
        case TimerResumed(auto=auto):
            return _resumed(studio, auto=auto, at=at)
        case TimeUp(counting=counting):
            return _up(studio, at, counting=counting)
        case WentAway(unattended=unattended):
            studio = charge(studio, at)
            return changed(
                studio, state=TimerState.AWAY, since=None, up_at=at, unattended=unattended
            )
        case BudgetChanged(task=task, by=by):
            studio = rewritten(studio, task, at, lambda old: _extended(old, by))
            return _counted(studio, task, by) if by > 0 else studio
        case BreakBegan(ends_at=ends_at):
            return _break_began(studio, ends_at, at)
        case BreakEnded():
            state = TimerState.PAUSED if studio.timer.task else TimerState.IDLE
            return changed(studio, state=state, since=None, ends_at=None)
        case ClockStepped(by=by):
            return _stepped(studio, by)
        case _:
            assert_never(fact)


def charge(studio: Studio, at: float) -> Studio:
    """Return the studio with the running stretch, up to `at`, put on the current task's account."""
    timer, seconds = studio.timer, stretch(studio.timer, at)
    task = studio.current
    if not timer.counting or task is None or timer.since is None:
        return studio
    studio = studio.with_task(replace(task, spent=task.spent + seconds, boxed=task.boxed + seconds))
    over = seconds if timer.state is TimerState.OVERTIME else 0.0
    if (sitting := studio.sitting) is not None:
        sitting = replace(
            sitting,
            worked=sitting.worked + seconds,
            over=sitting.over + over,
            ears=ear_rest.worked(sitting, task.section, timer.since, at),
        )
    return changed(replace(studio, sitting=sitting), since=at)


def changed(studio: Studio, **changes: object) -> Studio:
    """Return the studio with fields of its timer changed."""
    return replace(studio, timer=replace(studio.timer, **changes))


def put_down(studio: Studio, at: float) -> Studio:
    """Return the studio with no current task; what it had keeps its time and its place."""
    studio = remembered(left_away(charge(studio, at)), None)
    return replace(studio, timer=Timer())


def _started(studio: Studio, task: Task, *, auto: bool, at: float) -> Studio:
    studio = remembered(left_away(charge(studio, at)), task.id)
    task = studio.the(task.id)
    task = replace(task, state=TaskState.TODO)
    if fresh_box(task):
        task = replace(task, boxed=0.0, budget=task.planned)
    studio = placed(studio.with_task(task), task, 0)
    timer = Timer(TimerState.RUNNING, task.id, since=at, auto=auto, attended=not auto)
    return replace(studio, timer=timer, song=task.song)


def _up(studio: Studio, at: float, *, counting: bool) -> Studio:
    return changed(
        charge(studio, at),
        state=TimerState.OVERTIME,
        since=at if counting else None,
        up_at=at,
        grace_at=None,
        for_take=studio.take is not None,
    )


def _resumed(studio: Studio, *, auto: bool, at: float) -> Studio:
    was_away = studio.timer.state is TimerState.AWAY
    studio = left_away(studio)
    task = studio.current
    if task is None:
        return studio
    if was_away and fresh_box(task):
        task = replace(task, boxed=0.0, budget=task.planned)
        studio = studio.with_task(task)
    up = fresh_box(task)  # its time was up before: it goes on being over
    timer = Timer(
        TimerState.OVERTIME if up else TimerState.RUNNING,
        task.id,
        since=at,
        up_at=at if up else None,
        auto=auto,
        attended=not auto,
    )
    return replace(studio, timer=timer)


def left_away(studio: Studio) -> Studio:
    """Return the studio with the time taken off that was charged while nobody was there."""
    timer, task = studio.timer, studio.current
    if task is None or timer.state is not TimerState.AWAY:
        return studio
    off = min(timer.unattended, task.boxed, task.spent)
    studio = studio.with_task(replace(task, spent=task.spent - off, boxed=task.boxed - off))
    return noted(studio, worked=-off) if _of_this_sitting(studio) else studio


def unattended(studio: Studio) -> float:
    """Return the seconds of the present sitting for which nobody was there, as far as is known now."""
    away = studio.timer.state is TimerState.AWAY and _of_this_sitting(studio)
    return studio.timer.unattended if away else 0.0


def _of_this_sitting(studio: Studio) -> bool:
    """Tell whether the timer went away in the present sitting, and not in one that was left since."""
    sitting, up_at = studio.sitting, studio.timer.up_at
    return sitting is not None and (up_at is None or sitting.began_at < up_at)


def _extended(task: Task, by: float) -> Task:
    return replace(task, budget=task.budget + by, extended=task.extended + (by > 0))


def _counted(studio: Studio, task: str, by: float) -> Studio:
    """Return the studio with one extension more in its sitting."""
    return noted(studio, extended=1, longer=(Outcome(task, studio.the(task).title, by),))


def rewritten(studio: Studio, task_id: str, at: float, change: Callable[[Task], Task]) -> Studio:
    """Return the studio with a task changed; a current one whose time was up runs on if it can."""
    stuck = studio.timer.task == task_id and studio.timer.state in _STUCK
    if stuck:
        studio = charge(studio, at)
    task = change(studio.the(task_id))
    studio = studio.with_task(task)
    if not stuck or fresh_box(task):
        return studio
    studio = left_away(studio)
    return changed(
        studio,
        state=TimerState.RUNNING,
        since=at,
        up_at=None,
        grace_at=None,
        for_take=False,
        unattended=0.0,
    )


def _break_began(studio: Studio, ends_at: float, at: float) -> Studio:
    resume = studio.timer.counting
    task = studio.timer.task
    studio = left_away(studio)
    timer = Timer(TimerState.BREAK, task, since=at, ends_at=ends_at, resume=resume)
    studio = charge(studio, at)
    if studio.sitting is not None and studio.sitting.ears.due:
        studio = ear_rest.rested(studio, at)
    return replace(studio, timer=timer)


def _stepped(studio: Studio, by: float) -> Studio:
    def moved(instant: float | None) -> float | None:
        return None if instant is None else instant + by

    timer, sitting = studio.timer, studio.sitting
    studio = changed(
        replace(studio, take=moved(studio.take)),
        since=moved(timer.since),
        up_at=moved(timer.up_at),
        ends_at=moved(timer.ends_at),
        grace_at=moved(timer.grace_at),
    )
    if sitting is None:
        return studio
    ears = replace(sitting.ears, at=sitting.ears.at + by, free_at=sitting.ears.free_at + by)
    moved_on = replace(
        sitting, began_at=sitting.began_at + by, seen_at=sitting.seen_at + by, ears=ears
    )
    return replace(studio, sitting=moved_on)


def noted(studio: Studio, **more: object) -> Studio:
    """Return the studio with `more` added to the sitting's figures, if there is a sitting."""
    sitting = studio.sitting
    if sitting is None:
        return studio
    sums = {name: getattr(sitting, name) + value for name, value in more.items()}
    kept = {name: v[-_LINES:] if isinstance(v, tuple) else v for name, v in sums.items()}
    return replace(studio, sitting=replace(sitting, **kept))
