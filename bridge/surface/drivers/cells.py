"""What every LED driver is: it turns looks and texts into cells, and cells into messages.

A cell is the smallest thing a device can be told: one light's colour, one character of a display.
It has an address of the driver's own numbering, so the painter can keep a shadow of the whole
device as ``address → bytes`` and send what differs, knowing neither device nor protocol.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias, runtime_checkable

from bridge.messages import Look
from bridge.surface.profile import Control, Display

Cell: TypeAlias = tuple[int, bytes]
"""Where on the device, and what is to be shown there: equal bytes look equal."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One complete MIDI message and the addresses it brings up to date.

    One that `follows` must be sent right behind the one before it, with nothing in between.
    """

    addresses: tuple[int, ...]
    data: bytes
    follows: bool = False


class Driver(Protocol):
    """One family of LED protocols. Pure: no state but tables made from the profile.

    ``refresh`` is the number of seconds after which cells that fade must be told again, since the
    device lets them sink by itself; 0: it never does. ``together`` are the addresses of cells that
    one message tells all at once: `pack` is given all of them or none.
    """

    refresh: float
    together: frozenset[int]

    def light(self, control: Control, look: Look) -> Sequence[Cell]:
        """Return what `control`'s light is told so that it comes nearest to `look`."""
        ...

    def text(self, display: Display, text: str) -> Sequence[Cell]:
        """Return what `display` is told, padded or cut to its width; nothing where it has none."""
        ...

    def pack(self, cells: Sequence[Cell]) -> list[Parcel]:
        """Return as few messages as the protocol allows for these cells, in order if possible."""
        ...

    def needs_host_blink(self, control: Control, look: Look) -> bool:
        """Tell whether this look blinks and the hardware can't do that by itself."""
        ...

    def fades(self, cell: Cell) -> bool:
        """Tell whether the device lets this cell sink by itself (a level meter that isn't at 0)."""
        ...


@runtime_checkable
class PacksOver(Protocol):
    """A driver that must know what the device shows to tell it something else."""

    def pack_over(self, cells: Sequence[Cell], told: Mapping[int, bytes]) -> list[Parcel]:
        """Return as few messages as the protocol allows for these cells over those `told`."""
        ...
