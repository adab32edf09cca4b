"""The three goals as lights: the brighter, the further."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.messages import Look

if TYPE_CHECKING:
    from bridge.core.view import View
    from bridge.surface.layout import Board, Spot

_LEAST = 0.15
"""The share of its level at which a goal that was hardly begun is lit: it can be seen."""


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


def _number(spot: Spot) -> int:
    """Return which goal a light shows: the one that its control tells, or that of its place."""
    told = spot.bind.do.argument.rpartition(" ")[2] if spot.bind.do else ""
    return int(told) if told.isdecimal() else spot.place


def _partly(full: Look, share: float) -> Look:
    return Look(full.colour, full.level * max(_LEAST, share), full.effect)
