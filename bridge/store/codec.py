"""Facts and snapshots as bytes: type name, version, JSON. Old versions are read for ever.

To change a fact's shape: raise its number in `VERSIONS` and put a function in `UPGRADES` that
makes the previous version's raw JSON object into the next one's. Rows on disk are never rewritten.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final, TypeAlias, get_args
from zlib import crc32

import msgspec

from bridge.core.events import Entry, Fact, Snapshot
from bridge.errors import JournalFault

Raw: TypeAlias = dict[str, Any]
Upgrade: TypeAlias = Callable[[Raw], Raw]
Row: TypeAlias = tuple[int, float, str, int, str, str, str, int, bytes, int]
"""seq, at, action, step, source, person, type, version, body, crc.

``crc`` is a CRC-32 over all the others: SQLite has none of its own, and without it a flipped bit in
a title would pass, and one in a type would look like a newer version's.
"""


class Damaged(JournalFault):
    """A row or a file whose content makes no sense: not of a newer version, but broken."""


def type_name(kind: type) -> str:
    """Return the kebab-case of a fact's class name: ``TaskStarted`` → ``task-started``."""
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in kind.__name__).lstrip("-")


VERSIONS: Final[Mapping[str, int]] = {}
"""The present version of a type; one that is not listed is at 1."""

UPGRADES: Final[Mapping[str, Mapping[int, Upgrade]]] = {}
"""Type → {old version: what turns it into the version after it}."""

SNAPSHOT_VERSION: Final = 1
"""Raise it with any change of the state's shape: older snapshots are then passed over."""

_KINDS: Final[tuple[type, ...]] = get_args(Fact)
_encode: Final = msgspec.json.Encoder().encode
_BROKEN: Final = (msgspec.MsgspecError, ValueError, TypeError, LookupError, RecursionError)
"""What decoders and upgrades raise on content that is not what was written."""


_numbers: Final = struct.Struct("<qdqI").pack


@lru_cache(maxsize=4096)  # the same few words stand in every row
def _words_sum(action: str, source: str, person: str, name: str, version: int) -> int:
    return crc32("\0".join((action, source, person, name, str(version))).encode())


def _check(row: Row) -> None:
    seq, at, action, step, source, person, name, version, body, crc = row
    try:
        words = _words_sum(action, source, person, name, version)
        found = crc32(body, crc32(_numbers(seq, at, step, words)))
    except (struct.error, TypeError, ValueError) as error:  # SQLite columns take any type
        raise Damaged(f"a column is of another kind: {error}") from error
    if found != crc:
        raise Damaged("its content does not fit its checksum")


class Codec:
    """Facts ↔ (type, version, JSON) by tables of versions and upgrades; `CODEC` is the real one."""

    def __init__(
        self,
        versions: Mapping[str, int] = VERSIONS,
        upgrades: Mapping[str, Mapping[int, Upgrade]] = UPGRADES,
    ) -> None:
        names = {kind: type_name(kind) for kind in _KINDS}
        self._labels = {kind: (name, versions.get(name, 1)) for kind, name in names.items()}
        self._kinds = {name: kind for kind, name in names.items()}
        self._upgrades = upgrades
        self._decoders: dict[tuple[str, int], Callable[[bytes], Any]] = {
            label: msgspec.json.Decoder(kind).decode for kind, label in self._labels.items()
        }
        self._words: dict[str, str] = {}

    def encode(self, fact: Fact) -> tuple[str, int, bytes]:
        """Return the fact's type name, its present version and its JSON."""
        name, version = self._labels[type(fact)]
        return name, version, _encode(fact)

    def decode(self, name: str, version: int, body: bytes) -> Fact:
        """Return the fact that stands in a row.

        Raises:
            JournalFault: A newer Songbridge wrote it.
            Damaged: The JSON is broken or lacks what the type needs.

        """
        try:
            decoder = self._decoders.get((name, version))
            fact: Fact = decoder(body) if decoder else self._decode_old(name, version, body)
        except _BROKEN as error:
            raise Damaged(f"a fact {name!r} (version {version}) can't be read: {error}") from error
        return fact

    def _decode_old(self, name: str, version: int, body: bytes) -> Fact:
        kind = self._kinds.get(name)
        if kind is None:
            raise JournalFault(
                f"the journal holds a fact {name!r} (version {version}) that this Songbridge does "
                "not know: it was written by a newer Songbridge; install that one"
            )
        current = self._labels[kind][1]
        if not 1 <= version < current:
            raise JournalFault(
                f"the journal holds a fact {name!r} of version {version}, this Songbridge reads up "
                f"to version {current}: it was written by a newer Songbridge; install that one"
            )
        raw: Raw = msgspec.json.decode(body, type=dict)
        for step in range(version, current):
            raw = self._upgrades[name][step](raw)
        fact: Fact = msgspec.convert(raw, type=kind)
        return fact

    def row(self, entry: Entry) -> Row:
        """Return the row of an entry, in the order of `Row`.

        Raises:
            JournalFault: It holds what can't be written: half a character, a number too large.

        """
        name, version = self._labels[type(entry.fact)]
        seq, at, action, step = entry.seq, entry.at, entry.action, entry.step
        source, person = entry.source, entry.person
        try:
            body = _encode(entry.fact)
            words = _words_sum(action, source, person, name, version)
            crc = crc32(body, crc32(_numbers(seq, at, step, words)))
        except (struct.error, ValueError, TypeError, OverflowError) as error:
            raise JournalFault(f"journal: entry {seq} can't be written: {error}") from error
        return seq, at, action, step, source, person, name, version, body, crc

    def entry(self, row: Row) -> Entry:
        """Return the entry of a row.

        Raises:
            JournalFault: A newer Songbridge wrote it.
            Damaged: It is broken; the sentence has the entry's number.

        """
        seq, at, action, step, source, person, name, version, body, _ = row
        try:
            _check(row)
            fact = self.decode(name, version, body)
        except Damaged as error:
            raise Damaged(
                f"journal: entry {seq} is damaged ({error}); restart Songbridge: it sets the file "
                "aside and recovers everything readable"
            ) from error
        # One object for each of the few words keeps a long journal small.
        word = self._words.setdefault
        return Entry(
            seq, at, word(action, action), step, word(source, source), word(person, person), fact
        )


CODEC: Final = Codec()

_decode_snapshot: Final = msgspec.json.Decoder(Snapshot).decode


def encode_snapshot(snapshot: Snapshot) -> tuple[int, bytes]:
    """Return a snapshot's version and JSON."""
    return SNAPSHOT_VERSION, _encode(snapshot)


def decode_snapshot(version: int, body: bytes) -> Snapshot | None:
    """Return the snapshot, None for a broken one or one of another version."""
    if version != SNAPSHOT_VERSION:
        return None
    try:
        return _decode_snapshot(body)
    except _BROKEN:
        return None
