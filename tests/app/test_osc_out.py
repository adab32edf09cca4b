"""Ways out by OSC whose host has a name: to DAWs, and to those who are always told."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from queue import SimpleQueue
from threading import Event

import pytest

from bridge.app.listeners import Listeners
from bridge.app.osc_out import PortsOut
from bridge.app.told_always import ToldAlways
from bridge.core.settings import Settings
from bridge.core.view import View
from bridge.daw.links import Links
from bridge.daw.target import DawSettings
from bridge.errors import Unavailable
from bridge.files.address import Address
from bridge.messages import Osc
from bridge.ports.osc import OscPorts
from bridge.ports.osc_names import Names
from bridge.ports.osc_peers import Refusal
from bridge.ports.osc_subscribers import Subscribers
from bridge.ports.osc_wire import decode
from tests.standins.jack_device import wait_until
from tests.standins.studio import OscLog, Studio

pytestmark = pytest.mark.live
PATIENCE = 10.0
HOST = "studio-mac.local"
CUE = Osc("/cue", ("here",))


@pytest.fixture
def ports() -> Iterator[OscPorts]:
    ports = OscPorts(lambda _message: None)
    yield ports
    ports.close()


@pytest.fixture
def ear() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        sock.settimeout(PATIENCE)
        yield sock


class Slow:
    """A resolver that answers when it may."""

    def __init__(self) -> None:
        self.answers: SimpleQueue[str] = SimpleQueue()
        self.found = Event()
        self.names = Names(self.found.set, self._resolve)

    def _resolve(self, _host: str) -> str:
        answer = self.answers.get(timeout=PATIENCE)
        if not answer:
            raise Unavailable(f"the host {HOST!r} can't be found")
        return answer

    def answer(self) -> None:
        self.answers.put("127.0.0.1")
        assert self.found.wait(PATIENCE)


def test_a_daw_whose_name_is_looked_for_is_told_as_that_and_reached_when_it_is_found(
    ports: OscPorts, ear: socket.socket
) -> None:
    slow = Slow()
    links = Links([DawSettings("osc", host=HOST, port=ear.getsockname()[1])])
    out = PortsOut(ports, links, slow.names)
    assert out.link_fault("osc") == "looking for studio-mac.local"
    out.cue("osc", CUE)  # lost, and nobody waited

    slow.answer()
    out.retry()
    assert out.link_fault("osc") == ""
    out.cue("osc", CUE)
    assert decode(ear.recv(4096)) == CUE


def test_a_daw_with_a_number_is_reached_at_once(ports: OscPorts, ear: socket.socket) -> None:
    links = Links([DawSettings("osc", host="127.0.0.1", port=ear.getsockname()[1])])
    out = PortsOut(ports, links, Slow().names)
    assert out.link_fault("osc") == ""
    out.cue("osc", CUE)
    assert decode(ear.recv(4096)) == CUE


def test_a_daw_that_does_not_run_is_told_once_something_was_sent_there(ports: OscPorts) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    out = PortsOut(ports, Links([DawSettings("osc", host="127.0.0.1", port=port)]))
    ports.start()
    assert out.nobody_at("osc") == ""
    out.cue("osc", CUE)
    if sys.platform in ("linux", "win32"):  # macOS doesn't tell
        assert wait_until(lambda: out.nobody_at("osc") != "", PATIENCE)
        assert out.nobody_at("osc") == f"nobody listens on 127.0.0.1:{port}"
    assert out.nobody_at("reaper") == ""


def test_what_came_in_is_counted_by_what_became_of_it(ports: OscPorts, ear: socket.socket) -> None:
    out = PortsOut(ports, Links([]))
    to = ports.serve(port=0)
    ports.start()
    for data in (b"/songbridge/ping\0\0\0\0", b"/songbridge/ping", b"/other/way\0\0,\0\0\0"):
        ear.sendto(data, to)
    assert wait_until(lambda: out.counts()["received"] == 3, PATIENCE)
    counts = out.counts()
    assert (counts["taken"], counts["malformed"], counts["foreign"]) == (1, 1, 1)


def test_feedback_to_a_host_that_is_not_found_is_a_state_and_everything_comes_when_it_is(
    ports: OscPorts,
) -> None:
    slow, sent = Slow(), OscLog()
    listeners = Listeners(Subscribers(), sent)
    told = ToldAlways(
        [Address(HOST, 9000), Address("127.0.0.1", 9001)], listeners, slow.names, ports.peer
    )
    assert listeners.faults == (
        "[[osc.feedback]] studio-mac.local:9000 is not told anything: looking for studio-mac.local",
    )
    view = View(Studio().session.engine.studio, 0, Settings(), 0.0)
    listeners.feed_back(view, {})
    assert sent.to("127.0.0.1:9001")
    assert not sent.to("127.0.0.1:9000")

    slow.answers.put("")
    while "looking" in listeners.faults[0]:
        told.retry()
    assert "can't be found" in listeners.faults[0]
    slow.answer()
    told.retry()
    assert listeners.faults == ()
    listeners.feed_back(view, {})
    assert sent.to("127.0.0.1:9000") == sent.to("127.0.0.1:9001")


def test_a_refused_datagram_is_told_with_what_it_said() -> None:
    lost: SimpleQueue[Refusal] = SimpleQueue()
    ports = OscPorts(lambda _message: None, lost=lost.put)
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as closed:
            closed.bind(("127.0.0.1", 0))
            port = closed.getsockname()[1]
        out = PortsOut(ports, Links([DawSettings("osc", host="127.0.0.1", port=port)]))
        ports.start()
        cues = [Osc("/cue", (f"cue {n}",)) for n in range(3)]
        assert all(out.cue("osc", cue) for cue in cues)
        if sys.platform in ("linux", "win32"):  # macOS doesn't tell
            told = [lost.get(timeout=PATIENCE) for _cue in cues]
            expected = cues if sys.platform == "linux" else [None] * 3
            assert told == [Refusal("osc", one) for one in expected]
    finally:
        ports.close()


def test_a_host_that_is_looked_for_is_a_closed_way(ports: OscPorts) -> None:
    slow = Slow()
    links = Links([DawSettings("osc", host=HOST, port=9001), DawSettings("osc", "here", port=9002)])
    out = PortsOut(ports, links, slow.names)
    assert out.closed() == {"osc"}
    assert out.cue("osc", CUE) is False
    slow.answer()
    out.retry()
    assert out.closed() == frozenset()


def test_a_way_that_did_not_change_stays_the_same_socket(
    ports: OscPorts, ear: socket.socket
) -> None:
    here = DawSettings("osc", "here", port=ear.getsockname()[1])
    out = PortsOut(ports, Links([here, DawSettings("osc", port=9001)]))
    out.cue("here", CUE)
    _, before = ear.recvfrom(4096)
    out.relink(Links([DawSettings("osc", port=9002), here]))
    out.cue("here", CUE)
    assert ear.recvfrom(4096)[1] == before
