"""What a cue's template may say of a fact: the words behind ``{song}``, ``{task}`` and the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bridge.core import durations, time_off
from bridge.core.clockwork import stretch
from bridge.core.events import (
    BreakBegan,
    BreakEnded,
    BudgetChanged,
    Entry,
    Noted,
    SongAdded,
    TaskSetAside,
    Undone,
)  # fmt: skip
from bridge.core.events_method import EarRestDue, TimeOffPlanned
from bridge.core.model import Song, Studio, Task, TimerState
from bridge.core.quiet import Local, time_of_day
from bridge.messages import Colour

DONE, UP, RESTING, WORKING, PLAIN = "#00C853", "#FF1744", "#7B7B7B", "#00CCCC", "#FFFFFF"
"""Colours of a task's state: done, time up, resting (paused, set aside, skipped, away), being worked
on; and of what has no section, or still waits. Ardour's link can paint each of them exactly."""

_STATES: Mapping[str, Colour] = {
    "started": WORKING, "resumed": WORKING, "paused": RESTING,
    "completed": DONE, "time-up": UP, "set-aside": RESTING, "skipped": RESTING, "away": RESTING,
}  # fmt: skip
_TIMERS: Mapping[TimerState, Colour] = {TimerState.RUNNING: WORKING, TimerState.OVERTIME: UP}
_ONGOING = ("extended", "undone")
_STUCK = (TimerState.OVERTIME, TimerState.AWAY)
_TASKS: Mapping[str, Colour] = {"done": DONE, "todo": PLAIN}

_OF_TASK = frozenset(("task", "section", "track", "spent", "budget", "left", "over", "round"))
_MAY_HAVE_TASK = (
    "started", "paused", "resumed", "completed", "skipped", "set-aside", "extended", "time-up",
    "away", "break", "break-over", "marked", "noted", "task-added", "task-edited", "moved", "undone",
    "take-began", "take-ended", "ear-rest", "handed-over", "hand-over-done",
)  # fmt: skip
HAVE_TEXT = frozenset(
    (
        "break", "extended", "goal", "marked", "noted", "prep", "stage", "undone", "ear-rest", "off",
        "rut-offered", "rut-chosen", "rut-helped", "rut-sensed", "feed-added", "feed-done",
        "feed-dropped", "ordered", "brought-back", "person", "handed-over",
    )
)  # fmt: skip
"""Events that say something themselves: ``{text}``."""


_DURING = (BreakBegan, BreakEnded, EarRestDue, Noted, Undone)
"""Facts that happen while a task is current, without being about it."""


class Telling:
    """One fact about to be told: its entry and word, the studio after it, the task it is about.

    ``about`` is that task, or the one during which it happened. Made for each fact on the way of a
    press, hence no dataclass.
    """

    __slots__ = ("about", "after", "entry", "local", "subject", "word")

    def __init__(
        self,
        entry: Entry,
        word: str,
        after: Studio,
        *,
        task: Task | None,
        subject: str,
        local: Local,
    ) -> None:
        self.entry, self.word, self.after = entry, word, after
        self.subject, self.local = subject, local
        during = task is None and isinstance(entry.fact, _DURING)
        self.about = after.current if during else task

    def value(self, name: str) -> str:
        """Return the words for a placeholder; empty where there are none, or no such placeholder."""
        words = _WORDS.get(name)
        return words(self) if words is not None else ""

    @property
    def song(self) -> Song | None:
        """The song it is about, else the one in hand."""
        fact, about = self.entry.fact, self.about
        if isinstance(fact, SongAdded):
            return fact.song
        named = getattr(fact, "song", None)
        key = about.song if about is not None else named if isinstance(named, str) else ""
        return self.after.songs.get(key or self.after.song or "")

    @property
    def section_colour(self) -> Colour:
        """The colour of the task's section; white without one."""
        task = self.about
        song = None if task is None else self.after.songs.get(task.song)
        return song.colour(task.section) if song is not None and task is not None else PLAIN

    @property
    def state_colour(self) -> Colour:
        """The colour of the state that the fact brought, else of the task's present one."""
        task = self.about
        if self.word in _STATES or task is None:
            return _STATES.get(self.word, PLAIN)
        if self.after.timer.task == task.id:
            return _TIMERS.get(self.after.timer.state, RESTING)
        return _TASKS.get(task.state.value, RESTING)

    @property
    def under_way(self) -> bool:
        """Whether the fact starts the task, or leaves it the current one whose time isn't up."""
        if self.word not in _ONGOING:
            return self.word == "started"
        timer, task = self.after.timer, self.about
        return task is not None and timer.task == task.id and timer.state not in _STUCK

    @property
    def track(self) -> str:
        """The DAW track of the task, empty without one."""
        return self.about.track if self.about is not None else ""

    @property
    def charged(self) -> float:
        """The seconds that run since the task's last fact, while it is the current one."""
        task = self.about
        current = task is not None and self.after.timer.task == task.id
        return stretch(self.after.timer, self.entry.at) if current else 0.0


def _of_task(words: Callable[[Telling, Task], str]) -> Callable[[Telling], str]:
    def told(telling: Telling) -> str:
        task = telling.about
        return "" if task is None else words(telling, task)

    return told


def _text(telling: Telling) -> str:
    match telling.entry.fact:
        case BreakBegan(ends_at=ends_at):
            return durations.words(round(ends_at - telling.entry.at))
        case EarRestDue(rest=rest):
            return durations.words(round(rest))
        case TimeOffPlanned(begins=begins, until=until):
            return time_off.stretch(until - begins)
        case BudgetChanged(by=by):
            return f"{'+' if by > 0 else ''}{durations.words(round(by))}"
        case _:
            return telling.subject if telling.word in HAVE_TEXT else ""


def _over(telling: Telling, task: Task) -> str:
    over = round(task.boxed + telling.charged - task.budget)
    return durations.words(over) if over > 0 else ""


def _left(telling: Telling, task: Task) -> str:
    left = round(task.budget - task.boxed - telling.charged)
    return durations.words(left) if left > 0 else ""


def _round(telling: Telling, task: Task) -> str:
    fact = telling.entry.fact
    counted = isinstance(fact, TaskSetAside) and fact.time_up  # this box is among them already
    return str(task.rounds + (not counted))


def _song(telling: Telling) -> str:
    return telling.song.title if telling.song else ""


def _stage(telling: Telling) -> str:
    return telling.song.stage if telling.song else ""


def _person(telling: Telling) -> str:
    return (telling.about.person if telling.about else "") or telling.entry.person


_WORDS: Mapping[str, Callable[[Telling], str]] = MappingProxyType(
    {
        "song": _song,
        "stage": _stage,
        "task": _of_task(lambda _, task: task.title),
        "section": _of_task(lambda _, task: task.section),
        "track": _of_task(lambda _, task: task.track),
        "person": _person,
        "budget": _of_task(lambda _, task: durations.words(task.budget)),
        "spent": _of_task(lambda it, task: durations.words(round(task.spent + it.charged))),
        "left": _of_task(_left),
        "over": _of_task(_over),
        "round": _of_task(_round),
        "text": _text,
        "time": lambda telling: time_of_day(telling.local(telling.entry.at)),
        "event": lambda telling: telling.word,
    }
)

PLACEHOLDERS = tuple(_WORDS)
"""All names that may stand in braces."""

TIMED = frozenset(("spent", "left", "over", "time"))
"""Those that hang on the instant, so that they can't be filled in beforehand."""


def makes_sense(placeholder: str, word: str) -> bool:
    """Tell whether a fact of that word can ever have something to say for a placeholder."""
    if placeholder in _OF_TASK:
        return word in _MAY_HAVE_TASK
    return placeholder != "text" or word in HAVE_TEXT


def has_task(word: str) -> bool:
    """Tell whether a fact of that word can be about a task, or happen during one."""
    return word in _MAY_HAVE_TASK
