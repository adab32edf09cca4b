"""Bytes to edges: every form of a press, and nothing from anything else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.surface.decode import Decoder
from bridge.surface.profile import Control, Edge, PortPatterns, Profile


def decoder(*controls: Control) -> Decoder:
    by_name = {control.name: control for control in controls}
    return Decoder(Profile("x", "X", frozenset(), PortPatterns(), by_name))


PAD = Control("pad.1.1", "button", "note", 81)
BUTTON = Control("up", "button", "cc", 91)
FADER = Control("fader.2", "fader", "pitchbend", 0, channel=2)


@pytest.mark.parametrize(
    ("message", "edge"),
    [
        ("90 51 7F", Edge("pad.1.1", "down", 1.0)),
        ("90 51 01", Edge("pad.1.1", "down", 1 / 127)),
        ("90 51 00", Edge("pad.1.1", "up", 0.0)),
        ("80 51 00", Edge("pad.1.1", "up", 0.0)),
        ("80 51 40", Edge("pad.1.1", "up", 0.0)),
        ("B0 5B 7F", Edge("up", "down", 1.0)),
        ("B0 5B 40", Edge("up", "down", 64 / 127)),
        ("B0 5B 3F", Edge("up", "up", 0.0)),
        ("B0 5B 00", Edge("up", "up", 0.0)),
        ("E1 00 00", Edge("fader.2", "turn", 0.0)),
        ("E1 7F 7F", Edge("fader.2", "turn", 1.0)),
        ("E1 00 40", Edge("fader.2", "turn", 8192 / 16383)),
    ],
)
def test_each_form_of_a_message_is_understood(message: str, edge: Edge) -> None:
    assert decoder(PAD, BUTTON, FADER).feed(bytes.fromhex(message)) == edge


@pytest.mark.parametrize(
    "message",
    [
        "91 51 7F",  # another channel
        "90 52 7F",  # another note
        "B0 51 7F",  # a control change with the pad's number
        "90 5B 7F",  # a note with the button's number
        "A0 51 7F",  # polyphonic aftertouch
        "D0 51",  # channel pressure
        "E0 00 00",  # pitch bend on another channel
        "F8",  # clock
        "FE",  # active sensing
        "F0 00 20 29 02 0D 0E 01 F7",  # SysEx
        "",
        "90",
        "90 51",
        "90 51 7F 00",
        "90 51 80",  # data bytes have seven bits
        "8F D1 7F",  # would be a pad if status and number ran together
        "E1 80 00",
        "51 7F 00",
    ],
)
def test_what_the_profile_does_not_know_is_nothing(message: str) -> None:
    assert decoder(PAD, BUTTON, FADER).feed(bytes.fromhex(message)) is None


def test_a_down_after_a_down_is_a_down_again() -> None:
    heard = decoder(PAD)
    assert [heard.feed(bytes((0x90, 81, 100))) for _ in range(2)] == [
        Edge("pad.1.1", "down", 100 / 127)
    ] * 2


@pytest.mark.parametrize("channel", range(16))
def test_a_control_without_a_channel_is_heard_on_any(channel: int) -> None:
    pad = decoder(Control("pad.1.1", "button", "note", 48, channel=None))
    assert pad.feed(bytes((0x90 | channel, 48, 127))) == Edge("pad.1.1", "down", 1.0)
    assert pad.feed(bytes((0x80 | channel, 48, 127))) == Edge("pad.1.1", "up", 0.0)


@pytest.mark.parametrize(
    ("turning", "value", "clicks"),
    [
        ("twos", 1, 1),
        ("twos", 63, 63),
        ("twos", 127, -1),
        ("twos", 64, -64),
        ("sign", 1, 1),
        ("sign", 63, 63),
        ("sign", 65, -1),
        ("sign", 127, -63),
        ("offset64", 65, 1),
        ("offset64", 63, -1),
        ("offset64", 0, -64),
    ],
)
def test_a_relative_encoder_tells_its_clicks(turning: str, value: int, clicks: int) -> None:
    encoder = Control("encoder.1", "encoder", "cc", 16, turning=turning)  # type: ignore[arg-type] # from the table above
    assert decoder(encoder).feed(bytes((0xB0, 16, value))) == Edge(
        "encoder.1", "turn", clicks, relative=True
    )


@pytest.mark.parametrize(("turning", "value"), [("twos", 0), ("sign", 0), ("sign", 64)])
def test_no_clicks_are_no_turn(turning: str, value: int) -> None:
    encoder = Control("encoder.1", "encoder", "cc", 16, turning=turning)  # type: ignore[arg-type] # as above
    assert decoder(encoder).feed(bytes((0xB0, 16, value))) is None


def test_an_absolute_encoder_tells_its_position() -> None:
    encoder = Control("encoder.1", "encoder", "cc", 16)
    assert decoder(encoder).feed(bytes((0xB0, 16, 127))) == Edge("encoder.1", "turn", 1.0)


def test_a_light_without_a_button_says_nothing() -> None:
    logo = decoder(Control("logo", "light", "none", 0))
    assert all(logo.feed(bytes((status, 0, 127))) is None for status in range(256))


EVERYTHING = decoder(
    PAD,
    BUTTON,
    FADER,
    Control("encoder.1", "encoder", "cc", 16, channel=None, turning="sign"),
    Control("key.1", "button", "note", 36, channel=None),
)


@given(st.one_of(st.binary(max_size=12), st.binary(min_size=3, max_size=3)))
def test_no_bytes_at_all_raise(data: bytes) -> None:
    edge = EVERYTHING.feed(data)
    assert edge is None or (len(data) == 3 and data[0] >= 0x80 and max(data[1:]) < 0x80)
