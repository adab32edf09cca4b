"""Patterns of SysEx: what they match, held against regular expressions."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.errors import Invalid
from bridge.surface.sysex import LONGEST, is_identity_reply, patterns


@pytest.mark.parametrize(
    ("pattern", "data", "matches"),
    [
        ("F0 7E F7", "F0 7E F7", True),
        ("F0 7E F7", "F0 7E 00 F7", False),
        ("f0 7e F7", "F0 7E F7", True),
        ("F0 ?? F7", "F0 55 F7", True),
        ("F0 ?? F7", "F0 F7", False),
        ("F0 * F7", "F0 F7", True),
        ("F0 * F7", "F0 01 02 03 F7", True),
        ("F0 * F7", "F0 01 02 03", False),
        ("F0 * 05 * F7", "F0 01 05 03 F7", True),
        ("F0 * 05 * F7", "F0 01 06 03 F7", False),
        ("F0 * F7", "F0", False),
        ("* F7", "01 F7", True),
        ("F0 *", "F0 01 02", True),
        ("F0 01 F7 | F0 02 F7", "F0 02 F7", True),
        ("F0 01 F7 | F0 02 F7", "F0 03 F7", False),
        ("F0 01 * 01 F7", "F0 01 F7", False),
        ("F0 7E ?? 06 02 00 20 29 13 01 * F7",
         "F0 7E 00 06 02 00 20 29 13 01 00 00 00 04 06 02 F7", True),
        ("F0 7E ?? 06 02 00 20 29 13 01 * F7",
         "F0 7E 00 06 02 00 20 29 03 01 00 00 00 04 06 02 F7", False),
    ],
)  # fmt: skip
def test_a_pattern_matches_a_whole_message(pattern: str, data: str, matches: bool) -> None:
    assert patterns(pattern).match(bytes.fromhex(data)) is matches


def test_no_pattern_matches_nothing() -> None:
    assert not patterns().match(b"\xf0\xf7")
    assert not patterns("")
    assert patterns("F0 F7")


def test_several_patterns_are_alternatives() -> None:
    both = patterns("F0 01 F7", "F0 02 F7")
    assert both.match(b"\xf0\x01\xf7")
    assert both.match(b"\xf0\x02\xf7")


@pytest.mark.parametrize("wrong", ["F0 zz F7", "F0 7E7E F7", "F0 7 F7", "F0 ?", "F0 **x"])
def test_what_is_no_pattern_is_refused_in_words(wrong: str) -> None:
    with pytest.raises(Invalid, match="allowed: bytes such as"):
        patterns(wrong)


def test_what_is_longer_than_any_device_sends_matches_nothing() -> None:
    assert patterns("F0 * F7").match(b"\xf0" + bytes(LONGEST - 2) + b"\xf7")
    assert not patterns("F0 * F7").match(b"\xf0" + bytes(LONGEST - 1) + b"\xf7")


WORDS = st.lists(st.sampled_from(["F0", "01", "02", "??", "*"]), max_size=8)
BYTES = st.binary(max_size=12).map(lambda data: bytes(b"\xf0\x01\x02\x03"[b % 4] for b in data))


@given(WORDS, BYTES)
def test_it_says_what_a_regular_expression_would(words: list[str], data: bytes) -> None:
    one = {"??": b".", "*": b".*"}
    expression = b"".join(one.get(w) or re.escape(bytes.fromhex(w)) for w in words)
    if words:
        expected = re.fullmatch(expression, data, re.DOTALL) is not None
        assert patterns(" ".join(words)).match(data) is expected


@pytest.mark.parametrize(
    ("data", "is_one"),
    [
        ("F0 7E 00 06 02 00 20 29 F7", True),
        ("F0 7E 7F 06 02 F7", True),
        ("F0 7E 7F 06 01 F7", False),
        ("F0 7F 00 06 02 F7", False),
        ("F0", False),
        ("F0 7E", False),
    ],
)
def test_an_identity_reply_is_told_by_its_head(data: str, is_one: bool) -> None:
    assert is_identity_reply(bytes.fromhex(data)) is is_one
