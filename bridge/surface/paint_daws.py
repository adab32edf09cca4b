"""How the links to DAWs stand, as lights."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bridge.messages import Look
    from bridge.surface.layout import Board

_FIRST = ("recording", "trouble", "silent", "ready", "unknown")
"""Which of several states one light shows: a take above all, then what needs a hand, then what is known."""


class DawLights:
    """One light for one DAW, or for all of them."""

    def __init__(self, board: Board) -> None:
        styles = board.layout.styles("daw")
        self._cells = [
            (spot.bind.n, spot.name, {s: styles[s].look(spot.bind.colour) for s in styles})
            for spot in board.lights.get("daw", ())
        ]

    def paint(self, daws: Sequence[str], looks: dict[str, Look]) -> None:
        """Add the looks; `daws` has the state of each DAW in the order of the configuration."""
        for number, name, styles in self._cells:
            looks[name] = styles[_one(daws, number)]


def _one(daws: Sequence[str], number: int) -> str:
    """Return the state of the DAW of that number, from 1; 0: what is to be known of all of them."""
    if number:
        return daws[number - 1] if number <= len(daws) else "none"
    return next((state for state in _FIRST if state in daws), "none")
