"""The three goals as lights: the brighter, the further; or bars that fill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.core import goals
from bridge.messages import Look

if TYPE_CHECKING:
    from bridge.core.model import Goal
    from bridge.core.view import View
    from bridge.surface.layout import Board, Spot

_LEAST = 0.15
"""The share of its level at which a goal that was hardly begun is lit: it can be seen."""


_EXACT = 1e-6
"""Share of a light below which a difference is the rounding of floats."""


class GoalLights:
    """One light for each goal."""

    def __init__(self, board: Board) -> None:
        styles = board.layout.styles("goal")
        self._cells = [
            (_number(spot) - 1, spot.name, {s: styles[s].look(spot.bind.colour) for s in styles})
            for spot in board.lights.get("goal", ())
        ]

    def paint(self, view: View, _page: int, looks: dict[str, Look]) -> None:
        """Add the looks; a light past the third goal is vacant."""
        goals = view.goals
        for place, name, styles in self._cells:
            if place >= len(goals) or not goals[place].text:
                looks[name] = styles["vacant"]
            elif goals[place].done >= 1:
                looks[name] = styles["done"]
            else:
                looks[name] = _partly(styles["open"], goals[place].done)


class GoalBars:
    """All lights that show one goal as a bar: it fills as the goal's tasks are done."""

    def __init__(self, board: Board) -> None:
        styles = board.layout.styles("goal-bar")
        bars: dict[int, list[Spot]] = {}
        for spot in board.lights.get("goal-bar", ()):
            bars.setdefault(_number(spot) - 1, []).append(spot)
        self._bars = [
            (goal, [(s.name, {w: styles[w].look(s.bind.colour) for w in styles}) for s in spots])
            for goal, spots in bars.items()
        ]

    def paint(self, view: View, _page: int, looks: dict[str, Look]) -> None:
        """Add the looks."""
        for index, lights in self._bars:
            goal = view.goals[index] if index < len(view.goals) else None
            if goal is None or not goal.text:
                looks.update({name: styles["vacant"] for name, styles in lights})
                continue
            state = "done" if goal.done >= 1 else "filled"
            if state == "filled" and _is_late(goal, view):
                state = "late"
            filled = goal.done * len(lights)
            for place, (name, styles) in enumerate(lights):
                looks[name] = _step(styles["empty"], styles[state], filled - place)


def _is_late(goal: Goal, view: View) -> bool:
    left = goals.days_left(goal, view.settings.days.day(view.at))
    return left is not None and left < 0


def _step(empty: Look, full: Look, share: float) -> Look:
    """Return the look of one light of a bar, of which `share` is filled: all from 1, none up to 0."""
    if share >= 1 - _EXACT:
        return full
    if share <= _EXACT:
        return empty
    level = empty.level + (full.level - empty.level) * share
    return Look(full.colour, level, full.effect)


def _number(spot: Spot) -> int:
    """Return which goal a light shows: the one that its control tells, or that of its place."""
    told = spot.bind.do.argument.rpartition(" ")[2] if spot.bind.do else ""
    return int(told) if told.isdecimal() else spot.place


def _partly(full: Look, share: float) -> Look:
    return Look(full.colour, full.level * max(_LEAST, share), full.effect)
