"""Novation's Launch Control XL: one SysEx for all lamps, ``HEADER 78 template {lamp value}* F7``.

Lamps are 0 to 47: knobs, track focus, track control, the side, the arrows; values are those of
`drivers.bicolour`. The template is the first factory one, 8, which the profile's session chooses.
What blinks is switched by the host. Sources: DrivenByMoss, launchpad.py, Ardour.
"""

from __future__ import annotations

from collections.abc import Sequence

from bridge.errors import Invalid
from bridge.messages import Effect, Look
from bridge.surface.drivers import bicolour
from bridge.surface.drivers.cells import Cell, Parcel
from bridge.surface.drivers.degrade import is_dark
from bridge.surface.drivers.single import Single
from bridge.surface.profile import Control, Profile

_LIGHT_UP, _TEMPLATE = 0x78, 8
_END = b"\xf7"


class NovationLcxl(Single):
    """The driver. A cell is a lamp and its value.

    Raises:
        Invalid: the profile has no ``leds.header``.

    """

    def __init__(self, profile: Profile) -> None:
        if not profile.leds.header:
            raise Invalid(
                f"{profile.id}: leds.header is missing: the driver novation_lcxl needs the SysEx "
                "header F0 00 20 29 02 11"
            )
        self._begin = profile.leds.header + bytes((_LIGHT_UP, _TEMPLATE))
        self._batch = max(1, profile.leds.pace.batch)

    def light(self, control: Control, look: Look) -> Sequence[Cell]:
        """Return the lamp and its value."""
        if control.light.kind == "none":
            return ()
        lamp = control.light.number
        return ((lamp, bytes((lamp, bicolour.value(look)))),)

    def pack(self, cells: Sequence[Cell]) -> list[Parcel]:
        """Return one SysEx for each `batch` of lamps."""
        parts = (cells[n : n + self._batch] for n in range(0, len(cells), self._batch))
        return [
            Parcel(
                tuple(lamp for lamp, _ in part),
                b"".join((self._begin, *(pair for _, pair in part), _END)),
            )
            for part in parts
        ]

    def needs_host_blink(self, control: Control, look: Look) -> bool:
        """Return True for what blinks."""
        lit = control.light.kind != "none" and not is_dark(look)
        return lit and look.effect is Effect.BLINK
