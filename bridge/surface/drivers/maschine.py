"""NI's Maschine Mikro MK3 in MIDI mode: a note-on's velocity is hue and brightness of a pad.

``hue << 2 | brightness``: hues 1 to 16 around the circle and 17, white; brightness 0 to 3; 0 is off.
The buttons' lamps take control changes, 127 and 0. Nothing blinks by itself. Sources: Bitwig's
extension and r00tman's driver.
"""

from __future__ import annotations

from collections.abc import Sequence

from bridge.messages import Look
from bridge.surface.colour import clamped, parsed
from bridge.surface.drivers.cells import Cell
from bridge.surface.drivers.degrade import is_dark
from bridge.surface.drivers.mono import Mono
from bridge.surface.drivers.single import status_of
from bridge.surface.palettes import Palette
from bridge.surface.profile import Control

_BRIGHTEST, _OFF = 3, 0


class Maschine(Mono):
    """The driver, with the hues of one model. A running pad is bright where one that waits is dim."""

    def __init__(self, palette: Palette) -> None:
        self._nearest = palette.nearest

    def light(self, control: Control, look: Look) -> Sequence[Cell]:
        """Return the pad's note-on, or the lamp's control change."""
        light = control.light
        if light.kind != "palette":
            return super().light(control, look)
        status = status_of(light)
        return ((status << 8 | light.number, bytes((status, light.number, self._value(look)))),)

    def _value(self, look: Look) -> int:
        if is_dark(look):
            return _OFF
        return self._nearest(parsed(look.colour)) << 2 | round(clamped(look.level) * _BRIGHTEST)
