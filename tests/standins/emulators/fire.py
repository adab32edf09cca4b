"""An Akai Fire: pads by SysEx, lamps by control changes; notes light nothing."""

from __future__ import annotations

from typing import TypeAlias

from tests.standins.emulators.device import (
    CONTROL_CHANGE,
    NOTE_OFF,
    NOTE_ON,
    is_channel_message,
    is_sysex,
)

HEADER = bytes.fromhex("F0 47 7F 43")
PADS = 64
FIRST_PAD = 54
ROWS = range(40, 44)
BANKS = 27
LAMPS = frozenset({*range(31, 40), *ROWS, *range(44, 54), BANKS})
_MOST, _BANK_BASE = 4, 0x10

Rgb7: TypeAlias = tuple[int, int, int]
BLACK: Rgb7 = (0, 0, 0)


class Fire:
    """Answers no identity request, and takes the whole grid in one message."""

    def __init__(self) -> None:
        self.power_cycle()

    def power_cycle(self) -> None:
        """Forget everything."""
        self.ignored = 0
        self._pads: dict[int, Rgb7] = {}
        self._lamps: dict[int, int] = {}

    def pad(self, row: int, column: int) -> Rgb7:
        """What the pad shows, counted from 1 at the top left: red, green, blue from 0 to 127."""
        return self._pads.get(16 * (row - 1) + column - 1, BLACK)

    def lamp(self, number: int) -> int:
        """The value of the lamp with this control change: 0 is off."""
        return self._lamps.get(number, 0)

    def banks(self) -> int:
        """How many of the four bank lamps are lit."""
        return (self.lamp(BANKS) & 0x0F).bit_count()

    def press(self, number: int) -> list[bytes]:
        """What it sends when the pad or button with this note goes down."""
        return [bytes((NOTE_ON, number, 93 if number >= FIRST_PAD else 127))]

    def release(self, number: int) -> list[bytes]:
        """What it sends when the finger leaves."""
        return [bytes((NOTE_OFF, number, 0))]

    def turn(self, number: int, clicks: int) -> list[bytes]:
        """What it sends when the knob with this control change is turned."""
        return [bytes((CONTROL_CHANGE, number, clicks & 0x7F))]

    def receive(self, data: bytes, at: float) -> list[bytes]:  # noqa: ARG002 - it has no limit of speed
        """Take one message."""
        if not (self._lights(data) or self._light(data)):
            self.ignored += 1
        return []

    def _lights(self, data: bytes) -> bool:
        """Take the colours of some pads; a wrong length or pad spoils the whole message."""
        if not is_sysex(data) or not data.startswith(HEADER + b"\x65"):
            return False
        (high, low), body = data[5:7], data[7:-1]
        specs = [body[at : at + 4] for at in range(0, len(body), 4)]
        if high << 7 | low != len(body) or len(body) % 4 or any(s[0] >= PADS for s in specs):
            return False
        self._pads |= {pad: (red, green, blue) for pad, red, green, blue in specs}
        return True

    def _light(self, data: bytes) -> bool:
        if not is_channel_message(data) or data[0] != CONTROL_CHANGE or data[1] not in LAMPS:
            return False
        _, number, value = data
        fits = value >> 4 == _BANK_BASE >> 4 if number == BANKS else value <= _MOST
        if fits:
            self._lamps[number] = value
        return fits
