"""The adapters against the stand-ins over real datagrams, in the thinnest shell there can be."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING, Self

import pytest

from bridge.daw.links import Links
from bridge.daw.target import DawSettings
from bridge.messages import Marker, Osc, ToDaw
from bridge.moment import now
from tests.standins.osc_target import OscTargetStandIn
from tests.standins.patience import PATIENCE
from tests.standins.reaper import ReaperCore, ReaperStandIn, decode, encode

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = pytest.mark.live


class Shell:
    """One socket and one thread around `Links`: what the service does, without the service."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(0.01)
        self.port: int = self._socket.getsockname()[1]
        self.links = Links([])
        self._lock = threading.Lock()
        self._running = True
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        return self

    def start(self, *settings: DawSettings) -> None:
        self.links = Links(settings)
        self._thread.start()

    def __exit__(self, *exc: object) -> None:
        self._running = False
        self._thread.join()
        self._socket.close()

    def mark(self, *names: str) -> None:
        with self._lock:
            self._send(self.links.tell([Marker(name, "#3FA7FF") for name in names], now()))

    def _run(self) -> None:
        while self._running:
            try:
                message = decode(self._socket.recv(65536))
            except TimeoutError:
                message = None
            with self._lock:
                if message:
                    self._send(self.links.hear("reaper", message, now()))
                self._send(self.links.advance(now()))

    def _send(self, messages: Iterable[tuple[str, ToDaw]]) -> None:
        for key, message in messages:
            assert isinstance(message, Osc)
            to = self.links.settings[key]
            self._socket.sendto(encode(message), (to.host, to.port))


def test_markers_arrive_in_reaper_with_their_names_while_it_plays() -> None:
    with (
        Shell() as shell,
        ReaperStandIn(0, ("127.0.0.1", shell.port), ReaperCore(latency=0.03)) as reaper,
    ):
        shell.start(DawSettings("reaper", port=reaper.port, listen_port=shell.port))
        reaper.user(lambda core, at: core.receive(Osc("/play"), at))
        shell.mark("Write chords", "Nordlicht über Tromsø")
        wanted = ["Write chords", "Nordlicht über Tromsø"]
        assert reaper.wait_for(lambda markers: [m[2] for m in markers] == wanted, PATIENCE)
        assert [m[0] for m in reaper.markers] == [1, 2]
        assert reaper.markers[0][1] < reaper.markers[1][1]


def test_cues_arrive_at_the_generic_target() -> None:
    with Shell() as shell, OscTargetStandIn() as target:
        shell.start(DawSettings("osc", port=target.port))
        shell.mark("Write chords")
        expected = [Osc("/songbridge/cue/marker", ("Write chords", "#3FA7FF"))]
        assert target.wait_for(lambda messages: messages == expected, PATIENCE)
