"""The driver of controllers without lights: it says nothing."""

from __future__ import annotations

from collections.abc import Sequence

from bridge.messages import Look
from bridge.surface.drivers.cells import Cell, Parcel
from bridge.surface.profile import Control, Display


class Dark:
    """No lights, no displays."""

    refresh = 0.0
    together: frozenset[int] = frozenset()

    def light(self, control: Control, look: Look) -> Sequence[Cell]:  # noqa: ARG002 - nothing to light
        """Return nothing."""
        return ()

    def text(self, display: Display, text: str) -> Sequence[Cell]:  # noqa: ARG002 - nothing to write on
        """Return nothing."""
        return ()

    def pack(self, cells: Sequence[Cell]) -> list[Parcel]:  # noqa: ARG002 - there are none
        """Return nothing."""
        return []

    def needs_host_blink(self, control: Control, look: Look) -> bool:  # noqa: ARG002 - no light
        """Return False."""
        return False

    def fades(self, cell: Cell) -> bool:  # noqa: ARG002 - no cell
        """Return False."""
        return False
