"""What REAPER's transport does, from the feedback of its buttons and from its web interface."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from bridge.daw.transport import UNKNOWN, Transport

if TYPE_CHECKING:
    from bridge.daw.reaper_script import Rolling
    from bridge.messages import Osc

Way: TypeAlias = Literal["osc", "web"]

WANTED = ("/play", "/stop", "/record", "/pause")
"""Their feedback is 1 or 0, as a float on the wire; sent when it changes (Default.ReaperOSC)."""


class ReaperTransport:
    """``now`` is what is known. Whichever way tells last is right; without any, nothing is known."""

    __slots__ = ("_pressed", "_ways", "now")

    def __init__(self) -> None:
        self.now: Transport = UNKNOWN
        self._ways: frozenset[Way] = frozenset()
        self._pressed: dict[str, bool] = {}

    @property
    def rolling(self) -> bool:
        """Whether it is known to play or record: then silence must not be taken for good news."""
        return bool(self.now.playing or self.now.recording)

    def hear(self, message: Osc) -> None:
        """Take the feedback of a button; anything else is passed over."""
        value = message.args[0] if message.args else None
        if message.address not in WANTED or not isinstance(value, int | float):
            return
        on = value == 1
        self._ways |= {"osc"}
        self._pressed[message.address] = on
        if message.address == "/stop" and on:
            self._pressed.update({"/play": False, "/record": False, "/pause": False})
        self.now = self._from_buttons()

    def poll(self, rolling: Rolling) -> None:
        """Take what the web interface says."""
        self._ways |= {"web"}
        self._pressed.clear()
        self.now = Transport(playing=rolling.playing, recording=rolling.recording)

    def told_by(self, way: Way) -> bool:
        """Tell whether that way has told something, and was not lost since."""
        return way in self._ways

    def lose(self, way: Way) -> None:
        """Note that a way tells nothing more."""
        self._ways -= {way}
        if not self._ways:
            self._pressed.clear()
            self.now = UNKNOWN

    def _from_buttons(self) -> Transport:
        """Return what the buttons mean together; what none of them told stays as it was."""
        pressed, before = self._pressed, self.now
        recording = pressed.get("/record", before.recording)
        playing = pressed.get("/play", before.playing)
        if pressed.get("/pause"):
            playing = False
        elif recording:
            playing = True
        return Transport(playing=playing, recording=recording)
