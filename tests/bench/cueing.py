"""A burst of 500 cues to each kind of DAW over real sockets: in order, whole, at the DAW's own pace."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from queue import Empty, SimpleQueue

from bridge import moment as clock
from bridge.app.delivery import Delivery
from bridge.app.osc_out import PortsOut
from bridge.app.tapping import Taps
from bridge.daw.links import Links
from bridge.daw.target import DawSettings
from bridge.messages import Marker, Osc
from bridge.ports.osc import OscPorts
from bridge.ports.osc_bundle import elements
from bridge.ports.osc_peers import LinkIn, Refusal
from bridge.ports.osc_wire import decode, encode
from tests.bench.figures import single
from tests.bench.home import free_port
from tests.contract.daw_contract import DawContract
from tests.contract.daw_talk import Daw
from tests.daw import test_ableton, test_ardour, test_bitwig, test_osc, test_reaper

BURST = 500
LONGEST = 400.0
"""Seconds until a burst that is not through is given up."""
_MEET = 12.0  # seconds in which a DAW that is there is found
_TICK = 0.02

KINDS: dict[str, DawContract] = {
    "osc": test_osc.TestContract(),
    "ardour": test_ardour.TestContract(),
    "reaper": test_reaper.TestContract(),
    "bitwig": test_bitwig.TestContract(),
    "ableton": test_ableton.TestContract(),
}
"""MIDI has no socket: its burst is in the contract (``tests/contract/daw_delivery.py``)."""


class OnUdp:
    """A stand-in's core on a socket; answers go to `answer_to`, port 0: to whoever sent."""

    def __init__(self, core: Daw, answer_to: int) -> None:
        self.core, self.received, self._answer_to = core, list[Osc](), answer_to
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        self._socket.bind(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self._to: tuple[str, int] | None = ("127.0.0.1", answer_to) if answer_to else None
        self._ended = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._ended = True
        self._thread.join()
        self._socket.close()

    def _run(self) -> None:
        while not self._ended:
            now, due = time.monotonic(), self.core.due()
            self._socket.settimeout(_TICK if due is None else min(_TICK, max(0.0005, due - now)))
            try:
                data, sender = self._socket.recvfrom(65536)
            except (TimeoutError, BlockingIOError):
                self._say(self.core.advance(time.monotonic()))
                continue
            self._to = self._to or sender
            for _tag, part in elements(data):
                message = decode(part)
                self.received.append(message)
                self._say(self.core.receive(message, time.monotonic()))

    def _say(self, messages: list[Osc]) -> None:
        for message in messages:
            if self._to is not None:
                self._socket.sendto(encode(message), self._to)


class Burst:
    """One link as in life, without the rest of the service."""

    def __init__(self, settings: DawSettings) -> None:
        self._inbox: SimpleQueue[LinkIn | Refusal] = SimpleQueue()
        self._ports = OscPorts(self._take, lost=self._inbox.put)
        links = Links([settings])
        self.delivery = Delivery(links, PortsOut(self._ports, links), Taps())
        self._ports.start()

    def _take(self, message: object) -> None:
        if isinstance(message, LinkIn):
            self._inbox.put(message)

    def close(self) -> None:
        self._ports.close()

    def tell(self) -> list[str]:
        """Tell all cues at once; return their names."""
        names = [f"task {n}" for n in range(BURST)]
        for name in names:
            self.delivery.tell(Marker(name, "#3FA7FF"), clock.now())
        return names

    def run(self, seconds: float, *, until_told: bool = False) -> None:
        """Do what the loop does for so long, or until nothing waits any more."""
        end, look = time.monotonic() + seconds, 0.0
        while (now := time.monotonic()) < end:
            wake = self.delivery.wake()
            patience = _TICK if wake is None else min(_TICK, max(0.0, wake - now))
            try:
                message = self._inbox.get(timeout=patience)
            except Empty:
                pass
            else:
                self.delivery.hear(message, clock.now())
            self.delivery.advance(clock.now())
            if until_told and now >= look:
                look = now + _TICK
                if not self.row[0]:
                    return

    @property
    def row(self) -> tuple[int, int]:
        """How many cues wait, and how many were dropped."""
        (report,) = self.delivery.links.statuses(clock.now())
        return report.pending, report.dropped


@contextmanager
def _met(contract: DawContract) -> Iterator[tuple[Burst, OnUdp]]:
    """A link and its stand-in, which have met."""
    settings = contract.daw_settings()
    listen = free_port() if settings.listen_port else 0
    daw = OnUdp(contract.there(), listen)
    settings = replace(settings, port=daw.port, listen_port=listen, web_port=0)
    burst = Burst(settings)
    try:
        burst.run(_MEET if contract.greets else _TICK)
        yield burst, daw
    finally:
        burst.close()
        daw.close()


def cues() -> list[str]:
    """Each kind: order, loss, time and pace."""
    return [_line(kind, contract) for kind, contract in KINDS.items()]


def _line(kind: str, contract: DawContract) -> str:
    with _met(contract) as (burst, daw):
        met, begun = len(daw.received), time.monotonic()
        names = contract.carried(burst.tell())
        handed = time.monotonic() - begun
        burst.run(LONGEST, until_told=True)
        took = time.monotonic() - begun
        time.sleep(0.2)
        told = contract.names(daw.received[met:])
        _, dropped = burst.row
    whole = told == names and not dropped
    value = (
        f"{len(told)} of {BURST} arrived, {'in order' if whole else 'OUT OF ORDER or not whole'},"
        f" {dropped} dropped, in {took:.2f} s ({took / BURST * 1e3:.2f} ms each; handed over in"
        f" {handed * 1e3:.1f} ms)"
    )
    return single(f"cues: {kind}", value, "all, in order", whole)
