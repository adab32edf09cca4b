"""OSC as an independent program speaks it: python-osc over UDP and TCP, at a real service."""

from __future__ import annotations

import random
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from pythonosc.osc_bundle_builder import IMMEDIATELY, OscBundleBuilder
from pythonosc.osc_message_builder import OscMessageBuilder

from bridge.messages import Osc
from tests.live.conftest import Pads
from tests.standins.osc_caller import OscCaller, messages, packet
from tests.standins.osc_target import OscTargetStandIn
from tests.standins.service import Service

pytestmark = pytest.mark.live
PERIOD = 1024

Make = Callable[..., Service]
END, ESC, ESC_END, ESC_ESC = b"\xc0", b"\xdb", b"\xdb\xdc", b"\xdb\xdd"
NOBODY = {"JACK_DEFAULT_SERVER": "songbridge-nobody", "JACK_NO_START_SERVER": "1"}


@pytest.fixture
def service(made: Make) -> Service:
    one = made(environ=NOBODY)
    one.start()
    return one


@pytest.fixture
def caller(service: Service) -> Iterator[OscCaller]:
    with OscCaller(service.osc) as one:
        yield one


class SlipCaller:
    """A TCP connection with SLIP framing, written here a second time (RFC 1055)."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.socket = socket.create_connection(address, timeout=5)
        self._rest = b""

    def send(self, data: bytes) -> None:
        self.socket.sendall(END + data.replace(ESC, ESC_ESC).replace(END, ESC_END) + END)

    def hear(self) -> Osc:
        """Return the next message that comes."""
        while True:
            frame, end, rest = self._rest.partition(END)
            if end:
                self._rest = rest
                if frame:
                    data = frame.replace(ESC_END, END).replace(ESC_ESC, ESC)
                    return messages(data)[0]
            else:
                received = self.socket.recv(65536)
                assert received, "the service hung up"
                self._rest += received

    def ask(self, address: str, *args: int | str) -> Osc:
        self.send(packet(address, *args))
        return self.hear()


def bundle(at: float, *parts: tuple[str, int | str]) -> bytes:
    builder = OscBundleBuilder(at)  # type: ignore[arg-type] # annotated int, takes seconds
    for address, argument in parts:
        message = OscMessageBuilder(address)
        message.add_arg(argument)
        builder.add_content(message.build())
    return bytes(builder.build().dgram)


def test_an_action_is_acknowledged_or_refused_with_a_reason(caller: OscCaller) -> None:
    assert caller.ask("/songbridge/start", 2) == Osc("/songbridge/ok", ("start", 3))
    assert caller.ask("/songbridge/extend", "5m") == Osc("/songbridge/ok", ("extend", 4))
    refused = caller.ask("/songbridge/start", 99)
    assert refused.address == "/songbridge/error"
    assert refused.args[0] == "/songbridge/start"
    assert "99" in str(refused.args[1])
    assert caller.ask("/songbridge/compleet").args == (
        "/songbridge/compleet",
        "there is no such address; did you mean /songbridge/complete?",
    )
    assert caller.ask("/songbridge/ping").address == "/songbridge/pong"


def test_a_button_let_go_does_nothing(caller: OscCaller, service: Service) -> None:
    assert caller.ask("/songbridge/toggle", 1.0).address == "/songbridge/ok"
    before = service.status()["seq"]
    caller.send("/songbridge/toggle", 0.0)
    caller.send("/songbridge/complete", 0)
    assert caller.ask("/songbridge/ping").args[1] == before


def test_over_tcp_it_is_the_same(service: Service) -> None:
    first, second = SlipCaller(service.osc), SlipCaller(service.osc)
    try:
        assert first.ask("/songbridge/note", "100 % \xdb \xc0 here").address == "/songbridge/ok"
        assert second.ask("/songbridge/complete").address == "/songbridge/error"
        first.send(packet("/songbridge/start", 1) + b"")
        assert first.hear() == Osc("/songbridge/ok", ("start", 4))
        assert second.ask("/songbridge/ping").address == "/songbridge/pong"
        second.send(packet("/songbridge/subscribe"))
        dump = [second.hear() for _ in range(6)]
        assert any(message.address == "/songbridge/task" for message in dump)
    finally:
        first.socket.close()
        second.socket.close()
    with OscCaller(service.osc) as caller:
        assert caller.ask("/songbridge/complete").address == "/songbridge/ok"
    assert service.alive


def test_a_subscriber_gets_everything_then_what_pads_change(made: Make, pads: Pads) -> None:
    service = made()
    service.start()
    assert pads.shows(lambda pad: pad.all_lit())
    with OscCaller(service.osc) as tablet, OscCaller(service.osc) as other:
        tablet.send("/songbridge/subscribe", other.port)
        light = "/songbridge/light/novation-launchpad-mini-mk3/pad.1.1"
        assert other.wait_until(lambda heard: {m.address for m in heard} >= {
            "/songbridge/task", "/songbridge/timer", "/songbridge/timer/text", "/songbridge/song",
            "/songbridge/timer/progress", "/songbridge/queue/size", "/songbridge/queue/1", light,
        })  # fmt: skip
        assert other.args_of("/songbridge/task") == [("", "", "", "")]
        assert not tablet.heard
        pads.press(81)
        assert other.wait_until(lambda _: other.args_of(light)[-1][2] == "pulse")
        assert other.args_of("/songbridge/task")[-1][1] == "Write chord progression"
        assert other.args_of("/songbridge/event")[-1][0] == "started"
        assert other.wait_until(lambda _: "19:58" in str(other.args_of("/songbridge/timer/text")))
        assert len(other.args_of("/songbridge/queue/3")) == 1  # what stays is not sent again
        tablet.send("/songbridge/unsubscribe", other.port)
        assert tablet.ping()
        heard = len(other.heard)
        pads.press(22)
        assert service.shows(lambda status: status["task"]["track"] == "Bass")
        assert len(other.heard) == heard


def test_a_pattern_does_each_that_it_matches(caller: OscCaller, service: Service) -> None:
    assert caller.ask("/songbridge/start").address == "/songbridge/ok"
    caller.send("/songbridge/{complete,skip}")
    assert caller.wait_until(
        lambda heard: (
            sorted(str(m.args[0]) for m in heard if m.address == "/songbridge/ok")
            == ["complete", "skip", "start"]
        )
    )
    assert len(service.status()["queue"]) == 1
    caller.send("/songbridge/" + "*" * 200 + "x")  # a hostile pattern costs nothing
    assert caller.ping(1.0)


def test_a_bundle_is_done_in_order_and_waits_for_its_time(
    caller: OscCaller, service: Service
) -> None:
    caller.send_bytes(bundle(IMMEDIATELY, ("/songbridge/start", 1), ("/songbridge/extend", "5m")))
    assert service.shows(lambda status: status["timer"]["budget_s"] == 1500)
    due = time.time() + 0.7
    caller.send_bytes(bundle(due, ("/songbridge/complete", 1), ("/songbridge/note", "later")))
    assert caller.ask("/songbridge/mark", 1).address == "/songbridge/ok"
    assert caller.wait_until(lambda heard: heard[-1].args[0] == "note")
    assert time.time() >= due - 0.01
    oks = [m.args[0] for m in caller.heard if m.address == "/songbridge/ok"]
    assert oks == ["start", "extend", "mark", "complete", "note"]


def test_programs_that_are_not_there_and_garbage_that_is_cost_nothing(made: Make) -> None:
    service = made(
        '[[osc.feedback]]\nhost = "127.0.0.1:9"\n[[daw]]\nkind = "osc"\nhost = "127.0.0.1:11"\n'
        '[[daw]]\nkind = "reaper"\nhost = "127.0.0.1:10"\n',
        environ=NOBODY,
    )
    service.start()
    chance = random.Random(7)  # noqa: S311 - a test's own
    hoses = [socket.create_connection(service.osc, timeout=5) for _ in range(20)]
    try:
        with OscCaller(service.osc) as caller:
            assert caller.ask("/songbridge/start").address == "/songbridge/ok"
            if sys.platform == "linux":  # macOS doesn't tell
                nobody = "nobody listens on 127.0.0.1:11"
                assert service.shows(lambda status: status["daws"][0]["detail"] == nobody)
            hoses[0].sendall(END + b"a" * 100_000)  # a frame without an end
            hoses[1].sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            for _ in range(2000):
                caller.send_bytes(chance.randbytes(chance.randrange(1, 80)))
            caller.send_bytes(b"#bundle\0" + bytes(8) + b"\xff\xff\xff\xff")
            for argument in (float("nan"), float("inf"), 1e38, "x" * 60_000):
                assert caller.ask("/songbridge/extend", argument).address == "/songbridge/error"
            assert caller.ask("/songbridge/complete").address == "/songbridge/ok"
            counts = service.status()["osc"]
            assert counts["malformed"] > 0
            assert counts["received"] >= counts["malformed"] + counts["foreign"] + counts["taken"]
    finally:
        for hose in hoses:
            hose.close()
    assert len(service.lines) == 3  # up, where, and no MIDI: no word about any of it


def test_hosts_that_nobody_knows_keep_nothing_from_starting_and_show(made: Make) -> None:
    nobody = "songbridge-nobody.invalid:9000"  # RFC 2606: there is no such name
    service = made(
        f'[[osc.feedback]]\nhost = "{nobody}"\n[[daw]]\nkind = "osc"\nhost = "{nobody}"\n',
        environ=NOBODY,
    )
    service.start()
    with OscCaller(service.osc) as caller:
        assert caller.ask("/songbridge/start").address == "/songbridge/ok"
    status = service.status()
    assert [fault for fault in status["faults"] if nobody in fault]
    assert status["daws"][0]["state"] == "trouble"
    assert "songbridge-nobody.invalid" in status["daws"][0]["detail"]


FLOODS = {
    "notes": packet("/songbridge/note", "again"),
    "refreshes": bundle(IMMEDIATELY, *[("/songbridge/refresh", 1)] * 256),
}
TOGGLE = 21
MISSED = 2
"""Presses of ten that JACK may lose without a real-time scheduler (docs/controllers.md)."""
AT_ONCE = 1.0
"""Seconds that a press may take on a busy machine; behind a flood it would be the flood's length."""


@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_of_requests_keeps_no_pad_waiting(made: Make, pads: Pads, flood: str) -> None:
    with OscTargetStandIn() as daw:
        service = made(f'[[daw]]\nkind = "osc"\nhost = "127.0.0.1:{daw.port}"\n')
        service.start()
        assert pads.shows(lambda pad: pad.all_lit())
        pads.press(81)
        with flooded(service.osc, FLOODS[flood]):
            again = 0
            for turn in range(10):
                words = ("on it again", "paused")[turn % 2 == 0]
                done = partial(said, words, turn // 2 + 1)
                pads.press(TOGGLE)
                if not daw.wait_for(done, AT_ONCE):  # a missed period of JACK's takes a press along
                    again += 1
                    pads.press(TOGGLE)
                    assert daw.wait_for(done, AT_ONCE), f"press {turn + 1} was not done at once"
        assert again <= MISSED


@contextmanager
def flooded(address: tuple[str, int], data: bytes) -> Iterator[None]:
    """Send `data` again and again meanwhile, as fast as the machine can."""
    over = threading.Event()

    def pour() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            while not over.is_set():
                sock.sendto(data, address)

    thread = threading.Thread(target=pour, daemon=True)
    thread.start()
    time.sleep(0.5)  # a flood that began when the press came would prove nothing
    try:
        yield
    finally:
        over.set()
        thread.join()


def said(words: str, times: int, got: list[Osc]) -> bool:
    """Tell whether so many cues hold `words`."""
    return times == sum(1 for cue in got if any(words in str(arg) for arg in cue.args))
