"""The ports over real sockets on loopback, with python-osc as the client where it can be one."""

from __future__ import annotations

import errno
import queue
import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from pythonosc import slip
from pythonosc.tcp_client import SimpleTCPClient
from pythonosc.udp_client import SimpleUDPClient

from bridge import moment
from bridge.core.actions import Action
from bridge.errors import Refused, Unavailable
from bridge.messages import Osc
from bridge.ports import osc, osc_replies, osc_sockets, osc_streams
from bridge.ports.osc import Inbox, OscPorts
from bridge.ports.osc_bundle import IMMEDIATELY, bundle
from bridge.ports.osc_framing import Unframer, frame
from bridge.ports.osc_peers import LinkIn, OscIn, Peer, PeerGone
from bridge.ports.osc_requests import Ping, Subscribe
from bridge.ports.osc_sparing import EACH
from bridge.ports.osc_streams import MOST_UNSENT
from bridge.ports.osc_wire import decode, encode
from tests.standins.jack_device import wait_until
from tests.standins.osc_timetag import timetag

pytestmark = pytest.mark.live

PRESS = encode(Osc("/songbridge/complete", (1,)))
PING = encode(Osc("/songbridge/ping"))
PATIENCE = 10.0


class Served:
    """Ports on a free port of loopback, with what came in."""

    def __init__(self, put: Inbox | None = None) -> None:
        self.inbox: queue.SimpleQueue[OscIn | PeerGone | LinkIn] = queue.SimpleQueue()
        self.ports = OscPorts(put or self.inbox.put)
        self.host, self.port = self.ports.serve(port=0)
        self.ports.start()

    def next(self) -> OscIn:
        got = self.inbox.get(timeout=PATIENCE)
        assert isinstance(got, OscIn)
        return got

    def heard(self) -> LinkIn:
        got = self.inbox.get(timeout=PATIENCE)
        assert isinstance(got, LinkIn)
        return got


@pytest.fixture
def served() -> Iterator[Served]:
    one = Served()
    yield one
    one.ports.close()


def address(sock: socket.socket) -> tuple[str, int]:
    host, port = sock.getsockname()
    return host, port


@contextmanager
def datagrams(served: Served | None = None) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        sock.settimeout(PATIENCE)
        if served:
            sock.connect((served.host, served.port))
        yield sock


@contextmanager
def stream(served: Served) -> Iterator[socket.socket]:
    with socket.create_connection((served.host, served.port), timeout=PATIENCE) as sock:
        yield sock


def received(sock: socket.socket) -> Osc:
    unframer, packets = Unframer(), list[bytes]()
    while not packets:
        packets += unframer.feed(sock.recv(4096))
    return decode(packets[0])


def test_a_datagram_comes_in_as_a_request_and_is_answered_from_where_it_went(
    served: Served,
) -> None:
    with datagrams(served) as sock:
        sock.send(PRESS)
        got = served.next()
        assert (got.request, got.address) == (Action("complete"), "/songbridge/complete")
        assert got.peer == Peer("udp", "127.0.0.1", sock.getsockname()[1])
        served.ports.reply(got.peer, osc_replies.ok("complete", 7))
        assert decode(sock.recv(4096)) == Osc("/songbridge/ok", ("complete", 7))


def test_what_can_not_be_read_is_answered_but_garbage_is_not_thrown_back(served: Served) -> None:
    with datagrams(served) as sock:
        for _ in range(100):
            sock.send(b"/songbridge/pause\0\0\0,i\0\0")
        sock.send(PRESS)
        served.next()
        sock.settimeout(0.2)
        answers = []
        with suppress(TimeoutError):
            while True:
                answers.append(decode(sock.recv(4096)))
    assert EACH <= len(answers) <= 3 * EACH  # a slow machine may need more than one second
    assert {(one.address, one.args[0]) for one in answers} == {
        ("/songbridge/error", "/songbridge/pause")
    }


def test_python_osc_is_understood_over_udp(served: Served) -> None:
    client = SimpleUDPClient(served.host, served.port)
    client.send_message("/songbridge/extend", "5m")
    assert served.next().request == Action("extend", "5m")
    client._sock.close()


@pytest.mark.parametrize("mode", ["1.0", "1.1"])
def test_python_osc_is_understood_over_tcp_of_both_versions(served: Served, mode: str) -> None:
    client = SimpleTCPClient(served.host, served.port, mode=mode)
    client.send_message("/songbridge/start", 3)
    got = served.next()
    assert got.request == Action("start", 3)
    assert (got.peer.kind, got.peer.connection) == ("tcp", 1)
    client.socket.close()
    assert served.inbox.get(timeout=PATIENCE) == PeerGone(got.peer)


def test_slip_is_answered_with_slip(served: Served) -> None:
    with stream(served) as sock:
        sock.sendall(slip.encode(PING) + slip.encode(PRESS)[:5])
        served.ports.reply(served.next().peer, osc_replies.pong("1", 2))
        assert received(sock) == Osc("/songbridge/pong", ("1", 2))
        sock.sendall(slip.encode(PRESS)[5:])
        assert served.next().request == Action("complete")


def test_lengths_are_answered_with_lengths(served: Served) -> None:
    with stream(served) as sock:
        sock.sendall(frame(PING, "length"))
        served.ports.reply(served.next().peer, osc_replies.pong("1", 2))
        assert received(sock) == Osc("/songbridge/pong", ("1", 2))


def test_a_stream_of_another_kind_is_closed(served: Served) -> None:
    with stream(served) as sock:
        sock.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert isinstance(served.inbox.get(timeout=PATIENCE), PeerGone)
        with suppress(ConnectionResetError):
            assert sock.recv(100) == b""


def test_a_reader_that_never_reads_is_dropped(served: Served) -> None:
    with stream(served) as sock:
        sock.sendall(frame(PING, "slip"))
        peer = served.next().peer
        packet = encode(Osc("/songbridge/x", (b"\1" * 60_000,)))
        gone = None
        for _ in range(50 * MOST_UNSENT // len(packet)):
            served.ports.send(peer, packet)
            if not served.inbox.empty():
                gone = served.inbox.get()
                break
        assert (gone or served.inbox.get(timeout=PATIENCE)) == PeerGone(peer)
        served.ports.send(peer, packet)  # to nobody


def test_what_a_slow_reader_has_not_read_yet_waits_for_it(served: Served) -> None:
    with stream(served) as sock:
        sock.sendall(frame(PING, "length"))
        peer = served.next().peer
        assert served.ports._streams is not None
        ours = served.ports._streams._streams[peer.connection]
        ours.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8192)
        blob = bytes(range(256)) * 200
        for _ in range(15):
            served.ports.reply(peer, Osc("/x", (blob,)))
        assert ours._unsent
        unframer, packets = Unframer(), list[bytes]()
        while len(packets) < 15:
            packets += unframer.feed(sock.recv(65536))
        assert {decode(packet) for packet in packets} == {Osc("/x", (blob,))}


def test_a_mistake_is_answered_and_never_handed_over(served: Served) -> None:
    with datagrams(served) as sock:
        sock.send(encode(Osc("/songbridge/compleet")))
        answer = decode(sock.recv(4096))
        assert answer.address == "/songbridge/error"
        assert answer.args[0] == "/songbridge/compleet"
        sock.send(PING)
        assert served.next().request == Ping()


def test_foreign_and_broken_messages_are_counted_and_the_next_press_still_comes(
    served: Served,
) -> None:
    hostile = [b"", b"/", b"\xff" * 65000, b"/live/x\0,\0\0\0", b"#bundle\0", PRESS[:-1]]
    with datagrams(served) as sock:
        for data in hostile:
            sock.send(data)
        sock.send(PRESS)
        assert served.next().request == Action("complete")
    counts = served.ports.counts
    assert (counts.foreign, counts.malformed, counts.taken) == (4, 2, 1)


def test_a_bundle_comes_in_its_order_with_patterns_resolved(served: Served) -> None:
    with datagrams(served) as sock:
        pattern = encode(Osc("/songbridge/{pause,resume}"))
        sock.send(bundle(IMMEDIATELY, PRESS, bundle(IMMEDIATELY, pattern), PING))
        names = [served.next().address.rpartition("/")[2] for _ in range(4)]
        assert names == ["complete", "pause", "resume", "ping"]


def test_a_time_tag_ahead_delays_and_one_in_the_past_does_not(served: Served) -> None:
    now = moment.now()
    with datagrams(served) as sock:
        sock.send(bundle(timetag(now.wall + 0.2), PRESS))
        sock.send(bundle(timetag(now.wall - 0.2), PING))
        assert served.next().request == Ping()
        got = served.next()
        assert got.request == Action("complete")
        assert got.at.mono - now.mono >= 0.2 - 1e-3


def test_a_time_tag_too_far_ahead_is_answered_with_an_error(served: Served) -> None:
    with datagrams(served) as sock:
        sock.send(bundle(timetag(moment.now().wall + 3600), PRESS))
        answer = decode(sock.recv(4096))
        assert answer.args[0] == "/songbridge/complete"
        assert "at most 60 s" in str(answer.args[1])


def test_feedback_reaches_a_port_that_never_spoke(served: Served) -> None:
    with datagrams() as listening, datagrams(served) as sock:
        port = listening.getsockname()[1]
        sock.send(encode(Osc("/songbridge/subscribe", (port,))))
        assert served.next().request == Subscribe(port)
        served.ports.send(served.ports.peer("localhost", port), PING)
        data, sender = listening.recvfrom(4096)
        assert (data, sender[1]) == (PING, served.port)


@pytest.mark.needs("ipv6")
def test_a_peer_that_the_listening_socket_can_not_reach_is_sent_to_from_another(
    served: Served,
) -> None:
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as other:
        other.bind(("::1", 0))
        other.settimeout(PATIENCE)
        for _ in range(2):
            served.ports.send(Peer("udp", "::1", other.getsockname()[1]), PING)
            assert other.recv(4096) == PING


def test_what_is_too_much_is_answered_and_counted() -> None:
    def full(_message: OscIn | PeerGone | LinkIn) -> None:
        raise Refused("too much at once; try again")

    ports = OscPorts(full)
    host, port = ports.serve(port=0)
    ports.start()
    with datagrams() as sock:
        sock.sendto(PRESS, (host, port))
        refusal = Osc("/songbridge/error", ("/songbridge/complete", "too much at once; try again"))
        assert decode(sock.recv(4096)) == refusal
    assert ports.counts.turned_away == 1
    ports.close()


def test_after_something_was_turned_away_nothing_is_read_for_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tries: queue.SimpleQueue[float] = queue.SimpleQueue()

    def full(message: OscIn | PeerGone | LinkIn) -> None:
        assert isinstance(message, OscIn)
        tries.put(message.at.mono)
        raise Refused("too much at once; try again")

    rest = 0.05
    monkeypatch.setattr(osc, "_REST", rest)
    ports = OscPorts(full)
    where = ports.serve(port=0)
    with datagrams() as sock:
        for _ in range(3):
            sock.sendto(PRESS, where)
        ports.start()
        first, second, third = (tries.get(timeout=PATIENCE) for _ in range(3))
    ports.close()
    assert second - first >= rest
    assert third - second >= rest


class Defective(Served):
    """Ports whose inbox can't bear a ping."""

    def put(self, message: OscIn | PeerGone | LinkIn) -> None:
        if isinstance(message, OscIn) and message.request == Ping():
            raise ZeroDivisionError
        self.inbox.put(message)

    def __init__(self) -> None:
        super().__init__(self.put)


@pytest.fixture
def defective() -> Iterator[Served]:
    one = Defective()
    yield one
    one.ports.close()


def test_a_defect_costs_its_datagram_is_logged_once_and_the_next_is_read(
    defective: Served, caplog: pytest.LogCaptureFixture
) -> None:
    with datagrams(defective) as sock:
        for data in (PING, PING, PRESS):
            sock.send(data)
        assert defective.next().request == Action("complete")
        sock.send(bundle(timetag(moment.now().wall + 0.05), PING))
        sock.send(bundle(timetag(moment.now().wall + 0.1), PRESS))
        assert defective.next().request == Action("complete")
    assert len([r for r in caplog.records if "OscPorts" in r.message]) == 1


def test_a_defect_costs_its_connection_and_no_other(defective: Served) -> None:
    with stream(defective) as one, stream(defective) as other:
        one.sendall(frame(PING, "slip"))
        assert isinstance(defective.inbox.get(timeout=PATIENCE), PeerGone)
        other.sendall(frame(PRESS, "slip"))
        assert defective.next().request == Action("complete")


class Failing:
    """Our socket, which fails as often as it is told to."""

    def __init__(self, sock: socket.socket, number: int) -> None:
        self.sock, self.number, self.times = sock, number, 1

    def sendto(self, data: bytes, to: tuple[str, int]) -> int:
        if self.times:
            self.times -= 1
            raise OSError(self.number, "it failed")
        return self.sock.sendto(data, to)

    def close(self) -> None:
        self.sock.close()


@pytest.mark.parametrize(("number", "passes"), [(errno.ENOBUFS, True), (errno.EINVAL, False)])
def test_only_a_host_out_of_reach_is_answered_from_another_port_and_a_minute_at_most(
    number: int, passes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [moment.now()]
    ports = OscPorts(lambda _message: None, lambda: now[-1])
    _host, ours = ports.serve(port=0)
    monkeypatch.setattr(ports, "_udp", Failing(ports._udp, number))  # type: ignore[arg-type] # served
    with datagrams() as sock:
        peer = Peer("udp", *address(sock))

        def sender() -> int:
            ports.send(peer, PING)
            return int(sock.recvfrom(4096)[1][1])

        assert sender() != ours
        assert (sender() == ours) is passes
        now.append(now[0].later(59.0))
        assert (sender() == ours) is passes
        now.append(now[0].later(61.0))
        assert sender() == ours
    ports.close()


def test_when_all_places_are_taken_the_connection_idle_for_longest_goes(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(osc_streams, "MOST_STREAMS", 3)
    with stream(served) as first, stream(served) as idle, stream(served) as third:
        for sock in (idle, first, third):
            sock.sendall(frame(PING, "slip"))
            served.next()
        with stream(served) as late:
            assert idle.recv(100) == b""
            assert isinstance(served.inbox.get(timeout=PATIENCE), PeerGone)
            for sock in (first, third, late):
                sock.sendall(frame(PRESS, "slip"))
                assert served.next().request == Action("complete")


def test_when_no_files_are_left_connections_wait_and_nothing_spins(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    streams = served.ports._streams
    assert streams is not None
    full = Full(streams._listening)
    monkeypatch.setattr(streams, "_listening", full)
    monkeypatch.setattr(osc_streams, "FULL", 0.2)
    with stream(served) as sock:
        sock.sendall(frame(PRESS, "slip"))
        assert served.next().request == Action("complete")
    assert full.tries == 2


class Full:
    """Our listening socket, while the system has no files for the first that it is asked for."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock, self.tries = sock, 0
        self.fileno, self.close = sock.fileno, sock.close

    def accept(self) -> tuple[socket.socket, tuple[str, int]]:
        self.tries += 1
        if self.tries == 1:
            raise OSError(errno.EMFILE, "too many open files")
        return self.sock.accept()


def test_nothing_listens_but_feedback_is_sent_all_the_same() -> None:
    ports = OscPorts(lambda _message: None)
    with datagrams() as sock:
        ports.send(Peer("udp", "127.0.0.1", sock.getsockname()[1]), PING)
        assert sock.recv(4096) == PING
        ports.send(Peer("tcp", "127.0.0.1", 1, 1), PING)
    ports.close()


def test_a_port_in_use_is_told_with_what_to_do(served: Served) -> None:
    other = OscPorts(lambda _message: None)
    with pytest.raises(Unavailable) as caught:
        other.serve(port=served.port)
    other.close()
    assert f"port {served.port} (UDP) on 127.0.0.1 is in use" in str(caught.value)
    assert "config.toml: [osc] listen" in str(caught.value)


def test_a_port_that_only_tcp_has_in_use_is_told_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(Unavailable, match=rf"port {port} \(TCP\) on 127.0.0.1 is in use"):
            osc_sockets.both("127.0.0.1", port)


def test_an_address_of_another_machine_is_told_as_that() -> None:
    with pytest.raises(Unavailable, match="no address of this machine"):
        osc_sockets.both("192.0.2.1", 7707)  # RFC 5737: an address for documentation


@pytest.mark.parametrize(
    ("taken", "advised"),
    [(7707, "127.0.0.1:7717"), (7698, "127.0.0.1:7718"), (65535, "127.0.0.1:65525")],
)
def test_another_port_than_the_taken_one_and_that_of_http_is_advised(
    taken: int, advised: str
) -> None:
    in_use = OSError(errno.EADDRINUSE, "in use")
    told = osc_sockets._sentence(in_use, ("127.0.0.1", taken), "UDP", osc_sockets.SERVICE)
    assert told.endswith(f'config.toml: [osc] listen = "{advised}"')


def test_a_host_that_does_not_exist_is_told_as_that() -> None:
    with pytest.raises(Unavailable, match=r"can't be found"):
        osc_sockets.resolve("a..b", 7707)


def test_a_link_hears_what_it_asked_for_also_in_bundles_and_nothing_else(served: Served) -> None:
    with datagrams() as daw:
        link = served.ports.link("reaper", *address(daw), wanted=(b"/lastmarker/", b"/play"))
        link.send(PING)
        data, sender = daw.recvfrom(4096)
        assert (data, sender[1]) == (PING, link.port)
        name = encode(Osc("/lastmarker/name", ("Verse",)))
        daw.sendto(
            bundle(IMMEDIATELY, encode(Osc("/time", (1.0,))), name), ("127.0.0.1", link.port)
        )
        got = served.heard()
        assert (got.key, got.message) == ("reaper", Osc("/lastmarker/name", ("Verse",)))
        daw.sendto(b"/play\0\0\0,i\0\0", ("127.0.0.1", link.port))
        daw.sendto(encode(Osc("/play", (1,))), ("127.0.0.1", link.port))
        assert served.heard().message == Osc("/play", (1,))
        assert (link.sent, link.malformed) == (1, 1)


def test_a_link_listens_where_the_daw_was_told_to_send_and_can_be_made_anew(
    served: Served,
) -> None:
    with datagrams() as daw, datagrams() as elsewhere:
        first = served.ports.link("x", *address(daw), ("127.0.0.1", 0), (b"/a",))
        port = first.port
        again = served.ports.link("x", *address(daw), ("127.0.0.1", port), (b"/a",))
        assert again.port == port
        elsewhere.sendto(b"/a\0\0", ("127.0.0.1", port))
        assert served.heard().message == Osc("/a")
        with pytest.raises(Unavailable, match=r"listen = .* of that \[\[daw\]\]"):
            served.ports.link("y", *address(daw), ("127.0.0.1", port))


def test_a_daw_that_is_not_there_costs_no_exception_and_is_told_where_the_system_can() -> None:
    with datagrams() as daw:
        to = address(daw)
    ports = OscPorts(lambda _message: None)
    link = ports.link("daw", *to)
    ports.start()
    for _ in range(3):
        link.send(PING)
    assert (link.sent, link.unsent) == (3, 0)
    if sys.platform in ("linux", "win32"):  # macOS tells connected sockets only
        assert wait_until(lambda: link.refused, PATIENCE)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as daw:
            daw.bind(to)

            def reached() -> bool:
                link.send(PING)
                return not link.refused

            assert wait_until(reached, PATIENCE)
    ports.close()


def test_closing_frees_the_port_at_once() -> None:
    def ignore(_message: OscIn | PeerGone | LinkIn) -> None:
        """Take what comes in."""

    inbox: Inbox = ignore
    first = OscPorts(inbox)
    host, port = first.serve(port=0)
    first.start()
    with socket.create_connection((host, port)) as client:
        client.sendall(struct.pack(">i", 4))
        first.close()
        second = OscPorts(inbox)
        assert second.serve(host, port) == (host, port)
        second.close()
