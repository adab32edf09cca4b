"""What the ports tell of traffic that is no request, to whoever watches."""

from __future__ import annotations

import queue
import socket

import pytest

from bridge.messages import Osc
from bridge.moment import Moment
from bridge.ports.osc import OscPorts
from bridge.ports.osc_peers import LinkIn, OscIn, Peer, PeerGone
from bridge.ports.osc_wire import encode

pytestmark = pytest.mark.live


class Ear:
    """Hears what is no request, while it listens."""

    def __init__(self) -> None:
        self.listens = True
        self.heard: list[str] = []

    def __bool__(self) -> bool:
        return self.listens

    def osc_idle(self, peer: Peer, text: str, at: Moment) -> None:
        assert at.mono > 0
        self.heard.append(f"{peer.kind} {text}")

    def osc_out(self, peer: Peer, message: Osc) -> None:
        self.heard.append(f"{peer.kind} {message.address} {message.args[0]!r}")


def test_whoever_listens_hears_mistakes_releases_and_answers_but_nothing_of_others() -> None:
    ear, inbox = Ear(), queue.SimpleQueue[OscIn | PeerGone | LinkIn]()
    ports = OscPorts(inbox.put, tap=ear)
    where = ports.serve(port=0)
    ports.start()
    odd = [encode(Osc("/songbridge/foo")), encode(Osc("/songbridge/complete", (0,))),
           encode(Osc("/foo/bar")), encode(Osc("/state"))]  # fmt: skip
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        for listens in (True, False):
            ear.listens = listens
            for data in (*odd, encode(Osc("/songbridge/complete", (1,)))):
                sock.sendto(data, where)
            assert isinstance(inbox.get(timeout=10.0), OscIn)
    ports.close()
    assert ear.heard == [
        "udp /songbridge/foo",
        "udp /songbridge/error '/songbridge/foo'",
        "udp /songbridge/complete 0",
    ]
