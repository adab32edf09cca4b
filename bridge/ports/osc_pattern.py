"""OSC address patterns (OSC 1.0, "OSC Message Dispatching and Pattern Matching"). Pure.

Known are ``*``, ``?``, ``[a-z]``, ``[!a-z]`` and ``{foo,bar}``; none of them reaches over a ``/``.
Patterns come from strangers, so nothing backtracks: all addresses stand one behind the other in one
text, and a set of places in it, held in the bits of one int, moves along with each piece of the
pattern. The work grows with the length of the pattern, no faster; it ends where no place is left.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SPECIAL = "*?[]{}"
"""What makes an address a pattern."""

LONGEST = 512
"""Characters of the longest pattern that is read; all our addresses in one ``{…}`` take 200."""


class AddressSpace:
    """A fixed set of addresses to match patterns against.

    ``steps`` counts the pieces of patterns that were looked at, over all matches, for tests.
    """

    def __init__(self, addresses: Iterable[str]) -> None:
        self.steps = 0
        self._ends: dict[int, str] = {}
        self._places: dict[str, int] = {}
        self._starts, text = 0, 0
        for address in addresses:
            self._starts |= 1 << text
            for place, char in enumerate(address, text):
                self._places[char] = self._places.get(char, 0) | 1 << place
            text += len(address) + 1
            self._ends[1 << (text - 1)] = address
        slashes = self._places.get("/", 0)
        self._alphabet = sorted(self._places)
        self._ranges: dict[tuple[int, int], int] = {}
        self._within = ((1 << text) - 1) & ~sum(self._ends) & ~slashes
        self._leaps = self._doubled(text)

    def match(self, pattern: str) -> list[str]:
        """Return the addresses that `pattern` matches, in their order.

        Broken patterns, and those of more than `LONGEST` characters, match none.
        """
        if len(pattern) > LONGEST:
            return []
        state = self._walk(pattern)
        return [address for end, address in self._ends.items() if state & end]

    def _walk(self, pattern: str) -> int:
        """Return the places in the text before which all of `pattern` fits."""
        state, at = self._starts, 0
        while at < len(pattern) and state:
            self.steps += 1
            char = pattern[at]
            if char in _CLOSED_BY:
                end = pattern.find(_CLOSED_BY[char], at)
                if end < 0:
                    return 0
                inner = pattern[at + 1 : end]
                state = self._one_of(state, inner) if char == "[" else self._either(state, inner)
                at = end
            elif char == "*":
                state = self._any_number(state) if pattern[at - 1 : at] != "*" else state
            else:
                state = (state & (self._within if char == "?" else self._places.get(char, 0))) << 1
            at += 1
        return state

    def _any_number(self, state: int) -> int:
        """Add every place that can be reached without passing a ``/`` or an end."""
        for leap, mask in self._leaps:
            state |= (state & mask) << leap
        return state

    def _one_of(self, state: int, inner: str) -> int:
        """Pass one character that the inside of a ``[…]`` names, or with ``!`` does not name."""
        negated = inner.startswith("!")
        at, places = int(negated), 0
        while at < len(inner):
            self.steps += 1
            if inner[at + 1 : at + 2] == "-" and at + 2 < len(inner):
                places |= self._range(inner[at], inner[at + 2])
                at += 3
            else:
                places |= self._places.get(inner[at], 0)
                at += 1
        return (state & self._within & (~places if negated else places)) << 1

    def _range(self, first: str, last: str) -> int:
        """Return the places of all characters from `first` to `last`, kept once they are known."""
        key = bisect_left(self._alphabet, first), bisect_right(self._alphabet, last)
        if key not in self._ranges:
            chars = self._alphabet[slice(*key)]
            self._ranges[key] = sum(self._places[char] for char in chars)
        return self._ranges[key]

    def _either(self, state: int, inner: str) -> int:
        """Pass any of the words of a ``{…}``."""
        passed = 0
        for word in inner.split(","):
            left = state
            for char in word:
                self.steps += 1
                left = (left & self._within & self._places.get(char, 0)) << 1
                if not left:
                    break
            passed |= left
        return passed

    def _doubled(self, text: int) -> list[tuple[int, int]]:
        """Return leaps of 1, 2, 4 … characters with the places where they pass no border."""
        leaps, leap, mask = [], 1, self._within
        while mask and leap <= text:
            leaps.append((leap, mask))
            mask &= mask >> leap
            leap *= 2
        return leaps


_CLOSED_BY = {"[": "]", "{": "}"}
