from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.cli.demo_keys import DEEDS, HELD, KEY_OF, PRESSED, Click, Key, Reader
from bridge.files.layouts import load_layouts
from bridge.files.profiles import load_profiles
from bridge.surface.board import board

BOARD = board(
    load_layouts().layouts["queue-8x8"], load_profiles().profiles["novation-launchpad-mini-mk3"]
)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"c", [Key("c")]),
        (b"12", [Key("1"), Key("2")]),
        ("ø".encode(), [Key("ø")]),
        (b"\x1b[A", [Key("up")]),
        (b"\x1bOD", [Key("left")]),
        (b"\x1bOP", [Key("f1")]),
        (b"\x1b[19~", [Key("f8")]),
        (b"\x1b[5~", []),
        (b"\x1b3", [Key("3", alt=True)]),
        (b"\x1b[<0;12;7M", [Click(11, 6, down=True)]),
        (b"\x1b[<0;12;7m", [Click(11, 6, down=False)]),
        (b"\x1b[<64;12;7M", []),
        (b"\x1b[<;;M", []),
        (b"x\x1b[Bx", [Key("x"), Key("down"), Key("x")]),
    ],
)
def test_bytes_become_keys_and_clicks(data: bytes, told: list[object]) -> None:
    assert Reader().feed(data) == told


@pytest.mark.parametrize("data", [b"\x1b[<0;12;7M", b"\x1b[19~", b"\x1bOP", "ø".encode()])
def test_a_key_that_comes_in_pieces_is_still_one_key(data: bytes) -> None:
    whole, reader = Reader().feed(data), Reader()
    assert [one for byte in data for one in reader.feed(bytes((byte,)))] == whole


def test_a_lone_escape_means_nothing_and_does_not_eat_the_next_key() -> None:
    reader = Reader()
    assert reader.feed(b"\x1b") == []
    assert reader.feed(b"") == []
    assert reader.feed(b"c") == [Key("c")]


@given(st.lists(st.binary(max_size=10)))
def test_whatever_comes_the_reader_gets_through_it(chunks: list[bytes]) -> None:
    reader = Reader()
    for chunk in chunks:
        reader.feed(chunk)
    reader.feed(b"")
    assert reader.feed(b"c")[-1:] == [Key("c")]


def test_every_key_presses_something_that_the_layout_binds() -> None:
    bound = {control for control, _ in BOARD.slots}
    assert set(PRESSED.values()) | set(HELD.values()) <= bound
    assert len(KEY_OF) == len(PRESSED)


def test_the_keys_of_row_7_are_the_first_letters_of_what_they_do() -> None:
    for column, key in enumerate(DEEDS, 1):
        name = BOARD.slots[f"pad.7.{column}", "press"].command.name
        assert name[0] == (key if key != " " else "t")


def test_no_key_is_also_a_command_of_the_demo() -> None:
    assert not set("xh?+-=_0") & (PRESSED.keys() | HELD.keys())
