"""How the facts of the method change the studio."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from bridge.core.ear_rest import rested
from bridge.core.events_method import (
    EarRestDue,
    FeedAdded,
    FeedDone,
    FeedDropped,
    MethodFact,
    QueueOrdered,
    RutChosen,
    RutHelped,
    RutOffered,
    RutSensed,
    TasksBroughtBack,
    TimeOffEnded,
    TimeOffPlanned,
)  # fmt: skip
from bridge.core.evolve_queue import placed
from bridge.core.evolve_timer import unattended
from bridge.core.method import FeedItem, Rut, TimeOff, Trace, Way
from bridge.core.model import Studio, TaskState, TimerState
from bridge.core.replacing import replace

_SITTINGS = 12
"""Sittings that are remembered: a fortnight or so of evenings."""

_LIST = 500
"""Things for the mind that are kept; the oldest that are done go first."""


def evolve_method(studio: Studio, fact: MethodFact, at: float) -> Studio:
    """Return the studio after a fact of the method."""
    match fact:
        case QueueOrdered(order=order):
            return _ordered(studio, order)
        case TasksBroughtBack(tasks=tasks):
            return _brought_back(studio, tasks)
        case FeedAdded() | FeedDone() | FeedDropped():
            return _fed(studio, fact)
        case TimeOffPlanned(begins=begins, until=until):
            return _with(studio, off=TimeOff(begins, until))
        case TimeOffEnded():
            return _back(studio, at)
        case EarRestDue(rest=rest):
            return _due(studio, rest)
        case RutOffered() | RutChosen() | RutHelped() | RutSensed():
            return _with(studio, rut=_rut(studio.method.rut, fact, at))
        case _:
            assert_never(fact)


def remembered_sitting(studio: Studio, at: float) -> Studio:
    """Return the studio with its sitting, which ends at `at`, among those that are remembered."""
    sitting = studio.sitting
    if sitting is None:
        return studio
    worked = max(0.0, sitting.worked - unattended(studio))
    trace = Trace(
        sitting.began_at, at, worked, len(sitting.done), len(sitting.skipped),
        sitting.extended,
    )  # fmt: skip
    method = studio.method
    trying = "off" if method.rut.trying == "off" else None  # that one is tried between sittings
    rut = replace(method.rut, trying=trying, offered=())
    return _with(studio, sittings=(*method.sittings, trace)[-_SITTINGS:], rut=rut)


def _with(studio: Studio, **changes: object) -> Studio:
    return replace(studio, method=replace(studio.method, **changes))


def _ordered(studio: Studio, order: tuple[str, ...]) -> Studio:
    """Return the shown queue in that order; what the order does not name stays behind it."""
    shown = studio.order
    members = set(shown)
    named = dict.fromkeys(task for task in order if task in members)
    queue = (*named, *(task for task in shown if task not in named))
    return replace(studio, prep_queue=queue) if studio.prep else replace(studio, queue=queue)


def _brought_back(studio: Studio, tasks: tuple[str, ...]) -> Studio:
    for task_id in tasks:
        task = studio.task(task_id)
        if task is not None and task.state is TaskState.SKIPPED:
            task = replace(task, state=TaskState.TODO)
            studio = placed(studio.with_task(task), task, None)
    return studio


def _fed(studio: Studio, fact: FeedAdded | FeedDone | FeedDropped) -> Studio:
    method = studio.method
    feed, last = method.feed, method.next_feed
    match fact:
        case FeedAdded(item=item):
            feed, last = _kept((*feed, item)), max(last, item.number + 1)
        case FeedDone(number=number):
            feed = tuple(replace(i, done=True) if i.number == number else i for i in feed)
        case FeedDropped(number=number):
            feed = tuple(item for item in feed if item.number != number)
        case _:
            assert_never(fact)
    return _with(studio, feed=feed, next_feed=last)


def _kept(feed: tuple[FeedItem, ...]) -> tuple[FeedItem, ...]:
    if len(feed) <= _LIST:
        return feed
    gone = next((item for item in feed if item.done), feed[0])
    return tuple(item for item in feed if item is not gone)


def _back(studio: Studio, at: float) -> Studio:
    """Return the studio at work again: what was begun of the time off is kept, for days away."""
    off = studio.method.off
    if off is None or off.begins >= at:
        return _with(studio, off=None)
    return _with(studio, off=replace(off, until=min(off.until, at), over=True))


def _due(studio: Studio, rest: float) -> Studio:
    sitting = studio.sitting
    if sitting is None:
        return studio
    if studio.timer.state is TimerState.BREAK:  # it was begun at once
        return rested(studio, sitting.ears.at)
    return replace(studio, sitting=replace(sitting, ears=replace(sitting.ears, due=rest)))


def _rut(rut: Rut, fact: RutOffered | RutChosen | RutHelped | RutSensed, at: float) -> Rut:
    match fact:
        case RutOffered(ways=ways):
            return replace(rut, offered=ways)
        case RutChosen(way=way):
            return replace(rut, trying=way, tried=_counted(rut.tried, way))
        case RutHelped(way=way, helped=helped):
            return replace(
                rut, trying=None, helped=_counted(rut.helped, way) if helped else rut.helped
            )
        case RutSensed(signs=signs):
            return replace(rut, signs=signs, told_at=at)
        case _:
            assert_never(fact)


def _counted(counts: Mapping[str, int], way: Way) -> dict[str, int]:
    return {**counts, way: counts.get(way, 0) + 1}
