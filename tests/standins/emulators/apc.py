"""Akai's second APC mini and APC Key 25, with their habit of losing what comes too fast."""

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
class Model:
    """Where a model's lights are, and what both its ports answer."""

    pads: range
    red: range
    green: range
    identity: bytes


APC_MINI = Model(PADS, RED, GREEN, IDENTITY)
APC_KEY_25 = Model(
    range(40),
    range(64, 72),
    range(82, 87),
    bytes.fromhex("F0 7E 00 06 02 47 4E 00 19 05 22 00 00 7F 00 00 00 00 F7"),
)


@dataclass(frozen=True)
class Lit:
    """What a light shows: a pad's palette number and percent, or a lamp's on and blinking."""

    effect: Effect = "off"
    colour: int = 0
    percent: int = 0


OFF = Lit()


class ApcMiniMk2:
    """Its Control port: it takes 20 messages without a pause of a millisecond, and loses the others."""

    def __init__(
        self, most_at_once: int = MOST_AT_ONCE, gap: float = GAP, model: Model = APC_MINI
    ) -> None:
        self._most, self._gap, self._model = most_at_once, gap, model
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
            return [self._model.identity]
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
        model = self._model
        if number in model.pads:
            self._lit[number] = _pad(behaviour, value)
        elif (number in model.red or number in model.green) and behaviour == 0:
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


class ApcMk2OtherPort:
    """The port that isn't ours (Notes, Keys): it says the same about itself, and lights nothing."""

    def __init__(self, model: Model = APC_MINI) -> None:
        self._model = model
        self.power_cycle()

    def power_cycle(self) -> None:
        """Forget everything."""
        self.ignored = 0

    def press(self, number: int) -> list[bytes]:
        """What it sends when a key is played, or a pad in drum mode."""
        return [bytes((NOTE_ON, number, 100))]

    def release(self, number: int) -> list[bytes]:
        """What it sends when the finger leaves."""
        return [bytes((NOTE_OFF, number, 0))]

    def receive(self, data: bytes, at: float) -> list[bytes]:  # noqa: ARG002 - it has no limit of speed
        """Take one message."""
        if data == IDENTITY_REQUEST:
            return [self._model.identity]
        self.ignored += 1
        return []
