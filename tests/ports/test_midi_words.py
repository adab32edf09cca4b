from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.ports.midi_words import words


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("90 51 7F", "note_on channel 1 note 81 velocity 127"),
        ("BF 29 00", "control_change channel 16 control 41 value 0"),
        ("F8", "clock"),
        ("F0 7E 7F 06 01 F7", "sysex"),
        ("90 51", "90 51"),
    ],
)
def test_a_message_is_told_in_words(data: str, text: str) -> None:
    assert words(bytes.fromhex(data)) == text


@given(st.binary(max_size=12))
def test_any_bytes_have_words(data: bytes) -> None:
    assert isinstance(words(data), str)
