"""Behringer's X-Touch (a Mackie Control with colours) and the X-Touch Mini in both of its modes."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.standins.emulators.device import (
    CONTROL_CHANGE,
    NOTE_OFF,
    NOTE_ON,
    is_channel_message,
)
from tests.standins.emulators.mackie import HEADER, MackieControl

WHITE = 7
GLOBAL_CHANNEL = 11
PROGRAM_CHANGE = 0xC0
MODE = 127
FAN = 2


class XTouch(MackieControl):
    """In MC mode. A strip whose colour is black can't be read."""

    def power_cycle(self) -> None:
        """Forget everything."""
        super().power_cycle()
        self.colours = [WHITE] * 8

    def _command(self, data: bytes) -> list[bytes]:
        body = data[len(HEADER) : -1]
        if body[:1] != b"\x72":
            return super()._command(data)
        if len(body) == 9 and max(body[1:]) <= WHITE:
            self.colours = list(body[1:])
        else:
            self.ignored += 1
        return []


@dataclass
class Layer:
    """The lamps and rings of one layer, which show while it is chosen."""

    lamps: dict[int, int] = field(default_factory=dict)
    rings: dict[int, int] = field(default_factory=dict)


class XTouchMini:
    """Wakes up in standard mode on layer A; what it is told on another channel is nothing to it."""

    def __init__(self, channel: int = GLOBAL_CHANNEL) -> None:
        self._channel = channel - 1
        self.power_cycle()

    def power_cycle(self) -> None:
        """Forget everything."""
        self.mc = False
        self.ignored = 0
        self.layers = {"a": Layer(), "b": Layer()}
        self.layer = "a"
        self.behaviour: dict[int, int] = {}
        self._mc = Layer()

    @property
    def _shown(self) -> Layer:
        return self._mc if self.mc else self.layers[self.layer]

    def lamp(self, number: int) -> str:
        """``off``, ``on`` or ``blink``: by the lamp's number, in MC mode the button's note."""
        value = self._shown.lamps.get(number, 0)
        on = 127 if self.mc else 1
        return "off" if value == 0 else "on" if value == on else "blink"

    def ring(self, knob: int) -> tuple[str, int]:
        """How the ring of knob `knob` (from 1) shows it, and how many lights; blinks are 100 more."""
        value = self._shown.rings.get(knob, 0)
        if self.mc:
            return ("dot", "pan", "fan", "spread")[value >> 4], value & 0x0F
        kind = ("single", "pan", "fan", "spread", "trim")[self.behaviour.get(knob, 0)]
        return kind, value if value <= 13 else 100 + value - 13

    def press(self, number: int) -> list[bytes]:
        """Button `number` goes down: in MC mode a note, else the lamp's number of layer A."""
        if self.mc:
            return [bytes((NOTE_ON, number, 127))]
        self._shown.lamps[number] = 1  # all by itself
        return [bytes((NOTE_ON | self._channel, 8 + number, 127))]

    def release(self, number: int) -> list[bytes]:
        """The finger leaves."""
        if self.mc:
            return [bytes((NOTE_ON, number, 0))]
        self._shown.lamps[number] = 0
        return [bytes((NOTE_OFF | self._channel, 8 + number, 0))]

    def choose(self, layer: str) -> list[bytes]:
        """A layer button is pressed in standard mode; the host hears nothing of it."""
        self.layer = layer
        return []

    def turn(self, knob: int, value: int) -> list[bytes]:
        """In standard mode a knob (from 1) tells its position, and its ring follows."""
        self._shown.rings[knob] = 1 + value * 12 // 127
        return [bytes((CONTROL_CHANGE | self._channel, knob, value))]

    def receive(self, data: bytes, at: float) -> list[bytes]:  # noqa: ARG002 - it has no limit of speed
        """Take one message."""
        if data[0] == PROGRAM_CHANGE | self._channel and len(data) == 2:
            self.layer = "b" if data[1] else "a"
        elif not is_channel_message(data) or data[0] & 0xF0 == NOTE_OFF:
            self.ignored += 1
        elif data[0] & 0xF0 == CONTROL_CHANGE and data[1] == MODE:
            self._switch(data)
        elif self.mc:
            self._tell_mc(data)
        elif data[0] & 0x0F == self._channel:
            self._tell(data[0] & 0xF0, data[1], data[2])
        else:
            self.ignored += 1
        return []

    def _switch(self, data: bytes) -> None:
        if data[0] & 0x0F == self._channel:
            self.mc = data[2] == 1

    def _tell(self, kind: int, number: int, value: int) -> None:
        layer = self._shown
        if kind == NOTE_ON and number < 16 and value <= 2:
            layer.lamps[number] = value
        elif kind == CONTROL_CHANGE and number in range(1, 9) and value <= 4:
            self.behaviour[number] = value
        elif kind == CONTROL_CHANGE and number in range(9, 17) and value <= 28:
            layer.rings[number - 8] = value
        else:
            self.ignored += 1

    def _tell_mc(self, data: bytes) -> None:
        status, number, value = data
        if (
            status == NOTE_ON
            and number in {*range(40, 46), *range(84, 96)}
            and value in {0, 1, 127}
        ):
            self._mc.lamps[number] = value
        elif status == CONTROL_CHANGE and number in range(48, 56) and _reachable(value):
            self._mc.rings[number - 47] = value
        else:
            self.ignored += 1


def _reachable(value: int) -> bool:
    """Tell whether Behringer's table has this value of a ring in MC mode."""
    last = (11, 11, 11, 6)
    return value == 0 or (value >> 4 < 4 and 1 <= value & 0x0F <= last[value >> 4])
