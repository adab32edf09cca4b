from __future__ import annotations

import pytest

from bridge.errors import Refused
from bridge.ports.osc_peers import Peer
from bridge.ports.osc_subscribers import LAPSE, MOST_SUBSCRIBERS, Subscribers

TABLET = Peer("udp", "192.168.1.9", 50000)
STREAM = Peer("tcp", "127.0.0.1", 50001, 1)
WALL = Peer("udp", "127.0.0.1", 9000)


def test_nobody_subscribes_by_themselves() -> None:
    assert not Subscribers()
    assert Subscribers().targets == ()


def test_the_peers_of_the_config_get_feedback_for_ever() -> None:
    subscribers = Subscribers([WALL, WALL])
    subscribers.advance(1e9)
    assert subscribers
    assert subscribers.targets == (WALL,)
    assert subscribers.wake() is None


def test_feedback_goes_to_the_senders_own_port_or_to_the_one_it_names() -> None:
    subscribers = Subscribers()
    assert subscribers.subscribe(TABLET, None, 0.0) == TABLET
    other = subscribers.subscribe(TABLET, 9001, 0.0)
    assert other == Peer("udp", "192.168.1.9", 9001)
    assert subscribers.targets == (TABLET, other)
    assert subscribers.answering(TABLET) == (TABLET, other)
    assert subscribers.answering(WALL) == (WALL,)


def test_a_subscription_lapses_after_five_minutes_without_another() -> None:
    subscribers = Subscribers()
    subscribers.subscribe(TABLET, None, 10.0)
    assert subscribers.wake() == 10.0 + LAPSE == 310.0
    subscribers.subscribe(TABLET, None, 100.0)
    subscribers.advance(310.0)
    assert subscribers.targets == (TABLET,)
    subscribers.advance(399.9)
    assert subscribers
    subscribers.advance(400.0)
    assert not subscribers


def test_unsubscribing_ends_one_port_or_all_that_a_sender_has() -> None:
    subscribers = Subscribers()
    subscribers.subscribe(TABLET, None, 0.0)
    subscribers.subscribe(TABLET, 9001, 0.0)
    subscribers.unsubscribe(Peer("udp", TABLET.host, 50002), 9001)
    assert subscribers.targets == (TABLET,)
    subscribers.subscribe(TABLET, 9001, 0.0)
    subscribers.unsubscribe(TABLET)
    assert not subscribers
    subscribers.unsubscribe(TABLET)


def test_a_connection_takes_its_subscriptions_with_it() -> None:
    subscribers = Subscribers([WALL])
    subscribers.subscribe(STREAM, None, 0.0)
    subscribers.subscribe(TABLET, None, 0.0)
    subscribers.gone(STREAM)
    assert subscribers.targets == (WALL, TABLET)


def test_a_configured_peer_that_subscribes_too_is_told_once() -> None:
    subscribers = Subscribers([WALL])
    subscribers.subscribe(WALL, None, 0.0)
    assert subscribers.targets == (WALL,)


def test_there_is_an_end_to_how_many_may_subscribe() -> None:
    subscribers = Subscribers()
    for port in range(2, MOST_SUBSCRIBERS + 2):
        subscribers.subscribe(TABLET, port, 0.0)
    with pytest.raises(Refused, match="64 subscribers are served already"):
        subscribers.subscribe(TABLET, None, 1.0)
    subscribers.subscribe(TABLET, 2, 1.0)
    subscribers.subscribe(STREAM, None, LAPSE)  # all but one have lapsed by now
    assert len(subscribers.targets) == 2
