"""An NI Maschine Mikro MK3, which belongs to MIDI or to Maschine, and tells when it is back."""

from __future__ import annotations

from dataclasses import dataclass

from tests.standins.emulators.device import (
    CONTROL_CHANGE,
    NOTE_OFF,
    NOTE_ON,
    is_channel_message,
)

BACK = bytes.fromhex("F0 00 21 09 17 00 4D 50 00 01 46 01 F7")
PADS = range(60, 76)
WHITE = 17
LAMPS = frozenset({*range(34, 41), *range(44, 47), *range(48, 60), *range(80, 87), *range(88, 93)})


@dataclass(frozen=True)
class Lit:
    """What a pad shows: a hue from 1 to 17, and a brightness from 0 to 3."""

    hue: int = 0
    brightness: int = 0


OFF = Lit()


class MaschineMikroMk3:
    """Powers on in MIDI mode. A pad flashes white under the finger and is dark when it is let go."""

    def __init__(self) -> None:
        self.power_cycle()

    def power_cycle(self) -> None:
        """Forget everything."""
        self.midi = True
        self.ignored = 0
        self._pads: dict[int, Lit] = {}
        self._lamps: set[int] = set()

    def pad(self, note: int) -> Lit:
        """What the pad with this note shows; nothing of ours while it belongs to Maschine."""
        return self._pads.get(note, OFF)

    def lamp(self, number: int) -> bool:
        """Whether the button with this control change is lit."""
        return number in self._lamps

    def switch(self, *, midi: bool) -> list[bytes]:
        """What it sends when its owner changes the mode: word of coming back, none of going."""
        back, self.midi = midi and not self.midi, midi
        self._pads.clear()
        self._lamps.clear()
        return [BACK] if back else []

    def press(self, number: int) -> list[bytes]:
        """What it sends when the pad with this note, or the button with this change, goes down."""
        if not self.midi:
            return []
        if number not in PADS:
            return [bytes((CONTROL_CHANGE, number, 127))]
        self._pads[number] = Lit(WHITE, 3)
        return [bytes((NOTE_ON, number, 93))]

    def release(self, number: int) -> list[bytes]:
        """What it sends when the finger leaves."""
        if not self.midi:
            return []
        if number not in PADS:
            return [bytes((CONTROL_CHANGE, number, 0))]
        self._pads[number] = OFF
        return [bytes((NOTE_OFF, number, 0))]

    def receive(self, data: bytes, at: float) -> list[bytes]:  # noqa: ARG002 - it has no limit of speed
        """Take one message; in Maschine mode, none."""
        if not self.midi or not self._light(data):
            self.ignored += 1
        return []

    def _light(self, data: bytes) -> bool:
        if not is_channel_message(data):
            return False
        status, number, value = data
        if status == NOTE_ON and number in PADS and value >> 2 <= WHITE:
            self._pads[number] = Lit(value >> 2, value & 3) if value >> 2 else OFF
            return True
        if status == CONTROL_CHANGE and number in LAMPS and value in {0, 127}:
            (self._lamps.add if value else self._lamps.discard)(number)
            return True
        return False
