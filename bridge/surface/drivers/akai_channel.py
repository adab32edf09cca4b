"""Akai's APC mini mk2 (and APC Key 25 mk2): the channel of a note-on is the light's behaviour.

Channels from 0: 0 to 6 solid at 10 to 100 %, 7 to 10 pulse, 11 to 15 blink; the velocity is the
palette colour. The red and green lamps beside the pads take 0, 1 (on) and 2 (blinks) on the first
channel. Sources: Bitwig's and Ableton's scripts, helgobox, QLC+ agree.
"""

from __future__ import annotations

from collections.abc import Sequence

from bridge.messages import Effect, Look
from bridge.surface.colour import parsed
from bridge.surface.drivers.cells import Cell
from bridge.surface.drivers.degrade import is_dark, is_on
from bridge.surface.drivers.single import NOTE_ON, Single, blinks
from bridge.surface.palettes import Palette
from bridge.surface.profile import Control

_SOLID = (0.10, 0.25, 0.50, 0.65, 0.75, 0.90, 1.00)
"""The levels of the channels 0 to 6."""
_FULL, _PULSE_QUARTER, _BLINK_QUARTER = 6, 9, 14
_FLOORS = ((0.2, 2), (0.1, 1))
"""The channel that a level is raised to: at 10 and 25 % the pads look off (QLC+ PR #1400)."""
_LAMP_OFF, _LAMP_ON, _LAMP_BLINKS = 0, 1, 2


class AkaiChannel(Single):
    """The driver, with the palette of one model."""

    def __init__(self, palette: Palette) -> None:
        self._nearest = palette.nearest

    def light(self, control: Control, look: Look) -> Sequence[Cell]:
        """Return the light's note-on: in colour for a pad, on or blinking for a lamp."""
        light = control.light
        match light.kind:
            case "none":
                return ()
            case "mono" | "mono-blink":
                return ((light.number, bytes((NOTE_ON, light.number, _lamp(control, look)))),)
            case _:
                return ((light.number, self._pad(light.number, look)),)

    def _pad(self, number: int, look: Look) -> bytes:
        if is_dark(look):
            return bytes((NOTE_ON | _FULL, number, 0))
        return bytes((NOTE_ON | _behaviour(look), number, self._nearest(parsed(look.colour))))


def _behaviour(look: Look) -> int:
    match look.effect:
        case Effect.PULSE:
            return _PULSE_QUARTER
        case Effect.BLINK:
            return _BLINK_QUARTER
        case _:
            step = min(range(len(_SOLID)), key=lambda channel: abs(_SOLID[channel] - look.level))
            return max(step, next((floor for level, floor in _FLOORS if look.level >= level), 0))


def _lamp(control: Control, look: Look) -> int:
    if blinks(look) and control.light.kind == "mono-blink":
        return _LAMP_BLINKS
    return _LAMP_ON if is_on(look) else _LAMP_OFF
