"""Patterns of SysEx messages, as profiles write them: ``F0 7E ?? 06 02 00 20 29 13 01 * F7``.

``??`` is any byte, ``*`` any number of bytes, none included; `` | `` stands between alternatives.
What is compared comes from a wire: no regular expression looks at it, and the time is linear.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from bridge.errors import Invalid

LONGEST = 256
"""Bytes above which a message matches nothing; identity replies have 15 to about 50."""

ANY = None
Part: TypeAlias = tuple[int | None, ...]
"""Bytes that follow each other, None for any byte."""

_IDENTITY = bytes.fromhex("06 02")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One alternative: parts with any number of bytes between them; the first and last are anchored.

    A pattern without ``*`` has one part, which is the whole message.
    """

    parts: tuple[Part, ...]

    def matches(self, data: bytes) -> bool:
        """Tell whether `data`, one whole message, is what the pattern means."""
        first, *middle = self.parts
        if not _at(first, data, 0):
            return False
        if not middle:
            return len(data) == len(first)
        last = middle.pop()
        begin, end = len(first), len(data) - len(last)
        for part in middle:
            found = _first(part, data, begin, end)
            if found is None:
                return False
            begin = found + len(part)
        return begin <= end and _at(last, data, end)


@dataclass(frozen=True, slots=True)
class Patterns:
    """Some alternatives; none match nothing."""

    all: tuple[Pattern, ...] = ()

    def match(self, data: bytes) -> bool:
        """Tell whether one of them is what `data`, one whole message, says."""
        return len(data) <= LONGEST and any(pattern.matches(data) for pattern in self.all)

    def __bool__(self) -> bool:
        """Tell whether there is any."""
        return bool(self.all)


NONE = Patterns()


def patterns(*texts: str) -> Patterns:
    """Return what profiles write, as patterns. Raises `Invalid` for what is none."""
    return Patterns(
        tuple(_pattern(one) for text in texts for one in text.split("|") if one.strip())
    )


def is_identity_reply(data: bytes) -> bool:
    """Tell whether this is an answer to an identity request: ``F0 7E <device> 06 02 … F7``."""
    return data[:2] == b"\xf0\x7e" and data[3:5] == _IDENTITY and len(data) <= LONGEST


def _pattern(text: str) -> Pattern:
    return Pattern(tuple(_part(part.split(), text) for part in text.split("*")))


def _part(words: Iterable[str], text: str) -> Part:
    return tuple(ANY if word == "??" else _byte(word, text) for word in words)


def _byte(word: str, text: str) -> int:
    try:
        (value,) = bytes.fromhex(word)
    except ValueError:
        problem = f"found {word!r} in the pattern {text.strip()!r}"
        raise Invalid(f"{problem}; allowed: bytes such as F0 7E, ?? for any byte, *") from None
    return value


def _at(part: Part, data: bytes, place: int) -> bool:
    if not 0 <= place <= len(data) - len(part):
        return False
    return all(want is ANY or data[place + n] == want for n, want in enumerate(part))


def _first(part: Part, data: bytes, begin: int, end: int) -> int | None:
    """Return the first place from `begin` on at which `part` lies before `end`."""
    places = range(begin, end - len(part) + 1)
    return next((place for place in places if _at(part, data, place)), None)
