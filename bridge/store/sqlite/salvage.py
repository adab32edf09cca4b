"""A damaged journal: everything readable goes into a new file, the damaged one is set aside.

The new file is finished under another name before the damaged one is touched, so that a kill at any
point loses nothing: the next start finishes the renames, or begins again.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bridge.errors import JournalFault
from bridge.store.codec import Codec, Damaged, Row, SnapshotRow, decode_snapshot
from bridge.store.journal import Recovery
from bridge.store.sqlite.carve import beyond, carve
from bridge.store.sqlite.faults import FAILURES
from bridge.store.sqlite.schema import (
    COLUMNS,
    INDEX,
    INSERT,
    LOG,
    LOOK,
    PAGE,
    PUT_SNAPSHOT,
    SNAPSHOTS,
    begins_well,
    connect,
    create,
)

_LOGS: Final = (LOG, "-journal")
_UP: Final = f"SELECT {COLUMNS} FROM entries ORDER BY seq"  # noqa: S608 - names of ours
_DOWN: Final = f"SELECT {COLUMNS} FROM entries ORDER BY seq DESC"  # noqa: S608 - names of ours


def recover(path: Path, wall: float, codec: Codec) -> Recovery:
    """Put what can be read of the journal at `path` into a new one, and set the damaged one aside.

    Raises:
        OSError: The disk can't take the new file; nothing was renamed.
        sqlite3.Error: The same.

    """
    rows, snapshots = _read(path, codec)
    _write(_beside(path), rows, snapshots)
    corrupt = _set_aside(path, wall)
    _beside(path).replace(path)
    _flush_folder(path.parent)
    return Recovery(corrupt, len(rows), tuple(_gaps(rows)))


def make_ready(path: Path, wall: float) -> None:
    """Make a new journal where there is none, and finish a recovery that was killed.

    A new file is finished under another name, too: an empty one at `path` is therefore damage, and
    SQLite would take it for a new one and throw its log away.

    Raises:
        Damaged: The file is too short, or gone while its log is there.
        OSError: The disk can't take a new file.
        sqlite3.Error: The same.

    """
    fresh, log = _beside(path), path.with_name(path.name + LOG)
    if fresh.exists():
        _finish(path, wall)
    if _size(path) == _size(log) == 0 and not path.exists():
        _write(fresh, [], [])
        fresh.replace(path)
    if _size(path) < PAGE or not begins_well(path):
        raise Damaged(f"journal: {path} does not begin as a journal does")


def _finish(path: Path, wall: float) -> None:
    fresh = _beside(path)
    if path.exists() or not begins_well(fresh) or _size(_undoing(fresh)):
        _drop(fresh)  # not known to be complete
    else:
        _set_aside(path, wall)
        fresh.replace(path)


def _undoing(path: Path) -> Path:
    """Return the name of what SQLite undoes a broken-off write with."""
    return path.with_name(f"{path.name}-journal")


def _drop(fresh: Path) -> None:
    for file in (fresh, _undoing(fresh)):
        file.unlink(missing_ok=True)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def see_whole_log(log: Path, last: int, codec: Codec) -> None:
    """See that nothing stands in the log behind `last`, the newest entry that SQLite gives.

    SQLite reads a log up to the first damaged frame and says nothing about those behind it.

    Raises:
        Damaged: Something does.
        OSError: The log can't be read.

    """
    if any(_sound(row, codec) for row in beyond(log, last)):
        raise Damaged(f"journal: {log} is damaged: entries after {last} stand behind the damage")


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.recovered")


def _read(path: Path, codec: Codec) -> tuple[list[Row], list[SnapshotRow]]:
    rows: dict[int, Row] = {}
    snapshots: list[SnapshotRow] = []
    if _size(path) >= PAGE:  # SQLite would throw away the log of a shorter one
        with contextlib.suppress(*FAILURES), contextlib.closing(_look(path)) as damaged:
            rows.update(_queried(damaged))
            with contextlib.suppress(*FAILURES):
                snapshots.extend(damaged.execute(SNAPSHOTS))
    found = itertools.chain(rows.values(), carve(path, path.with_name(path.name + LOG)))
    sound = {row[0]: row for row in found if _sound(row, codec)}
    return [sound[seq] for seq in sorted(sound)], [s for s in snapshots if decode_snapshot(s)]


def _look(path: Path) -> sqlite3.Connection:
    connection = connect(path, LOOK)
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    return connection


def _queried(damaged: sqlite3.Connection) -> Iterator[tuple[int, Row]]:
    """Yield rows from the last one down and, when that breaks off, from the first one up."""
    for sql in (_DOWN, _UP):
        try:
            for row in damaged.execute(sql):
                yield row[0], row
        except FAILURES:
            continue
        return


def _sound(row: Row, codec: Codec) -> bool:
    try:
        codec.entry(row)
    except Damaged:
        return False
    except JournalFault:  # a newer Songbridge's: kept as it is, for that one to read
        return True
    return True


def _write(path: Path, rows: list[Row], snapshots: list[SnapshotRow]) -> None:
    """Write a whole journal, or leave nothing behind."""
    _drop(path)
    try:
        with contextlib.closing(create(path)) as fresh:
            fresh.execute("BEGIN")
            fresh.executemany(INSERT, rows)
            fresh.executemany(PUT_SNAPSHOT, snapshots)
            fresh.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(OSError):
            _drop(path)
        raise


def _set_aside(path: Path, wall: float) -> Path:
    stamp = time.strftime("%Y%m%d-%H%M%S", time.localtime(wall))
    counted = (f"-{n}" if n > 1 else "" for n in itertools.count(1))
    names = (path.with_name(f"{path.stem}-{stamp}{count}.corrupt") for count in counted)
    corrupt = next(name for name in names if not _taken(name))
    for tail in ("", *_LOGS):  # SQLite finds the log of the file under its new name, too
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + tail).rename(corrupt.with_name(corrupt.name + tail))
    path.with_name(path.name + INDEX).unlink(missing_ok=True)
    return corrupt


def _taken(name: Path) -> bool:
    return name.exists() or name.with_name(name.name + LOG).exists()


def _gaps(rows: list[Row]) -> Iterator[tuple[int, int]]:
    """Yield first and last number of every stretch that is missing."""
    before = 0
    for row in rows:
        if row[0] > before + 1:
            yield before + 1, row[0] - 1
        before = row[0]


def _flush_folder(folder: Path) -> None:
    """Make renames proof against a power cut, where a folder can be opened (not on Windows)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
