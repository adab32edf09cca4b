"""A program that takes generic cues on a UDP port and remembers them."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING, Self

from pythonosc.osc_message import OscMessage, ParseError

from bridge.messages import Osc

if TYPE_CHECKING:
    from collections.abc import Callable


class OscTargetStandIn:
    """Collects every message sent to `port` (0: a free one). A context manager."""

    def __init__(self, port: int = 0) -> None:
        self._changed = threading.Condition()
        self._messages: list[Osc] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", port))
        self._socket.settimeout(0.05)
        self.port: int = self._socket.getsockname()[1]
        self._running = True
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._running = False
        self._thread.join()
        self._socket.close()

    @property
    def messages(self) -> list[Osc]:
        """What arrived so far, in order."""
        with self._changed:
            return list(self._messages)

    def wait_for(self, holds: Callable[[list[Osc]], bool], timeout: float) -> bool:
        """Wait until `holds` of the messages; return whether it did within `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: holds(list(self._messages)), timeout)

    def _run(self) -> None:
        while self._running:
            try:
                data = self._socket.recv(65536)
                message = OscMessage(data)
            except (TimeoutError, ConnectionError, ParseError):
                continue
            with self._changed:
                self._messages.append(Osc(message.address, tuple(message.params)))
                self._changed.notify_all()
