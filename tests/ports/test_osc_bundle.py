from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythonosc.osc_bundle_builder import OscBundleBuilder
from pythonosc.osc_message import OscMessage
from pythonosc.osc_packet import OscPacket

from bridge.messages import Osc
from bridge.ports.osc_bundle import (
    HEAD,
    IMMEDIATELY,
    MAX_DEPTH,
    bundle,
    elements,
    wall,
)
from bridge.ports.osc_wire import MAX_PACKET, Malformed, encode
from tests.standins.osc_timetag import timetag

A, B, C = (encode(Osc(f"/{name}", (1,))) for name in "abc")


def nested(depth: int) -> bytes:
    packet = A
    for _ in range(depth):
        packet = bundle(IMMEDIATELY, packet)
    return packet


def test_a_message_by_itself_is_due_at_once() -> None:
    assert elements(A) == [(IMMEDIATELY, A)]


def test_bundles_come_apart_in_the_order_they_stand_in() -> None:
    packet = bundle(IMMEDIATELY, A, bundle(IMMEDIATELY, B), C)
    assert [part for _tag, part in elements(packet)] == [A, B, C]


def test_an_inner_bundle_never_comes_before_the_one_it_stands_in() -> None:
    early, late = timetag(1000.0), timetag(2000.0)
    packet = bundle(early, A, bundle(late, B), bundle(IMMEDIATELY, C))
    assert elements(packet) == [(early, A), (late, B), (early, C)]


def test_python_osc_takes_our_bundles_apart_alike() -> None:
    packet = bundle(IMMEDIATELY, A, bundle(IMMEDIATELY, B, C))
    theirs = [timed.message.dgram for timed in OscPacket(packet).messages]
    assert theirs == [part for _tag, part in elements(packet)]


def test_we_take_apart_what_python_osc_bundles() -> None:
    builder = OscBundleBuilder(1_800_000_000.5)  # type: ignore[arg-type] # it takes fractions, too
    builder.add_content(OscMessage(A))
    builder.add_content(OscMessage(B))
    found = elements(builder.build().dgram)
    assert [part for _tag, part in found] == [A, B]
    assert wall(found[0][0]) == pytest.approx(1_800_000_000.5, abs=1e-6)


@given(st.floats(0, 2_085_978_495))  # to the end of era 0, 2036-02-07
def test_an_instant_survives_as_a_time_tag_to_the_microsecond(instant: float) -> None:
    assert wall(timetag(instant)) == pytest.approx(instant, abs=1e-6)


def test_sixteen_bundles_deep_is_read_and_no_more() -> None:
    assert elements(nested(MAX_DEPTH)) == [(IMMEDIATELY, A)]
    with pytest.raises(Malformed, match="deep"):
        elements(nested(MAX_DEPTH + 1))


@pytest.mark.parametrize(
    "packet",
    [
        HEAD,
        HEAD + b"\0\0\0\0",
        bundle(IMMEDIATELY, A)[:-1],
        bundle(IMMEDIATELY, A) + b"\0\0",
        bundle(IMMEDIATELY) + b"\xff\xff\xff\xff" + A,
        bundle(IMMEDIATELY) + b"\x7f\xff\xff\xff" + A,
        bundle(IMMEDIATELY, A, bundle(IMMEDIATELY, B)[:-4]),
        bundle(IMMEDIATELY, A * (MAX_PACKET // len(A))),
    ],
)
def test_a_broken_bundle_is_refused_whole(packet: bytes) -> None:
    with pytest.raises(Malformed):
        elements(packet)


def test_elements_of_no_length_cost_nothing() -> None:
    packet = bundle(IMMEDIATELY) + b"\0\0\0\0" * 1000
    assert elements(packet) == [(IMMEDIATELY, b"")] * 1000


@given(st.binary(max_size=300))
def test_bytes_at_random_behind_a_bundle_head_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(Malformed):
        assert sum(len(part) for _tag, part in elements(HEAD + data)) <= len(data)
