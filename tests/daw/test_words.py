from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.daw.words import LONGEST, one_line, track_of


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("Write chords", "Write chords"),
        ("Nordlicht über Tromsø", "Nordlicht über Tromsø"),
        ("two\nlines\tand a tab", "two lines and a tab"),
        ("nul\0inside", "nul inside"),
        ("  wide   gaps ", "wide gaps"),
        ("half a \ud83d pair", "half a pair"),
        ("\u2028", ""),
        ("a family 👨‍👩‍👧", "a family 👨‍👩‍👧"),
    ],
)
def test_a_name_becomes_one_clean_line(given_text: str, expected: str) -> None:
    assert one_line(given_text) == expected


def test_a_name_is_cut_at_its_longest() -> None:
    assert len(one_line("ab " * 1000)) <= LONGEST


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)


def test_a_clip_names_its_track_and_nothing_else_does() -> None:
    assert [track_of(place) for place in ("Bass / Chorus", "Bass", "Bass / ", "A / B / C", "a/b")] == [
        "Bass", "", "", "A", "",
    ]  # fmt: skip
