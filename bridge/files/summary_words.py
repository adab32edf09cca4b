"""What a summary says, in words, for all its forms: a lead, and parts with their lines.

Everything here is plain text on one line each; the forms make it safe for what they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TypeVar

from bridge.core import durations
from bridge.core.hand_over import HandOver
from bridge.core.sitting_account import Account, Awaited, GoalMoved, Handed, Longer, Share, TaskTold
from bridge.messages import Colour

_MINUTE = 60
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it is about, where that belongs (``Northern Lights, composition``), and more."""

    head: str
    place: str = ""
    detail: str = ""
    colour: Colour = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One part with its heading; ``numbered`` where the order matters."""

    name: str
    title: str
    lines: tuple[Line, ...]
    numbered: bool = False


def title(told: Account, tz: tzinfo | None) -> str:
    """Return the heading: ``Sitting of 2026-11-22, 21:30 to 23:30``."""
    began, ended = (datetime.fromtimestamp(at, tz) for at in (told.began, told.ended))
    until = f"{ended:%H:%M}" if ended.date() == began.date() else f"{ended:%Y-%m-%d %H:%M}"
    return f"Sitting of {began:%Y-%m-%d}, {began:%H:%M} to {until}"


def lead(told: Account) -> str:
    """Return who worked for how long, in one sentence."""
    over = f", {about(told.over)} of it over time" if told.over >= 1 else ""
    named = [share for share in told.shares if share.person]
    if len(told.shares) > 1 and named:
        each = _and([f"{_who(share)} {about(share.worked)}" for share in told.shares])
        return f"{each} at work, {about(told.worked)} in all{over}."
    who = f"{plain(named[0].person)} worked" if named else "Worked"
    return f"{who} {about(told.worked)}{over}."


def people(told: Account) -> str:
    """Return the names of those who sat there, empty where nobody said."""
    return _and([_who(share) for share in told.shares if share.person])


def _who(share: Share) -> str:
    return plain(share.person) or "somebody"


def _and(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def parts(told: Account) -> tuple[Part, ...]:
    """Return the parts that have something to say, in the order in which they are read."""
    stages = (Line(plain(song), detail=plain(stage)) for song, stage in told.reached)
    found = (
        _part("handed", "Left for the next one", told.handed, _handed),
        _part("done", "Done", told.done, _took),
        _part("under-way", "Under way", told.under_way, _waits),
        _part("set-aside", "Set aside, to come back to", told.set_aside, _waits),
        _part("skipped", "Skipped", told.skipped, _took),
        _part("over-time", "Over time", told.late, _late),
        _part("longer", "Given more time", told.longer, _longer),
        _part("goals", "Goals", told.goals, _goal),
        Part("stages", "Stages reached", tuple(stages)),
        Part("notes", "Notes", tuple(Line(plain(note)) for note in told.notes)),
        Part("marks", "Marks", tuple(Line(plain(mark)) for mark in told.marks)),
        _part("next", "Next", told.next, _next, numbered=True),
        _part("others", "Waiting for", told.others, _awaited),
    )
    return tuple(part for part in found if part.lines)


def remark(told: Account) -> str:
    """Return what is said kindly beside it, empty for nothing: signs of a rut."""
    return f"{told.rut[0].upper()}{told.rut[1:]}." if told.rut else ""


def about(seconds: float) -> str:
    """Return a duration as people tell it: whole minutes, and seconds below one minute."""
    unit = _MINUTE if seconds >= _MINUTE else 1
    return durations.words(round(seconds / unit) * unit)


def plain(text: str) -> str:
    """Return `text` on one line, without anything that is not a printable character."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())


# --- lines ----------------------------------------------------------------------------------------


def _part(
    name: str,
    heading: str,
    things: Iterable[_T],
    line: Callable[[_T], Line],
    *,
    numbered: bool = False,
) -> Part:
    return Part(name, heading, tuple(map(line, things)), numbered)


def _task(task: TaskTold, detail: str, notes: tuple[str, ...] = ()) -> Line:
    who = f", {plain(task.person)}" if task.person else ""
    place = f"{plain(task.song)}, {plain(task.section)}{who}"
    return Line(plain(task.title), place, detail, task.colour, notes)


def _took(task: TaskTold) -> Line:
    return _task(task, f"{about(task.spent)} of {durations.words(task.given)}")


def _waits(task: TaskTold) -> Line:
    """Tell what a task that goes on took, and what is left of its box."""
    again = f"a new box of {durations.words(task.planned)} next"
    left = again if task.left is None else f"{about(task.left)} left"
    notes = tuple(_left(note) for note in task.waiting)
    return _task(task, f"{about(task.spent)} of {durations.words(task.given)}, {left}", notes)


def _late(task: TaskTold) -> Line:
    return _task(
        task, f"{about(task.late)} more than the {durations.words(task.given)} it was given"
    )


def _next(task: TaskTold) -> Line:
    spent = f", {about(task.spent)} spent so far" if task.spent >= 1 else ""
    box = task.planned if task.left is None else task.box
    notes = tuple(_left(note) for note in task.waiting)
    return _task(task, f"{durations.words(box)}{spent}", notes)


def _left(note: HandOver) -> str:
    who = plain(note.by) or "somebody"
    to = f" for {plain(note.to)}" if note.to else ""
    return f"{who} left{to}: {plain(note.text)}"


def _handed(one: Handed) -> Line:
    done = " (read)" if one.note.done else ""
    return Line(plain(one.title), plain(one.song), _left(one.note) + done)


def _longer(one: Longer) -> Line:
    times = "once" if one.times == 1 else "twice" if one.times == 2 else f"{one.times} times"  # noqa: PLR2004 - English
    return Line(plain(one.title), plain(one.song), f"{times}, {about(one.by)} in all")


def _goal(goal: GoalMoved) -> Line:
    now = f"{goal.now:.0%}"
    moved = f"set, {now}" if goal.was is None else f"{now}, from {goal.was:.0%}"
    by = f", by {plain(goal.by)}" if goal.by else ""
    return Line(plain(goal.text), detail=f"{moved}{by}")


def _awaited(one: Awaited) -> Line:
    more = f", and {one.more} more" if one.more else ""
    return Line(plain(one.person), detail=f"{plain(one.title)} ({plain(one.song)}){more}")
