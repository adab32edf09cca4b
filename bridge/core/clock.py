"""What the passing of time means: a box runs out, a grace period or a break ends, a clock is set.

Everything is told at its true instant, however late it is noticed. Where nobody can have been there
(the machine slept or was off), the timer goes `away` and the queue stays as it is. While a DAW records
nothing moves on and nobody is away: the grace begins when the take is over (ADR 11).
"""

from __future__ import annotations

from bridge.core import abandoned, ear_rest
from bridge.core.clockwork import zero_at
from bridge.core.decide_timer import begin_next
from bridge.core.draft import Draft
from bridge.core.ear_rest import EarRule
from bridge.core.events import (
    BreakBegan,
    BreakEnded,
    ClockStepped,
    SittingEnded,
    TakeEnded,
    TaskSetAside,
    TimerResumed,
    TimeUp,
    WentAway,
)  # fmt: skip
from bridge.core.events_method import EarRestDue
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
            if zero is None:
                return None
            zero = max(zero, timer.since or zero)
            rest = ear_rest.due(studio, settings)
            return zero if rest is None else min(zero, rest[0])
        case TimerState.OVERTIME:
            grace = grace_since(studio, settings)
            return abandoned.due(studio) if grace is None else grace + settings.grace
        case TimerState.BREAK:
            return timer.ends_at
        case _:
            return abandoned.due(studio)


def grace_since(studio: Studio, settings: Settings) -> float | None:
    """Return when the grace began after which it moves on, None while none runs."""
    timer = studio.timer
    if timer.state is not TimerState.OVERTIME or settings.at_zero != "move-on":
        return None
    if studio.take is not None:
        return None
    return timer.up_at if timer.grace_at is None else timer.grace_at


def due_action(studio: Studio, settings: Settings, at: float) -> str:
    """Return the name under which the journal files what is due at `at`."""
    if studio.timer.state is TimerState.RUNNING and _resting(studio, settings, at) is not None:
        return "ear-rest"
    if abandoned.due(studio) is not None and grace_since(studio, settings) is None:
        return "end"
    names = {TimerState.OVERTIME: "move-on", TimerState.BREAK: "break-over"}
    return names.get(studio.timer.state, "time-up")


def happen(draft: Draft, at: float, alive: float | None) -> None:
    """Tell `draft` what happened at the wall instant `at`.

    `alive` is None as long as the machine was awake, else the last instant it is known to have been.
    """
    timer = draft.studio.timer
    match timer.state:
        case TimerState.RUNNING:
            rule = _resting(draft.studio, draft.settings, at)
            if rule is None:
                _time_up(draft, at, alive)
            else:
                _ears_want_rest(draft, rule, at, there=alive is None and timer.attended)
        case TimerState.OVERTIME if _moves_on(draft) and timer.task is not None:
            _move_on(draft, timer.task, at)
        case TimerState.BREAK:
            _break_over(draft, at, slept=alive is not None)
        case _:
            _left_behind(draft, at)


def _moves_on(draft: Draft) -> bool:
    return grace_since(draft.studio, draft.settings) is not None


def _left_behind(draft: Draft, at: float) -> None:
    """End a sitting that was left without a word, at the last sign of life."""
    left, ended = abandoned.due(draft.studio), abandoned.last(draft.studio)
    if left is not None and left <= at:
        draft.tell(SittingEnded(left=True), ended)


def _resting(studio: Studio, settings: Settings, at: float) -> EarRule | None:
    """Return the rule by which ears should rest at `at`, where that comes before time is up."""
    rest, zero = ear_rest.due(studio, settings), zero_at(studio)
    if rest is None or rest[0] > at or (zero is not None and zero <= rest[0]):
        return None
    return rest[1]


def _ears_want_rest(draft: Draft, rule: EarRule, at: float, *, there: bool) -> None:
    """Offer a break for the ears, or begin it where that is wanted and somebody is there."""
    if there and draft.settings.ear_rest == "begin":
        draft.tell(BreakBegan(at + rule.rest), at)
    draft.tell(EarRestDue(rule.section, rule.after, rule.rest), at)


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
