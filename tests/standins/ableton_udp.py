"""The stand-in for Live on UDP: real ticks, replies to one fixed port of whoever asked last."""

from __future__ import annotations

import socket
import threading
import time
from typing import TYPE_CHECKING, Self

from pythonosc.osc_bundle import OscBundle
from pythonosc.osc_message import OscMessage, ParseError

from bridge.messages import Osc
from tests.standins.ableton import TICK, AbletonCore
from tests.standins.reaper import encode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class AbletonStandIn:
    """The core on `port` (0: a free one), answering to `reply_port` always. A context manager."""

    def __init__(self, reply_port: int, core: AbletonCore | None = None, port: int = 0) -> None:
        self.core = core or AbletonCore()
        self._to = ("127.0.0.1", reply_port)
        self._changed = threading.Condition()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", port))
        self._socket.setblocking(False)
        self.port: int = self._socket.getsockname()[1]
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        """Start, as Live does when the script is loaded."""
        self._send(self.core.reload())
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._ended.set()
        self._thread.join()
        self._socket.close()

    def user(self, deed: Callable[[AbletonCore], list[Osc] | None]) -> None:
        """Do something at Live itself; what `deed` returns is sent."""
        with self._changed:
            self._send(deed(self.core) or [])
            self._changed.notify_all()

    def wait_for(self, holds: Callable[[AbletonCore], object], timeout: float) -> bool:
        """Wait until `holds` of the core; return whether it did within `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: bool(holds(self.core)), timeout)

    def _run(self) -> None:
        while not self._ended.wait(TICK):
            with self._changed:
                now = time.monotonic()
                for datagram in self._datagrams():
                    self._send(self.core.receive_bundle(datagram, now))
                self._send(self.core.advance(now + TICK))
                self._changed.notify_all()

    def _datagrams(self) -> Iterator[list[Osc]]:
        while True:
            try:
                data, sender = self._socket.recvfrom(65536)
            except BlockingIOError:
                return
            except ConnectionError:  # Windows reports a peer that was not there
                continue
            self._to = (sender[0], self._to[1])
            yield list(messages(data))

    def _send(self, messages: list[Osc]) -> None:
        for message in messages:
            try:
                self._socket.sendto(encode(message), self._to)
            except ConnectionError:
                continue


def messages(data: bytes) -> Iterator[Osc]:
    """Yield the messages of a datagram, of nested bundles too, whatever their time tags say."""
    try:
        if OscBundle.dgram_is_bundle(data):
            for part in OscBundle(data):
                yield from messages(part.dgram)
        else:
            message = OscMessage(data)
            yield Osc(message.address, tuple(message.params))
    except ParseError:
        return
