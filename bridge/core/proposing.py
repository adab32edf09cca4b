"""A list of proposed tasks and what one says of it in a line: take, drop, reword, add, order, minutes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from bridge.core import durations
from bridge.core.actions import TaskDraft
from bridge.core.decide_queue import LONGEST_TITLE, box, one_line
from bridge.core.replacing import replace
from bridge.errors import Invalid

Tasks: TypeAlias = tuple[TaskDraft, ...]

HELP: Final = (
    "drop 3 5-7 · keep 1-9 · 3 New words (20m) · add mixing: Title (20m) · move 5 2 ·"
    " 3 40m · all 25m · by section"
)
"""What can be said of a list, in short."""

_WHICH = r"[0-9]{1,4}(?:-[0-9]{1,4})?"
_LIST = re.compile(rf"(drop|keep) ({_WHICH}(?:[ ,]+{_WHICH})*)", re.IGNORECASE)
_MOVE = re.compile(rf"move ({_WHICH}) (?:to )?([0-9]{{1,4}})", re.IGNORECASE)
_ADD = re.compile(r"(?:add |\+ ?)(.+)", re.IGNORECASE)
_ONE = re.compile(rf"({_WHICH}|all) +(.+)", re.IGNORECASE)
_MOST = 500  # tasks: beyond this it is no plan of one song


def said(tasks: Tasks, words: str, sections: Sequence[str]) -> Tasks:
    """Return the list after what was said of it. Raises Invalid with what may be said."""
    line = " ".join(words.split())
    if line.casefold() == "by section":
        return by_section(tasks, sections)
    if match := _LIST.fullmatch(line):
        chosen = _chosen(match[2], len(tasks))
        keep = match[1].casefold() == "keep"
        return tuple(task for n, task in enumerate(tasks, 1) if (n in chosen) is keep)
    if match := _MOVE.fullmatch(line):
        return _moved(tasks, _chosen(match[1], len(tasks)), int(match[2]))
    if match := _ADD.fullmatch(line):
        return _added(tasks, match[1], sections)
    if match := _ONE.fullmatch(line):
        every = match[1].casefold() == "all"
        chosen = set(range(1, len(tasks) + 1)) if every else _chosen(match[1], len(tasks))
        return _rewritten(tasks, chosen, match[2])
    raise Invalid(f"{line[:40]!r} says nothing about the list; allowed: {HELP}")


def by_section(tasks: Tasks, sections: Sequence[str]) -> Tasks:
    """Return the tasks section by section, each in the order that they had."""
    places = {name.casefold(): place for place, name in enumerate(sections)}
    return tuple(sorted(tasks, key=lambda t: places.get(t.section.casefold(), len(places))))


def minutes(written: str) -> float | None:
    """Return the seconds that a word means, a bare number as minutes; None for what is none.

    Raises Invalid for a time that can't be a task's.
    """
    word = written.strip()
    try:
        seconds = float(word) * 60 if word.isascii() and word.isdigit() else durations.parse(word)
    except Invalid:
        return None
    return box(seconds, "this task")


def _chosen(written: str, size: int) -> set[int]:
    chosen: set[int] = set()
    for part in written.replace(",", " ").split():
        first, _, last = part.partition("-")
        begin, end = int(first), int(last or first)
        if not 1 <= begin <= end <= size:
            raise Invalid(f"{part} is not on the list; it has 1 to {size}")
        chosen |= set(range(begin, end + 1))
    return chosen


def _moved(tasks: Tasks, chosen: set[int], place: int) -> Tasks:
    if not 1 <= place <= len(tasks):
        raise Invalid(f"{place} is no place on the list; it has 1 to {len(tasks)}")
    going = [task for n, task in enumerate(tasks, 1) if n in chosen]
    rest = [task for n, task in enumerate(tasks, 1) if n not in chosen]
    index = min(place - 1, len(rest))
    return (*rest[:index], *going, *rest[index:])


def _added(tasks: Tasks, written: str, sections: Sequence[str]) -> Tasks:
    if len(tasks) >= _MOST:
        raise Invalid(f"a list has at most {_MOST} tasks")
    section, title = "", written
    head, colon, rest = written.partition(":")
    meant = next((name for name in sections if name.casefold() == head.strip().casefold()), None)
    if colon and meant is not None:
        section, title = meant, rest
    elif tasks:
        section = tasks[-1].section
    words, budget = _titled(title)
    new = TaskDraft(words, section, budget)
    places = [n for n, task in enumerate(tasks, 1) if task.section == section]
    place = max(places, default=len(tasks))
    return (*tasks[:place], new, *tasks[place:])


def _rewritten(tasks: Tasks, chosen: set[int], words: str) -> Tasks:
    seconds = minutes(words)
    if seconds is not None:
        changes: dict[str, object] = {"budget": seconds}
    elif len(chosen) > 1:
        raise Invalid(f"{words[:40]!r} is no time; several tasks can only get the same minutes")
    else:
        title, budget = _titled(words)
        changes = {"title": title} if budget is None else {"title": title, "budget": budget}
    return tuple(
        replace(task, **changes) if n in chosen else task for n, task in enumerate(tasks, 1)
    )


def _titled(written: str) -> tuple[str, float | None]:
    title, budget = durations.budget_in_title(written.strip())
    title = one_line(title)
    if not title:
        raise Invalid(f"a task needs a title, of at most {LONGEST_TITLE} characters")
    return title, None if budget is None else box(budget, title)


def shown(tasks: Tasks, told: Mapping[str, str]) -> list[str]:
    """Return the list, a task a line: number, minutes, section, title.

    `told` says of a title what there is to say beside it.
    """
    wide = max((len(task.section) for task in tasks), default=0)
    return [
        f"{number:>3}  {'' if task.budget is None else durations.words(task.budget):>5}  "
        f"{task.section:<{wide}}  {task.title}"
        + (f"  ({told[task.title]})" if told.get(task.title) else "")
        for number, task in enumerate(tasks, 1)
    ]


def total(tasks: Tasks, default: float) -> str:
    """Return how long all tasks take, as words; `default` is the budget of those without."""
    seconds = sum(default if task.budget is None else task.budget for task in tasks)
    return durations.words(round(seconds / 60) * 60)
