"""Somebody with python-osc, independent of our own codec: asks over UDP, and remembers what comes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from typing import Self

from pythonosc.osc_bundle import OscBundle
from pythonosc.osc_message import OscMessage
from pythonosc.osc_message_builder import OscMessageBuilder

from bridge.messages import Osc, OscArg
from tests.standins.patience import PATIENCE


def packet(address: str, *args: OscArg) -> bytes:
    """Return a message as python-osc writes it."""
    builder = OscMessageBuilder(address)
    for arg in args:
        builder.add_arg(arg)
    return bytes(builder.build().dgram)


def messages(data: bytes) -> list[Osc]:
    """Return the messages of a packet as python-osc reads them, bundles taken apart."""
    if OscBundle.dgram_is_bundle(data):
        return [message for part in OscBundle(data) for message in messages(part.dgram)]
    read = OscMessage(data)
    return [Osc(read.address, tuple(read.params))]


class OscCaller:
    """A UDP socket that talks to `address`; everything that comes stands in ``heard``."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(0.02)
        self.port: int = self._socket.getsockname()[1]
        self.address = address
        self.heard: list[Osc] = []
        self._news = threading.Condition()
        self._running = True
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._running = False
        self._thread.join()
        self._socket.close()

    def send(self, address: str, *args: OscArg) -> None:
        self.send_bytes(packet(address, *args))

    def send_bytes(self, data: bytes) -> None:
        self._socket.sendto(data, self.address)

    def wait_until(self, true: Callable[[list[Osc]], object], within: float = PATIENCE) -> bool:
        """Wait until `true` of all that was heard."""
        with self._news:
            return self._news.wait_for(lambda: bool(true(self.heard)), within)

    def ask(self, address: str, *args: OscArg, within: float = PATIENCE) -> Osc:
        """Send, and return the acknowledgement: ``ok``, ``error`` or ``pong``."""
        with self._news:
            before = len(self.heard)
        self.send(address, *args)
        assert self.wait_until(lambda heard: answers(heard[before:]), within), f"silence: {address}"
        with self._news:
            return answers(self.heard[before:])[0]

    def ping(self, within: float = PATIENCE) -> bool:
        self.send("/songbridge/ping")
        return self.wait_until(lambda h: any(m.address == "/songbridge/pong" for m in h), within)

    def args_of(self, address: str) -> list[tuple[OscArg, ...]]:
        """Return the arguments of everything heard from that address, in order."""
        with self._news:
            return [message.args for message in self.heard if message.address == address]

    def _listen(self) -> None:
        while self._running:
            try:
                data = self._socket.recv(65536)
            except (TimeoutError, ConnectionError):
                continue
            with self._news:
                self.heard.extend(messages(data))
                self._news.notify_all()


def answers(heard: list[Osc]) -> list[Osc]:
    """Return those that acknowledge something."""
    kinds = ("/songbridge/ok", "/songbridge/error", "/songbridge/pong")
    return [message for message in heard if message.address in kinds]
