"""A Korg nanoKONTROL2: it lights its buttons itself until native mode hands them to the host."""

from __future__ import annotations

from tests.standins.emulators.device import CONTROL_CHANGE, IDENTITY_REQUEST, is_channel_message

NATIVE_ON = bytes.fromhex("F0 42 40 00 01 13 00 00 00 01 F7")
NATIVE_OFF = bytes.fromhex("F0 42 40 00 01 13 00 00 00 00 F7")
IDENTITY = bytes.fromhex("F0 7E 00 06 02 42 13 01 00 00 03 00 01 00 F7")
LAMPS = frozenset({*range(32, 40), *range(48, 56), *range(64, 72), *range(41, 47)})
"""Solo, mute, record, and the transport; track and marker buttons have no lamp."""


class NanoKontrol2:
    """In its own mode (LED mode INTERNAL) it ignores the host and lights what is pressed."""

    def __init__(self) -> None:
        self.power_cycle()

    def power_cycle(self) -> None:
        """Forget everything."""
        self.native = False
        self.ignored = 0
        self._lit: set[int] = set()

    def lit(self, number: int) -> bool:
        """Whether the lamp of this control change is on."""
        return number in self._lit

    def press(self, number: int) -> list[bytes]:
        """What it sends when a button goes down."""
        return self._touch(number, 127)

    def release(self, number: int) -> list[bytes]:
        """What it sends when the finger leaves."""
        return self._touch(number, 0)

    def _touch(self, number: int, value: int) -> list[bytes]:
        if not self.native:
            self._set(number, value)
        return [bytes((self._status, number, value))]

    @property
    def _status(self) -> int:
        return CONTROL_CHANGE | (15 if self.native else 0)

    def receive(self, data: bytes, at: float) -> list[bytes]:  # noqa: ARG002 - it has no limit of speed
        """Take one message."""
        if data == IDENTITY_REQUEST:
            return [IDENTITY]
        if data in {NATIVE_ON, NATIVE_OFF}:
            self.native = data == NATIVE_ON
            self._lit.clear()
        elif is_channel_message(data) and self.native and data[0] == self._status:
            self._set(data[1], data[2])
        else:
            self.ignored += 1
        return []

    def _set(self, number: int, value: int) -> None:
        if number in LAMPS:
            (self._lit.add if value >= 64 else self._lit.discard)(number)
