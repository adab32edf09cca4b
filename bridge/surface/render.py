"""The picture of one controller: `render(view) -> Frame`, and when it will look different.

Everything that depends on layout and profile alone is worked out once, in `Renderer`; what remains
for each picture is look-ups.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bridge.core.view import View
from bridge.messages import Look
from bridge.surface.frame import Frame
from bridge.surface.layout import Board
from bridge.surface.paint_actions import ActionLights
from bridge.surface.paint_album import AlbumLights
from bridge.surface.paint_countdown import CountdownBar, ProgressLights
from bridge.surface.paint_daws import DawLights
from bridge.surface.paint_goals import GoalBars, GoalLights
from bridge.surface.paint_method import MethodLights, RestingLights, WayLights
from bridge.surface.paint_queue import PageLights, QueueLights, SectionLights, SongLights, by_place
from bridge.surface.paint_spent import SpentLights
from bridge.surface.paint_texts import Texts

_MARGIN = 0.001
"""Seconds after a change at which it is looked at again: clocks and sleeps are not exact."""


class Renderer:
    """Paints one layout on one profile. Pure: the caches only remember what was asked before."""

    def __init__(self, board: Board) -> None:
        self._bar, self._progress = CountdownBar(board), ProgressLights(board)
        self._spent, self._texts = SpentLights(board), Texts(board)
        self._daws, self._method = DawLights(board), MethodLights(board)
        self._paints = (
            QueueLights(board).paint, ActionLights(board).paint, SongLights(board).paint,
            PageLights(board).paint, AlbumLights(board).paint, GoalLights(board).paint,
            SectionLights(board).paint, self._bar.paint, self._progress.paint, self._spent.paint,
            GoalBars(board).paint, self._method.paint, WayLights(board).paint,
            RestingLights(board).paint,
        )  # fmt: skip
        self._refused = board.layout.styles("refused")["light"].look("#FF0000")
        self._lit = frozenset(spot.name for spots in board.lights.values() for spot in spots)
        self._fault = _fault(board)

    def frame(
        self,
        view: View,
        page: int = 0,
        refused: Collection[str] = (),
        *,
        fault: bool = False,
        daws: Sequence[str] = (),
    ) -> Frame:
        """Return the picture of `view` with the queue at `page` (from 0).

        ``refused`` are controls that blink; one without a bound light is passed over. ``daws`` is how
        each DAW's link stands.
        """
        looks: dict[str, Look] = {}
        for paint in self._paints:
            paint(view, page, looks)
        self._daws.paint(daws, looks)
        if fault:
            looks.update(self._fault)
        for control in refused:
            if control in self._lit:
                looks[control] = self._refused
        return Frame(looks, self._texts.paint(view, page, fault=fault))

    def next_change(self, view: View) -> float | None:
        """Return the seconds until the picture changes without any fact, None if it never does."""
        parts = (self._bar, self._progress, self._spent, self._texts, self._method)
        asked = (part.next_change(view) for part in parts)
        return min((seconds + _MARGIN for seconds in asked if seconds is not None), default=None)


def _fault(board: Board) -> dict[str, Look]:
    """Return what is laid over the countdown, or without one over everything, during a fault."""
    styles = board.layout.styles("fault")
    bar = board.lights.get("countdown")
    names = (
        by_place(bar) if bar else tuple(s.name for spots in board.lights.values() for s in spots)
    )
    return {
        name: styles["even" if index % 2 else "odd"].look("#FF0000")
        for index, name in enumerate(name for name in names if name)
    }
