"""What `monitor` hears of OSC besides requests."""

from __future__ import annotations

from bridge.app.tapping import Taps
from bridge.messages import Osc
from bridge.moment import Moment
from bridge.ports.osc_peers import Peer
from bridge.web.role import Traffic

NOW = Moment(5.0, 1_700_000_000.0)
PEER = Peer("udp", "127.0.0.1", 9000)


def test_answers_are_heard_with_what_they_say() -> None:
    taps, heard = Taps(now=lambda: NOW), list[Traffic]()
    taps.join(heard.append)
    taps.osc_out(PEER, Osc("/songbridge/ok", ("note", 7)))
    assert heard == [Traffic(NOW.wall, "out", "osc", str(PEER), "/songbridge/ok 'note' 7")]


def test_messages_for_somebody_else_are_counted_since_the_last_count() -> None:
    taps, heard = Taps(now=lambda: NOW), list[Traffic]()
    taps.others(1000, NOW)
    leave = taps.join(heard.append)
    for count in (1000, 1001, 1501):
        taps.others(count, NOW)
    leave()
    taps.others(2000, NOW)
    assert [(one.text, one.more) for one in heard] == [
        ("1 message for somebody else", {"foreign": 1}),
        ("500 messages for somebody else", {"foreign": 500}),
    ]
