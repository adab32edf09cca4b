"""The colours of DJ TechTools' Midi Fighters: the Twister's wheel of hues, the 3D's blocks of twelve.

Of the wheel, the numbers of nine hues are known (read in the Twister's open firmware; its order was
measured by another), and those between are between; it has no white. Of the blocks, which are what
a 3D with newer firmware and the Spectra take, two programs agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from bridge.surface.colour import BLACK, Rgb

HUES: Mapping[int, Rgb] = {
    1: (0x00, 0x00, 0xFF),  # blue
    22: (0x00, 0xFF, 0xFF),  # cyan
    43: (0x00, 0xFF, 0x00),  # green
    64: (0xFF, 0xFF, 0x00),  # yellow
    75: (0xFF, 0x80, 0x00),  # orange
    85: (0xFF, 0x00, 0x00),  # red
    96: (0xFF, 0x00, 0x80),  # pink
    107: (0xFF, 0x00, 0xFF),  # magenta
    115: (0x9F, 0x00, 0xFF),  # purple
}
"""Numbers on the Twister's wheel."""

BLOCKS: Mapping[int, Rgb] = {
    13: (0xFF, 0x00, 0x00),  # red
    25: (0xFF, 0x80, 0x00),  # orange
    37: (0xFF, 0xFF, 0x00),  # yellow
    49: (0x80, 0xFF, 0x00),  # lime
    61: (0x00, 0xFF, 0x00),  # green
    73: (0x00, 0xFF, 0xFF),  # cyan
    85: (0x00, 0x00, 0xFF),  # blue
    97: (0x9F, 0x00, 0xFF),  # purple
    109: (0xFF, 0x00, 0x80),  # pink
    121: (0xFF, 0xFF, 0xFF),  # white
}
"""Velocities of the Midi Fighter 3D; 6 more is the same colour, dim, but for white."""


def wheel() -> list[Rgb]:
    """Return the Twister's colours by number; what is beyond the known hues is black."""
    entries, anchors = [BLACK] * 128, sorted(HUES.items())
    for (first, one), (last, other) in pairwise(anchors):
        for number in range(first, last + 1):
            entries[number] = _between(one, other, (number - first) / (last - first))
    return entries


def blocks() -> list[Rgb]:
    """Return the 3D's bright colours by velocity; all other velocities are black."""
    return [BLOCKS.get(velocity, BLACK) for velocity in range(128)]


def _between(one: Rgb, other: Rgb, part: float) -> Rgb:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return red, green, blue
