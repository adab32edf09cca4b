"""Which layers are active: those whose control is held, and those that were switched on. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bridge.surface.layers import BASE_ONLY
from bridge.surface.layout import Layer
from bridge.surface.profile import Edge


class Switches:
    """The state of the switches of `layers`; the first of them has index 1, as on a sheet."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._layers = layers
        self._held: dict[str, int] = {}
        self._on: set[int] = set()

    @property
    def active(self) -> frozenset[int]:
        """The indices of the layers that are active."""
        return frozenset((*self._held.values(), *self._on)) or BASE_ONLY

    def feed(self, edge: Edge, index: int) -> None:
        """Take what the control of the layer with that index did.

        A release that gets lost leaves a layer held until its control is pressed and let go again.
        """
        if self._layers[index - 1].how == "toggle":
            if edge.what == "down":
                self._on ^= {index}
        elif edge.what == "down":
            self._held[edge.control] = index
        elif edge.what == "up":
            self._held.pop(edge.control, None)

    def let_go(self) -> None:
        """Nothing is held any more; what was switched on stays so."""
        self._held.clear()

    def resume(self, before: Switches) -> bool:
        """Have those on that were on until now, where the layers are the same; False: they are not."""
        if before._layers != self._layers:
            return False
        self._on = before._on
        return True
