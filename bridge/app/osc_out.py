"""OSC outwards: answers and feedback through the ports, cues through a link for each DAW."""

from __future__ import annotations

from dataclasses import asdict

from bridge.daw.links import Links
from bridge.errors import Unavailable
from bridge.messages import Osc
from bridge.moment import Moment
from bridge.ports.osc import OscPorts
from bridge.ports.osc_links import Link
from bridge.ports.osc_names import Names
from bridge.ports.osc_wire import encode


class PortsOut:
    """`bridge.app.roles.OscOut` on real sockets. A DAW's way that can't be opened is tried again.

    ``names`` finds its host, so that nobody waits for a resolver; call `retry` when it has.
    """

    def __init__(self, ports: OscPorts, links: Links, names: Names | None = None) -> None:
        self._ports, self._names = ports, names or Names()
        self._open: dict[str, Link] = {}
        self._faults: dict[str, str] = {}
        self.send, self.reply = ports.send, ports.reply
        self.relink(links)

    def relink(self, links: Links) -> None:
        """Open a way to every DAW of `links`, and close those to others."""
        for key in self._open.keys() - links.settings.keys():
            self._ports.unlink(key)
        self._open, self._faults, self._links = {}, dict.fromkeys(links.settings, ""), links
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

    def cue(self, key: str, message: Osc) -> None:
        """Send a message to a DAW at once; without a way to it, it is lost and status says why."""
        link = self._open.get(key)
        if link is not None:
            link.send(encode(message))

    def link_fault(self, key: str) -> str:
        """Return why the way to that DAW can't be opened now."""
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
