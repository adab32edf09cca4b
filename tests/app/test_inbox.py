"""What waits for the consumer thread: in which order, and how much."""

from __future__ import annotations

import threading
import time

import pytest

from bridge.app.inbox import MOST_OSC, Inbox
from bridge.errors import Refused
from bridge.messages import MidiIn, Osc
from bridge.moment import Moment
from bridge.ports.osc_peers import LinkIn, OscIn, Peer, PeerGone
from bridge.ports.osc_requests import Ping

NOW = Moment(1.0, 2.0)
PEER = Peer("udp", "127.0.0.1", 4000)
PRESS = MidiIn("pads", b"\x90\x51\x7f", NOW)
PATIENCE = 10.0


def ping(number: int = 0) -> OscIn:
    return OscIn(PEER, Ping(), f"/songbridge/ping/{number}", NOW)


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


def test_osc_comes_in_its_order(inbox: Inbox) -> None:
    pings = [ping(number) for number in range(5)]
    for each in pings:
        inbox.put_osc(each)

    assert [inbox.take(0.0) for _ in pings] == pings
    assert inbox.empty()


def test_a_press_overtakes_all_osc_but_the_next(inbox: Inbox) -> None:
    for number in range(100):
        inbox.put_osc(ping(number))
    inbox.put(PRESS)

    assert PRESS in [inbox.take(0.0), inbox.take(0.0)]
    inbox.put(PRESS)
    assert inbox.take(0.0) == PRESS
    assert not inbox.empty()


def test_too_much_osc_is_refused_and_nothing_else_is(inbox: Inbox) -> None:
    for number in range(MOST_OSC):
        inbox.put_osc(ping(number))
    with pytest.raises(Refused, match="too much at once; try again"):
        inbox.put_osc(ping())
    with pytest.raises(Refused):
        inbox.put_osc(LinkIn("reaper", Osc("/play"), NOW))
    inbox.put_osc(PeerGone(PEER))
    inbox.put(PRESS)

    came = [inbox.take(0.0) for _ in range(MOST_OSC + 2)]
    assert PRESS in came
    assert came[-1] == PeerGone(PEER)
    inbox.put_osc(ping())  # there is room again


def test_nothing_is_lost_between_threads_and_nobody_sleeps_while_something_waits(
    inbox: Inbox,
) -> None:
    pings = [ping(number) for number in range(20_000)]
    threads = [
        threading.Thread(target=speak, args=(inbox, pings), daemon=True),
        threading.Thread(target=lambda: [inbox.put(PRESS) for _ in pings], daemon=True),
    ]
    for thread in threads:
        thread.start()
    came = list[object]()
    while len(came) < 2 * len(pings):
        begun = time.monotonic()
        message = inbox.take(PATIENCE)
        if message is not None:
            came.append(message)
        else:  # a bell for what was taken already; one that did not ring would cost the patience
            assert time.monotonic() - begun < PATIENCE, "asleep while something waits"

    assert [message for message in came if isinstance(message, OscIn)] == pings
    assert came.count(PRESS) == len(pings)


def speak(inbox: Inbox, pings: list[OscIn]) -> None:
    for each in pings:
        while not taken(inbox, each):
            pass


def taken(inbox: Inbox, message: OscIn) -> bool:
    try:
        inbox.put_osc(message)
    except Refused:
        return False
    return True
