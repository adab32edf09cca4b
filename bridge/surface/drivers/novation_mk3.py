"""Novation's MK3 Launchpads (Mini, X, Pro) in programmer mode: one SysEx for a whole frame.

``HEADER 03 {spec}* F7`` with the specs ``00 led colour`` (palette), ``01 led B A`` (flashes between
two palette colours), ``02 led colour`` (pulses) and ``03 led r g b`` (0 to 127). Source: Novation's
Programmer's Reference Manuals; the batch (81 specs, 106 on the Pro) comes from the profile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from bridge.errors import Invalid
from bridge.messages import Colour, Effect, Look
from bridge.surface.colour import dimmed, parsed
from bridge.surface.drivers.cells import Cell, Parcel
from bridge.surface.drivers.degrade import is_dark
from bridge.surface.drivers.lettering import running
from bridge.surface.drivers.running import MOST, Run, seconds
from bridge.surface.palettes import Palette
from bridge.surface.profile import Control, Display, Profile

_LIGHT_UP, _TEXT = 0x03, 0x07
_STATIC, _FLASH, _PULSE, _RGB = 0, 1, 2, 3
_OFF = 0
_ONCE = 0
_PADS_A_SECOND = 20
_END = b"\xf7"
_X, _MINI, _PRO = 0x0C, 0x0D, 0x0E
"""The last byte of each model's header."""


class NovationMk3:
    """The driver, with the header and batch of one model.

    Raises:
        Invalid: the profile has no ``leds.header``; without it another model would stay dark.

    """

    refresh = 0.0
    together: frozenset[int] = frozenset()

    def __init__(self, profile: Profile, palette: Palette) -> None:
        self._header = profile.leds.header
        if not self._header:
            raise Invalid(
                f"{profile.id}: leds.header is missing: the driver novation_mk3 needs the SysEx "
                "header of the model, F0 00 20 29 02 0D for the Launchpad Mini MK3"
            )
        self._begin = self._header + bytes((_LIGHT_UP,))
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
            return _dark(led)  # also ends flashing and pulsing
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
            data = b"".join((self._begin, *(spec for _, spec in some), _END))
            parcels.append(Parcel(tuple(led for led, _ in some), data))
        return parcels

    def needs_host_blink(self, control: Control, look: Look) -> bool:  # noqa: ARG002 - it can do all
        """Return False: the device flashes and pulses by itself, at 120 bpm or by MIDI clock."""
        return False

    def fades(self, cell: Cell) -> bool:  # noqa: ARG002 - lights stay as they are told
        """Return False."""
        return False


class ScrollingMk3(NovationMk3):
    """The Mini and the X: they let text run over the pads and the right column.

    What is told meanwhile comes to light when the text has run out or is stopped.
    """

    def scroll(self, text: str, colour: Colour) -> Run:
        """Return ``HEADER 07 once pads/s 01 r g b text F7``."""
        letters = running(text, MOST)
        start = bytes((_TEXT, _ONCE, _PADS_A_SECOND, 1, *dimmed(colour, 1.0, 127)))
        return Run((self._header + start + letters + _END,), seconds(len(letters), _PADS_A_SECOND))

    def end_scroll(self) -> tuple[bytes, ...]:
        """Return ``HEADER 07 F7``."""
        return (self._header + bytes((_TEXT,)) + _END,)


class ProMk3(NovationMk3):
    """The Pro: what flashed or pulsed is said to go on under a new colour, so it is told dark first.

    A light that the device is not known to show at rest is treated as one that moves. How this
    model lets text run nobody tells.
    """

    def pack_over(self, cells: Sequence[Cell], told: Mapping[int, bytes]) -> list[Parcel]:
        """Return as few SysEx as `batch` specs allow, a dark one before those in need of it."""
        parcels: list[Parcel] = []
        specs: list[bytes] = []
        leds: list[int] = []
        for led, spec in cells:
            more = [spec] if _rests(told.get(led)) or spec == _dark(led) else [_dark(led), spec]
            if len(specs) + len(more) > self._batch and specs:
                parcels.append(self._parcel(leds, specs))
                specs, leds = [], []
            specs += more
            leds.append(led)
        return [*parcels, self._parcel(leds, specs)] if leds else parcels

    def _parcel(self, leds: Sequence[int], specs: Sequence[bytes]) -> Parcel:
        return Parcel(tuple(leds), b"".join((self._begin, *specs, _END)))


def mk3(profile: Profile, palette: Palette) -> NovationMk3:
    """Return the driver of the model that the profile's header names. Raises `Invalid`."""
    kinds = {_X: ScrollingMk3, _MINI: ScrollingMk3, _PRO: ProMk3}
    kind = kinds.get(profile.leds.header[-1], NovationMk3) if profile.leds.header else NovationMk3
    return kind(profile, palette)


def _dark(led: int) -> bytes:
    return bytes((_STATIC, led, _OFF))


def _rests(spec: bytes | None) -> bool:
    return spec is not None and spec[0] in (_STATIC, _RGB)
