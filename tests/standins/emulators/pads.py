"""Pads whose lights no host can reach: Akai's MPD and MPK, Korg's nanoPAD2."""

from __future__ import annotations

from tests.standins.emulators.device import IDENTITY_REQUEST, NOTE_OFF, NOTE_ON

NANOPAD2 = bytes.fromhex("F0 7E 00 06 02 42 12 01 00 00 03 00 01 00 F7")
_PRESSURE = 0xD0


class Pads:
    """Notes with velocity on one channel (from 0); a note-off may have a velocity of its own.

    With ``pressure`` it sends its channel pressure as long as a pad is held.
    """

    def __init__(
        self,
        channel: int,
        *,
        off_velocity: int = 0,
        pressure: bool = False,
        identity: bytes | None = None,
    ) -> None:
        self._channel, self._off_velocity = channel, off_velocity
        self._pressure, self._identity = pressure, identity
        self.power_cycle()

    def power_cycle(self) -> None:
        """Forget everything."""
        self.ignored = 0

    def press(self, number: int) -> list[bytes]:
        """What it sends when a pad goes down."""
        pressure = [bytes((_PRESSURE | self._channel, level)) for level in (30, 70, 40)]
        return [bytes((NOTE_ON | self._channel, number, 76)), *(pressure if self._pressure else ())]

    def release(self, number: int) -> list[bytes]:
        """What it sends when the finger leaves."""
        return [bytes((NOTE_OFF | self._channel, number, self._off_velocity))]

    def receive(self, data: bytes, at: float) -> list[bytes]:  # noqa: ARG002 - it has no limit of speed
        """Take one message, which has no effect."""
        if data == IDENTITY_REQUEST:
            return [self._identity] if self._identity else []
        self.ignored += 1
        return []
