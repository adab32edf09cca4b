"""Lamps that are on or off, by note or control change: 127 and 0. Blinking is the host's work.

The Korg nanoKONTROL2 is one (control changes, on channel 16 in its native mode).
"""

from __future__ import annotations

from collections.abc import Sequence

from bridge.messages import Look
from bridge.surface.drivers.cells import Cell
from bridge.surface.drivers.degrade import is_on
from bridge.surface.drivers.single import Single, blinks, status_of
from bridge.surface.profile import Control


class Mono(Single):
    """One message a lamp, value 127 or 0, on the light's own channel."""

    def light(self, control: Control, look: Look) -> Sequence[Cell]:
        """Return the lamp's message."""
        light = control.light
        if light.kind == "none":
            return ()
        status = status_of(light)
        value = 127 if is_on(look) else 0
        return ((status << 8 | light.number, bytes((status, light.number, value))),)

    def needs_host_blink(self, control: Control, look: Look) -> bool:
        """Return True for everything that blinks: these lamps can't."""
        return blinks(look) and control.light.kind != "none"
