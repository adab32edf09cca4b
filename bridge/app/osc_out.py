"""OSC outwards: answers and feedback through the ports, cues through a link for each DAW."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import Protocol

from bridge.daw.links import Links
from bridge.errors import Unavailable
from bridge.messages import MidiOut, ToDaw
from bridge.moment import Moment
from bridge.ports.osc import OscPorts
from bridge.ports.osc_links import Link
from bridge.ports.osc_names import Names
from bridge.ports.osc_wire import encode


class MidiCues(Protocol):
    """The outputs of DAWs that are told by MIDI, by name; empty for our own virtual port."""

    def want(self, outputs: Collection[str]) -> None:
        """Set which there are to be."""

    def send(self, output: str, data: bytes) -> None:
        """Send a message; never blocks."""

    def fault(self, output: str) -> str:
        """Return why nothing can be sent there now, empty when it can."""


class PortsOut:
    """`bridge.app.roles.OscOut` on real ports. A DAW's way that can't be opened is tried again.

    ``names`` finds its host, so that nobody waits for a resolver; call `retry` when it has. Without
    ``midi`` what goes by MIDI is lost.
    """

    def __init__(
        self,
        ports: OscPorts,
        links: Links,
        names: Names | None = None,
        midi: MidiCues | None = None,
    ) -> None:
        self._ports, self._names, self._midi = ports, names or Names(), midi
        self._open: dict[str, Link] = {}
        self._faults: dict[str, str] = {}
        self.send, self.reply = ports.send, ports.reply
        self.relink(links)

    def relink(self, links: Links) -> None:
        """Open a way to every DAW of `links`, and close those to others."""
        for key in self._open.keys() - links.settings.keys():
            self._ports.unlink(key)
        outputs = {key: one.midi.output for key, one in links.settings.items() if one.midi}
        over_osc = (key for key in links.settings if key not in outputs)
        self._open, self._faults, self._links = {}, dict.fromkeys(over_osc, ""), links
        self._outputs = outputs
        if self._midi is not None:
            self._midi.want(frozenset(outputs.values()))
        self._names.forget()
        self.retry()

    def retry(self, _moment: Moment | None = None) -> None:
        """Open what could not be opened before."""
        for key in self._faults.keys() - self._open.keys():
            try:
                self._open[key] = self._way(key)
            except Unavailable as error:
                self._faults[key] = str(error)
            else:
                self._faults[key] = ""

    def _way(self, key: str) -> Link:
        settings, find = self._links.settings[key], self._names.address
        host, listen = find(settings.host), None
        if settings.listen_port != 0:
            listen = find(settings.listen_host), settings.listen_port
        wanted = tuple(prefix.encode() for prefix in self._links.wanted(key))
        return self._ports.link(key, host, settings.port, listen, wanted)

    def cue(self, key: str, message: ToDaw) -> None:
        """Send a message to a DAW at once; without a way to it, it is lost and status says why."""
        if isinstance(message, MidiOut):
            if self._midi is not None and key in self._outputs:
                self._midi.send(self._outputs[key], message.data)
            return
        link = self._open.get(key)
        if link is not None:
            link.send(encode(message))

    def link_fault(self, key: str) -> str:
        """Return why the way to that DAW can't be opened now."""
        if self._midi is not None and key in self._outputs:
            return self._midi.fault(self._outputs[key])
        return self._faults.get(key, "")

    def nobody_at(self, key: str) -> str:
        """Say where nobody listened when a DAW was last sent something; empty: somebody may."""
        link = self._open.get(key)
        if link is None or not link.refused:
            return ""
        settings = self._links.settings[key]
        return f"nobody listens on {settings.host}:{settings.port}"

    def counts(self) -> dict[str, int]:
        """Return how many messages came in, and what became of them."""
        counts = asdict(self._ports.counts)
        return {"received": sum(counts.values()) - counts["turned_away"], **counts}
