"""What a merge must lead to, told a second time: by who knew what, not by records.

Nothing of `bridge.core.sharing_*` is used here but names. Each change that is seen at a desk is an
event that bears the set of all events that were known there; what a song is to be follows from such a set.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from bridge.core.model import Song, SongMap, Task

SUMS = ("spent", "extended", "rounds")
RANKS = {"done": 3, "skipped": 2, "set-aside": 1, "todo": 0}
_OWN = {"id", "goal", "kept", "state", "left_at", "budget", "boxed", "hand_over", *SUMS}
_PLAIN = {one.name: one.default for one in fields(Task) if one.name not in _OWN}
_QUIET = {"box"}


@dataclass(frozen=True, eq=False)
class Event:
    """One change: ``what`` is "set", "add", "put" or "gone"; ``knew`` is all that was known then."""

    studio: str
    number: int
    at: float
    of: str
    what: str
    name: str = ""
    value: Any = None
    knew: frozenset[Event] = frozenset()

    @property
    def touches(self) -> bool:
        """Whether it is work on a task."""
        return bool(self.of) and self.what != "gone"


@dataclass(frozen=True)
class Foretold:
    """What a song is to be: fields, members and sums by task and name, and where sides clash."""

    there: frozenset[str]
    fields: dict[tuple[str, str], Any]
    members: dict[tuple[str, str], frozenset[Any]]
    sums: dict[tuple[str, str], int]
    clashes: frozenset[tuple[str, str]]


def scalars(thing: Task | Song) -> dict[str, Any]:
    """Return what a task or a song says in words that one hand writes at a time."""
    if isinstance(thing, Song):
        words = {
            f"map.{name}": getattr(thing.map, name) for name in ("depict", "audience", "sound")
        }
        return {"title": thing.title, "stage": thing.stage, **words}
    told = {name: getattr(thing, name) for name in _PLAIN}
    told["state"] = thing.state.value, round(thing.left_at * 1000)
    told["box"] = round(thing.boxed * 1000), round(thing.budget * 1000)
    return told


def lists(thing: Task | Song) -> dict[str, frozenset[Any]]:
    """Return what a task or a song says in lists."""
    if isinstance(thing, Song):
        return {one.name: frozenset(getattr(thing.map, one.name)) for one in fields(SongMap)
                if isinstance(getattr(thing.map, one.name), tuple)}  # fmt: skip
    return {"hand_over": frozenset(thing.hand_over)}


def sums(thing: Task) -> dict[str, int]:
    """Return what a task adds up."""
    return {"spent": round(thing.spent * 1000), "extended": thing.extended, "rounds": thing.rounds}


def seen(
    of: str, was: Task | Song | None, now: Task | Song | None, known: Iterable[Event]
) -> Iterator[tuple[str, str, Any]]:
    """Yield what changed, as (what, name, value)."""
    if now is None:
        yield "gone", "", None
        return
    known = [one for one in known if one.of == of]
    told = scalars(was) if was else {}
    for name, value in scalars(now).items():
        begins = not was and value in ("", _PLAIN.get(name, ...))
        if told.get(name, ...) != value and (not begins or _said(known, name)):
            yield "set", name, value
    for name, members in lists(now).items():
        old = lists(was)[name] if was else frozenset()
        yield from (("put", name, (one, True)) for one in members - old)
        yield from (("put", name, (one, False)) for one in old - members)
    if isinstance(now, Task):
        had = sums(was) if isinstance(was, Task) else _sums(known)
        for name, value in sums(now).items():
            if value != had.get(name, 0):
                yield "add", name, value - had.get(name, 0)


def _said(known: Iterable[Event], name: str) -> bool:
    return any(one.name == name for one in known)


def _sums(known: Iterable[Event]) -> dict[str, int]:
    made: dict[str, int] = {}
    for one in known:
        if one.what == "add":
            made[one.name] = made.get(one.name, 0) + one.value
    return made


def foretold(known: frozenset[Event]) -> Foretold:
    """Return what the song is to be for whoever knows all of `known`."""
    by: dict[tuple[str, str], list[Event]] = {}
    puts: dict[tuple[str, str], dict[Any, list[Event]]] = {}
    made: dict[tuple[str, str], int] = {}
    ends: dict[str, list[Event]] = {}
    work: dict[str, list[Event]] = {}
    for one in known:
        slot = one.of, one.name
        if one.what == "set":
            by.setdefault(slot, []).append(one)
        elif one.what == "put":
            puts.setdefault(slot, {}).setdefault(one.value[0], []).append(one)
        elif one.what == "add":
            made[slot] = made.get(slot, 0) + one.value
        else:
            ends.setdefault(one.of, []).append(one)
        if one.touches:
            work.setdefault(one.of, []).append(one)
    gone = {of for of, its in ends.items()
            if all(any(did in end.knew for end in its) for did in work.get(of, []))}  # fmt: skip
    clashes = {
        (of, "there") for of, its in ends.items()
        if of not in gone and any(not any(end in did.knew for did in work[of]) for end in its)
    }  # fmt: skip
    stands: dict[tuple[str, str], Any] = {}
    for (of, name), writes in by.items():
        if of in gone:
            continue
        won, lost = _won(name if of else "", writes)
        stands[of, name] = won.value
        if name not in _QUIET and any(
            _clash(name if of else "", won.value, one.value) for one in lost
        ):
            clashes.add((of, name))
    members = {
        slot: frozenset(it for it, writes in its.items() if any(w.value[1] for w in _last(writes)))
        for slot, its in puts.items() if slot[0] not in gone
    }  # fmt: skip
    return Foretold(frozenset(work.keys() - gone), stands, members, made, frozenset(clashes))


def _last(writes: list[Event]) -> list[Event]:
    return [one for one in writes if not any(one in other.knew for other in writes)]


def _won(name: str, writes: list[Event]) -> tuple[Event, list[Event]]:
    def rank(one: Event) -> tuple[int, float, str]:
        return RANKS[one.value[0]] if name == "state" else 0, round(one.at, 3), one.studio

    *lost, won = sorted(_last(writes), key=rank)
    return won, lost


def _clash(name: str, won: Any, lost: Any) -> bool:  # noqa: ANN401 - a field's value
    if name == "state":
        return won[0] != lost[0] and bool({won[0], lost[0]} & {"done", "skipped"})
    return bool(won != lost)
