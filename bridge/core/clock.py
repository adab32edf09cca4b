"""What the passing of time means: a box runs out, a grace period or a break ends, a clock is set.

Everything is told at its true instant, however late it is noticed. Where nobody can have been there
(the machine slept or was off), the timer goes `away` and the queue stays as it is. While a DAW records
nothing moves on and nobody is away: the grace begins when the take is over (ADR 11).
"""

from __future__ import annotations

from bridge.core.clockwork import zero_at
from bridge.core.decide_timer import begin_next
from bridge.core.draft import Draft
from bridge.core.events import (
    BreakEnded,
    ClockStepped,
    TakeEnded,
    TaskSetAside,
    TimerResumed,
    TimeUp,
    WentAway,
)  # fmt: skip
from bridge.core.model import Studio, TimerState
from bridge.core.settings import Settings

STEP = 2.0  # seconds: clocks that part by more than this were set, not slewed
GAP = 90.0  # seconds without a look at the clock: the machine slept or was off


def next_due(studio: Studio, settings: Settings) -> float | None:
    """Return the wall instant of the next thing that happens by itself, None when nothing will."""
    timer = studio.timer
    match timer.state:
        case TimerState.RUNNING:
            zero = zero_at(studio)
            return None if zero is None else max(zero, timer.since or zero)
        case TimerState.OVERTIME:
            grace = grace_since(studio, settings)
            return None if grace is None else grace + settings.grace
        case TimerState.BREAK:
            return timer.ends_at
        case _:
            return None


def grace_since(studio: Studio, settings: Settings) -> float | None:
    """Return when the grace began after which it moves on, None while none runs."""
    timer = studio.timer
    if timer.state is not TimerState.OVERTIME or settings.at_zero != "move-on":
        return None
    if studio.take is not None:
        return None
    return timer.up_at if timer.grace_at is None else timer.grace_at


def due_action(studio: Studio) -> str:
    """Return the name under which the journal files what is due."""
    names = {TimerState.OVERTIME: "move-on", TimerState.BREAK: "break-over"}
    return names.get(studio.timer.state, "time-up")


def happen(draft: Draft, at: float, alive: float | None) -> None:
    """Tell `draft` what happened at the wall instant `at`.

    `alive` is None as long as the machine was awake, else the last instant it is known to have been.
    """
    timer = draft.studio.timer
    match timer.state:
        case TimerState.RUNNING:
            _time_up(draft, at, alive)
        case TimerState.OVERTIME if timer.task is not None:
            _move_on(draft, timer.task, at)
        case TimerState.BREAK:
            _break_over(draft, at, slept=alive is not None)
        case _:
            pass


def _time_up(draft: Draft, at: float, alive: float | None) -> None:
    timer = draft.studio.timer
    if timer.task is None or timer.since is None:
        return
    draft.tell(TimeUp(timer.task, counting=overtime_counts(draft)), at)
    if draft.studio.take is not None:
        return
    if timer.auto and not timer.attended:
        draft.tell(WentAway(timer.task, unattended=at - timer.since), at)
    elif alive is not None:
        draft.tell(WentAway(timer.task, unattended=at - max(alive, timer.since)), at)


def _move_on(draft: Draft, task: str, at: float) -> None:
    draft.tell(TaskSetAside(task, time_up=True), at)
    if draft.settings.auto_start:
        begin_next(draft, task, at)


def _break_over(draft: Draft, at: float, *, slept: bool) -> None:
    resume = draft.studio.timer.resume and draft.settings.auto_start and not slept
    draft.tell(BreakEnded(), at)
    if not resume:
        return
    if draft.studio.current is not None:
        draft.tell(TimerResumed(auto=True, task=draft.studio.timer.task), at)
    else:
        begin_next(draft, "", at)


def overtime_counts(draft: Draft) -> bool:
    """Tell whether overtime is charged: as configured, but always while a DAW records."""
    return draft.settings.at_zero != "wait" or draft.studio.take is not None


def take_over(draft: Draft, at: float) -> None:
    """Tell `draft` that a take was over at the wall instant `at`, if one runs."""
    if draft.studio.take is not None:
        counting = draft.settings.at_zero != "wait"
        draft.tell(TakeEnded(counting), max(at, draft.studio.take))


def sleep_over(draft: Draft, alive: float) -> None:
    """Tell `draft` that overtime was cut off at `alive`, when the machine went to sleep."""
    task = draft.studio.timer.task
    if task is not None:
        draft.tell(WentAway(task), alive)


def stepped(draft: Draft, by: float) -> None:
    """Tell `draft` that the wall clock was set by `by` seconds."""
    draft.tell(ClockStepped(by))


def instants(studio: Studio) -> bool:
    """Tell whether the studio keeps an instant that a clock step would falsify."""
    timer = studio.timer
    kept = (timer.since, timer.up_at, timer.ends_at, studio.take, studio.sitting)
    return any(x is not None for x in kept)
