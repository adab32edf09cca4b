"""An Akai APC mini mk2 on its Control port, with its habit of losing what comes too fast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from tests.standins.emulators.device import (
    IDENTITY_REQUEST,
    NOTE_OFF,
    NOTE_ON,
    is_channel_message,
)

IDENTITY = bytes.fromhex("F0 7E 00 06 02 47 4F 00 19 05 21 00 00 7F 00 00 00 00 F7")
PADS = range(64)
RED, GREEN = range(100, 108), range(112, 120)
MOST_AT_ONCE = 20
GAP = 0.001

Effect: TypeAlias = Literal["off", "solid", "pulse", "blink"]
_SOLID = (10, 25, 50, 65, 75, 90, 100)


@dataclass(frozen=True)
class Lit:
    """What a light shows: a pad's palette number and percent, or a lamp's on and blinking."""

    effect: Effect = "off"
    colour: int = 0
    percent: int = 0


OFF = Lit()


class ApcMiniMk2:
    """Takes 20 messages without a pause of a millisecond; those beyond are lost."""

    def __init__(self, most_at_once: int = MOST_AT_ONCE, gap: float = GAP) -> None:
        self._most, self._gap = most_at_once, gap
        self.power_cycle()

    def power_cycle(self) -> None:
        """Forget everything."""
        self.lost = 0
        self._lit: dict[int, Lit] = {}
        self._count, self._pause_over = 0, 0.0

    def lit(self, number: int) -> Lit:
        """What the light with this note number shows."""
        return self._lit.get(number, OFF)

    def press(self, number: int) -> list[bytes]:
        """What it sends when a pad or button goes down."""
        return [bytes((NOTE_ON, number, 127))]

    def release(self, number: int) -> list[bytes]:
        """What it sends when the finger leaves."""
        return [bytes((NOTE_OFF, number, 0))]

    def receive(self, data: bytes, at: float) -> list[bytes]:
        """Take one message, unless it comes too fast."""
        if self._flooded(at):
            self.lost += 1
            return []
        if data == IDENTITY_REQUEST:
            return [IDENTITY]
        if is_channel_message(data) and data[0] & 0xF0 in {NOTE_ON, NOTE_OFF}:
            self._light(data)
        return []

    def _flooded(self, at: float) -> bool:
        if at >= self._pause_over:
            self._count = 0
        self._count += 1
        self._pause_over = at + self._gap
        return self._count > self._most

    def _light(self, data: bytes) -> None:
        status, number, value = data
        behaviour = status & 0x0F
        if status & 0xF0 == NOTE_OFF:
            value = 0
        if number in PADS:
            self._lit[number] = _pad(behaviour, value)
        elif (number in RED or number in GREEN) and behaviour == 0:
            self._lit[number] = _lamp(value)


def _pad(behaviour: int, colour: int) -> Lit:
    if not colour:
        return OFF
    if behaviour < len(_SOLID):
        return Lit("solid", colour, _SOLID[behaviour])
    return Lit("pulse" if behaviour < 11 else "blink", colour, 100)


def _lamp(value: int) -> Lit:
    if value == 0:
        return OFF
    return Lit("blink" if value == 2 else "solid", 0, 100)
