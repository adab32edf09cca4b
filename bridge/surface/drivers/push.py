"""Ableton's Push 1 and 2: colours by palette number, a handful of values for the other lamps, text.

A note-on or control change on the first channel is a colour that stays; on the others it would move,
in time with a MIDI clock only (Ableton's manual of the Push 2: animations advance with the clock
messages of the port in use). Songbridge sends no clock, and a light that should blink and stands
still would be worse than none: so what blinks is told by the host, and what runs is lit in full
among lights that are dim. Push 1's line of text is one message, ``HEADER 18 to 1B 00 45 00`` and 68
characters [Ableton's script, DrivenByMoss].
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from bridge.messages import Colour, Look
from bridge.surface.colour import dimmed
from bridge.surface.drivers.cells import Cell, Parcel
from bridge.surface.drivers.degrade import is_dark
from bridge.surface.drivers.enumerated import Enumerated
from bridge.surface.drivers.lettering import check_end, lcd
from bridge.surface.drivers.single import blinks, status_of
from bridge.surface.palettes import Palette
from bridge.surface.profile import Control, Display, Profile

_OFF = 0
_LCD = 0x10000
"""Addresses from here on are characters, line by line; below, status byte and number."""
LINE = 68
_LINES = 4
_WRITE_LINE = 0x18
_WHOLE_LINE = bytes((0x00, LINE + 1, 0x00))
"""The length of what follows (the place and 68 characters), and the place to begin at."""
_BLANK = b" "


class Push(Enumerated):
    """The driver, with the palette of one model; ``palette`` lights are its pads and RGB buttons.

    The level picks a darker entry of the palette: brightness is the whole device's only.

    Raises:
        Invalid: a display of the profile goes beyond the four lines of 68 characters.

    """

    def __init__(self, profile: Profile, palette: Palette) -> None:
        super().__init__(profile.leds.lamps)
        self._header = profile.leds.header
        self._number = _nearest(palette)
        for display in profile.displays.values():
            check_end(profile, display, _LINES * LINE)
        places = (range(d.offset, d.offset + d.width) for d in profile.displays.values())
        self.together = frozenset(_LCD + place for span in places for place in span)

    def light(self, control: Control, look: Look) -> Sequence[Cell]:
        """Return the light's message."""
        light = control.light
        if light.kind != "palette":
            return super().light(control, look)
        value = _OFF if is_dark(look) else self._number(look.colour, look.level)
        status = status_of(light)
        return ((status << 8 | light.number, bytes((status, light.number, value))),)

    def needs_host_blink(self, control: Control, look: Look) -> bool:
        """Return True for what blinks, and has no value that does."""
        if control.light.kind == "palette":
            return blinks(look)
        return super().needs_host_blink(control, look)

    def text(self, display: Display, text: str) -> Sequence[Cell]:
        """Return the display's characters, each with its place among those of all lines."""
        first = _LCD + display.offset
        codes = lcd(text, display.width)
        return tuple((first + place, bytes((code,))) for place, code in enumerate(codes))

    def pack(self, cells: Sequence[Cell]) -> list[Parcel]:
        """Return a message for each light, and one for each line of text, which is told whole.

        Lines come in the order of their cells: those that changed are the first ones, so that they
        all get there even when there is room for one at a time.
        """
        parcels = super().pack([cell for cell in cells if cell[0] < _LCD])
        letters = {at - _LCD: code for at, code in cells if at >= _LCD}
        lines = dict.fromkeys(place // LINE for place in letters)
        return parcels + [self._line(number, letters) for number in lines]

    def _line(self, number: int, letters: dict[int, bytes]) -> Parcel:
        places = range(number * LINE, (number + 1) * LINE)
        written = b"".join(letters.get(place, _BLANK) for place in places)
        begin = self._header + bytes((_WRITE_LINE + number,)) + _WHOLE_LINE
        addresses = tuple(_LCD + place for place in places if place in letters)
        return Parcel(addresses, begin + written + b"\xf7")


def _nearest(palette: Palette) -> Callable[[Colour, float], int]:
    """Return how a colour at a level becomes the entry that looks most like it, searched once."""

    @lru_cache(maxsize=1024)
    def nearest(colour: Colour, level: float) -> int:
        return palette.nearest(dimmed(colour, level))

    return nearest
