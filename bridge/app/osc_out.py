"""OSC outwards: answers and feedback through the ports, cues through a link for each DAW."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import asdict
from typing import Protocol

from bridge.daw.links import Links
from bridge.daw.midi_ear import HEARD
from bridge.errors import Unavailable
from bridge.messages import HttpAsk, MidiOut, Osc, ToDaw
from bridge.moment import Moment
from bridge.ports.osc import OscPorts
from bridge.ports.osc_links import Link
from bridge.ports.osc_names import Names
from bridge.ports.osc_peers import LinkIn
from bridge.ports.osc_wire import encode


class MidiCues(Protocol):
    """The outputs of DAWs that are told by MIDI, by name; empty for our own virtual port."""

    def want(self, outputs: Collection[str]) -> None:
        """Set which there are to be."""

    def send(self, output: str, data: bytes) -> bool:
        """Send a message, and tell whether it goes; never blocks."""

    def is_open(self, output: str) -> bool:
        """Tell whether a message would go there now."""

    def fault(self, output: str) -> str:
        """Return why nothing can be sent there now, empty when it can."""


class WebAsking(Protocol):
    """Asks the web interfaces of DAWs; what comes back goes into the inbox."""

    def ask(self, key: str, host: str, port: int, what: HttpAsk) -> None:
        """Ask for the link of that key; never blocks."""


class PortsOut:
    """`bridge.app.roles.OscOut` on real ports. A DAW's way that can't be opened is tried again.

    ``names`` finds its host, so that nobody waits for a resolver; call `retry` when it has. Without
    ``midi`` what goes by MIDI is lost, and without ``web`` what goes by HTTP.
    """

    def __init__(
        self,
        ports: OscPorts,
        links: Links,
        names: Names | None = None,
        midi: MidiCues | None = None,
        web: WebAsking | None = None,
    ) -> None:
        self._ports, self._names, self._midi = ports, names or Names(), midi
        self._web = web
        self._open: dict[str, Link] = {}
        self._faults: dict[str, str] = {}
        self._unopened: frozenset[str] = frozenset()
        self._links = links
        self.send, self.reply = ports.send, ports.reply
        self.relink(links)

    def relink(self, links: Links) -> None:
        """Open a way to every DAW of `links`; those to others are closed, the same go on."""
        before, settings = self._links, links.settings
        same = {key for key in self._open if settings.get(key) == before.settings.get(key)}
        for key in self._open.keys() - same:
            self._ports.unlink(key)
        self._outputs = {key: one.midi.output for key, one in settings.items() if one.midi}
        self._open = {key: self._open[key] for key in same}
        over_osc = (key for key in settings if key not in self._outputs)
        self._faults, self._links = dict.fromkeys(over_osc, ""), links
        if self._midi is not None:
            self._midi.want(frozenset(self._outputs.values()))
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
        self._unopened = frozenset(key for key, fault in self._faults.items() if fault)
        self._unopened -= {key for key, one in self._links.settings.items() if one.web_port}

    def _way(self, key: str) -> Link:
        settings, find = self._links.settings[key], self._names.address
        host, listen = find(settings.host), None
        if settings.listen_port != 0:
            listen = find(settings.listen_host), settings.listen_port
        wanted = tuple(prefix.encode() for prefix in self._links.wanted(key))
        return self._ports.link(key, host, settings.port, listen, wanted)

    def cue(self, key: str, message: ToDaw) -> bool:
        """Send a message to a DAW at once, and tell whether it can have left."""
        if isinstance(message, MidiOut):
            midi, output = self._midi, self._outputs.get(key)
            return midi is not None and output is not None and midi.send(output, message.data)
        if isinstance(message, HttpAsk):
            return self._ask(key, message)
        link = self._open.get(key)
        return link is not None and link.send(encode(message))

    def heard(self, data: bytes, at: Moment) -> Iterator[LinkIn]:
        """Yield what came in at our own MIDI port for each DAW that is told there. Any thread."""
        for key, output in self._outputs.items():
            if not output:
                yield LinkIn(key, Osc(HEARD, (data,)), at)

    def closed(self) -> Collection[str]:
        """Return the keys of DAWs whose way isn't open: no port, or a host that isn't found."""
        midi = self._midi
        if midi is None or not self._outputs:
            return self._unopened
        shut = [key for key, output in self._outputs.items() if not midi.is_open(output)]
        return self._unopened.union(shut) if shut else self._unopened

    def _ask(self, key: str, message: HttpAsk) -> bool:
        settings = self._links.settings.get(key)
        if self._web is None or settings is None:
            return False
        self._web.ask(key, settings.web_host, settings.web_port, message)
        return True

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
