from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.errors import Invalid
from bridge.surface.pattern import parse

NAMES = [f"pad.{row}.{column}" for row in range(1, 13) for column in range(1, 5)] + ["play", "pad"]


@pytest.mark.parametrize(
    ("text", "first", "count"),
    [
        ("pad.1.1", "pad.1.1", 1),
        ("pad.2-3.*", "pad.2.1", 8),
        ("pad.*.4", "pad.1.4", 12),
        ("play", "play", 1),
        ("pad", "pad", 1),
        ("pad.99.1", None, 0),
    ],
)
def test_a_pattern_finds_its_names(text: str, first: str | None, count: int) -> None:
    found = parse(text).among(reversed(NAMES))
    assert (found[:1], len(found)) == ((first,) if first else (), count)


def test_the_order_is_that_of_numbers_not_of_letters() -> None:
    assert parse("pad.*.1").among(NAMES)[8:11] == ("pad.9.1", "pad.10.1", "pad.11.1")


@pytest.mark.parametrize(
    "text", ["", ".", "pad.", "pad.6-1.1", "pad.0.1", "pad.1-.2", "pad.1--3", "pad.1000", "p d",
             "pad.**", "pad.1-2-3", "pad.²", "-", "pad.-1"],
)  # fmt: skip
def test_what_names_nothing_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(Invalid, match=r"names no controls.*pad\.1-6\.\*"):
        parse(text)


@given(st.text())
def test_any_text_is_a_pattern_or_refused(text: str) -> None:
    try:
        parse(text).matches(text)
    except Invalid:
        return


PARTS = st.sampled_from(["pad", "side", "*", "1", "2", "1-2", "2-4", "3-4"])
PATTERNS = st.lists(PARTS, min_size=1, max_size=3).map(".".join)


@given(PATTERNS, PATTERNS)
def test_two_patterns_overlap_exactly_when_a_name_is_in_both(one: str, other: str) -> None:
    parts = ["pad", "side", "1", "2", "3", "4"]
    names = [*parts, *(f"{a}.{b}" for a in parts for b in parts)]
    names += [f"{a}.{b}.{c}" for a in parts for b in parts for c in parts]
    shared = set(parse(one).among(names)) & set(parse(other).among(names))
    assert parse(one).overlaps(parse(other)) == bool(shared)
