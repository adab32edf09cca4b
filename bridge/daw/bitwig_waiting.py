"""What is sent to Bitwig, how long it takes, and what waits for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridge.daw.bitwig_mirror import LARGEST_BANK
from bridge.daw.words import one_line
from bridge.messages import Osc

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bridge.messages import Colour

REFRESH = Osc("/refresh")
"""Send everything (OSCParser.java)."""

STOP = Osc("/play", (0,))
"""Stop; ``/stop`` would go back to the beginning when it has stopped already (OSCParser.java)."""

ACTIONS = tuple(str(number) for number in range(1, 21))
"""The actions that the user assigns in the controller's settings."""

PATIENCE = 1.5
"""Seconds to wait for feedback; Bitwig sends it when a change is drawn, some hundredths later."""

DUMP = 5.0
"""Seconds to wait for what ``/refresh`` brings: packets of 100 messages, 10 ms apart."""

LOOK = 5.0
"""Seconds between two refreshes at least, and while Bitwig is looked for."""

BREATH = 0.1
"""Seconds between one marker and the next."""

PROOF = 25
"""Markers that may be sent on without a sign that Bitwig is still there, when its bank is full."""

MOST_WAITING = 512
"""Markers and actions that may wait."""

MOST_TRACKS = 64
"""Tracks whose newest colour may wait."""

NAME = "Songbridge"
"""Of a marker whose cue has no name: it shows only among what was lost."""
NEVER, LATER = float("-inf"), float("inf")


_PAIR = 2


@dataclass(frozen=True, slots=True)
class News:
    """An action that waits; ``marker`` False: nothing comes of it that could be told."""

    name: str
    action: Osc
    at: float
    marker: bool = True


@dataclass(slots=True)
class Marking:
    """The marker that was asked for. ``before`` is None when nothing was known to compare with."""

    name: str
    since: float
    before: tuple[tuple[int, str], ...] | None
    due: float


@dataclass(slots=True)
class Colouring:
    """A track that is to take a colour, or its own one ``back``; ``number`` 0: not sent yet."""

    colour: str
    since: float
    due: float
    back: bool = False
    number: int = 0


class Originals:
    """The colour of each track before ours, and ours: ``kept`` has both as one text, by name."""

    __slots__ = ("kept",)

    def __init__(self) -> None:
        self.kept: Mapping[str, str] = {}

    def recall(self, kept: Mapping[str, str]) -> None:
        """Know again what was kept; what is no pair of colours is passed over."""
        right = [(one_line(track), how) for track, how in kept.items() if len(how.split()) == _PAIR]
        self.kept = dict(right[:LARGEST_BANK])

    def note(self, track: str, before: str, ours: str) -> None:
        """Note a track's own colour: the one of before, unless that is ours already."""
        own = self.own(track) if self.is_ours(track, before) else before
        if track in self.kept or len(self.kept) < LARGEST_BANK:
            self.kept = {**self.kept, track: f"{own} {ours}"}

    def own(self, track: str) -> str:
        """Return a track's own colour, empty where none was noted."""
        return self.kept[track].split()[0] if track in self.kept else ""

    def is_ours(self, track: str, colour: str) -> bool:
        """Tell whether a track's colour is the one that it got from us last."""
        return track in self.kept and self.kept[track].split()[1] == colour

    def forget(self, track: str) -> None:
        """Take note that a track has its own colour back."""
        self.kept = {one: how for one, how in self.kept.items() if one != track}


def rgb(colour: Colour) -> str:
    """Return ``#RRGGBB`` as Bitwig's OSC takes it: one space in it, and it is ignored."""
    red, green, blue = bytes.fromhex(colour[1:])
    return f"rgb({red},{green},{blue})"
