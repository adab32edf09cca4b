"""Akai's first APC mini and APC Key 25: each light's value is its colour and whether it blinks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from tests.standins.emulators.device import (
    IDENTITY_REQUEST,
    NOTE_OFF,
    NOTE_ON,
    is_channel_message,
)

Colour: TypeAlias = Literal["off", "green", "red", "yellow"]


@dataclass(frozen=True)
class Lit:
    """What a light shows."""

    colour: Colour = "off"
    blinks: bool = False


OFF = Lit()
_PAD: tuple[Lit, ...] = (
    OFF,
    *(Lit(colour, blinks) for colour in ("green", "red", "yellow") for blinks in (False, True)),
)


@dataclass(frozen=True)
class Model:
    """Where a model's lights are, and what it answers."""

    pads: range
    red: range
    green: range
    family: int


APC_MINI = Model(range(64), range(64, 72), range(82, 90), 0x28)
APC_KEY_25 = Model(range(40), range(64, 72), range(82, 87), 0x27)


class ApcMk1:
    """Takes note-ons on channel 1 with the values that a light knows; all else it ignores."""

    def __init__(self, model: Model = APC_MINI) -> None:
        self._model = model
        self.power_cycle()

    def power_cycle(self) -> None:
        """Forget everything."""
        self.ignored = 0
        self._lit: dict[int, Lit] = {}

    def lit(self, number: int) -> Lit:
        """What the light with this note number shows."""
        return self._lit.get(number, OFF)

    def press(self, number: int) -> list[bytes]:
        """What it sends when a pad or button goes down."""
        return [bytes((NOTE_ON, number, 127))]

    def release(self, number: int) -> list[bytes]:
        """What it sends when the finger leaves."""
        return [bytes((NOTE_OFF, number, 127))]

    def receive(self, data: bytes, at: float) -> list[bytes]:  # noqa: ARG002 - it has no limit of speed
        """Take one message."""
        if data == IDENTITY_REQUEST:
            body = bytes((0x47, self._model.family, 0x00, 0x19, 1, 0, 0, 0))
            return [b"\xf0\x7e\x00\x06\x02" + body + b"\xf7"]
        shown = self._values(data[1]) if is_channel_message(data) and data[0] == NOTE_ON else ()
        if shown and data[2] < len(shown):
            self._lit[data[1]] = shown[data[2]]
        else:
            self.ignored += 1
        return []

    def _values(self, number: int) -> tuple[Lit, ...]:
        """Return what each value makes this light show; nothing where there is no light."""
        if number in self._model.pads:
            return _PAD
        if number in self._model.red:
            return OFF, Lit("red"), Lit("red", blinks=True)
        if number in self._model.green:
            return OFF, Lit("green"), Lit("green", blinks=True)
        return ()
