"""The fixed palettes of devices, and the nearest entry to a wanted colour. One data file each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from bridge.surface.colour import BLACK, Rgb, apart, parsed
from bridge.surface.palettes import (
    akai_mk2,
    maschine,
    midi_fighter,
    novation_mk2,
    novation_mk3_print,
    push2,
)


class Palette:
    """The colours that a device has, by number. Entries that are black are never the nearest."""

    def __init__(self, entries: Sequence[Rgb]) -> None:
        self.entries = tuple(entries)
        self._lit = [(number, rgb) for number, rgb in enumerate(entries) if rgb != BLACK]
        # A song has a handful of colours at a handful of levels: each is searched once.
        self.nearest = lru_cache(maxsize=1024)(self._nearest)

    def _nearest(self, wanted: Rgb) -> int:
        """Return the number of the entry that looks most like `wanted`; the lowest of equals."""
        return min(self._lit, key=lambda entry: apart(entry[1], wanted))[0]


def _off_paper(swatch: Rgb) -> Rgb:
    """Stretch a printed colour so that unprinted paper is a channel that is off."""
    paper = novation_mk3_print.PAPER
    red, green, blue = (round((channel - paper) * 255 / (255 - paper)) for channel in swatch)
    return red, green, blue


PALETTES: Mapping[str, Palette] = {
    "akai_mk2": Palette([parsed(swatch) for swatch in akai_mk2.SWATCHES]),
    "maschine": Palette([parsed(swatch) for swatch in maschine.SWATCHES]),
    "novation_mk2_6bit": Palette([parsed(swatch) for swatch in novation_mk2.SWATCHES]),
    "novation_mk3_print": Palette(
        [_off_paper(parsed(swatch)) for swatch in novation_mk3_print.SWATCHES]
    ),
    "push2": Palette([parsed(swatch) for swatch in push2.SWATCHES]),
    "twister": Palette(midi_fighter.wheel()),
    "midi_fighter": Palette(midi_fighter.blocks()),
}
"""By the name that a profile's ``leds.palette`` gives."""
