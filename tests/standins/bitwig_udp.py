"""The stand-in for Bitwig on UDP: feedback in bundles of a hundred messages, to one fixed address."""

from __future__ import annotations

import socket
import threading
import time
from typing import TYPE_CHECKING, Self

from bridge.ports.osc_bundle import IMMEDIATELY, bundle
from tests.standins.bitwig import BitwigCore
from tests.standins.reaper import decode, encode

if TYPE_CHECKING:
    from collections.abc import Callable

    from bridge.messages import Osc

BUNDLE = 100
"""Messages in a packet (OpenSoundControlClientImpl.java), which stays below 65536 bytes."""
PAUSE = 0.01
"""Seconds between two packets."""


class BitwigStandIn:
    """The core on a UDP port of its own. A context manager."""

    def __init__(self, feedback_to: tuple[str, int], core: BitwigCore | None = None) -> None:
        self.core = core or BitwigCore()
        self._to = feedback_to
        self._changed = threading.Condition()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(0.02)
        self.port: int = self._socket.getsockname()[1]
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._ended.set()
        self._thread.join()
        self._socket.close()

    def user(self, deed: Callable[[BitwigCore, float], object]) -> None:
        """Do something at Bitwig itself: `deed` gets the core and the time."""
        with self._changed:
            deed(self.core, time.monotonic())
            self._changed.notify_all()

    def wait_for(self, holds: Callable[[BitwigCore], object], timeout: float) -> bool:
        """Wait until `holds` of the core; return whether it did within `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: bool(holds(self.core)), timeout)

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                message = decode(self._socket.recv(65536))
            except (TimeoutError, ConnectionError):  # Windows reports a peer that was not there
                message = None
            with self._changed:
                now = time.monotonic()
                told = self.core.receive(message, now) if message else self.core.advance(now)
                self._changed.notify_all()
            self._send(told)

    def _send(self, told: list[Osc]) -> None:
        for start in range(0, len(told), BUNDLE):
            packets = [encode(message) for message in told[start : start + BUNDLE]]
            self._socket.sendto(bundle(IMMEDIATELY, *packets), self._to)
            time.sleep(PAUSE)
