"""The set of the stand-in for Ableton Live: what a user sees, and the colours that Live has."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bridge.messages import OscArg

QUANTA = (0, 32, 16, 8, 4, 2, 4 / 3, 1, 2 / 3, 0.5, 1 / 3, 0.25, 1 / 6, 0.125)
"""Beats of Song.clip_trigger_quantization in 4/4."""
_COLOURS = """
FF94A6 FFA529 CC9927 F7F47C BFFB00 1AFF2F 25FFA8 5CFFE8 8BC5FF 5480E4 92A7FF D86CE4 E553A0 FFFFFF
FF3636 F66C03 99724B FFF034 87FF67 3DC300 00BFAF 19E9FF 10A4EE 007DC0 886CE4 B677C6 FF39D4 D0D0D0
E2675A FFA374 D3AD71 EDFFAE D2E498 BAD074 9BC48D D4FDE1 CDF1F8 B9C1E3 CDBBE4 AE98E5 E5DCE1 A9A9A9
C6928B B78256 99836A BFBA69 A6BE00 7DB04D 88C2BA 9BB3C4 85A5C2 8393CC A595B5 BF9FBE BC7196 7B7B7B
AF3333 A95131 724F41 DBC300 85961F 539F31 0A9C8E 236384 1A2F96 2F52A2 624BAD A34BAD CC2E6E 3C3C3C
"""
PALETTE = [int(colour, 16) for colour in _COLOURS.split()]
"""Live's colours in the order of their indexes, five rows of fourteen."""


def nearest(colour: int) -> int:
    """Return the palette's colour that Live takes for `colour`."""

    def far(other: int) -> int:
        return sum(((colour >> s & 255) - (other >> s & 255)) ** 2 for s in (16, 8, 0))

    return min(PALETTE, key=far)


@dataclass
class Locator:
    """One cue point; ``time`` in beats."""

    name: str
    time: float


@dataclass
class Track:
    """One track; ``colour`` as 0x00RRGGBB."""

    name: str
    colour: int = 0x10A4EE
    slots: list[Clip | None] = field(default_factory=list)


@dataclass
class Clip:
    """One clip in a slot of its track."""

    name: str
    colour: int = 0x10A4EE


@dataclass
class Scene:
    """One scene; ``colour`` None is none, which only a scene can have."""

    name: str
    colour: int | None = None


@dataclass
class LiveSet:
    """What undo takes back."""

    locators: list[Locator] = field(default_factory=list)
    tracks: list[Track] = field(default_factory=list)
    scenes: list[Scene] = field(default_factory=list)


def mismatch(what: str, *args: object) -> str:
    """Return what Boost says about arguments of a wrong type."""
    types = ", ".join(type(arg).__name__ for arg in args)
    return (
        f"Python argument types in\n    None.None({what}, {types})\ndid not match C++ signature:\n"
    )


def as_wire(value: OscArg) -> OscArg:
    """Return a number as it arrives: floats have 32 bits."""
    if type(value) is float:
        return float(struct.unpack(">f", struct.pack(">f", value))[0])
    return value
