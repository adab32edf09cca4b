"""Novation's MK3 Launchpads (Mini, X, Pro) in programmer mode: one SysEx for a whole frame.

``HEADER 03 {spec}* F7`` with the specs ``00 led colour`` (palette), ``01 led B A`` (flashes between
two palette colours), ``02 led colour`` (pulses) and ``03 led r g b`` (0 to 127). Source: Novation's
Programmer's Reference Manuals; the batch (81 specs, 106 on the Pro) comes from the profile.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from bridge.errors import Invalid
from bridge.messages import Effect, Look
from bridge.surface.colour import dimmed, parsed
from bridge.surface.drivers.cells import Cell, Parcel
from bridge.surface.drivers.degrade import is_dark
from bridge.surface.palettes import Palette
from bridge.surface.profile import Control, Display, Profile

_LIGHT_UP = 0x03
_STATIC, _FLASH, _PULSE, _RGB = 0, 1, 2, 3
_OFF = 0


class NovationMk3:
    """The driver, with the header and batch of one model.

    Raises:
        Invalid: the profile has no ``leds.header``; without it another model would stay dark.

    """

    refresh = 0.0
    together: frozenset[int] = frozenset()

    def __init__(self, profile: Profile, palette: Palette) -> None:
        if not profile.leds.header:
            raise Invalid(
                f"{profile.id}: leds.header is missing: the driver novation_mk3 needs the SysEx "
                "header of the model, F0 00 20 29 02 0D for the Launchpad Mini MK3"
            )
        self._begin = profile.leds.header + bytes((_LIGHT_UP,))
        self._batch = max(1, profile.leds.pace.batch)
        self._nearest = palette.nearest

    def light(self, control: Control, look: Look) -> Sequence[Cell]:
        """Return the light's spec; what moves is in the nearest palette colour, at full level."""
        if control.light.kind == "none":
            return ()
        led = control.light.number
        return ((led, self._spec(led, look)),)

    def _spec(self, led: int, look: Look) -> bytes:
        if is_dark(look):
            return bytes((_STATIC, led, _OFF))  # also ends flashing and pulsing
        if look.effect is Effect.SOLID:
            return bytes((_RGB, led, *dimmed(look.colour, look.level, 127)))
        colour = self._nearest(parsed(look.colour))
        if look.effect is Effect.BLINK:
            return bytes((_FLASH, led, colour, _OFF))
        return bytes((_PULSE, led, colour))

    def text(self, display: Display, text: str) -> Sequence[Cell]:  # noqa: ARG002 - no display
        """Return nothing: there is no display."""
        return ()

    def pack(self, cells: Sequence[Cell]) -> list[Parcel]:
        """Return one SysEx for each `batch` of lights."""
        parcels, rest = [], iter(cells)
        while some := tuple(islice(rest, self._batch)):
            data = b"".join((self._begin, *(spec for _, spec in some), b"\xf7"))
            parcels.append(Parcel(tuple(led for led, _ in some), data))
        return parcels

    def needs_host_blink(self, control: Control, look: Look) -> bool:  # noqa: ARG002 - it can do all
        """Return False: the device flashes and pulses by itself, at 120 bpm or by MIDI clock."""
        return False

    def fades(self, cell: Cell) -> bool:  # noqa: ARG002 - lights stay as they are told
        """Return False."""
        return False
