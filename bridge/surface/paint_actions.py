"""What each action's light shows: whether it makes sense now, and whether it is under way.

A guess from the picture, not a promise: `decide` has the last word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bridge.core.model import TimerState
from bridge.core.view import View
from bridge.messages import Look
from bridge.surface.layout import Board

_COUNTING = (TimerState.RUNNING, TimerState.OVERTIME)
_RESTING = (TimerState.PAUSED, TimerState.BREAK, TimerState.AWAY)


@dataclass(frozen=True, slots=True)
class Now:
    """What the guess is made from; equal values give equal lights."""

    timer: TimerState
    task: bool
    queue: bool
    songs: bool
    several: bool
    trail: bool
    history: bool
    sitting: bool
    prep: bool
    off: bool
    trying: bool
    others: bool


def now(view: View) -> Now:
    """Return what the lights of actions depend on."""
    studio = view.studio
    return Now(
        timer=studio.timer.state,
        task=studio.timer.task is not None,
        queue=bool(studio.order),
        songs=studio.song is not None,
        several=len(studio.songs) > 1,
        trail=bool(studio.trail),
        history=view.seq > 0,
        sitting=studio.sitting is not None,
        prep=studio.prep,
        off=view.is_off,
        trying=studio.method.rut.trying is not None,
        others=len(studio.order) > 1,
    )


def _ready(sense: bool) -> str:
    return "ready" if sense else "asleep"


def _task(now: Now) -> str:
    return "overtime" if now.timer is TimerState.OVERTIME else _ready(now.task)


def _toggle(now: Now) -> str:
    if now.timer in _COUNTING:
        return "overtime" if now.timer is TimerState.OVERTIME else "active"
    return "waiting" if now.timer in _RESTING else _ready(now.queue)


_Guess: TypeAlias = Callable[[Now], str]

_GUESSES: Mapping[str, _Guess] = {
    "start": lambda now: _ready(now.queue),
    "pause": lambda now: _ready(now.timer in _COUNTING),
    "resume": lambda now: _ready(now.timer in _RESTING),
    "toggle": _toggle,
    "complete": _task,
    "skip": lambda now: _ready(now.task),
    "later": _task,
    "extend": _task,
    "back": lambda now: _ready(now.trail),
    "undo": lambda now: _ready(now.history),
    "select": lambda now: _ready(now.queue),
    "song": lambda now: _ready(now.several),
    "stage": lambda now: _ready(now.songs),
    "break": lambda now: "active" if now.timer is TimerState.BREAK else "ready",
    "prep": lambda now: "active" if now.prep else "ready",
    "off": lambda now: "active" if now.off else "ready",
    "rut helped": lambda now: _ready(now.trying),
    "rut no": lambda now: _ready(now.trying),
    "rest": lambda now: _ready(now.songs),
    "order": lambda now: _ready(now.others),
    "move": lambda now: _ready(now.task and now.others),
    "mark": lambda now: _ready(now.task),
    "end": lambda now: _ready(now.sitting),
}
"""By action, with its argument where that decides; what is not here always makes sense."""


def state(action: str, now: Now, argument: str = "") -> str:
    """Return the state of the role ``action`` that `action` is in, with that argument."""
    guess = _GUESSES.get(f"{action} {argument}") or _GUESSES.get(action)
    return guess(now) if guess else "ready"


class ActionLights:
    """The lights of all actions; few pictures are possible, so each is made once."""

    def __init__(self, board: Board) -> None:
        styles = board.layout.styles("action")
        self._cells = [
            (spot.bind.do, spot.name, {s: styles[s].look(spot.bind.colour) for s in styles})
            for spot in board.lights.get("action", ())
            if spot.bind.do is not None
        ]
        self._seen: dict[Now, dict[str, Look]] = {}

    def paint(self, view: View, _page: int, looks: dict[str, Look]) -> None:
        """Add the looks."""
        if not self._cells:
            return
        key = now(view)
        seen = self._seen.get(key)
        if seen is None:
            seen = {
                name: looks_of[state(do.name, key, do.argument)]
                for do, name, looks_of in self._cells
            }
            self._seen[key] = seen
        looks.update(seen)
