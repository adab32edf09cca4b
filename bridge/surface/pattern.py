"""Names of many controls in one word: ``pad.1-6.*``, ``side.*``, ``play``.

A name is parts joined by dots; a part is a word, a number, a range of numbers (``1-6``) or ``*``
for any number. Order is that of the numbers, left to right: row by row on a grid.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bridge.errors import Invalid

_HIGHEST = 999
"""No controller has a thousand of anything; it keeps ``*`` and ranges one thing."""

_SHAPE = (
    "allowed are names like play, side.3, pad.1-6.* (a range goes upwards from 1, * is any number)"
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One such word; ``parts`` are words and ranges of numbers."""

    text: str
    parts: tuple[str | range, ...]

    def matches(self, name: str) -> bool:
        """Tell whether `name` is one of those meant."""
        parts = name.split(".")
        return len(parts) == len(self.parts) and all(map(_meets, self.parts, parts))

    def overlaps(self, other: Pattern) -> bool:
        """Tell whether any name could be meant by both."""
        if len(self.parts) != len(other.parts):
            return False
        return all(_share(a, b) for a, b in zip(self.parts, other.parts, strict=True))

    def among(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return those of `names` that are meant, in the order of their numbers."""
        return _among(self, tuple(names))


def parse(text: str) -> Pattern:
    """Return the pattern that `text` writes. Raises `Invalid`."""
    return Pattern(text, tuple(_part(part, text) for part in text.split(".")))


@lru_cache(maxsize=8192)
def _among(pattern: Pattern, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return what `Pattern.among` does; every layout is tried on every profile, at each reload."""
    return tuple(sorted(filter(pattern.matches, names), key=_numbers))


def _part(part: str, text: str) -> str | range:
    if part == "*":
        return range(1, _HIGHEST + 1)
    low, dash, high = part.partition("-")
    if _is_number(low) and (_is_number(high) or not dash):
        first, last = int(low), int(high or low)
        if 1 <= first <= last <= _HIGHEST:
            return range(first, last + 1)
    elif _is_word(part):
        return part
    raise Invalid(f"{text!r} names no controls: {part!r} is no part of a name; {_SHAPE}")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= len(str(_HIGHEST))


def _is_word(text: str) -> bool:
    return (
        text.isascii() and text[:1].isalpha() and text.replace("-", "").replace("_", "").isalnum()
    )


def _meets(part: str | range, found: str) -> bool:
    if isinstance(part, str):
        return part == found
    return _is_number(found) and int(found) in part


def _share(a: str | range, b: str | range) -> bool:
    if isinstance(a, str) or isinstance(b, str):
        return a == b
    return a.start < b.stop and b.start < a.stop


def _numbers(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in name.split(".") if _is_number(part))
