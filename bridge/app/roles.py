"""What the session needs of the world: ports as roles. Real ones in ``ports``, twins in memory.

No method blocks or raises: a lost port is a state that its owner shows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from bridge.messages import Osc, ToDaw
from bridge.ports.midi_events import DeviceState, Keyboards, MidiState, PortInfo, Wanted
from bridge.ports.midi_thru import ThruState
from bridge.ports.osc_peers import Peer


class Midi(Protocol):
    """All MIDI ports."""

    def want(self, specs: Sequence[Wanted]) -> None:
        """Open these devices as they come and go; those no longer wanted are left and closed."""

    def overhear(self, how: Keyboards) -> None:
        """Hear of keyboards that no controller of ours is that they are played, or don't."""

    def nudge(self, key: str) -> None:
        """Tell a device's output that its source has something new."""

    def ports(self) -> Sequence[PortInfo]:
        """Return what ports there are."""

    def states(self) -> Mapping[str, DeviceState]:
        """Return how each wanted device is."""

    def state(self) -> MidiState:
        """Return how MIDI as a whole is."""

    def thru(self) -> ThruState:
        """Return how the way to the DAW is for what layouts don't use."""


class OscOut(Protocol):
    """Where OSC goes, and whatever else DAWs are sent."""

    def send(self, peer: Peer, data: bytes) -> None:
        """Send an encoded packet to a peer."""

    def reply(self, peer: Peer, message: Osc) -> None:
        """Answer a peer."""

    def cue(self, key: str, message: ToDaw) -> bool:
        """Send a message to the DAW of that key at once; False: it can't have left."""

    def closed(self) -> Collection[str]:
        """Return the keys of DAWs to which nothing can be sent now; the same value where they are."""

    def link_fault(self, key: str) -> str:
        """Return why the way to that DAW can't be opened now, empty when it is open."""

    def nobody_at(self, key: str) -> str:
        """Return that nobody listens where that DAW should be, empty when somebody may."""

    def counts(self) -> dict[str, int]:
        """Return how many messages came in (``received``), and how many of them were what."""
