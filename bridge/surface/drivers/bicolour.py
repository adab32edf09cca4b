"""The lamps of Novation's first Launchpads and of the Launch Control XL: a red and a green one each.

A byte tells both, at four levels: bits 0 and 1 red, 4 and 5 green, and bits 2 and 3 (copy and clear)
that both of the device's buffers get it. Source: Novation's Programmer's Reference; launchpad.py;
launchy. There is no blue, so that most colours have no near one: what counts is their hue, by which
songs' sections stay apart. Red is for what is red; purple becomes orange, blue green.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import atan2, hypot, pi

from bridge.messages import Colour, Effect, Look
from bridge.surface.colour import clamped, oklab, parsed
from bridge.surface.drivers.degrade import is_dark
from bridge.surface.roles import COLOURS

DARK = 0x00
"""Neither lamp. Without double buffering the other two bits make no difference, and with value 0 it
is a release to whoever hears it on a loop (`surface.echo`)."""

_BOTH_BUFFERS = 0x0C
_FULL = 3
_LEVELS: Mapping[str, tuple[tuple[int, int], ...]] = {
    "red": ((1, 0), (2, 0), (3, 0)),
    "orange": ((2, 1), (3, 1), (3, 2)),
    "amber": ((1, 1), (2, 2), (3, 3)),
    "yellow": ((1, 2), (1, 3), (2, 3)),
    "green": ((0, 1), (0, 2), (0, 3)),
}
"""The lamps red and green at each of three levels, by the colour's name in layouts."""

_GREY = 0.04
"""Chroma in OKLab below which a colour has no hue to speak of; it becomes yellow."""

_NEAR_RED = 40 / 180 * pi
"""How far in hue a colour may be from red to be told as red."""


@lru_cache(maxsize=1024)
def value(look: Look) -> int:
    """Return the byte that comes nearest to `look`; what pulses is lit in full.

    A light that blinks is switched on and off by the host.
    """
    if is_dark(look):
        return DARK
    level = _FULL if look.effect is not Effect.SOLID else round(clamped(look.level) * _FULL)
    red, green = _LEVELS[_name(look.colour)][max(1, level) - 1]
    return green << 4 | _BOTH_BUFFERS | red


def _name(colour: Colour) -> str:
    hue = _hue(colour)
    if hue is None:
        return "yellow"
    away = {name: _between(hue, _hue(COLOURS[name]) or 0.0) for name in _LEVELS}
    if away["red"] > _NEAR_RED:
        del away["red"]
    return min(away, key=away.__getitem__)


def _hue(colour: Colour) -> float | None:
    """Return a colour's angle in OKLab, None for grey and white."""
    _, a, b = oklab(parsed(colour))
    return atan2(b, a) if hypot(a, b) >= _GREY else None


def _between(one: float, other: float) -> float:
    """Return the smaller of the two angles between two angles."""
    return abs((one - other + pi) % (2 * pi) - pi)
