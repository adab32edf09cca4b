"""Novation's Launchpad MK2: one SysEx for all colours of a frame, and one for each light that moves.

``HEADER 0B {led r g b}* F7`` sets colours with channels from 0 to 63, at most 80 of them;
``HEADER 23 00 led colour F7`` lets a light flash between what it shows and a palette colour,
``HEADER 28 00 led colour F7`` pulse. ``led`` is the note; in the top row the control change, 104 to
111. Source: Novation's Programmer's Reference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bridge.errors import Invalid
from bridge.messages import Colour, Effect, Look
from bridge.surface.colour import dimmed, parsed
from bridge.surface.drivers.cells import Cell, Parcel
from bridge.surface.drivers.degrade import is_dark
from bridge.surface.drivers.lettering import running
from bridge.surface.drivers.running import MOST, Run, seconds
from bridge.surface.drivers.single import Single
from bridge.surface.palettes import Palette
from bridge.surface.profile import Control, Profile

_RGB, _FLASH, _PULSE, _TEXT = 0x0B, 0x23, 0x28, 0x14
_FULL = 63
_END = b"\xf7"
_ONCE, _SPEED = 0, 7
_PADS_A_SECOND = 5.0
"""What the fastest of the seven speeds is surely above: no source tells. Lights told again too late
were there anyway; told too early, they would be lost under the text."""


class NovationMk2(Single):
    """The driver. A cell is the command and what it says of one light.

    Raises:
        Invalid: the profile has no ``leds.header``.

    """

    def __init__(self, profile: Profile, palette: Palette) -> None:
        self._header = profile.leds.header
        if not self._header:
            raise Invalid(
                f"{profile.id}: leds.header is missing: the driver novation_mk2 needs the SysEx "
                "header F0 00 20 29 02 18"
            )
        self._batch = max(1, profile.leds.pace.batch)
        self._nearest = palette.nearest

    def light(self, control: Control, look: Look) -> Sequence[Cell]:
        """Return the light's cell; what moves is in the nearest palette colour, at full level."""
        if control.light.kind == "none":
            return ()
        led = control.light.number
        return ((led, self._cell(led, look)),)

    def _cell(self, led: int, look: Look) -> bytes:
        if is_dark(look):
            return _dark(led)
        if look.effect is Effect.SOLID:
            return bytes((_RGB, led, *dimmed(look.colour, look.level, _FULL)))
        command = _FLASH if look.effect is Effect.BLINK else _PULSE
        return bytes((command, 0, led, self._nearest(parsed(look.colour))))

    def pack(self, cells: Sequence[Cell]) -> list[Parcel]:
        """Return the messages for a device of which nothing is known."""
        return self.pack_over(cells, {})

    def pack_over(self, cells: Sequence[Cell], told: Mapping[int, bytes]) -> list[Parcel]:
        """Return colours first, then what moves; what shall move and isn't dark is darkened first.

        For a light flashes between its new colour and what it showed before.
        """
        still = [cell for cell in cells if cell[1][0] == _RGB]
        moving = [cell for cell in cells if cell[1][0] != _RGB]
        darkened = [led for led, _ in moving if told.get(led) != _dark(led)]
        colours = [Parcel((led,), cell[1:]) for led, cell in still]
        colours += [Parcel((), _dark(led)[1:]) for led in darkened]
        parcels = [self._together(colours[n : n + self._batch])
                   for n in range(0, len(colours), self._batch)]  # fmt: skip
        return parcels + [Parcel((led,), self._header + cell + _END) for led, cell in moving]

    def _together(self, colours: Sequence[Parcel]) -> Parcel:
        data = b"".join((self._header, bytes((_RGB,)), *(one.data for one in colours), _END))
        return Parcel(tuple(led for one in colours for led in one.addresses), data)

    def scroll(self, text: str, colour: Colour) -> Run:
        """Return ``HEADER 14 colour once speed text F7``; what the lights were told is told again."""
        letters = running(text, MOST)
        start = bytes((_TEXT, self._nearest(parsed(colour)), _ONCE, _SPEED))
        message = self._header + start + letters + _END
        return Run((message,), seconds(len(letters), _PADS_A_SECOND), tell_again=True)

    def end_scroll(self) -> tuple[bytes, ...]:
        """Return ``HEADER 14 F7``, an empty text."""
        return (self._header + bytes((_TEXT,)) + _END,)


def _dark(led: int) -> bytes:
    return bytes((_RGB, led, 0, 0, 0))
