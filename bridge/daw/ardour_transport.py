"""What Ardour's feedback says of transport, recording and session.

On each change Ardour repeats all of ``/transport_play``, ``/rewind`` and ``/ffwd``, often twice,
with 0 or 1 as int or float. When a surface is taken away it "wipes": texts of one blank, values of
0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.daw.transport import Transport
from bridge.daw.words import one_line

if TYPE_CHECKING:
    from bridge.messages import Osc

PLAY, REWIND, FORWARD = "/transport_play", "/rewind", "/ffwd"
ENABLED, TALLY = "/rec_enable_toggle", "/record_tally"
LAMPS = (PLAY, REWIND, FORWARD, ENABLED, TALLY)
SESSION = "/session_name"


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

        A take needs all three: rolling, recording switched on, and a track that is armed.
        """
        lit = self._lit
        if PLAY not in lit:
            return Transport()
        playing = any(lit.get(lamp) for lamp in (PLAY, REWIND, FORWARD))
        taking = bool(lit.get(ENABLED) and lit.get(TALLY))
        return Transport(playing, recording=playing and taking)
