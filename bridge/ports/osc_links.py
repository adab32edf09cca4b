"""A way to one DAW over UDP: sent at once on the caller's thread, answers read on the loop's."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

from bridge.ports import osc_sockets
from bridge.ports.osc_bundle import elements
from bridge.ports.osc_peers import LinkIn, Refusal
from bridge.ports.osc_wire import Malformed, decode

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from bridge.moment import Moment
    from bridge.ports.osc_sockets import Address

_RECENT = 512
"""Datagrams that may yet be refused; a burst of cues is refused as a whole."""

_BATCH = 64
"""Datagrams that are read before other sockets get their turn."""


class Link:
    """One UDP socket of its own, so that what the DAW answers to its sender comes back here.

    ``sent`` counts datagrams, ``unsent`` those the system didn't take, ``malformed`` answers that
    are no OSC. ``refused`` is true when the system told of the last datagram that nobody
    listens there (macOS never tells); ``lost`` is told of each that was refused, on any thread.
    """

    def __init__(
        self,
        key: str,
        target: Address,
        sock: socket.socket,
        *,
        wanted: tuple[bytes, ...],
        inbox: Callable[[LinkIn], None],
        clock: Callable[[], Moment],
        lost: Callable[[Refusal], None] = lambda _refusal: None,
    ) -> None:
        self.key, self.target, self.sock = key, target, sock
        self.sent = self.unsent = self.malformed = 0
        self.refused = False
        self._wanted, self._inbox, self._clock, self._lost = wanted, inbox, clock, lost
        self._recent: deque[bytes] = deque(maxlen=_RECENT)
        osc_sockets.tell_refusals(sock)

    @property
    def port(self) -> int:
        """The port that this link is bound to; 0 before its first datagram where none was given."""
        return int(self.sock.getsockname()[1])

    def send(self, data: bytes) -> bool:
        """Send a datagram at once, and tell whether it left. Any thread; never blocks or raises."""
        self.refused = False  # news of this one come later, on whatever thread
        self._recent.append(data)
        try:
            self.sock.sendto(data, self.target)
        except ConnectionError:  # news of the datagram before, and this one was not sent
            self._refused()
            return self._again(data)
        except OSError:
            self.unsent += 1
            return False
        self.sent += 1
        return True

    def readable(self) -> None:
        """Read what came in; on the loop's thread."""
        for _ in range(_BATCH):
            try:
                data = self.sock.recv(65536)
            except BlockingIOError:
                return
            except ConnectionError:
                self._refused()
                return
            except OSError:
                return
            self._take(data)

    def _take(self, data: bytes) -> None:
        at = self._clock()
        self.refused = False
        try:
            for _tag, part in elements(data):
                if part.startswith(self._wanted):
                    self._inbox(LinkIn(self.key, decode(part), at))
        except Malformed:
            self.malformed += 1

    def _refused(self) -> None:
        quotes = osc_sockets.drain_refusals(self.sock)
        self.refused = True  # last, for news of a datagram sent meanwhile may be drained, too
        if quotes is None:
            self._lost(Refusal(self.key, None))
            return
        for quote in quotes:
            data = next(
                (one for one in reversed(tuple(self._recent)) if one.startswith(quote)), None
            )
            if data is not None:
                self._lost(Refusal(self.key, decode(data)))

    def _again(self, data: bytes) -> bool:
        try:
            self.sock.sendto(data, self.target)
        except OSError:
            self.unsent += 1
            return False
        self.sent += 1
        return True


def open_socket(target: Address, listen: Address | None) -> tuple[Address, socket.socket]:
    """Return the numeric target and a socket for it, bound to `listen` where that is given.

    Without, the system chooses the port. Raises `Unavailable`.
    """
    family, numeric = osc_sockets.resolve(*target)
    if listen is not None:
        return numeric, osc_sockets.listener(*listen)
    sock = osc_sockets.udp(family)
    with suppress(OSError):  # bound by the first datagram otherwise
        sock.bind(("", 0))
    return numeric, sock
