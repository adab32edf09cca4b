"""Facts and snapshots as bytes: type name, version, JSON. Old versions are read for ever.

To change a fact's shape: raise its number in `VERSIONS` and put a function in `UPGRADES` that
makes the previous version's raw JSON object into the next one's. Rows on disk are never rewritten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias, get_args
from zlib import crc32

import msgspec

from bridge.core.events import Entry, Fact, Snapshot
from bridge.errors import JournalFault

Raw: TypeAlias = dict[str, Any]
Upgrade: TypeAlias = Callable[[Raw], Raw]
Row: TypeAlias = tuple[int, str, int, bytes, int]
"""seq, type, version, body, crc.

``body`` is a JSON array of everything: ``[seq, type, version, at, action, step, source, person, fact]``.
``crc`` is its CRC-32: SQLite has no checksums, and without one a flipped bit in a title would pass, and
one in a type would look like a newer version's. One call each to encode and to sum: on a press, when
nothing is in the processor's caches, each further one costs about as much as a page of Python.
"""

Line: TypeAlias = tuple[int, bytes]
"""An entry's number and its body, for whoever reads many: the body is one line of JSON."""

SnapshotRow: TypeAlias = tuple[int, float, int, bytes, int]
"""seq, at, version, body, crc: ``body`` is the snapshot as JSON, ``crc`` its CRC-32.

A flipped bit in a snapshot would otherwise be taken for the state, while sound entries lie beside it.
"""

_Line: TypeAlias = tuple[int, str, int, float, str, int, str, str, Any]


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
"""Raise it with any change of the state's shape: older snapshots are then passed over.

A new field that has a default is no such change: older snapshots lack it and are right.
"""

_KINDS: Final[tuple[type, ...]] = get_args(Fact)
_encode: Final = msgspec.json.Encoder().encode
_BROKEN: Final = (msgspec.MsgspecError, ValueError, TypeError, LookupError, RecursionError)
"""What decoders and upgrades raise on content that is not what was written."""


def _damaged(seq: int, why: object) -> Damaged:
    return Damaged(
        f"journal: entry {seq} is damaged ({why}); restart Songbridge: it sets the file "
        "aside and recovers everything readable"
    )


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
        self._decoders: dict[tuple[str, int], Callable[[bytes], _Line]] = {
            label: msgspec.json.Decoder(_line_of(kind)).decode
            for kind, label in self._labels.items()
        }
        self._words: dict[str, str] = {}

    def row(self, entry: Entry) -> Row:
        """Return the row of an entry.

        Raises:
            JournalFault: It holds what can't be written, such as half a character.

        """
        seq, fact = entry.seq, entry.fact
        name, version = self._labels[type(fact)]
        try:
            body = _encode(
                (
                    seq,
                    name,
                    version,
                    entry.at,
                    entry.action,
                    entry.step,
                    entry.source,
                    entry.person,
                    fact,
                )
            )
        except (ValueError, TypeError, OverflowError) as error:
            raise JournalFault(f"journal: entry {seq} can't be written: {error}") from error
        return seq, name, version, body, crc32(body)

    def checked(self, row: tuple[int, bytes, int]) -> Line:
        """Return number and body of a row's seq, body, crc. Raises Damaged where they don't fit."""
        seq, body, crc = row
        if crc32(body) != crc:
            raise _damaged(seq, "its content does not fit its checksum")
        return seq, body

    def read(self, body: bytes) -> Entry:
        """Return the entry that a row's body alone tells, as `Journal.lines` gives it.

        Raises:
            JournalFault: A newer Songbridge wrote it.
            Damaged: It is broken.

        """
        try:
            seq, name, version, _ = body[1:].split(b",", 3)
            row = int(seq), name[1:-1].decode("ascii"), int(version), body, crc32(body)
        except ValueError as error:
            raise Damaged(f"this is no line of a journal: {body[:40]!r}") from error
        return self.entry(row)

    def entry(self, row: Row) -> Entry:
        """Return the entry of a row.

        Raises:
            JournalFault: A newer Songbridge wrote it.
            Damaged: It is broken; the sentence has the entry's number.

        """
        try:
            line = self._line(row)
        except _BROKEN as error:
            raise _damaged(row[0], error) from error
        seq, _, _, at, action, step, source, person, fact = line
        # One object for each of the few words keeps a long journal small.
        word = self._words.setdefault
        return Entry(
            seq, at, word(action, action), step, word(source, source), word(person, person), fact
        )

    def _line(self, row: Row) -> _Line:
        seq, name, version, body, crc = row
        if crc32(body) != crc:
            raise ValueError("its content does not fit its checksum")
        decoder = self._decoders.get((name, version))
        line = decoder(body) if decoder else _any_line(body)
        if line[0] != seq or line[1] != name or line[2] != version:
            raise ValueError("its number or type does not fit its content")
        return line if decoder else self._upgraded(line)

    def _upgraded(self, line: _Line) -> _Line:
        name, version = line[1:3]
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
        raw: Raw = line[-1]
        for step in range(version, current):
            raw = self._upgrades[name][step](raw)
        return (*line[:-1], msgspec.convert(raw, type=kind))


def _line_of(kind: type) -> Any:  # noqa: ANN401 - a type made at run time
    return tuple[int, str, int, float, str, int, str, str, kind]  # type: ignore[valid-type] # the same


_any_line: Final[Callable[[bytes], _Line]] = msgspec.json.Decoder(_line_of(dict)).decode

CODEC: Final = Codec()

_decode_snapshot: Final = msgspec.json.Decoder(Snapshot).decode


def encode_snapshot(snapshot: Snapshot) -> SnapshotRow:
    """Return the row of a snapshot."""
    body = _encode(snapshot)
    return snapshot.seq, snapshot.at, SNAPSHOT_VERSION, body, crc32(body)


def decode_snapshot(row: SnapshotRow) -> Snapshot | None:
    """Return the snapshot, None for a broken one or one of another version.

    What is passed over costs nothing but time: the entries are replayed from an older one or from
    the first.
    """
    seq, at, version, body, crc = row
    if version != SNAPSHOT_VERSION:
        return None
    try:
        if crc32(body) != crc:
            return None
        snapshot = _decode_snapshot(body)
    except _BROKEN:
        return None
    return snapshot if (snapshot.seq, snapshot.at) == (seq, at) else None
