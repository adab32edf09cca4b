"""What every emulated device is, and what any MIDI device answers. Pure: bytes and instants in."""

from __future__ import annotations

from typing import Protocol

IDENTITY_REQUEST = bytes.fromhex("F0 7E 7F 06 01 F7")
NOTE_OFF, NOTE_ON, CONTROL_CHANGE = 0x80, 0x90, 0xB0


class Device(Protocol):
    """A controller as its cable sees it: complete messages in, complete messages out."""

    def receive(self, data: bytes, at: float) -> list[bytes]:
        """Take one message that arrived at the instant `at` (seconds); return what it answers."""
        ...

    def power_cycle(self) -> None:
        """Unplug and plug in again: everything it was told is gone."""
        ...


def is_sysex(data: bytes) -> bool:
    """Tell whether this is one whole system exclusive message."""
    return len(data) > 2 and data[0] == 0xF0 and data[-1] == 0xF7 and max(data[1:-1]) < 0x80


def is_channel_message(data: bytes) -> bool:
    """Tell whether this is one whole note or control change."""
    return len(data) == 3 and data[0] & 0xF0 in {0x80, 0x90, 0xB0} and max(data[1:]) < 0x80
