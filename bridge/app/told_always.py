"""The peers of ``[[osc.feedback]]``: told without asking, each from when its host is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bridge.app.listeners import Listeners
from bridge.errors import Unavailable
from bridge.files.address import Address
from bridge.moment import Moment
from bridge.ports.osc_names import Names
from bridge.ports.osc_peers import Peer


class ToldAlways:
    """Lets `listeners` in, now or when they are found; `retry` now and then, and when one is."""

    def __init__(
        self,
        hosts: Iterable[Address],
        listeners: Listeners,
        names: Names,
        peer: Callable[[str, int], Peer],
    ) -> None:
        self._missing = list(dict.fromkeys(hosts))
        self._listeners, self._names, self._peer = listeners, names, peer
        self.retry()

    def retry(self, _moment: Moment | None = None) -> None:
        """Let in who can be reached now; say in the listeners' ``faults`` who can't be."""
        faults = []
        for host in tuple(self._missing):
            try:
                self._listeners.add(self._peer(self._names.address(host.host), host.port))
            except Unavailable as error:
                faults.append(f"[[osc.feedback]] {host} is not told anything: {error}")
            else:
                self._missing.remove(host)
        self._listeners.faults = tuple(faults)
