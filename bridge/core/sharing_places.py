"""Places: numbers between numbers, so that a task can be moved by writing its own place alone.

A place is a whole number and a fraction written in letters; there is always one between two. Two
studios that move different things never clash, and what is moved stays beside its neighbours.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

Place: TypeAlias = tuple[int, str]
"""Whole part and fraction; compared as tuples. A fraction never ends in the lowest letter."""

LONGEST: Final = 60
"""Letters of a fraction: where one would get longer, all places are given anew."""

_LETTERS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_VALUES: Final = {letter: value for value, letter in enumerate(_LETTERS)}


def between(low: Place | None, high: Place | None) -> Place:
    """Return a place above `low` and below `high`; None is an open end."""
    if low is None:
        return (0, "") if high is None else (high[0] - 1, "")
    if high is None or high[0] - low[0] > 1:
        return low[0] + 1, ""
    ceiling = high[1] if high[0] == low[0] else ""
    return low[0], _middle(low[1], ceiling)


def _middle(low: str, high: str) -> str:
    """Return a fraction above `low` and below `high` (empty: below one)."""
    made = ""
    for index in range(max(len(low), len(high)) + 1):
        under = _VALUES[low[index]] if index < len(low) else 0
        over = len(_LETTERS)
        if high:
            over = _VALUES[high[index]] if index < len(high) else 0
        if over - under > 1:
            return made + _LETTERS[(under + over) // 2]
        made += _LETTERS[under]
        if over > under:
            high = ""
    return made + _LETTERS[len(_LETTERS) // 2]


def is_place(value: object) -> bool:
    """Tell whether `value`, as JSON says it, is a place."""
    match value:
        case [int(whole), str(fraction)] if not isinstance(whole, bool):
            lettered = all(letter in _VALUES for letter in fraction)
            small = abs(whole) < 2**53 and len(fraction) <= 2 * LONGEST
            return small and lettered and not fraction.endswith(_LETTERS[0])
    return False


def placed(order: Sequence[str], places: Mapping[str, Place]) -> dict[str, Place]:
    """Return the places to write anew so that things stand in `order`; as few as need be."""
    keys = [(places[one], one) if one in places else None for one in order]
    standing = [key for key in keys if key is not None]
    if len(standing) == len(keys) and all(a < b for a, b in pairwise(standing)):
        return {}
    kept = _longest_rise(keys)
    made = _written(order, places, kept)
    if any(len(fraction) > LONGEST for _, fraction in made.values()):
        return {one: (index, "") for index, one in enumerate(order)}
    return made


def _written(
    order: Sequence[str], places: Mapping[str, Place], kept: frozenset[str]
) -> dict[str, Place]:
    made: dict[str, Place] = {}
    low: Place | None = None
    waiting: list[str] = []

    def put(high: Place | None) -> None:
        nonlocal low
        ends = reversed(waiting) if low is None and high is not None else waiting
        for one in list(ends):
            if low is None and high is not None:
                high = made[one] = between(None, high)
            else:
                low = made[one] = between(low, high)
        waiting.clear()

    for one in order:
        if one not in kept or (waiting and low is not None and places[one] <= low):
            waiting.append(one)
            continue
        put(places[one])
        low = places[one]
    put(None)
    return made


def _longest_rise(keys: Iterable[tuple[Place, str] | None]) -> frozenset[str]:
    """Return the members of the longest rising row in `keys`: those need not move."""
    tops: list[tuple[Place, str]] = []
    ends: list[int] = []
    found = [key for key in keys if key is not None]
    before: list[int] = []
    for index, key in enumerate(found):
        at = bisect_left(tops, key)
        before.append(ends[at - 1] if at else -1)
        if at == len(tops):
            tops.append(key)
            ends.append(index)
        else:
            tops[at], ends[at] = key, index
    kept: set[str] = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        kept.add(found[index][1])
        index = before[index]
    return frozenset(kept)
