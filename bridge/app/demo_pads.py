"""A Launchpad on the screen: takes the bytes that a real one takes, and shows what they light.

It knows Novation's programmer mode (Programmer's Reference Manual, "LED lighting SysEx") and takes
numbers, names and palette from the shipped profile: nothing reaches its lights but by bytes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bridge.messages import Effect
from bridge.surface.colour import BLACK, Rgb
from bridge.surface.palettes import PALETTES
from bridge.surface.profile import Control, Profile

BEAT = 0.5
"""Seconds of a beat at 120 bpm, at which the device flashes and pulses by itself."""

_STATIC, _FLASH, _PULSE, _RGB = range(4)
_SIZES = {_STATIC: 3, _FLASH: 4, _PULSE: 3, _RGB: 5}
_LIGHTING, _MODE = 0x03, 0x0E
_FULL = 127
_STATUS = {"note": 0x90, "cc": 0xB0}


@dataclass(frozen=True, slots=True)
class Lit:
    """What one light shows: a colour (0 to 255), and where it blinks to the other."""

    effect: Effect = Effect.OFF
    rgb: Rgb = BLACK
    other: Rgb = BLACK

    def at(self, seconds: float) -> Rgb:
        """Return the colour at an instant of life."""
        beats = seconds / BEAT
        if self.effect is Effect.BLINK:
            return self.rgb if beats % 1 < 0.5 else self.other  # noqa: PLR2004 - half a beat each
        if self.effect is Effect.PULSE:
            swing = 0.65 + 0.35 * math.cos(math.pi * beats)  # down and up again in two beats
            return _scaled(self.rgb, swing)
        return self.rgb


OFF = Lit()


class Pads:
    """The device. ``lights`` is what is lit, by the names of the profile; missing ones are dark."""

    def __init__(self, profile: Profile) -> None:
        self._header = profile.leds.header
        self._palette = PALETTES[profile.leds.palette].entries
        self._controls = profile.controls
        self._names = {
            control.light.number: control.name
            for control in profile.controls.values()
            if control.light.kind != "none"
        }
        self.power_cycle()

    def power_cycle(self) -> None:
        """Begin as out of the box: in Live mode, dark, with nothing remembered."""
        self._programmer = False
        self.lights: dict[str, Lit] = {}

    def __getitem__(self, name: str) -> Lit:
        """Return what the light of that name shows."""
        return self.lights.get(name, OFF)

    @property
    def controls(self) -> Mapping[str, Control]:
        """Everything that can be pressed or lit, by name."""
        return self._controls

    def touch(self, name: str, *, down: bool) -> bytes:
        """Return the bytes of a control that goes down or comes up. Raises KeyError."""
        control = self._controls[name]
        return bytes((_STATUS[control.message], control.number, _FULL if down else 0))

    def receive(self, data: bytes, at: float) -> Sequence[bytes]:  # noqa: ARG002 - it has no limit of speed
        """Take one message."""
        if data.startswith(self._header) and data[-1:] == b"\xf7":
            self._command(data[len(self._header)], data[len(self._header) + 1 : -1])
        return ()

    def _command(self, command: int, body: bytes) -> None:
        if command == _MODE and body:
            if bool(body[0]) != self._programmer:
                self.lights.clear()
            self._programmer = bool(body[0])
        elif command == _LIGHTING and self._programmer:
            for number, lit in self._specs(body):
                if number in self._names:
                    self.lights[self._names[number]] = lit

    def _specs(self, body: bytes) -> Iterator[tuple[int, Lit]]:
        while body:
            size = _SIZES.get(body[0], 0)
            if not size or len(body) < size:
                return
            yield body[1], self._lit(body[0], body[2:size])
            body = body[size:]

    def _lit(self, kind: int, colours: bytes) -> Lit:
        if kind == _RGB:
            rgb = (_wide(colours[0]), _wide(colours[1]), _wide(colours[2]))
            return Lit(Effect.SOLID, rgb) if any(rgb) else OFF
        first = self._palette[colours[0] % len(self._palette)]
        if kind == _PULSE:
            return Lit(Effect.PULSE, first)
        if kind == _FLASH:
            return Lit(Effect.BLINK, first, self._palette[colours[1] % len(self._palette)])
        return Lit(Effect.SOLID, first) if colours[0] else OFF


def _wide(channel: int) -> int:
    """Return a channel of 7 bits in 8."""
    return round(channel * 255 / _FULL)


def _scaled(rgb: Rgb, by: float) -> Rgb:
    return round(rgb[0] * by), round(rgb[1] * by), round(rgb[2] * by)
