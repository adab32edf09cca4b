"""Arturia's BeatStep and MiniLab mkII: one SysEx a light, with a handful of colours.

``HEADER 10 light colour F7``; which colours there are stands in the profile (``[led.lamps.NAME]``).
There is no dim value and nothing blinks by itself, so what runs and what ran over is the host's to
blink. Sources: Ableton Live's scripts, DrivenByMoss, and those who measured.
"""

from __future__ import annotations

from collections.abc import Sequence

from bridge.errors import Invalid
from bridge.messages import Look
from bridge.surface.drivers.cells import Cell
from bridge.surface.drivers.enumerated import Enumerated, Values
from bridge.surface.profile import Control, Profile

_COLOUR = 0x10


class Arturia(Enumerated):
    """The driver, with the header and colours of one model.

    Raises:
        Invalid: the profile has no ``leds.header``; without it another model would stay dark.

    """

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile.leds.lamps)
        if not profile.leds.header:
            raise Invalid(
                f"{profile.id}: leds.header is missing: the driver arturia needs the SysEx header of "
                "the model, F0 00 20 6B 7F 42 02 00 for the BeatStep and the MiniLab mkII"
            )
        self._begin = profile.leds.header + bytes((_COLOUR,))
        self._colours = {name: Values(table) for name, table in profile.leds.lamps.items()}

    def light(self, control: Control, look: Look) -> Sequence[Cell]:
        """Return the light's message."""
        light = control.light
        if light.lamps not in self._colours:
            return ()
        value = self._colours[light.lamps].of(look)
        return ((light.number, self._begin + bytes((light.number, value, 0xF7))),)
