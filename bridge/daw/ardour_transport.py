"""What Ardour's feedback says of transport, recording and session.

On each change Ardour repeats all of ``/transport_play``, ``/rewind`` and ``/ffwd``, often twice,
with 0 or 1 as int (6) or float (7 on). When a surface is taken away it "wipes": texts of one blank,
values of 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.daw.words import one_line

if TYPE_CHECKING:
    from bridge.messages import Osc, OscArg

TRANSPORT = ("/transport_play", "/rewind", "/ffwd", "/rec_enable_toggle", "/record_tally")
SESSION = "/session_name"


class Transport:
    """What was heard last; ``session`` is empty until Ardour has told the name."""

    __slots__ = ("_lit", "session")

    def __init__(self) -> None:
        self.session = ""
        self._lit = dict.fromkeys(TRANSPORT, False)

    def hear(self, message: Osc) -> None:
        """Take in one message of any shape."""
        value = message.args[0] if message.args else None
        if message.address in self._lit:
            self._lit[message.address] = _on(value)
        elif message.address == SESSION and isinstance(value, str) and value.strip():
            self.session = one_line(value)

    @property
    def rolling(self) -> bool:
        """Whether the playhead moves, at any speed, in either direction."""
        lit = self._lit
        return lit["/transport_play"] or lit["/rewind"] or lit["/ffwd"]

    @property
    def recording(self) -> bool:
        """Whether a take runs. The tally alone says only that some track is armed."""
        lit = self._lit
        return self.rolling and lit["/rec_enable_toggle"] and lit["/record_tally"]


def _on(value: OscArg) -> bool:
    return isinstance(value, int | float) and value == 1
