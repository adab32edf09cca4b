"""The ports of DAWs that are told by MIDI: our own ``Songbridge Cues``, or outputs that are named.

Beside our own output is an input of the same name, by which such a DAW tells of its transport.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from bridge.daw.midi_way import CUES
from bridge.ports.midi_inlet import Inlet
from bridge.ports.midi_outlet import Outlet

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from bridge.moment import Moment
    from bridge.ports.midi_api import MidiApi, Port


class Cues:
    """One output for each that is wanted; several DAWs may share one.

    ``hears`` is given what comes in at our own port, on a thread of the MIDI library.

    Threads: `want`, `send` and `fault` on any; `serve`, `lose` and `close` on the watcher's.
    """

    def __init__(self) -> None:
        self._wanted: frozenset[str] = frozenset()
        self._outlets: dict[str, Outlet] = {}
        self._lock = Lock()
        self._inlet = Inlet(CUES, self._heard)
        self.hears: Callable[[bytes, Moment], None] = lambda _data, _at: None

    def want(self, outputs: Collection[str]) -> None:
        """Set which outputs there are to be: patterns of names, empty for our own virtual port."""
        with self._lock:
            self._wanted = frozenset(outputs)
            missing = self._wanted - self._outlets.keys()
            new = {one: Outlet(one or CUES, CUES, "cues") for one in missing}
            self._outlets = self._outlets | new

    def _heard(self, data: bytes, at: Moment) -> None:
        self.hears(data, at)

    def send(self, output: str, data: bytes) -> bool:
        """Send a message, and tell whether it goes; never blocks."""
        outlet = self._outlets.get(output)
        return outlet is not None and outlet.send(data)

    def is_open(self, output: str) -> bool:
        """Tell whether a message would go there now."""
        outlet = self._outlets.get(output)
        return outlet is not None and outlet.open

    def fault(self, output: str) -> str:
        """Return why nothing can be sent there now, or that something was lost; empty: all is well."""
        outlet = self._outlets.get(output)
        if outlet is None or outlet.open:
            return ""
        were = "message was" if outlet.dropped == 1 else "messages were"
        lost = f"; {outlet.dropped} {were} lost so far" if outlet.dropped else ""
        return f"{outlet.why}{lost}"

    def is_far_end(self, name: str) -> bool:
        """Tell whether an input of that normalised name brings back what we send."""
        return any(outlet.is_far_end(name) for outlet in self._outlets.values())

    def serve(self, api: MidiApi, outs: Collection[Port]) -> None:
        """Open what is wanted and isn't open, close what is wanted no more."""
        with self._lock:
            before = self._outlets
            self._outlets = {one: before[one] for one in before if one in self._wanted}
        for one in before.keys() - self._outlets.keys():
            before[one].close()
        for outlet in self._outlets.values():
            outlet.serve(api, outs)
        if "" in self._wanted:
            self._inlet.serve(api)
        else:
            self._inlet.close()

    def lose(self) -> None:
        """Let go of all ports without a word: the MIDI system has ended."""
        self._inlet.lose()
        for outlet in self._outlets.values():
            outlet.lose()

    def close(self) -> None:
        """Close all ports, after what waits is out."""
        self._inlet.close()
        for outlet in self._outlets.values():
            outlet.close()
