"""The way of OSC feedback out, with an ear at it."""

from __future__ import annotations

from bridge.app.roles import OscOut
from bridge.app.tapping import Taps
from bridge.ports.osc_peers import Peer


class TappedOut:
    """An `OscOut` whose `send` is heard by whoever monitors; all else passes as it is."""

    def __init__(self, out: OscOut, taps: Taps) -> None:
        self._out, self._taps = out, taps
        self.reply, self.cue, self.counts = out.reply, out.cue, out.counts
        self.link_fault, self.nobody_at, self.closed = out.link_fault, out.nobody_at, out.closed

    def send(self, peer: Peer, data: bytes) -> None:
        """Send an encoded packet to a peer."""
        self._out.send(peer, data)
        if self._taps:
            self._taps.feedback(peer, data)
