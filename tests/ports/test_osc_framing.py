from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythonosc import slip

from bridge.ports.osc_framing import Framing, Unframer, frame
from bridge.ports.osc_wire import MAX_PACKET, Malformed

FRAMINGS: tuple[Framing, ...] = ("slip", "length")
PACKETS = st.lists(st.binary(min_size=1, max_size=50).map(lambda data: b"/" + data), min_size=1)


@given(PACKETS, st.sampled_from(FRAMINGS), st.integers(1, 20))
def test_packets_survive_a_stream_however_it_is_cut(
    packets: list[bytes], framing: Framing, piece: int
) -> None:
    stream = b"".join(frame(packet, framing) for packet in packets)
    unframer = Unframer()
    got: list[bytes] = []
    for at in range(0, len(stream), piece):
        got += unframer.feed(stream[at : at + piece])
    assert got == packets
    assert unframer.framing == framing


@given(st.binary(min_size=1))
def test_slip_is_what_python_osc_writes_and_reads(packet: bytes) -> None:
    assert frame(packet, "slip") == slip.encode(packet)
    assert slip.decode(frame(b"/" + packet + b"/", "slip")) == b"/" + packet + b"/"


def test_slip_without_a_leading_end_is_understood() -> None:
    assert Unframer().feed(b"/a\0\0\xc0/b\0\0\xc0") == [b"/a\0\0", b"/b\0\0"]


@pytest.mark.parametrize("hello", [b"GET / HTTP/1.1\r\n", b"\x16\x03\x01", b"\xff"])
def test_a_stream_of_another_kind_is_refused_at_its_first_byte(hello: bytes) -> None:
    with pytest.raises(Malformed, match="neither"):
        Unframer().feed(hello)


def test_a_length_beyond_the_limit_is_refused_before_it_arrives() -> None:
    with pytest.raises(Malformed, match="at most"):
        Unframer().feed((MAX_PACKET + 1).to_bytes(4, "big"))


def test_slip_that_never_ends_is_refused() -> None:
    unframer = Unframer()
    assert unframer.feed(b"/" * (2 * MAX_PACKET)) == []
    with pytest.raises(Malformed, match="more than"):
        unframer.feed(b"/")


@given(st.binary(max_size=200))
def test_bytes_at_random_are_cut_or_refused(data: bytes) -> None:
    try:
        packets = Unframer().feed(data)
    except Malformed:
        return
    assert sum(map(len, packets)) <= len(data)
