"""Records by the entries that they tell of: which stand where one entry is told in two ways.

Records are worked out of the journal anew, so that a later version may tell an old entry otherwise:
with another field, with seconds counted better, in more records or fewer. Such an entry is no other
one. What tells it longest stands, whole, in every studio; so its times are counted once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from bridge.core.sharing_records import Record

Of: TypeAlias = tuple[str, int]
"""An entry: the studio's id and the entry's number."""

Entries: TypeAlias = Mapping[Of, tuple[Record, ...]]
"""Records by their entries, in their order."""


def by_entry(records: Iterable[Record]) -> dict[Of, tuple[Record, ...]]:
    """Return `records` by their entries."""
    found: dict[Of, list[Record]] = {}
    for one in records:
        found.setdefault((one.studio, one.seq), []).append(one)
    return {of: tuple(sorted(told, key=lambda one: one.n)) for of, told in found.items()}


def united(some: Entries, others: Entries) -> list[Record]:
    """Return all records of both in the order of studios and numbers, each entry told in one way."""
    stand = {**some, **{of: told for of, told in others.items() if stands(told, some.get(of))}}
    return [one for of in sorted(stand) for one in stand[of]]


def stands(told: tuple[Record, ...], other: tuple[Record, ...] | None) -> bool:
    """Tell whether an entry is `told` in the way that stands, where it is told otherwise too.

    The longest text does, for it leaves out least, and of equally long ones the last of the alphabet:
    a rule that asks neither for the order in which they came nor for who wrote them.
    """
    return other is None or _length(told) > _length(other)


def _length(told: tuple[Record, ...]) -> tuple[int, list[str]]:
    lines = [one.line for one in told]
    return sum(map(len, lines)), lines


def instants(told: tuple[Record, ...]) -> set[float]:
    """Return when the records of an entry say that it was: once, unless somebody made them up."""
    return {one.at for one in told}


def other_instants(told: Entries, others: Entries) -> list[Of]:
    """Return the entries that have another instant in `others`: those are two entries of one number."""
    return [of for of, its in others.items() if of in told and instants(told[of]) != instants(its)]
