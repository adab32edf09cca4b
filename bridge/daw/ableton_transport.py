"""What Live's transport does, as its listeners tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.daw.transport import UNKNOWN, Transport
from bridge.messages import Osc

if TYPE_CHECKING:
    from bridge.messages import OscArg

GET, LISTEN = "/live/song/get/", "/live/song/start_listen/"
LISTENED = ("is_playing", "record_mode", "session_record", "tempo")
STOP = Osc("/live/song/stop_playing")
READS = tuple(Osc(GET + name) for name in LISTENED)
LISTENS = tuple(Osc(LISTEN + name) for name in LISTENED)


class Listened:
    """What was told last; a set that is armed records once it plays."""

    __slots__ = ("_told", "value")

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Know nothing: Live is gone, or another set is loaded."""
        self._told: dict[str, OscArg] = {}
        self.value = UNKNOWN

    def hear(self, message: Osc) -> bool:
        """Take a message; return whether it is about the transport and differs from what was known."""
        name = message.address.removeprefix(GET)
        value = message.args[0] if message.args else None
        if name not in LISTENED or not isinstance(value, float if name == "tempo" else (bool, int)):
            return False
        if self._told.get(name) == value:
            return False
        self._told[name] = value
        self.value = self._transport()
        return True

    def _transport(self) -> Transport:
        playing = self._is_on("is_playing")
        armed = [self._is_on("record_mode"), self._is_on("session_record")]
        tempo = self._told.get("tempo")
        if playing is None or (None in armed and True not in armed):
            recording = None
        else:
            recording = playing and True in armed
        return Transport(playing, recording, tempo if isinstance(tempo, float) else None)

    def _is_on(self, name: str) -> bool | None:
        value = self._told.get(name)
        return None if value is None else bool(value)
