"""Colours as devices need them: parsed, dimmed, and compared as eyes compare.

Distances are taken in OKLab, where equal steps look equal (Björn Ottosson, 2020, "A perceptual
color space for image processing"); in RGB a dim blue lies nearer to black than to blue.
"""

from __future__ import annotations

from functools import lru_cache
from string import hexdigits
from typing import TypeAlias

from bridge.messages import Colour

Rgb: TypeAlias = tuple[int, int, int]
"""Red, green, blue from 0 to 255."""

Lab: TypeAlias = tuple[float, float, float]
"""Lightness 0 to 1, and the axes green to red and blue to yellow, about -0.4 to 0.4."""

BLACK: Rgb = (0, 0, 0)
WHITE: Rgb = (255, 255, 255)

_LENGTH = len("#RRGGBB")
_HEX = frozenset(hexdigits)


def clamped(level: float) -> float:
    """Return `level` held between 0 and 1; what is no number is 0."""
    return min(1.0, max(0.0, level))


@lru_cache(maxsize=256)
def parsed(colour: Colour) -> Rgb:
    """Return the channels of ``"#RRGGBB"``; any other text is white.

    Files and peers are checked before they get here, so that only a defect could bring another one,
    and a light of the wrong colour is better than an output thread that ends.
    """
    digits = colour[1:]
    if len(colour) != _LENGTH or colour[0] != "#" or not _HEX.issuperset(digits):
        return WHITE
    number = int(digits, 16)
    return number >> 16, number >> 8 & 255, number & 255


@lru_cache(maxsize=1024)
def dimmed(colour: Colour, level: float, full: int = 255) -> Rgb:
    """Return the channels of `colour` at `level`, scaled so that a full channel is `full`."""
    red, green, blue = parsed(colour)
    scale = clamped(level) * full / 255
    return round(red * scale), round(green * scale), round(blue * scale)


@lru_cache(maxsize=1024)
def oklab(rgb: Rgb) -> Lab:
    """Return an sRGB colour's place in OKLab."""
    red, green, blue = (_linear(channel / 255) for channel in rgb)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _linear(channel: float) -> float:
    """Undo sRGB's transfer curve (IEC 61966-2-1)."""
    if channel <= 0.04045:  # noqa: PLR2004 - the standard's own corner
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)


_LIGHTNESS = 0.25
"""Lightness counts half (squared): a lamp's brightness is mostly told apart from its colour."""


def apart(one: Rgb, other: Rgb) -> float:
    """Return how far apart two colours look, hue before lightness: squared, for comparing only."""
    a, b = oklab(one), oklab(other)
    return _LIGHTNESS * (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2
