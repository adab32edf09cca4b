"""DJ TechTools' Midi Fighter Twister and 3D: both recolour what is pressed by themselves."""

from __future__ import annotations

from dataclasses import dataclass

from tests.standins.emulators.device import (
    CONTROL_CHANGE,
    IDENTITY_REQUEST,
    NOTE_OFF,
    NOTE_ON,
    is_channel_message,
)

TWISTER_IDENTITY = bytes.fromhex("F0 7E 7F 06 02 00 01 79 05 00 01 00 20 16 02 18 F7")
FIGHTER_IDENTITY = bytes.fromhex("F0 7E 7F 06 02 00 01 79 03 00 01 00 20 14 01 01 F7")
ACTIVE, INACTIVE = 127, 0
KNOBS = range(64)
"""Sixteen in each of four banks."""
PADS = range(36, 100)


@dataclass(frozen=True)
class Lit:
    """What a light shows: its colour's number, and ``solid`` in percent, ``strobe`` or ``pulse``."""

    colour: int = 0
    effect: str = "solid"
    percent: int = 100


class Twister:
    """Colours by control change on channel 2, movement on 3, rings on 1; rings are positions."""

    def __init__(self) -> None:
        self.power_cycle()

    def power_cycle(self) -> None:
        """Forget everything: knobs light up in the colour that is configured, number 0."""
        self.ignored = 0
        self.rings: dict[int, int] = {}
        self._colours: dict[int, int] = {}
        self._moves: dict[int, int] = {}

    def lit(self, knob: int) -> Lit:
        """What knob `knob` (from 0) shows below its ring."""
        colour, move = self._colours.get(knob, INACTIVE), self._moves.get(knob, 0)
        if move in range(1, 9):
            return Lit(colour, "strobe")
        if move in range(9, 17):
            return Lit(colour, "pulse")
        return Lit(colour, "solid", round((move - 17) * 100 / 30) if move in range(17, 48) else 100)

    def press(self, number: int) -> list[bytes]:
        """What it sends when a knob is pushed; it is lit in its active colour then."""
        self._colours[number] = ACTIVE
        return [bytes((CONTROL_CHANGE | 1, number, 127))]

    def release(self, number: int) -> list[bytes]:
        """What it sends when it is let go, lit in its inactive colour."""
        self._colours[number] = INACTIVE
        return [bytes((CONTROL_CHANGE | 1, number, 0))]

    def turn(self, knob: int, steps: int) -> list[bytes]:
        """Turn knob `knob` (from 0) from where its ring stands; it stops at both ends."""
        self.rings[knob] = min(127, max(0, self.rings.get(knob, 0) + steps))
        return [bytes((CONTROL_CHANGE, knob, self.rings[knob]))]

    def receive(self, data: bytes, at: float) -> list[bytes]:  # noqa: ARG002 - it has no limit of speed
        """Take one message."""
        if data == IDENTITY_REQUEST:
            return [TWISTER_IDENTITY]
        tables = (self.rings, self._colours, self._moves)
        known = is_channel_message(data) and data[0] in range(CONTROL_CHANGE, CONTROL_CHANGE + 3)
        if known and data[1] in KNOBS:
            tables[data[0] & 0x0F][data[1]] = data[2]
        else:
            self.ignored += 1
        return []


class MidiFighter3d:
    """Colours by note-on on channel 3, movement by the same note on channel 4."""

    def __init__(self) -> None:
        self.power_cycle()

    def power_cycle(self) -> None:
        """Forget everything."""
        self.ignored = 0
        self.bank = 0
        self._colours: dict[int, int] = {}
        self._moves: dict[int, int] = {}

    def lit(self, note: int) -> Lit:
        """What the pad with this note shows."""
        colour, move = self._colours.get(note, 0), self._moves.get(note, 0)
        if move in range(34, 42):
            return Lit(colour, "strobe")
        if move in range(42, 50):
            return Lit(colour, "pulse")
        return Lit(colour, "solid", round((move - 18) * 100 / 15) if move in range(18, 34) else 100)

    def press(self, number: int) -> list[bytes]:
        """What it sends when a pad goes down: the note, and a control change that mirrors it."""
        self._colours[number] = ACTIVE
        return [bytes((NOTE_ON | 2, number, 127)), bytes((CONTROL_CHANGE | 3, number, 127))]

    def release(self, number: int) -> list[bytes]:
        """What it sends when the finger leaves."""
        self._colours[number] = INACTIVE
        return [bytes((NOTE_OFF | 2, number, 127)), bytes((CONTROL_CHANGE | 3, number, 0))]

    def receive(self, data: bytes, at: float) -> list[bytes]:  # noqa: ARG002 - it has no limit of speed
        """Take one message."""
        if data == IDENTITY_REQUEST:
            return [FIGHTER_IDENTITY]
        if not is_channel_message(data) or data[0] & 0xF0 != NOTE_ON:
            self.ignored += 1
        elif data[0] == NOTE_ON | 3 and data[1] < 4:
            self.bank = data[1]
        elif data[0] & 0x0F in (2, 3) and data[1] in PADS:
            (self._colours if data[0] & 0x0F == 2 else self._moves)[data[1]] = data[2]
        else:
            self.ignored += 1
        return []
