"""DJ TechTools' Midi Fighters: one message for a light's colour, another for how it moves.

Twister: the colour is a control change on channel 2 (1 to 115 on a wheel of hues), its brightness
and movement one on channel 3: 1 to 8 strobe, 9 to 16 pulse, each faster than the last, 17 to 47 from
dark to bright. The ring around it is a control change on channel 1, 0 to 127. Sources: the open
firmware, the manual, brbrowning21/midilware's measurement.

3D and Spectra: note-on, the velocity is the colour, six more is dim; on channel 4, the same note:
18 to 33 brightness, 34 to 41 strobe, 42 to 49 pulse. launchpad.py counts the notes of channel 4 from
0; the manual and Mixxx don't, and notes 0 to 3 there switch banks, so theirs stand here.

Both follow a MIDI clock where there is one; without, they move at a pace of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bridge.messages import Effect, Look
from bridge.surface.colour import clamped, parsed
from bridge.surface.drivers.cells import Cell
from bridge.surface.drivers.degrade import LIT, is_dark
from bridge.surface.drivers.single import Single, blinks, status_of
from bridge.surface.palettes import Palette
from bridge.surface.profile import Control, Light

_HIGHEST = 127


@dataclass(frozen=True, slots=True)
class _Moves:
    """The values of a model's second message, and how many channels it is above the colour's."""

    up: int
    dark: int
    bright: int
    strobe: int
    pulse: int

    def of(self, look: Look) -> int:
        """Return the value that a look asks for."""
        if is_dark(look):
            return self.dark
        match look.effect:
            case Effect.BLINK:
                return self.strobe
            case Effect.PULSE:
                return self.pulse
            case _:
                steps = round(clamped(look.level) * (self.bright - self.dark))
                return self.dark + max(1, steps)


TWISTER = _Moves(up=1, dark=17, bright=47, strobe=5, pulse=13)
FIGHTER_3D = _Moves(up=1, dark=18, bright=33, strobe=38, pulse=46)
"""Of the speeds, the middle ones: which is how fast, no source says."""

_DIM = 6
"""What is added to a 3D's velocity for the dim colour."""
_WHITE = 121
"""Has no dim velocity."""


class Twister(Single):
    """Sixteen knobs in hues and sixteen rings; ``ring`` lights are a bar, their level is its length."""

    def __init__(self, palette: Palette) -> None:
        self._nearest = palette.nearest

    def light(self, control: Control, look: Look) -> Sequence[Cell]:
        """Return the ring's message, or the two of a colour; always two, so that both come back."""
        light = control.light
        match light.kind:
            case "none":
                return ()
            case "ring":
                return (_cell(light, 0, _bar(look)),)
            case _:
                return self._colour(light, look)

    def _colour(self, light: Light, look: Look) -> Sequence[Cell]:
        moves = _cell(light, TWISTER.up, TWISTER.of(look))
        if is_dark(look):  # dark first, or it would flash in the colour it has by itself
            return moves, _cell(light, 0, 0)
        return _cell(light, 0, self._nearest(parsed(look.colour))), moves

    def needs_host_blink(self, control: Control, look: Look) -> bool:
        """Return True for a ring that blinks: what it does by itself is on yet another channel."""
        return control.light.kind == "ring" and blinks(look)


class Fighter3d(Single):
    """Sixteen pads in ten colours."""

    def __init__(self, palette: Palette) -> None:
        self._nearest = palette.nearest

    def light(self, control: Control, look: Look) -> Sequence[Cell]:
        """Return the two messages of a colour; always two, so that both come back."""
        light = control.light
        if light.kind == "none":
            return ()
        if is_dark(look):
            return _cell(light, 0, 0), _cell(light, FIGHTER_3D.up, FIGHTER_3D.bright)
        velocity = self._nearest(parsed(look.colour))
        if velocity != _WHITE and look.effect is Effect.SOLID:
            velocity += 0 if look.level >= LIT else _DIM
            return _cell(light, 0, velocity), _cell(light, FIGHTER_3D.up, FIGHTER_3D.bright)
        return _cell(light, 0, velocity), _cell(light, FIGHTER_3D.up, FIGHTER_3D.of(look))

    def needs_host_blink(self, control: Control, look: Look) -> bool:  # noqa: ARG002 - it can do all
        """Return False: the device strobes and pulses by itself."""
        return False


def _cell(light: Light, up: int, value: int) -> Cell:
    status = status_of(light)
    status = status & 0xF0 | (status + up) & 0x0F  # above channel 16 there is none: round it goes
    return status << 8 | light.number, bytes((status, light.number, value))


def _bar(look: Look) -> int:
    """Return a ring's value: 0 when dark, at least one light otherwise."""
    return 0 if is_dark(look) else max(1, round(clamped(look.level) * _HIGHEST))
