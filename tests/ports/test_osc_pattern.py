from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.ports.osc_pattern import LONGEST, AddressSpace
from bridge.ports.osc_requests import ADDRESSES

SMALL = ("/a", "/ab", "/b", "/a/b", "/ab/ab", "/ba/a", "/-/!")


def reference(pattern: str, text: str) -> bool:
    """The plain recursive reading of the specification, slow as it may be."""
    if not pattern:
        return not text
    head, rest = pattern[0], pattern[1:]
    one = bool(text) and text[0] != "/"
    match head:
        case "*":
            return reference(rest, text) or (one and reference(pattern, text[1:]))
        case "?":
            return one and reference(rest, text[1:])
        case "[" if "]" in rest:
            inner, rest = rest.split("]", 1)
            return one and chosen(inner, text[0]) and reference(rest, text[1:])
        case "{" if "}" in rest:
            inner, rest = rest.split("}", 1)
            return any(
                text.startswith(word) and "/" not in word and reference(rest, text[len(word) :])
                for word in inner.split(",")
            )
        case "[" | "{":
            return False
        case _:
            return text[:1] == head and reference(rest, text[1:])


def chosen(inner: str, char: str) -> bool:
    negated, inner = inner.startswith("!"), inner.removeprefix("!")
    named, at = False, 0
    while at < len(inner):
        if inner[at + 1 : at + 2] == "-" and at + 2 < len(inner):
            named |= inner[at] <= char <= inner[at + 2]
            at += 3
        else:
            named |= inner[at] == char
            at += 1
    return named != negated


@given(st.text("ab/*?[]{},!-", max_size=12).map(lambda text: "/" + text))
def test_every_pattern_matches_what_the_plain_reading_matches(pattern: str) -> None:
    wanted = [address for address in SMALL if reference(pattern, address)]
    assert AddressSpace(SMALL).match(pattern) == wanted


@pytest.mark.parametrize(
    ("pattern", "matched"),
    [
        ("/songbridge/complete", ["complete"]),
        ("/songbridge/{complete,skip}", ["complete", "skip"]),
        ("/songbridge/p*", ["pause", "prep", "person", "ping"]),
        ("/songbridge/s[kt]*", ["start", "skip", "stage"]),
        ("/songbridge/[!a-r]???", ["skip", "undo", "song", "wake"]),
        ("/*/ping", ["ping"]),
        ("/s*ge/{p,}ing", ["ping"]),
        ("/songbridge*", []),
        ("/*", []),
        ("/songbridge/[p", []),
        ("/songbridge/{ping", []),
        ("/songbridge/ping/*", []),
        ("", []),
    ],
)
def test_patterns_over_our_own_addresses(pattern: str, matched: list[str]) -> None:
    got = AddressSpace(ADDRESSES).match(pattern)
    assert got == [f"/songbridge/{name}" for name in matched]


def test_a_star_matches_every_address_of_ours() -> None:
    assert tuple(AddressSpace(ADDRESSES).match("/songbridge/*")) == ADDRESSES


NASTY = ["*", "*a", "*?", "{}", "{,a}", "*{}", "[a-z]*", "a-z", "{*", "[", "*[!z]", "{a,b,}*"]


@pytest.mark.parametrize("piece", NASTY)
@pytest.mark.parametrize("start", ["/", "/songbridge/", "/songbridge/[", "/songbridge/{"])
def test_the_work_grows_no_faster_than_the_pattern(start: str, piece: str) -> None:
    space = AddressSpace(ADDRESSES)
    pattern = start + piece * (60_000 // len(piece))
    space._walk(pattern + "x")
    assert space.steps <= 2 * len(pattern)


def test_a_pattern_longer_than_sense_is_not_even_looked_at() -> None:
    space = AddressSpace(ADDRESSES)
    assert space.match("/songbridge/" + "*" * LONGEST) == []
    assert space.steps == 0
