"""What protocols share in which one message tells one light: no text, nothing that fades."""

from __future__ import annotations

from collections.abc import Sequence

from bridge.messages import Effect, Look
from bridge.surface.drivers.cells import Cell, Parcel
from bridge.surface.drivers.degrade import is_dark
from bridge.surface.profile import Control, Display, Light

NOTE_ON = 0x90
CONTROL_CHANGE = 0xB0


def status_of(light: Light) -> int:
    """Return the status byte that reaches this light: note-on or control change on its channel."""
    kind = CONTROL_CHANGE if light.message == "cc" else NOTE_ON
    return kind | (light.channel - 1) & 0x0F


class Single:
    """A base for drivers whose cells are whole messages; they add `light`."""

    refresh = 0.0
    together: frozenset[int] = frozenset()

    def text(self, display: Display, text: str) -> Sequence[Cell]:  # noqa: ARG002 - no display
        """Return nothing: these devices have no text."""
        return ()

    def pack(self, cells: Sequence[Cell]) -> list[Parcel]:
        """Return one message for each cell."""
        return [Parcel((address,), data) for address, data in cells]

    def needs_host_blink(self, control: Control, look: Look) -> bool:
        """Return True where a plain lamp shall blink."""
        return blinks(look) and control.light.kind in {"mono", "ring", "meter"}

    def fades(self, cell: Cell) -> bool:  # noqa: ARG002 - lamps stay as they are told
        """Return False."""
        return False


def blinks(look: Look) -> bool:
    """Tell whether a look asks for blinking and has something to blink."""
    return look.effect is Effect.BLINK and not is_dark(look)
