"""What records add up to: for each field who wrote last, and where writes clash.

The picture depends on the set of records alone, not on the order in which they came. A write that
knew of another one takes its place. Where two knew nothing of each other, one wins by a rule that
every studio applies alike, and the other is a clash that is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeVar

from bridge.core.sharing_places import Place
from bridge.core.sharing_plain import BOX, STATE
from bridge.core.sharing_records import NOTHING, Plain, Record, Seen

K = TypeVar("K")

PLACE: Final = "place"
"""Of a task: where it stands in the queue."""

ROW: Final = "row"
"""Of a task: where it stands in the song's own list, which moves in the queue leave alone."""

THERE: Final = "there"
STANDING: Final = frozenset({PLACE, ROW})
_QUIET: Final = STANDING | {BOX}
_RANKS: Final = {"done": 3, "skipped": 2, "set-aside": 1, "todo": 0}


class Slot(NamedTuple):
    """What one write is about: a task (empty: the song), a field, a member of a list (empty: none)."""

    of: str
    name: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Write:
    """A value that somebody gave a slot, knowing of what he had ``seen``."""

    by: Record
    seen: Seen
    value: Plain

    def knew(self, other: Write) -> bool:
        """Tell whether `other` was known when this was written."""
        if self.by.studio == other.by.studio:
            return self.by.place > other.by.place
        return self.seen.get(other.by.studio, -1) >= other.by.seq


@dataclass(frozen=True, slots=True)
class Clash:
    """Two or more writes of one slot that knew nothing of each other; ``won`` is in force."""

    slot: Slot
    won: Write
    lost: tuple[Write, ...]


@dataclass(slots=True)
class Picture:
    """All that `records` say. One thread; it only grows.

    ``born`` are the tasks that began, ``placed`` those that have a place, ``listed`` those that have a
    row, by their ids everywhere.
    """

    records: dict[tuple[str, int, int], Record] = field(default_factory=dict)
    sums: dict[tuple[str, str], int] = field(default_factory=dict)
    born: set[str] = field(default_factory=set)
    placed: set[str] = field(default_factory=set)
    listed: set[str] = field(default_factory=set)
    _writes: dict[Slot, dict[str, Write]] = field(default_factory=dict)
    _touched: dict[str, dict[str, Write]] = field(default_factory=dict)
    _gone: dict[str, dict[str, Write]] = field(default_factory=dict)
    _seen: dict[str, Seen] = field(default_factory=dict)
    _by_subject: dict[str, list[Slot]] = field(default_factory=dict)
    _counted: int = 0
    _places: dict[str, Place] = field(default_factory=dict)

    def take(self, records: Iterable[Record]) -> None:
        """Take in records that are new; those of one studio in their order."""
        for one in sorted(records, key=lambda record: record.place):
            self.records[one.id] = one
            match one.kind:
                case "met":
                    self._seen[one.studio] = one.data.get("seen", NOTHING)
                case "change":
                    self._changed(one)
                case "gone":
                    _put(self._gone, one.of, self._write(one, None))
                case _:
                    pass

    def _changed(self, one: Record) -> None:
        data, of = one.data, one.of
        if PLACE in data.get("set", NOTHING):
            self.placed.add(of)
            self._places.pop(of, None)
        if ROW in data.get("set", NOTHING):
            self.listed.add(of)
        for name, value in data.get("set", NOTHING).items():
            _put(self._writes, Slot(of, name), self._write(one, value))
        for name, its in data.get("list", NOTHING).items():
            for key, value in its.items():
                _put(self._writes, Slot(of, name, key), self._write(one, value))
        for name, by in data.get("add", NOTHING).items():
            self.sums[of, name] = self.sums.get((of, name), 0) + by
        if data.get("born"):
            self.born.add(of)
        if data.get("set", NOTHING).keys() - STANDING or data.get("add") or data.get("list"):
            _put(self._touched, of, self._write(one, None))

    def _write(self, one: Record, value: Plain) -> Write:
        return Write(one, self._seen.get(one.studio, NOTHING), value)

    # --- what it shows ----------------------------------------------------------------------------

    def tasks(self) -> list[str]:
        """Return the ids of the tasks that are there, in their order."""
        there = [of for of in self.born if of and not self.is_gone(of)]
        return sorted(there, key=lambda of: (self.place(of), of))

    def place(self, of: str) -> Place:
        """Return a task's place."""
        found = self._places.get(of)
        if found is None:
            found = self._places[of] = self._at(of, PLACE)
        return found

    def row(self, of: str) -> Place:
        """Return where a task stands in the song's list."""
        return self._at(of, ROW)

    def _at(self, of: str, name: str) -> Place:
        write = self.winner(Slot(of, name))
        whole, fraction = write.value if write else (0, "")
        return whole, fraction

    def is_gone(self, of: str) -> bool:
        """Tell whether a task was removed, and nobody who did not know that worked on it."""
        gone = self._gone.get(of, NOTHING).values()
        touched = self._touched.get(of, NOTHING).values()
        return bool(gone) and all(any(end.knew(one) for end in gone) for one in touched)

    def winner(self, slot: Slot) -> Write | None:
        """Return the write that is in force, None where nobody wrote."""
        writes = self._writes.get(slot)
        if not writes:
            return None
        if len(writes) == 1:
            return next(iter(writes.values()))
        return max(_last(writes.values()), key=_rank(slot))

    def said(self, of: str) -> dict[str, Plain]:
        """Return what a task (empty: the song) says, by field; a list as its members in order."""
        said: dict[str, Plain] = {}
        lists: dict[str, list[tuple[Plain, str, Plain]]] = {}
        for slot in self._slots().get(of, ()):
            write = self.winner(slot)
            if write is None:
                continue
            if not slot.key:
                said[slot.name] = write.value
                continue
            row = lists.setdefault(slot.name, [])
            if write.value is not None:
                row.append((write.value[0], slot.key, write.value[1]))
        for name, row in lists.items():
            said[name] = [member for _, _, member in sorted(row, key=lambda one: one[:2])]
        return said

    def member_places(self, of: str, name: str) -> dict[str, Place]:
        """Return the places of the members of a list."""
        places: dict[str, Place] = {}
        for slot in self._slots().get(of, ()):
            write = self.winner(slot) if slot.name == name and slot.key else None
            if write is not None and write.value is not None:
                whole, fraction = write.value[0]
                places[slot.key] = whole, fraction
        return places

    def clashes(self) -> list[Clash]:
        """Return what clashes and was not settled since, in an order that is the same everywhere."""
        found = [self._clash(slot) for slot, writes in self._writes.items() if len(writes) > 1]
        found += [self._revived(of) for of in self._gone]
        return sorted((one for one in found if one), key=lambda clash: clash.slot)

    def _clash(self, slot: Slot) -> Clash | None:
        if slot.name in _QUIET or (slot.of and self.is_gone(slot.of)):
            return None
        last = sorted(_last(self._writes[slot].values()), key=_rank(slot), reverse=True)
        won, *others = last
        lost = tuple(one for one in others if _differ(slot, won.value, one.value))
        return Clash(slot, won, lost) if lost else None

    def _revived(self, of: str) -> Clash | None:
        """Return the clash of a removal with work that knew nothing of it, where the work won."""
        touched = list(self._touched.get(of, NOTHING).values())
        ends = [end for end in self._gone[of].values() if not any(one.knew(end) for one in touched)]
        if not ends or not touched or self.is_gone(of):
            return None
        won = max(touched, key=lambda one: (one.by.at, one.by.id))
        return Clash(Slot(of, THERE), won, tuple(sorted(ends, key=lambda one: one.by.id)))

    def _slots(self) -> dict[str, list[Slot]]:
        if len(self._writes) != self._counted:
            self._by_subject.clear()
            for slot in self._writes:
                self._by_subject.setdefault(slot.of, []).append(slot)
            self._counted = len(self._writes)
        return self._by_subject


def _put(where: dict[K, dict[str, Write]], what: K, write: Write) -> None:
    """Keep a studio's last write."""
    where.setdefault(what, {})[write.by.studio] = write


def _last(writes: Iterable[Write]) -> list[Write]:
    """Return the writes that no other one knew of."""
    found = list(writes)
    last = [one for one in found if not any(other.knew(one) for other in found)]
    return last or found  # where each says that it knew the other, somebody made it up


def _rank(slot: Slot) -> Callable[[Write], tuple[int, float, tuple[str, int, int]]]:
    """Return what decides which of several writes wins: what is done stays done, a member stays."""

    def rank(write: Write) -> tuple[int, float, tuple[str, int, int]]:
        first = 0
        if slot.name == STATE and slot.of:
            first = _RANKS.get(write.value[0], 0)
        elif slot.key:
            first = int(write.value is not None)
        return first, write.by.at, write.by.id

    return rank


def _differ(slot: Slot, one: Plain, other: Plain) -> bool:
    """Tell whether two values are worth telling apart."""
    if slot.key:
        return one is not None and other is not None and bool(one[1] != other[1])
    if slot.name == STATE and slot.of:
        closed = {one[0], other[0]} & {"done", "skipped"}
        return bool(closed and one[0] != other[0])
    return bool(one != other)
