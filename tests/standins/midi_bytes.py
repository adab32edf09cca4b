"""Whether bytes are one complete MIDI message, as the MIDI 1.0 specification has it."""

from __future__ import annotations

_LENGTHS = {0x80: 3, 0x90: 3, 0xA0: 3, 0xB0: 3, 0xC0: 2, 0xD0: 2, 0xE0: 3}
"""By the upper half of a channel message's status byte."""


def is_message(data: bytes) -> bool:
    """Tell whether `data` is one channel message or one SysEx; nothing else belongs to lights."""
    if not data:
        return False
    if data[0] == 0xF0:
        return len(data) > 2 and data[-1] == 0xF7 and all(byte < 0x80 for byte in data[1:-1])
    length = _LENGTHS.get(data[0] & 0xF0)
    return len(data) == length and all(byte < 0x80 for byte in data[1:])
