"""A record: one thing that somebody did to a song, told so that any studio can take it in.

Records never change. Each has an id (studio, number of the journal's entry, number within it), the
instant and the person, and one of these kinds:

* ``change``: fields of the song or of a task (``of``) were ``set``, members of its lists put or
  dropped (``list``), sums grew (``add``); ``born`` tells that the task begins with it;
* ``gone``: a task was removed;
* ``told``: a note, a marker, a sitting: nothing that a state is made of;
* ``met``: what this studio has seen of others from here on (``seen``: studio → number).

A record of an unknown kind is kept and passed on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, Final, TypeAlias

from bridge.errors import Invalid

Plain: TypeAlias = Any
"""What JSON can say."""

Seen: TypeAlias = Mapping[str, int]
"""By studio, the number of its newest entry that is known."""

NOTHING: Final[Mapping[str, Plain]] = {}
_IDS: Final = ("studio", "seq", "n")
_DEEPEST: Final = 6
_LARGEST: Final = 2**53
_LONGEST_ID: Final = 40
LATEST: Final = 250_000_000_000
"""An instant in the year 9892: calendars end with 9999, in each time zone."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record. ``line`` is its JSON, the same to the byte in every studio."""

    studio: str
    seq: int
    n: int
    at: float
    person: str
    kind: str
    of: str
    data: Mapping[str, Plain]
    line: str

    @property
    def id(self) -> tuple[str, int, int]:
        """What no other record has."""
        return self.studio, self.seq, self.n

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands among the records of its studio."""
        return self.seq, self.n


def record(
    id_: tuple[str, int, int], at: float, person: str, kind: str, of: str = "", **data: Plain
) -> Record:
    """Make a record; `id_` is the studio, the entry's number and the number within it."""
    studio, seq, n = id_
    at = told_at(at)
    said = {"id": [studio, seq, n], "at": at, "person": person, "kind": kind}
    if of:
        said["of"] = of
    return Record(studio, seq, n, at, person, kind, of, data, canonical({**said, **data}))


def told_at(at: float) -> float:
    """Return an instant as records tell it: to the millisecond."""
    return round(at, 3)


def canonical(value: Plain) -> str:
    """Return JSON on one line, the same text for the same value; what can't be printed is escaped."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else json.dumps(one)[1:-1] for one in text)


def read(line: str) -> Record:
    """Return the record that a line of JSON holds. Raises Invalid for one that is none."""
    try:
        raw = json.loads(line, parse_constant=_no_number, parse_float=_finite)
    except (ValueError, RecursionError):
        raise Invalid("this is no record: it is not JSON") from None
    if not isinstance(raw, dict) or not _shallow(raw, _DEEPEST):
        raise Invalid("this is no record: it is no flat JSON object")
    given = raw.pop("id", None)
    at, person = raw.pop("at", None), raw.pop("person", None)
    kind, of = raw.pop("kind", None), raw.pop("of", "")
    if not (isinstance(given, list) and len(given) == len(_IDS) and _are_ids(given)):
        raise Invalid('a record needs an "id": studio, number, number')
    if isinstance(at, bool) or not isinstance(at, int | float) or not 0 <= at <= LATEST:
        raise Invalid('a record needs "at", an instant in seconds since 1970')
    if not all(isinstance(text, str) for text in (person, kind, of)):
        raise Invalid('a record needs "person" and "kind", which are texts')
    studio, seq, n = given
    return Record(studio, seq, n, float(at), person, kind, of, raw, line)


def _no_number(text: str) -> Plain:
    raise ValueError(f"{text} is no number")


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):  # 1e999, which no journal can hold
        raise ValueError(f"{text} is no number")
    return number


def _are_ids(given: list[Plain]) -> bool:
    studio, *numbers = given
    whole = all(type(n) is int and 0 <= n < _LARGEST for n in numbers)
    return whole and isinstance(studio, str) and is_studio(studio)


def is_studio(name: str) -> bool:
    """Tell whether `name` may be a studio's id."""
    return 0 < len(name) <= _LONGEST_ID and name.isascii() and name.isalnum()


def _shallow(value: Plain, deeper: int) -> bool:
    if isinstance(value, dict):
        return deeper > 0 and all(_shallow(one, deeper - 1) for one in value.values())
    if isinstance(value, list):
        return deeper > 0 and all(_shallow(one, deeper - 1) for one in value)
    return True


def together(*seens: Seen) -> dict[str, int]:
    """Return what is known when all of `seens` are."""
    known: dict[str, int] = {}
    for seen in seens:
        for studio, seq in seen.items():
            known[studio] = max(seq, known.get(studio, 0))
    return known


def vector(records: Iterable[Record]) -> dict[str, int]:
    """Return how far `records` go, by studio."""
    known: dict[str, int] = {}
    for one in records:
        known[one.studio] = max(one.seq, known.get(one.studio, 0))
    return known
