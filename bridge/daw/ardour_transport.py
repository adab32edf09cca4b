"""What Ardour's feedback says of transport, recording, session and markers.

On each change Ardour repeats all of ``/transport_play``, ``/rewind`` and ``/ffwd``, often twice,
with 0 or 1 as int or float. When a surface is taken away it "wipes": texts of one blank, values of
0, all in one go; the session's name is among the first (seen in 7.3).
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from bridge.daw.transport import Transport
from bridge.daw.words import one_line

if TYPE_CHECKING:
    from bridge.messages import Osc

PLAY, REWIND, FORWARD = "/transport_play", "/rewind", "/ffwd"
ENABLED, TALLY = "/rec_enable_toggle", "/record_tally"
LAMPS = (PLAY, REWIND, FORWARD, ENABLED, TALLY)
SESSION = "/session_name"
MOST_MISSING = 64

MARKERS = "/marker"
"""Tells the names of the markers around the playhead, as "A", "-> A", "A <-> B" or "B <-"."""
NO_MARKS = "No Marks"
SLOW = 4.0
"""Seconds at a standstill after which ``/marker`` tells of a new marker (2.1, and a heartbeat)."""


def is_wipe(message: Osc) -> bool:
    """Tell whether Ardour says with this that it tells us nothing more."""
    value = message.args[0] if message.args else None
    return message.address == SESSION and isinstance(value, str) and not value.strip()


class Lamps:
    """The transport's lamps as heard last; ``session`` is empty until its name was told."""

    __slots__ = ("_lit", "session")

    def __init__(self) -> None:
        self.session = ""
        self._lit: dict[str, bool] = {}

    def hear(self, message: Osc) -> None:
        """Take in one message of any shape."""
        value = message.args[0] if message.args else None
        if message.address in LAMPS and isinstance(value, int | float):
            self._lit[message.address] = value == 1
        elif message.address == SESSION and isinstance(value, str) and value.strip():
            self.session = one_line(value)

    @property
    def transport(self) -> Transport:
        """What is known: playing at any speed in either direction, and whether a take runs.

        The tally is lit when recording is switched on, or when a track is armed; whether both are,
        nothing says. Rather a take too many than one that is cut.
        """
        lit = self._lit
        if PLAY not in lit:
            return Transport()
        playing = any(lit.get(lamp) for lamp in (PLAY, REWIND, FORWARD))
        if ENABLED not in lit:  # the lamps come one after the other
            return Transport(playing)
        taking = lit[ENABLED] and lit.get(TALLY, True)
        return Transport(playing, recording=playing and taking)


class Sight:
    """Whether Ardour shows a marker at all after it took ours.

    Ardour 6.0 to 6.5 doesn't know ``/add_marker`` with a name, and makes none without a word. While
    it rolls, ``/marker`` doesn't tell of new ones, so only a standstill proves anything; and nothing
    does in a session that had markers before.
    """

    __slots__ = ("_missing", "_seen", "_still_since", "_text")

    def __init__(self) -> None:
        self._text = ""
        self._still_since = 0.0
        self._missing: deque[str] = deque(maxlen=MOST_MISSING)
        self._seen = False

    def taken(self, name: str, now: float) -> None:
        """Take note that a marker must stand now."""
        self._still_since = now
        if not self._seen:
            self._missing.append(name)

    def hear(self, message: Osc, now: float, *, playing: bool | None) -> None:
        """Take in one message of any shape."""
        if playing:
            self._still_since = now
        value = message.args[0] if message.args else None
        if message.address == MARKERS and isinstance(value, str):
            self._text = value
            if self._missing and value != NO_MARKS:
                self._seen = True
                self._missing.clear()

    def nothing(self, now: float) -> bool:
        """Tell whether it shows none, though it must."""
        return bool(self._missing) and self._text == NO_MARKS and now >= self._still_since + SLOW

    def take_missing(self) -> tuple[str, ...]:
        """Return the markers that must stand and don't; they are not told again."""
        missing = tuple(self._missing)
        self._missing.clear()
        return missing
