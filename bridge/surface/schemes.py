"""Schemes: the sets of controls that layouts require and profiles provide, by name.

Helgobox's virtual elements gave the idea: a layout survives a change of controller because it asks
for ``grid8x8`` and not for a device. A profile may have any controls beside its schemes; layouts
bind those optionally, by name. A grid is told by its whole shape: 5 rows of 8 pads are ``grid5x8``
and not ``grid2x8`` as well, so that a layout can say where its rows are.

``grid8x8``   Launchpads, Push, APC mini         ``grid4x16``  Fire
``grid5x8``   APC Key 25                         ``grid2x8``   two rows of buttons or pads
``grid4x4``   sixteen pads, or knobs to push     ``grid2x4``   eight pads
``side8``, ``side5``         a button at the end of each row
``nav4``                     four arrows
``encoders8``, ``encoders16`` knobs, endless or not, from the left and from the top
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Names: TypeAlias = tuple[str, ...]


def _grid(rows: int, columns: int) -> Names:
    return tuple(f"pad.{r}.{c}" for r in range(1, rows + 1) for c in range(1, columns + 1))


def _row(name: str, count: int) -> Names:
    return tuple(f"{name}.{n}" for n in range(1, count + 1))


CONTROLS: Mapping[str, Names] = {
    "grid8x8": _grid(8, 8),
    "grid4x16": _grid(4, 16),
    "grid5x8": _grid(5, 8),
    "grid2x8": _grid(2, 8),
    "grid4x4": _grid(4, 4),
    "grid2x4": _grid(2, 4),
    "side8": _row("side", 8),
    "side5": _row("side", 5),
    "nav4": ("up", "down", "left", "right"),
    "transport": ("play", "stop", "record", "forward", "rewind"),
    "keys7": _row("key", 7),
    "encoders8": _row("encoder", 8),
    "encoders16": _row("encoder", 16),
    "faders8": _row("fader", 8),
}
"""The controls that send something, by scheme; rows and columns count from the top left."""

DISPLAYS: Mapping[str, Names] = {
    "strips8": tuple(f"strip.{n}.{line}" for n in range(1, 9) for line in ("upper", "lower")),
    "timecode": ("timecode",),
}
"""The text displays, by scheme."""
