"""A Launch Control XL: sixteen templates, each with its own channel and its own lamps."""

from __future__ import annotations

from tests.standins.emulators.device import (
    CONTROL_CHANGE,
    IDENTITY_REQUEST,
    NOTE_OFF,
    NOTE_ON,
    is_channel_message,
    is_sysex,
)

HEADER = bytes.fromhex("F0 00 20 29 02 11")
IDENTITY = bytes.fromhex("F0 7E 00 06 02 00 20 29 61 00 00 00 00 01 01 04 F7")
LAMPS = range(48)
FACTORY_1 = 8


class LaunchControlXl:
    """Wakes up on its first user template; changing the template is told, whoever changed it."""

    def __init__(self) -> None:
        self.power_cycle()

    def power_cycle(self) -> None:
        """Forget everything."""
        self.template = 0
        self.ignored = 0
        self._lamps: list[dict[int, int]] = [{} for _ in range(16)]

    def lit(self, lamp: int) -> tuple[int, int]:
        """Red and green from 0 to 3 of the lamp with this number, on the template in use."""
        value = self._lamps[self.template].get(lamp, 0)
        return value & 3, value >> 4 & 3

    def all_lit(self) -> dict[int, tuple[int, int]]:
        """Every lamp that isn't off."""
        return {lamp: lit for lamp in LAMPS if any(lit := self.lit(lamp))}

    def press(self, number: int) -> list[bytes]:
        """What it sends when a button goes down; 1000 is added to control changes."""
        return [bytes((self._status(number), number % 1000, 127))]

    def release(self, number: int) -> list[bytes]:
        """What it sends when the finger leaves: a note-off, or the value 0."""
        status = self._status(number)
        status = status if number >= 1000 else NOTE_OFF | self.template
        return [bytes((status, number % 1000, 0))]

    def turn(self, number: int, value: int) -> list[bytes]:
        """What a knob or fader sends."""
        return [bytes((CONTROL_CHANGE | self.template, number, value))]

    def choose(self, template: int) -> list[bytes]:
        """What it sends when a hand chooses a template; the lamps there are dark."""
        self.template = template
        self._lamps[template].clear()
        return [HEADER + bytes((0x77, template, 0xF7))]

    def _status(self, number: int) -> int:
        return (CONTROL_CHANGE if number >= 1000 else NOTE_ON) | self.template

    def receive(self, data: bytes, at: float) -> list[bytes]:  # noqa: ARG002 - it has no limit of speed
        """Take one message."""
        if data == IDENTITY_REQUEST:
            return [IDENTITY]
        if is_sysex(data) and data.startswith(HEADER):
            return self._command(data[len(HEADER)], data[len(HEADER) + 1 : -1])
        if is_channel_message(data) and data[0] & 0xF0 == CONTROL_CHANGE and data[1:] == b"\0\0":
            self._lamps[data[0] & 0x0F].clear()
        else:
            self.ignored += 1
        return []

    def _command(self, command: int, body: bytes) -> list[bytes]:
        match command:
            case 0x77 if len(body) == 1 and body[0] < 16:
                self.template = body[0]
                return [HEADER + bytes((0x77, body[0], 0xF7))]
            case 0x78 if len(body) >= 3 and len(body) % 2 and body[0] < 16:
                self._lamps[body[0]].update(zip(body[1::2], body[2::2], strict=True))
            case _:
                self.ignored += 1
        return []
