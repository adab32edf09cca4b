"""OSC outwards: answers and feedback through the ports, cues through a link for each DAW."""

from __future__ import annotations

from collections.abc import Mapping

from bridge.daw.links import Links
from bridge.errors import Unavailable
from bridge.messages import Osc
from bridge.moment import Moment
from bridge.ports.osc import OscPorts
from bridge.ports.osc_links import Link
from bridge.ports.osc_wire import encode


class PortsOut:
    """`bridge.app.roles.OscOut` on real sockets. A DAW's way that can't be opened is tried again."""

    def __init__(self, ports: OscPorts, links: Links) -> None:
        self._ports = ports
        self._open: dict[str, Link] = {}
        self._faults: dict[str, str] = {}
        self.send, self.reply = ports.send, ports.reply
        self.relink(links)

    def relink(self, links: Links) -> None:
        """Open a way to every DAW of `links`, and close those to others."""
        for key in self._open.keys() - links.settings.keys():
            self._ports.unlink(key)
        self._open, self._faults, self._links = {}, dict.fromkeys(links.settings, ""), links
        self.retry()

    def retry(self, _moment: Moment | None = None) -> None:
        """Open what could not be opened before."""
        for key in self._faults.keys() - self._open.keys():
            settings = self._links.settings[key]
            heard = settings.listen_port != 0
            listen = (settings.listen_host, settings.listen_port) if heard else None
            wanted = tuple(prefix.encode() for prefix in self._links.wanted(key))
            try:
                link = self._ports.link(key, settings.host, settings.port, listen, wanted)
            except Unavailable as error:
                self._faults[key] = str(error)
            else:
                self._open[key], self._faults[key] = link, ""

    def cue(self, key: str, message: Osc) -> None:
        """Send a message to a DAW at once; without a way to it, it is lost and status says why."""
        link = self._open.get(key)
        if link is not None:
            link.send(encode(message))

    def link_fault(self, key: str) -> str:
        """Return why the way to that DAW can't be opened now."""
        return self._faults.get(key, "")

    @property
    def faults(self) -> Mapping[str, str]:
        """Why ways to DAWs can't be opened now, by key; empty strings for open ones."""
        return self._faults
