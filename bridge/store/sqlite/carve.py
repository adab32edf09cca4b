"""Rows out of a file that SQLite itself can't read, page by page.

Sections are those of sqlite.org/fileformat2.html. A journal's rows never change, so every copy of a
row that is found anywhere is the row. What was read wrongly does not fit its checksum; the caller
sorts that out.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, TypeAlias, cast

from bridge.store.codec import Row
from bridge.store.sqlite.schema import PAGE

Page: TypeAlias = bytes
Value: TypeAlias = "int | float | str | bytes | None"

_LEAF: Final = 0x0D  # section 1.6: a leaf page of a table
_FILE_HEADER: Final = 100
_LEAF_HEADER: Final = 8
_LOG_HEADER: Final = 32  # section 4.1
_FRAME_HEADER: Final = 24
_MOST: Final = PAGE - 35  # section 1.6: a longer payload spills to overflow pages
_LEAST: Final = (PAGE - 12) * 32 // 255 - 23
_FIELDS: Final = 5
_LONGEST: Final = 1 << 28  # bytes of a payload that can still be true
_INTS: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}  # section 2.1: serial type → bytes


def carve(path: Path, log: Path) -> Iterator[Row]:
    """Yield what looks like an entry, from the file and the log beside it, in no order.

    Raises:
        OSError: The file can't be read.

    """
    data = path.read_bytes() if path.exists() else b""
    stored = {n + 1: data[n * PAGE : (n + 1) * PAGE] for n in range(len(data) // PAGE + 1)}
    frames = list(_frames(log.read_bytes() if log.exists() else b""))
    newest = stored | dict(frames)
    for number, page in [*stored.items(), *frames]:
        yield from _rows(page, _FILE_HEADER if number == 1 else 0, newest)


def beyond(log: Path, last: int) -> Iterator[Row]:
    """Yield what looks like an entry above `last` in a finished commit of the log.

    Raises:
        OSError: The log can't be read.

    """
    pages: dict[int, Page] = {}
    for number, page in _frames(log.read_bytes() if log.exists() else b""):
        pages[number] = page
        if _last_number(page) > last:
            yield from (row for row in _rows(page, 0, pages) if row[0] > last)


def _frames(log: bytes) -> Iterator[tuple[int, Page]]:
    """Yield page number and page of each frame up to the last commit of the log's present run.

    Frames of an earlier run stand behind those of the present one and bear other salts. Where the
    present one's can't be told, all are taken: what an earlier run held is true, too.
    """
    salts, first = log[16:24], log[_LOG_HEADER + 8 : _LOG_HEADER + 16]
    known = salts == first != bytes(8)
    torn: list[tuple[int, Page]] = []
    for at in range(_LOG_HEADER, len(log) - PAGE, _FRAME_HEADER + PAGE):
        if known and log[at + 8 : at + 16] != salts:
            continue
        number, size_at_commit = struct.unpack_from(">II", log, at)
        start = at + _FRAME_HEADER
        torn.append((number, log[start : start + PAGE]))
        if size_at_commit:
            yield from torn
            torn.clear()


def _last_number(page: Page) -> int:
    """Return the number of the last row of a leaf page, 0 for another page."""
    if page[0] != _LEAF:
        return 0
    try:
        (cells,) = struct.unpack_from(">H", page, 3)
        (at,) = struct.unpack_from(">H", page, _LEAF_HEADER + 2 * max(0, cells - 1))
        return _varint(page, _varint(page, at)[1])[0]
    except (struct.error, LookupError):
        return 0


def _rows(page: Page, offset: int, pages: Mapping[int, Page]) -> Iterator[Row]:
    if len(page) <= offset + _LEAF_HEADER or page[offset] != _LEAF:
        return
    (cells,) = struct.unpack_from(">H", page, offset + 3)
    for cell in range(min(cells, PAGE // 4)):
        try:
            (at,) = struct.unpack_from(">H", page, offset + _LEAF_HEADER + 2 * cell)
            yield _row(page, at, pages)
        except (struct.error, LookupError, ValueError, TypeError):
            continue  # damaged, or of another table


def _row(page: Page, at: int, pages: Mapping[int, Page]) -> Row:
    length, at = _varint(page, at)
    seq, at = _varint(page, at)
    values = _record(_payload(page, at, length, pages))
    if len(values) != _FIELDS or values[0] is not None:  # the number stands in the cell, not here
        raise ValueError
    return cast("Row", (seq, *values[1:]))


def _payload(page: Page, at: int, length: int, pages: Mapping[int, Page]) -> bytes:
    """Return a cell's payload, with what spilled to overflow pages (section 1.6)."""
    if length <= _MOST:
        return page[at : at + length]
    if length > _LONGEST:
        raise ValueError
    local = _LEAST + (length - _LEAST) % (PAGE - 4)
    local = local if local <= _MOST else _LEAST
    parts, left = [page[at : at + local]], length - local
    (following,) = struct.unpack_from(">I", page, at + local)
    while left > 0:
        spill = pages[following]
        (following,) = struct.unpack_from(">I", spill)
        parts.append(spill[4 : 4 + left])
        left -= PAGE - 4
    return b"".join(parts)


def _record(payload: bytes) -> list[Value]:
    """Return the values of a record (section 2.1)."""
    end, at = _varint(payload, 0)
    kinds = []
    while at < end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    values = []
    for kind in kinds:
        value, size = _value(payload, at, kind)
        values.append(value)
        at += size
    return values


def _value(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind >= 12:  # noqa: PLR2004 - section 2.1: even a blob, odd a text
        size = (kind - 12) // 2
        raw = payload[at : at + size]
        return (raw.decode("utf-8", "replace") if kind % 2 else raw), size
    if kind == 7:  # noqa: PLR2004 - section 2.1: a float
        return struct.unpack_from(">d", payload, at)[0], 8
    if kind in _INTS:
        size = _INTS[kind]
        return int.from_bytes(payload[at : at + size], "big", signed=True), size
    return {0: None, 8: 0, 9: 1}[kind], 0


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a variable-length integer and the place behind it (section 1.6)."""
    value = 0
    for place in range(at, at + 8):
        value = value << 7 | data[place] & 0x7F
        if data[place] < 0x80:  # noqa: PLR2004 - the high bit: more to come
            return value, place + 1
    return value << 8 | data[at + 8], at + 9
