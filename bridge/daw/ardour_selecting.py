"""How Ardour is told of tracks and colours: the list, a selection, and the Lua actions' numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.daw.words import track_of
from bridge.messages import Osc

if TYPE_CHECKING:
    from bridge.messages import Colour

LIST = Osc("/strip/list")
ROW, SELECTED = "/reply", "/select/name"
END = "end_route_list"

SLOTS: tuple[Colour, ...] = (
    "#3FA7FF", "#C77DFF", "#FFB000",  # the sections that there are unless the user says otherwise
    "#00C853", "#FF1744", "#7B7B7B",  # done, time up, set aside
    "#00CCCC", "#FFFFFF",
)  # fmt: skip
"""What ``LuaAction/script-1`` and so on paint; docs/daws.md tells users the same."""

OWN_SLOT = len(SLOTS) + 1
"""The Lua action that gives all tracks their own colours back."""
OWN_WORD = "own"
"""What that action has in place of a colour."""

MOST_ROWS = 4096


def select(number: int) -> list[Osc]:
    """Return what selects a strip in every version.

    Up to 6.9 the press (1) selects and the release does nothing; from 7.0 on they are swapped.
    """
    return [Osc("/strip/select", (number, 1)), Osc("/strip/select", (number, 0))]


def action(colour: Colour) -> Osc:
    """Return what fires the Lua action whose colour is nearest to `colour`."""
    wanted = _rgb(colour)
    return _slot(1 + min(range(len(SLOTS)), key=lambda n: _distance(_rgb(SLOTS[n]), wanted)))


def give_back() -> Osc:
    """Return what fires the Lua action that gives all tracks their own colours back."""
    return _slot(OWN_SLOT)


def _slot(number: int) -> Osc:
    return Osc("/access_action", (f"LuaAction/script-{number}",))


def take_row(rows: dict[str, int], args: tuple[object, ...]) -> None:
    """Take type, name, inputs, outputs, mute, solo, number; the first of two equal names counts."""
    match args:
        case (str(), str(name), _, _, _, _, int(number), *_) if 0 < number <= MOST_ROWS:
            if len(rows) < MOST_ROWS:
                rows.setdefault(name, number)


def named(track: str, rows: dict[str, int]) -> str:
    """Return Ardour's own spelling of `track`, empty when there is no such track.

    Of ``Bass / Chorus`` it is the track's, for there are no clips that take a colour.
    """
    if track in rows:
        return track
    for wanted in (track.casefold(), track_of(track).casefold()):
        for name in rows:
            if name.casefold() == wanted:
                return name
    return ""


def _rgb(colour: Colour) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _distance(one: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))
