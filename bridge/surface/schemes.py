"""Schemes: the sets of controls that layouts require and profiles provide, by name.

Helgobox's virtual elements gave the idea: a layout survives a change of controller because it asks
for ``grid8x8`` and not for a device. A profile may have any controls beside its schemes.
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
    "grid4x4": _grid(4, 4),
    "side8": _row("side", 8),
    "nav4": ("up", "down", "left", "right"),
    "transport": ("play", "stop", "record", "forward", "rewind"),
    "keys7": _row("key", 7),
    "encoders8": _row("encoder", 8),
    "faders8": _row("fader", 8),
}
"""The controls that send something, by scheme; rows and columns count from the top left."""

DISPLAYS: Mapping[str, Names] = {
    "strips8": tuple(f"strip.{n}.{line}" for n in range(1, 9) for line in ("upper", "lower")),
    "timecode": ("timecode",),
}
"""The text displays, by scheme."""
