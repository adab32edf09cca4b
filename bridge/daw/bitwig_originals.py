"""Colours as Bitwig's OSC writes them, and those that places in Bitwig had before ours."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from bridge.daw.bitwig_mirror import LARGEST_BANK, told_as
from bridge.daw.words import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bridge.messages import Colour

NEAR = 2
"""Steps of 255 by which a channel may come back otherwise: Bitwig keeps them as floats."""

_PAIR = 2
_RGB = re.compile(r"rgb\(([0-9]{1,3}),([0-9]{1,3}),([0-9]{1,3})\)")


def rgb(colour: Colour) -> str:
    """Return ``#RRGGBB`` as Bitwig's OSC takes it: one space in it, and it is ignored."""
    red, green, blue = bytes.fromhex(colour[1:])
    return f"rgb({red},{green},{blue})"


@lru_cache(maxsize=256)
def alike(one: str, other: str) -> bool:
    """Tell whether two colours are the same but for rounding; what is no colour is like itself."""
    left, right = _RGB.fullmatch(one), _RGB.fullmatch(other)
    if left is None or right is None:
        return one == other
    channels = zip(left.groups(), right.groups(), strict=True)
    return all(abs(int(a) - int(b)) <= NEAR for a, b in channels)


class Originals:
    """The colour of each place before ours, and ours: ``kept`` has both as one text, by name."""

    __slots__ = ("kept",)

    def __init__(self) -> None:
        self.kept: Mapping[str, str] = {}

    def recall(self, kept: Mapping[str, str]) -> None:
        """Know again what was kept; what is no pair of colours is passed over."""
        right = [(one_line(place), how) for place, how in kept.items() if len(how.split()) == _PAIR]
        self.kept = dict(right[:LARGEST_BANK])

    def note(self, place: str, before: str, ours: str) -> None:
        """Note a place's own colour: the one of before, unless that is ours already."""
        key = self._key(place)
        own = self.own(key) if self.is_ours(key, before) else before
        if key in self.kept or len(self.kept) < LARGEST_BANK:
            self.kept = {**self.kept, key: f"{own} {ours}"}

    def own(self, place: str) -> str:
        """Return a place's own colour, empty where none was noted."""
        key = self._key(place)
        return self.kept[key].split()[0] if key in self.kept else ""

    def is_ours(self, place: str, colour: str) -> bool:
        """Tell whether a place's colour is the one that it got from us last."""
        key = self._key(place)
        return key in self.kept and alike(self.kept[key].split()[1], colour)

    def forget(self, place: str) -> None:
        """Take note that a place has its own colour back."""
        key = self._key(place)
        self.kept = {one: how for one, how in self.kept.items() if one != key}

    def _key(self, place: str) -> str:
        """Return the name under which a place is kept: as it was written first, case aside."""
        if place in self.kept:
            return place
        told = told_as(place)
        return next((key for key in self.kept if told_as(key) == told), place)
