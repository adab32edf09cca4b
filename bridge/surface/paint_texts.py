"""What text displays say: scribble strips with the queue, the timecode with the countdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeAlias

from bridge.core import durations
from bridge.core.model import Task, TimerState
from bridge.core.view import View
from bridge.surface.layout import Board, Spot

FAULT = "FAULT"
"""What the countdown says while the journal can't be written, or the configuration is wrong."""

_VOWELS = frozenset("aeiou")
_TICKING = (TimerState.RUNNING, TimerState.OVERTIME, TimerState.BREAK)


@lru_cache(maxsize=1024)
def shorten(text: str, width: int) -> str:
    """Return `text` in at most `width` characters, legible for as long as possible.

    Vowels inside words go first, then blanks (each word keeps a capital), then the end.
    """
    words = text.split()
    if len(" ".join(words)) <= width:
        return " ".join(words)
    thin = [_thinned(word) for word in words]
    if len(" ".join(thin)) <= width:
        return " ".join(thin)
    return "".join(word[:1].upper() + word[1:] for word in thin)[:width]


def _thinned(word: str) -> str:
    return word[:1] + "".join(letter for letter in word[1:] if letter not in _VOWELS)


def _countdown(view: View) -> str:
    idle = view.studio.timer.state is TimerState.IDLE
    return "" if idle else durations.clock(view.timer.remaining)


def _task(view: View) -> str:
    current = view.studio.current
    return current.title if current else ""


def _song(view: View) -> str:
    return view.song.title if view.song else ""


def _whose(task: Task, view: View) -> str:
    """Return whose the task is, where it is somebody else's: it stands in the place of the song."""
    others = task.person and task.person.casefold() != view.person.casefold()
    return f"@{task.person}" if others else ""


def _section(title: str, section: str, width: int) -> str:
    both = f"{title}/{section}"
    if len(both) <= width:
        return both
    return shorten(title if title.startswith("@") else section, width)


def _goal(view: View, number: int, width: int) -> str:
    """Return a goal's text, `number` from 1; nothing past the third."""
    goals = view.goals
    if number > len(goals) or not goals[number - 1].text:
        return ""
    goal = goals[number - 1]
    both = f"{int(goal.done * 100)}% {goal.text}"
    return both if len(both) <= width else shorten(goal.text, width)


def _nudge(view: View) -> str:
    return view.nudges[0] if view.nudges else ""


def _person(view: View) -> str:
    task = view.studio.current
    return task.person if task else ""


_Said: TypeAlias = Callable[[View], str]
_SAID: Mapping[str, _Said] = {
    "countdown": _countdown, "task": _task, "song": _song, "nudge": _nudge, "person": _person,
}  # fmt: skip


class Texts:
    """All displays of a board."""

    def __init__(self, board: Board) -> None:
        displays = board.profile.displays
        self._page = board.page
        self._queue = [
            (role == "section", spot.place, spot.name, displays[spot.name].width)
            for role in ("title", "section")
            for spot in board.texts.get(role, ())
        ]
        self._single: list[tuple[str, Spot, int]] = [
            (role, spot, displays[spot.name].width)
            for role in _SAID
            for spot in board.texts.get(role, ())
        ]
        self._goals = [
            (spot.place, spot.name, displays[spot.name].width)
            for spot in board.texts.get("goal", ())
        ]
        self._ticks = bool(board.texts.get("countdown"))

    def paint(self, view: View, page: int, *, fault: bool) -> dict[str, str]:
        """Return the text of every display, cut to its width; numbers stand on the right."""
        texts: dict[str, str] = {}
        for role, spot, width in self._single:
            said = FAULT if fault and role == "countdown" else _SAID[role](view)
            cut = shorten(said, width)
            texts[spot.name] = cut.rjust(width) if role == "countdown" else cut
        for number, name, width in self._goals:
            texts[name] = _goal(view, number, width)
        if self._queue:
            self._paint_queue(view, page, texts)
        return texts

    def _paint_queue(self, view: View, page: int, texts: dict[str, str]) -> None:
        studio = view.studio
        order = studio.order[page * self._page :][: self._page]
        for is_section, place, name, width in self._queue:
            if place > len(order):
                texts[name] = ""
                continue
            task = studio.the(order[place - 1])
            texts[name] = (
                _section(_whose(task, view) or studio.songs[task.song].title, task.section, width)
                if is_section
                else shorten(task.title, width)
            )

    def next_change(self, view: View) -> float | None:
        """Return the seconds until the countdown's text says something else, None if it stands."""
        if not self._ticks or view.studio.timer.state not in _TICKING:
            return None
        left = view.timer.remaining
        return left - (durations.whole(left) - 1)
