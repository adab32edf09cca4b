"""Which of a controller's messages its layout uses: all others go on to the DAW."""

from __future__ import annotations

from bridge.core.status import Json
from bridge.ports.midi_thru import ThruState, Uses
from bridge.surface.surface import Surface


class Passing:
    """Keeps one controller's ``uses`` those of the layout it shows; the MIDI thread reads them.

    Those of the same device's until now, where there are any, go on.
    """

    def __init__(self, surface: Surface, uses: Uses | None = None) -> None:
        self._surface = surface
        self._layout = surface.layout
        self.uses = uses or Uses(clicks=surface.decoder.clicks)
        self.uses.use(self._used())

    def follow(self) -> None:
        """Look whether hands have chosen another layout."""
        if self._surface.layout != self._layout:
            self._layout = self._surface.layout
            self.uses.use(self._used())

    def _used(self) -> frozenset[int]:
        return self._surface.decoder.messages(self._surface.used)


def row(state: ThruState) -> dict[str, Json]:
    """Return how the pass-through is, for `status`."""
    return {
        "name": state.name,
        "state": state.state,
        "detail": state.detail,
        "passed": state.passed,
        "dropped": state.dropped,
        "cut": state.cut,
    }
