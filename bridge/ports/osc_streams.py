"""TCP connections that speak OSC: accepted, cut into packets, written without ever blocking."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING

from bridge.ports.osc_framing import Unframer, frame
from bridge.ports.osc_peers import Peer
from bridge.ports.osc_wire import Malformed

if TYPE_CHECKING:
    from collections.abc import Callable

    from bridge.ports.osc_loop import Loop

MOST_STREAMS = 64
"""Connections at once; a further one takes the place of the one that was idle for longest."""

FULL = 1.0
"""Seconds until connections are taken again when the system has no files left for them."""

MOST_UNSENT = 1 << 20
"""Bytes that wait for a slow reader before its connection is closed."""


class Streams:
    """All connections of one listening socket, by number.

    ``take(packet, peer)`` gets what comes in and ``gone(peer)`` is told of each end, both on the
    loop's thread; `send` may be called from any.
    """

    def __init__(
        self,
        loop: Loop,
        listening: socket.socket,
        take: Callable[[bytes, Peer], None],
        gone: Callable[[Peer], None],
    ) -> None:
        self.take, self.gone, self.loop = take, gone, loop
        self._listening = listening
        self._streams: dict[int, _Stream] = {}
        self._count = 0
        loop.watch(listening, self._accept)

    def send(self, peer: Peer, data: bytes) -> None:
        """Send one packet to `peer`, at once or when it reads; to nobody if the peer is gone."""
        stream = self._streams.get(peer.connection)
        if stream is not None:
            stream.send(data)

    def close(self) -> None:
        """Close everything, after the loop's end."""
        self._listening.close()
        for stream in self._streams.values():
            stream.sock.close()
        self._streams.clear()

    def ended(self, stream: _Stream) -> None:
        """Close a connection that has ended or can't go on; on the loop's thread."""
        if self._streams.pop(stream.peer.connection, None) is not None:
            self.loop.forget(stream.sock)
            stream.sock.close()
            self.gone(stream.peer)

    def _accept(self) -> None:
        try:
            sock, address = self._listening.accept()
        except (BlockingIOError, ConnectionError):  # given up by the other side in between
            return
        except OSError:  # no more files to be had: it would be told again and again, without end
            self.loop.forget(self._listening)
            self.loop.later(FULL, lambda: self.loop.watch(self._listening, self._accept))
            return
        if len(self._streams) >= MOST_STREAMS:
            self.ended(min(self._streams.values(), key=lambda stream: stream.used))
        sock.setblocking(False)
        with suppress(OSError):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._count += 1
        stream = _Stream(self, sock, Peer("tcp", address[0], address[1], self._count))
        self._streams[self._count] = stream
        self.loop.watch(sock, stream.readable)


class _Stream:
    def __init__(self, streams: Streams, sock: socket.socket, peer: Peer) -> None:
        self.sock, self.peer, self.used = sock, peer, time.monotonic()
        self._streams = streams
        self._unframer = Unframer()
        self._lock = Lock()
        self._unsent = bytearray()

    def readable(self) -> None:
        """Read what is there; on the loop's thread."""
        self.used = time.monotonic()
        try:
            data = self.sock.recv(65536)
            packets = self._unframer.feed(data)
        except BlockingIOError:
            return
        except (OSError, Malformed):
            data, packets = b"", []
        try:
            for packet in packets:
                self._streams.take(packet, self.peer)
        except Exception:  # a defect costs this connection, for what follows is lost
            self._streams.ended(self)
            raise
        if not data:
            self._streams.ended(self)

    def writable(self) -> None:
        """Write what waits; on the loop's thread."""
        with self._lock:
            self._write()
            done = not self._unsent
        if done:
            self._streams.loop.watch(self.sock, self.readable)

    def send(self, packet: bytes) -> None:
        """Write a packet as far as the socket takes it, and keep the rest."""
        loop = self._streams.loop
        self.used = time.monotonic()
        with self._lock:
            waiting = bool(self._unsent)
            self._unsent += frame(packet, self._unframer.framing)
            if not waiting:
                self._write()
            unsent = len(self._unsent)
        if unsent > MOST_UNSENT:
            loop.post(lambda: self._streams.ended(self))
        elif unsent and not waiting:
            loop.post(self._watch_both)

    def _watch_both(self) -> None:
        if self.sock.fileno() >= 0:
            self._streams.loop.watch(self.sock, self.readable, self.writable)

    def _write(self) -> None:
        try:
            sent = self.sock.send(self._unsent)
        except BlockingIOError:
            return
        except OSError:  # the end shows when it is read
            sent = len(self._unsent)
        del self._unsent[:sent]
