from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.core.actions import Action
from bridge.messages import Osc
from bridge.ports.osc_bundle import HEAD, IMMEDIATELY, bundle
from bridge.ports.osc_reader import MOST_REQUESTS, Counts, Reader, idle, is_foreign
from bridge.ports.osc_requests import ADDRESSES, BadRequest, Ping, Unreadable
from bridge.ports.osc_wire import encode
from tests.standins.osc_timetag import timetag

PRESS = encode(Osc("/songbridge/complete", (1,)))
PING = encode(Osc("/songbridge/ping"))


def counted(data: bytes) -> Counts:
    reader = Reader()
    assert reader.read(data) == []
    return reader.counts


def test_a_message_is_read_with_the_address_it_was_sent_to() -> None:
    reader = Reader()
    assert reader.read(PRESS) == [(IMMEDIATELY, "/songbridge/complete", Action("complete"))]
    assert reader.counts == Counts(taken=1)


def test_a_pattern_asks_at_every_address_it_matches() -> None:
    found = Reader().read(encode(Osc("/songbridge/{skip,ping}", (1,))))
    assert [address for _tag, address, _reading in found] == [
        "/songbridge/skip",
        "/songbridge/ping",
    ]


def test_a_pattern_may_stand_for_our_own_root() -> None:
    assert Reader().read(encode(Osc("/*/ping"))) == [(IMMEDIATELY, "/songbridge/ping", Ping())]
    assert Reader().read(encode(Osc("/[s]ongbridge/ping")))


def test_a_bundle_keeps_its_order_and_its_time_tags() -> None:
    later = timetag(2_000_000_000.0)
    packet = bundle(IMMEDIATELY, PRESS, b"/foreign\0\0\0\0,\0\0\0", bundle(later, PING))
    reader = Reader()
    assert reader.read(packet) == [
        (IMMEDIATELY, "/songbridge/complete", Action("complete")),
        (later, "/songbridge/ping", Ping()),
    ]
    assert reader.counts == Counts(taken=2, foreign=1)


def test_a_mistake_is_found_with_its_reason() -> None:
    [(_tag, address, reading)] = Reader().read(encode(Osc("/songbridge/compleet")))
    assert address == "/songbridge/compleet"
    assert isinstance(reading, BadRequest)


@pytest.mark.parametrize(
    ("data", "counts"),
    [
        (encode(Osc("/live/song/get/tempo", (1,))), Counts(foreign=1)),
        (encode(Osc("/state")), Counts(foreign=1)),
        (encode(Osc("/s*")), Counts(foreign=1)),
        (encode(Osc("/*")), Counts(foreign=1)),
        (encode(Osc("/songbridgex/ping")), Counts(foreign=1)),
        (b"/*/ping", Counts(foreign=1)),
        (b"", Counts(foreign=1)),
        (b"\xff\xff\xff\xff", Counts(foreign=1)),
        (encode(Osc("/songbridge/complete", (0,))), Counts(released=1)),
        (encode(Osc("/songbridge/error", ("a", "b"))), Counts(echoes=1)),
        (b"/songbridge/ping", Counts(malformed=1)),
        (b"/*/ping\0,i\0\0", Counts(malformed=1)),
        (b"/songbridge/ok\0\0,i\0\0", Counts(malformed=1)),
        (b"/songbridge/event/paused\0\0\0\0,i\0\0", Counts(malformed=1)),
        (b"/songbridge/" + b"x" * 100 + b"\0\0\0\0,i\0\0", Counts(malformed=1)),
        (b"/songbridge/\xff\0\0\0", Counts(malformed=1)),
        (HEAD, Counts(malformed=1)),
        (bundle(IMMEDIATELY, PRESS)[:-1], Counts(malformed=1)),
    ],
)
def test_what_asks_for_nothing_is_counted_and_dropped(data: bytes, counts: Counts) -> None:
    assert counted(data) == counts


@pytest.mark.parametrize(
    ("data", "address", "reason"),
    [
        (b"/songbridge/note\0\0\0\0,s\0\0\xff\xfe\0\0", "/songbridge/note", "not UTF-8"),
        (b"/songbridge/pause\0\0\0,i\0\0", "/songbridge/pause", "ends before its last argument"),
        (
            b"/songbridge/extend\0\0,[i]\0\0\0\0\0\0\0\1",
            "/songbridge/extend",
            "arrays and others aren't read",
        ),
        (b"/songbridge/*\0\0\0,i\0\0", "/songbridge/*", "ends before"),
    ],
)
def test_what_can_not_be_read_but_was_meant_for_us_says_why(
    data: bytes, address: str, reason: str
) -> None:
    reader = Reader()
    for _ in range(2):
        [(_tag, to, reading)] = reader.read(data)
        assert to == address
        assert isinstance(reading, Unreadable)
        assert reading.reason.startswith("could not be read: ")
        assert reason in reading.reason
    assert reader.counts == Counts(malformed=2)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (encode(Osc("/songbridge/complete", (0,))), "/songbridge/complete 0"),
        (encode(Osc("/songbridge/ok", ("note", 1))), ""),
        (encode(Osc("/foo/bar", (1,))), ""),
        (encode(Osc("/s/complete", (1,))), ""),
        (b"/songbridge/ok\0\0,i\0\0", ""),
    ],
)
def test_of_what_asks_for_nothing_a_button_s_release_is_worth_watching(
    data: bytes, text: str
) -> None:
    assert idle(data) == text


def test_one_packet_asks_for_no_more_than_the_limit() -> None:
    everything = encode(Osc("/songbridge/*"))
    assert len(Reader().read(bundle(IMMEDIATELY, *[everything] * 100))) == MOST_REQUESTS


@pytest.mark.parametrize("address", [*ADDRESSES, "/*/x", "/?", "/[a]", "/{a}"])
def test_nothing_that_may_be_ours_is_foreign_at_a_glance(address: str) -> None:
    data = encode(Osc(address))
    assert not is_foreign(data, len(data))
    assert not is_foreign(bundle(IMMEDIATELY, data), 16)


@given(st.binary(max_size=200))
def test_bytes_at_random_never_raise(data: bytes) -> None:
    for packet in (data, b"/songbridge/" + data, b"/*/" + data, HEAD + b"\0" * 8 + data):
        Reader().read(packet)


def test_ten_thousand_mangled_packets_never_raise_and_are_all_counted() -> None:
    chance = random.Random(7707)  # noqa: S311 - repeatable, not secret
    seeds = [PRESS, PING, encode(Osc("/songbridge/{note,mark}", ("a", 2, 0.5, b"x", None)))]
    seeds.append(bundle(timetag(1e9), *seeds, bundle(IMMEDIATELY, *seeds)))
    reader = Reader()
    for _ in range(10_000):
        data = bytearray(chance.choice(seeds))
        for _ in range(chance.randrange(4)):
            data[chance.randrange(len(data))] = chance.choice((0, 44, 47, 42, 91, 123, 255))
        if chance.random() < 0.5:
            del data[chance.randrange(len(data)) :]
        reader.read(bytes(data))
    counts = reader.counts
    assert counts.taken > 1000
    assert counts.malformed > 1000
    assert counts.foreign > 1000
