"""A locator's name says to AbleSet nothing but itself, and to people what it said before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.daw.ableset import without_notation


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Write chord progression", "Write chord progression"),
        ("done: Bass > drums", "done: Bass > drums"),
        ("> Chorus", "» Chorus"),
        (">> Chorus", "» Chorus"),
        ("  >Chorus", "» Chorus"),
        ("Verse {slow}", "Verse (slow)"),
        ("STOP", "“Stop”"),
        ("stop ", "“stop”"),
        ("STOP the noise", "Stop the noise"),
        ("> STOP", "» Stop"),
        ("Stopwatch, NONSTOP", "Stopwatch, NONSTOP"),
        (">", "» "),
    ],
)
def test_a_name_is_changed_only_where_it_would_be_read(name: str, safe: str) -> None:
    assert without_notation(name) == safe


@given(st.text(alphabet="> {}STOPstop ab|:", min_size=1))
def test_nothing_is_left_that_would_be_read(name: str) -> None:
    safe = without_notation(name)
    assert not safe.lstrip().startswith(">")
    assert not {"{", "}"} & set(safe)
    assert safe.strip().casefold() != "stop"
    assert "STOP" not in safe.split()
    assert bool(safe.strip()) is bool(name.strip())


@given(st.text(max_size=60))
def test_a_safe_name_stays_as_it_is(name: str) -> None:
    once = without_notation(name)
    assert without_notation(once) == once
