"""The OSC ports: one thread that serves UDP and TCP and hears the DAWs; any thread may send."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeAlias

from bridge import moment
from bridge.errors import Refused
from bridge.ports import osc_bundle, osc_links, osc_replies, osc_sockets
from bridge.ports.osc_links import Link
from bridge.ports.osc_loop import Loop
from bridge.ports.osc_peers import LinkIn, OscIn, OscTap, Peer, PeerGone, Refusal
from bridge.ports.osc_reader import Counts, Reader, idle, is_foreign
from bridge.ports.osc_requests import BadRequest, Unreadable
from bridge.ports.osc_schedule import Schedule
from bridge.ports.osc_sparing import Sparing
from bridge.ports.osc_streams import Streams
from bridge.ports.osc_wire import MAX_PACKET, encode

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from bridge.messages import Osc
    from bridge.moment import Moment
    from bridge.ports.osc_requests import Request
    from bridge.ports.osc_sockets import Address

Inbox: TypeAlias = "Callable[[OscIn | PeerGone | LinkIn], None]"
"""Where everything goes that comes in; called on the ports' thread, must not block.

May raise `Refused` when too much waits: a request is answered with it, a DAW's news is let go.
"""

DEFAULT_PORT = 7707

_BATCH = 64
"""Datagrams that are read before other sockets get their turn."""

_REST = 0.005
"""Seconds in which nothing is read after something was turned away, so that what waits gets done:
a flood that is read all the same leaves the other threads, a press among them, no room to run."""

_ELSEWHERE = 60.0
"""Seconds until a host is tried again that our port did not reach: networks come and go."""


class OscPorts:
    """Everything that speaks OSC. `serve` and `link` before or after `start`; `close` once.

    ``unsent`` counts datagrams that the system didn't take: a full buffer, no way to the host.
    ``lost`` is told of every datagram to a DAW that was refused, on any thread.
    """

    def __init__(
        self,
        inbox: Inbox,
        clock: Callable[[], Moment] = moment.now,
        tap: OscTap | None = None,
        lost: Callable[[Refusal], None] = lambda _refusal: None,
    ) -> None:
        self.unsent = 0
        self._inbox, self._clock, self._tap, self._lost = inbox, clock, tap, lost
        self._reader, self._sparing = Reader(), Sparing()
        self._schedule: Schedule[tuple[Peer, Request, str]] = Schedule()
        self._buffer = bytearray(MAX_PACKET)
        self._udp: socket.socket | None = None
        self._streams: Streams | None = None
        self._links: dict[str, Link] = {}
        self._spares: dict[int, socket.socket] = {}
        self._elsewhere: dict[str, float] = {}  # until when a host is not reached from our port
        self._full = False  # something was turned away since the last rest
        self._loop = Loop("osc", self._between)

    @property
    def counts(self) -> Counts:
        """What came in, for `status`, `doctor` and tests."""
        return self._reader.counts

    def serve(self, host: str = "127.0.0.1", port: int = DEFAULT_PORT) -> Address:
        """Listen on UDP and TCP there and return the address; port 0 finds a free one. Once.

        Raises `Unavailable` when the port is taken; everything else goes on without it.
        """
        udp, tcp = osc_sockets.both(host, port)
        self._udp = udp
        self._loop.call(lambda: self._listen(udp, tcp))
        return udp.getsockname()[0], udp.getsockname()[1]

    def link(
        self,
        key: str,
        host: str,
        port: int,
        listen: Address | None = None,
        wanted: tuple[bytes, ...] = (),
    ) -> Link:
        """Open the way to a DAW, in place of the one of the same key.

        What comes in on it is handed over when its address begins with one of `wanted`. Raises
        `Unavailable` when `listen` is taken or the host unknown.
        """
        self.unlink(key)
        target, sock = osc_links.open_socket((host, port), listen)
        link = Link(
            key, target, sock, wanted=wanted, inbox=self._hand_over, clock=self._clock,
            lost=self._lost,
        )  # fmt: skip
        self._links[key] = link
        self._loop.call(lambda: self._loop.watch(sock, link.readable))
        return link

    def unlink(self, key: str) -> None:
        """Close the way to a DAW, if there is one of that key. Not from the inbox's call."""
        link = self._links.pop(key, None)
        if link is not None:
            self._loop.call(lambda: self._unwatch(link.sock))

    def peer(self, host: str, port: int) -> Peer:
        """Return a UDP peer for a configured host. Blocks while it is looked up; `Unavailable`."""
        _family, (numeric, number) = osc_sockets.resolve(host, port)
        return Peer("udp", numeric, number)

    def start(self) -> None:
        """Start the thread."""
        self._loop.start()

    def reply(self, peer: Peer, message: Osc) -> None:
        """Answer `peer` from where it spoke to. Any thread; never blocks."""
        self.send(peer, encode(message))
        if self._tap:
            self._tap.osc_out(peer, message)

    def send(self, peer: Peer, data: bytes) -> None:
        """Send an encoded packet to `peer`. Any thread; never blocks, never raises."""
        if peer.kind == "tcp":
            if self._streams is not None:
                self._streams.send(peer, data)
        elif self._udp is None or (self._elsewhere and self._is_elsewhere(peer.host)):
            self._send_spare(peer, data)
        else:
            self._send_udp(self._udp, peer, data)

    def close(self) -> None:
        """End the thread and close every socket; what waited for a time tag is forgotten."""
        self._loop.close()
        if self._streams is not None:
            self._streams.close()
        socks = [self._udp, *self._spares.values(), *(link.sock for link in self._links.values())]
        for sock in socks:
            if sock is not None:
                sock.close()

    def _send_udp(self, sock: socket.socket, peer: Peer, data: bytes) -> None:
        try:
            sock.sendto(data, (peer.host, peer.port))
        except (BlockingIOError, ConnectionError):
            self.unsent += 1
        except OSError as error:
            if osc_sockets.is_out_of_reach(error):
                self._elsewhere[peer.host] = self._clock().mono + _ELSEWHERE
            self._send_spare(peer, data)

    def _is_elsewhere(self, host: str) -> bool:
        until = self._elsewhere.get(host)
        if until is not None and until <= self._clock().mono:
            self._elsewhere.pop(host, None)
            until = None
        return until is not None

    def _send_spare(self, peer: Peer, data: bytes) -> None:
        """Send from a socket that is not bound to where we listen."""
        try:
            family = osc_sockets.family(peer.host)
            if family not in self._spares:
                self._spares[family] = osc_sockets.udp(family)
            self._spares[family].sendto(data, (peer.host, peer.port))
        except OSError:
            self.unsent += 1

    def _unwatch(self, sock: socket.socket) -> None:
        self._loop.forget(sock)
        sock.close()

    def _listen(self, udp: socket.socket, tcp: socket.socket) -> None:
        self._streams = Streams(self._loop, tcp, self._take, self._gone)
        self._loop.watch(udp, lambda: self._drain(udp))

    def _drain(self, sock: socket.socket) -> None:
        """Read a batch of datagrams; each read gives the other threads their chance."""
        buffer, counts, receive = self._buffer, self._reader.counts, sock.recvfrom_into
        for _ in range(_BATCH):
            try:
                size, address = receive(buffer)
            except ConnectionError:  # Windows tells here that an answer reached nobody
                continue
            except OSError:  # nothing more is there
                return
            if is_foreign(buffer, size):
                counts.foreign += 1
            else:
                self._take(bytes(buffer[:size]), Peer("udp", address[0], address[1]))
                if self._full:
                    return

    def _take(self, data: bytes, peer: Peer) -> None:
        found = self._reader.read(data)
        if not found:
            if self._tap and (text := idle(data)):
                self._tap.osc_idle(peer, text, self._clock())
            return
        at = self._clock()
        for tag, address, reading in found:
            if isinstance(reading, BadRequest):
                self._refuse(peer, address, reading, at)
            elif tag == osc_bundle.IMMEDIATELY or not self._later(tag, peer, reading, address, at):
                self._hand_over(OscIn(peer, reading, address, at))

    def _refuse(self, peer: Peer, address: str, bad: BadRequest, at: Moment) -> None:
        if self._tap:
            self._tap.osc_idle(peer, address, at)
        if not isinstance(bad, Unreadable) or self._sparing.may(peer.host, at.mono):
            self.reply(peer, osc_replies.error(address, bad.reason))

    def _hand_over(self, message: OscIn | LinkIn) -> None:
        try:
            self._inbox(message)
        except Refused as error:
            self._full = True
            self._reader.counts.turned_away += 1
            if isinstance(message, OscIn):
                self.reply(message.peer, osc_replies.error(message.address, str(error)))

    def _later(self, tag: int, peer: Peer, wanted: Request, address: str, at: Moment) -> bool:
        """Tell whether a request with a time tag waits now or was refused: not to be done yet."""
        try:
            return self._schedule.add(osc_bundle.wall(tag), (peer, wanted, address), at)
        except Refused as error:
            self.reply(peer, osc_replies.error(address, str(error)))
            return True

    def _between(self) -> float | None:
        """Hand over what is due, and return the seconds until there is more."""
        if self._full:
            self._full = False
            time.sleep(_REST)
        wake = self._schedule.wake()
        if wake is None:
            return None
        at = self._clock()
        for peer, wanted, address in self._schedule.advance(at):
            self._hand_over(OscIn(peer, wanted, address, at))
        wake = self._schedule.wake()
        return None if wake is None else max(0.0, wake - at.mono)

    def _gone(self, peer: Peer) -> None:
        self._inbox(PeerGone(peer))
