"""Arturia's BeatStep and MiniLab mkII: pads by SysEx, dark when they are let go, easily flooded."""

from __future__ import annotations

from dataclasses import dataclass

from tests.standins.emulators.device import NOTE_OFF, NOTE_ON, is_sysex

HEADER = bytes.fromhex("F0 00 20 6B 7F 42 02 00")
PADS = range(0x70, 0x80)
MOST_AT_ONCE = 20
GAP = 0.001
_MODE, _NUMBER, _COLOUR = 1, 3, 0x10
_IS_NOTE = 9
_VALUE = len(HEADER) + 2


@dataclass(frozen=True)
class Model:
    """Which colours a model has, on which channel (from 0) it sends, and whether it can be set up."""

    colours: frozenset[int]
    channel: int
    notes: tuple[int, ...]
    set_up: bool


BEATSTEP = Model(frozenset({0, 0x01, 0x10, 0x11}), 3, tuple(range(16)), set_up=True)
"""With a preset of its owner's: its pads send control changes 0 to 15, on channel 4."""
MINILAB = Model(
    frozenset({0, 0x01, 0x04, 0x05, 0x10, 0x11, 0x14, 0x7F}), 9, tuple(range(36, 52)), set_up=False
)


class ArturiaPads:
    """Takes 20 messages without a pause of a millisecond; those beyond are lost."""

    def __init__(self, model: Model = BEATSTEP, most_at_once: int = MOST_AT_ONCE) -> None:
        self._model, self._most = model, most_at_once
        self.power_cycle()

    def power_cycle(self) -> None:
        """Go back to what its owner has set."""
        self.ignored = self.lost = 0
        self._lit: dict[int, int] = {}
        self._modes = dict.fromkeys(PADS, 0 if self._model.set_up else _IS_NOTE)
        self._notes = dict(zip(PADS, self._model.notes, strict=True))
        self._count, self._pause_over = 0, 0.0

    def lit(self, pad: int) -> int:
        """The colour of the pad with this number of its own, 70h to 7Fh; 0 is off."""
        return self._lit.get(pad, 0)

    def press(self, pad: int) -> list[bytes]:
        """What it sends when a pad goes down; it lights up red by itself."""
        self._lit[pad] = 1
        return [self._said(NOTE_ON, pad, 99)]

    def release(self, pad: int) -> list[bytes]:
        """What it sends when the finger leaves; the pad falls dark, whatever it was told."""
        self._lit[pad] = 0
        return [self._said(NOTE_OFF, pad, 0)]

    def _said(self, status: int, pad: int, value: int) -> bytes:
        kind = status if self._modes[pad] == _IS_NOTE else 0xB0
        return bytes((kind | self._model.channel, self._notes[pad], value))

    def receive(self, data: bytes, at: float) -> list[bytes]:
        """Take one message, unless it comes too fast."""
        if self._flooded(at):
            self.lost += 1
        elif not self._taken(data):
            self.ignored += 1
        return []

    def _flooded(self, at: float) -> bool:
        if at >= self._pause_over:
            self._count = 0
        self._count += 1
        self._pause_over = at + GAP
        return self._count > self._most

    def _taken(self, data: bytes) -> bool:
        if not is_sysex(data) or not data.startswith(HEADER) or len(data) != _VALUE + 2:
            return False
        what, pad, value = data[_VALUE - 2 : _VALUE + 1]
        if pad not in PADS:
            return False
        if what == _COLOUR and value in self._model.colours:
            self._lit[pad] = value
        elif what == _MODE and self._model.set_up:
            self._modes[pad] = value
        elif what == _NUMBER and self._model.set_up:
            self._notes[pad] = value
        else:
            return False
        return True
