"""The method as lights: ways out of a rut, what is said in passing, ears that rest, rounds, songs at rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from bridge.core import rut, time_off
from bridge.core.method import Way
from bridge.core.model import TimerState
from bridge.surface.paint_album import song_colours

if TYPE_CHECKING:
    from bridge.core.model import Studio
    from bridge.core.view import View
    from bridge.messages import Colour, Look
    from bridge.surface.layout import Board, Spot
    from bridge.surface.roles import Styles

WAY_COLOURS: Mapping[Way, Colour] = MappingProxyType(
    {
        "break": "#8000FF", "small": "#00FF00", "prep": "#2EC4B6", "song": "#FF6090",
        "feed": "#FFE000", "off": "#FFFFFF",
    }
)  # fmt: skip
"""The colour of each way out: their order changes with what helped, their colours never do."""


def open_ways(view: View) -> tuple[Way, ...]:
    """Return what ``rut 1`` and so on take now: what was offered last, else what is open."""
    return view.studio.method.rut.offered or rut.ways(view.studio, view.settings)


def rut_state(view: View) -> str:
    """Return the state of the role ``rut``."""
    now = view.studio.method.rut
    if now.trying is not None:
        return "trying"
    if now.offered:
        return "offered"
    return "signs" if rut.told_today(view.studio, view.settings, view.at) else "quiet"


def rest_state(view: View) -> str:
    """Return the state of the role ``rest``."""
    sitting = view.studio.sitting
    if view.studio.timer.state is TimerState.BREAK:
        return "active"
    return "due" if sitting is not None and sitting.ears.due else "ready"


def nudge_state(view: View) -> str:
    """Return the state of the role ``nudge``: what is of this hour pulses, and time off is no news."""
    if view.is_off:
        return "quiet"
    if rest_state(view) == "due" or rut_state(view) == "signs":
        return "pressing"
    return "said" if view.nudges else "quiet"


def round_state(view: View) -> str:
    """Return the state of the role ``round``."""
    task = view.studio.current
    if task is None:
        return "none"
    return "again" if task.rounds else "first"


_State: TypeAlias = Callable[["View"], str]
_SINGLE: Mapping[str, _State] = {
    "rut": rut_state, "rest": rest_state, "nudge": nudge_state, "round": round_state,
}  # fmt: skip


class MethodLights:
    """The lights that show one thing each, wherever they stand."""

    def __init__(self, board: Board) -> None:
        self._cells = [
            (state, spot.name, _looks(board.layout.styles(role), spot))
            for role, state in _SINGLE.items()
            for spot in board.lights.get(role, ())
        ]

    def paint(self, view: View, _page: int, looks: dict[str, Look]) -> None:
        """Add the looks."""
        for state, name, styles in self._cells:
            looks[name] = styles[state(view)]

    def next_change(self, view: View) -> float | None:
        """Return the seconds until these lights look different without a fact, None if they never do.

        What was told today is not told tomorrow, and time off ends.
        """
        if not self._cells:
            return None
        off, days = time_off.now(view.studio, view.at), view.settings.days
        if off is not None:
            return off.until - view.at
        if not rut.told_today(view.studio, view.settings, view.at):
            return None
        return days.begins(days.day(view.at) + timedelta(days=1)) - view.at


class WayLights:
    """One light for each way out of a rut, in the order in which they are offered."""

    def __init__(self, board: Board) -> None:
        self._styles = board.layout.styles("way")
        self._spots = board.lights.get("way", ())
        self._seen: tuple[Studio | None, tuple[Way, ...]] = (None, ())

    def paint(self, view: View, _page: int, looks: dict[str, Look]) -> None:
        """Add the looks; the ways are looked for once for each state of the studio."""
        if not self._spots:
            return
        if self._seen[0] is not view.studio:
            self._seen = view.studio, open_ways(view)
        ways = self._seen[1]
        for spot in self._spots:
            way = ways[spot.place - 1] if spot.place <= len(ways) else None
            state = "vacant" if way is None else _way_state(view, way)
            looks[spot.name] = self._styles[state].look(WAY_COLOURS[way] if way else "#FFFFFF")


def _way_state(view: View, way: Way) -> str:
    known = view.studio.method.rut
    if known.trying == way:
        return "trying"
    if known.helped.get(way):
        return "helped"
    return "offered" if known.offered else "open"


class RestingLights:
    """One light for each song that rests, in its own colour."""

    def __init__(self, board: Board) -> None:
        self._styles = board.layout.styles("resting")
        self._spots = board.lights.get("resting", ())

    def paint(self, view: View, _page: int, looks: dict[str, Look]) -> None:
        """Add the looks; a place without a song is vacant."""
        if not self._spots:
            return
        songs, colours = view.resting, song_colours(view.studio.songs)
        for spot in self._spots:
            song = songs[spot.place - 1] if spot.place <= len(songs) else None
            style = self._styles["vacant" if song is None else "resting"]
            looks[spot.name] = style.look("#FFFFFF" if song is None else colours[song.id])


def _looks(styles: Styles, spot: Spot) -> dict[str, Look]:
    return {state: style.look(spot.bind.colour) for state, style in styles.items()}
