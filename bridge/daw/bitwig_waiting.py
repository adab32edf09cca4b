"""What is sent to Bitwig, how long it takes, and what waits for it."""

from __future__ import annotations

from dataclasses import dataclass

from bridge.messages import Osc

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
"""Tracks, clips and scenes whose newest colour may wait."""

NAME = "Songbridge"
"""Of a marker whose cue has no name: it shows only among what was lost."""
NEVER, LATER = float("-inf"), float("inf")


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
