"""Our codec against python-osc, which is the reference in both directions."""

from __future__ import annotations

import contextlib
import math
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythonosc.osc_message import OscMessage
from pythonosc.osc_message import ParseError as TheirParseError
from pythonosc.osc_message_builder import OscMessageBuilder

from bridge.errors import Invalid
from bridge.messages import Effect, Osc
from bridge.ports.osc_wire import MAX_ARGS, MAX_PACKET, Malformed, decode, encode

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
ADDRESS = TEXT.map(lambda text: "/" + text)
ARG = st.one_of(
    TEXT,
    st.integers(-(2**63), 2**63 - 1),
    st.floats(width=32, allow_nan=False),
    st.binary(min_size=1, max_size=30),  # python-osc can't build an empty blob
    st.booleans(),
    st.none(),
)
MESSAGE = st.builds(Osc, ADDRESS, st.lists(ARG, max_size=8).map(tuple))


def theirs(message: Osc) -> bytes:
    builder = OscMessageBuilder(message.address)
    for arg in message.args:
        builder.add_arg(arg)
    return builder.build().dgram


@given(MESSAGE)
def test_we_write_the_very_bytes_that_python_osc_writes(message: Osc) -> None:
    assert encode(message) == theirs(message)


@given(MESSAGE)
def test_we_read_what_python_osc_writes_and_it_reads_what_we_write(message: Osc) -> None:
    assert decode(theirs(message)) == message
    parsed = OscMessage(encode(message))
    assert (parsed.address, tuple(parsed.params)) == (message.address, message.args)


@given(MESSAGE, st.data())
def test_a_mangled_message_is_refused_or_read_as_python_osc_reads_it(
    message: Osc, data: st.DataObject
) -> None:
    mangled = bytearray(encode(message))
    for _ in range(data.draw(st.integers(1, 3))):
        mangled[data.draw(st.integers(0, len(mangled) - 1))] = data.draw(st.integers(0, 255))
    mangled = mangled[: data.draw(st.integers(0, len(mangled)))]
    try:
        ours = decode(bytes(mangled))
    except Malformed:
        return
    tags = type_tags(bytes(mangled))
    if set(tags) <= set("ifsbhdTFN"):  # the types that both know and read as the same
        try:
            parsed = OscMessage(bytes(mangled))
        except TheirParseError:
            pytest.fail(f"python-osc refuses {bytes(mangled)!r}, which we read as {ours}")
        assert parsed.address == ours.address
        assert same(tuple(parsed.params), ours.args)


def type_tags(data: bytes) -> str:
    at = (data.index(b"\0") & ~3) + 4
    return data[at + 1 : data.find(b"\0", at)].decode() if at < len(data) else ""


def same(left: tuple[Any, ...], right: tuple[Any, ...]) -> bool:
    """Equal, with not-a-number equal to itself."""
    return repr(left) == repr(right)


@given(st.binary(max_size=200))
def test_bytes_at_random_are_read_or_refused_and_nothing_else(data: bytes) -> None:
    with contextlib.suppress(Malformed):
        assert decode(data).address.startswith("/")


@given(MESSAGE)
def test_no_message_that_is_cut_short_within_its_arguments_is_read(message: Osc) -> None:
    whole = encode(message)
    if any(isinstance(arg, str | bytes | int | float) and arg not in (True, False)
           for arg in message.args[-1:]):  # fmt: skip
        with pytest.raises(Malformed):
            decode(whole[:-1])


@pytest.mark.parametrize(
    ("tags", "body", "args"),
    [
        (b",c", struct.pack(">i", ord("x")), ("x",)),
        (b",S", b"sym\0", ("sym",)),
        (b",t", b"12345678", (b"12345678",)),
        (b",r", b"\1\2\3\4", (b"\1\2\3\4",)),
        (b",m", b"\0\x90\x40\x7f", (b"\0\x90\x40\x7f",)),
        (b",I", b"", (True,)),
        (b",d", struct.pack(">d", math.pi), (math.pi,)),
        (b",b", b"\0\0\0\0", (b"",)),
    ],
)
def test_the_rarer_types_are_tolerated(tags: bytes, body: bytes, args: tuple[Any, ...]) -> None:
    assert decode(b"/a\0\0" + tags + b"\0\0" + body) == Osc("/a", args)


def test_a_message_of_the_old_kind_without_type_tags_has_no_arguments() -> None:
    assert decode(b"/a\0\0") == Osc("/a")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "has no end"),
        (b"/abc", "has no end"),
        (b"/a\0", "has no end"),
        (b"abc\0", "begins with /"),
        (b"/\xff\0\0", "not UTF-8"),
        (b"/a\0\0xi\0\0\0\0\0\1", "comma"),
        (b"/a\0\0,i\0\0\0\0\1", "ends before"),
        (b"/a\0\0,t\0\0\0\0\0\0", "ends before"),
        (b"/a\0\0,b\0\0\x7f\xff\xff\xff", "longer than its packet"),
        (b"/a\0\0,b\0\0\xff\xff\xff\xff", "longer than its packet"),
        (b"/a\0\0,c\0\0\0\0\1\0", "not ASCII"),
        (b"/a\0\0,[i]\0\0\0\0\0\0\0\1", "type '\\['"),
        (b"/a\0\0,Q\0\0", "type 'Q'"),
        (b"/a\0\0," + b"T" * (MAX_ARGS + 1) + b"\0\0", f"at most {MAX_ARGS}"),
        (b"/" + b"a" * MAX_PACKET, "at most 65536"),
    ],
)
def test_what_is_no_osc_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Malformed, match=reason):
        decode(data)


def test_nul_is_left_out_of_strings_and_a_lone_surrogate_replaced() -> None:
    assert decode(encode(Osc("/a", ("x\0y", "\ud800")))).args == ("xy", "?")


def test_a_float_too_large_for_32_bits_goes_as_64_and_infinity_as_32() -> None:
    assert encode(Osc("/a", (1e39, math.inf))) == (
        b"/a\0\0,df\0" + struct.pack(">d", 1e39) + struct.pack(">f", math.inf)
    )


def test_an_enumerated_word_goes_as_a_string() -> None:
    assert encode(Osc("/a", (Effect.PULSE,))) == encode(Osc("/a", ("pulse",)))


def test_what_osc_has_no_type_for_is_refused() -> None:
    with pytest.raises(Invalid, match="64 bits"):
        encode(Osc("/a", (2**63,)))
    with pytest.raises(Invalid, match="list"):
        encode(Osc("/a", ([],)))  # type: ignore[arg-type] # the wrong type is the point
