"""The file: its tables, how it is opened, and how a sound one is told from a damaged one.

Why these settings, with figures: ``docs/adr/0002-journal.md``.
"""

from __future__ import annotations

import sqlite3
import struct
import time
from functools import cache
from pathlib import Path
from typing import Final

from bridge.errors import JournalFault
from bridge.store.codec import Damaged

PAGE: Final = 1024
"""Bytes of a page. A commit writes one page per touched leaf; a fact's row has about 90 bytes."""

APPLICATION: Final = 0x534F4E47
"""``SONG``, in the header of every journal (PRAGMA application_id)."""

LAYOUT: Final = 1
"""The number of this table layout, up to 127."""

_FOUR_TIMES: Final = 0x01010101
"""PRAGMA user_version holds the layout in each of its bytes: damage is then not taken for news."""

LOG: Final = "-wal"
"""What the name of the write-ahead log beside the file ends in."""

INDEX: Final = "-shm"
"""What the name of the log's index ends in."""

WRITE: Final = "rw"
LOOK: Final = "ro"
LOOK_ALONE: Final = "ro&immutable=1"
"""Read-only without a look at log or locks, for a file that has no log."""

COLUMNS: Final = "seq, type, version, body, crc"
INSERT: Final = f"INSERT INTO entries ({COLUMNS}) VALUES (?,?,?,?,?)"  # noqa: S608 - ours
SEVERAL: Final = 8
"""Rows that one statement takes, at most; an action seldom tells more facts."""

INSERT_SEVERAL: Final = tuple(
    f"INSERT OR ROLLBACK INTO entries ({COLUMNS}) VALUES {','.join(['(?,?,?,?,?)'] * rows)}"  # noqa: S608 - ours
    for rows in range(SEVERAL + 1)
)
"""By the number of rows, from 1 on. A single statement is a transaction of its own: two rows take the
time of one, where BEGIN and COMMIT would add a third. ROLLBACK, for ABORT would keep a journal for
taking back half of a statement, which here is the whole transaction (sqlite.org/lang_conflict.html).
"""

SNAPSHOTS: Final = "SELECT seq, at, version, body, crc FROM snapshots ORDER BY seq DESC"
PUT_SNAPSHOT: Final = (
    "INSERT OR REPLACE INTO snapshots (seq, at, version, body, crc) VALUES (?,?,?,?,?)"
)
NOTE: Final = "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)"

_ENTRIES: Final = (
    "CREATE TABLE entries (seq INTEGER PRIMARY KEY, type TEXT NOT NULL, version INTEGER NOT NULL, "
    "body BLOB NOT NULL, crc INTEGER NOT NULL)"
)
_META: Final = "CREATE TABLE meta (key TEXT PRIMARY KEY, value REAL)"
_SNAPSHOTS: Final = (
    "CREATE TABLE snapshots (seq INTEGER PRIMARY KEY, at REAL NOT NULL, "
    "version INTEGER NOT NULL, body BLOB NOT NULL, crc INTEGER NOT NULL)"
)
_VIEW: Final = (
    "CREATE VIEW readable AS SELECT seq, datetime(json_extract(line, '$[3]'), 'unixepoch') AS at, "
    "json_extract(line, '$[4]') AS action, json_extract(line, '$[6]') AS source, "
    "json_extract(line, '$[7]') AS person, type, json_extract(line, '$[8]') AS fact "
    "FROM (SELECT seq, type, CAST(body AS TEXT) AS line FROM entries)"
)
"""For people who look into the file with SQLite's own tool; nothing here reads it."""

_TABLES: Final = (_ENTRIES, _META, _SNAPSHOTS)

_HEADS: Final = tuple(
    b"SQLite format 3\0" + struct.pack(">HBBBBBB", PAGE, way, way, 0, 64, 32, 32) for way in (1, 2)
)
"""How a file begins that is written without or with a log (sqlite.org/fileformat2.html, 1.3)."""

_WAIT_AT_OPEN: Final = 1.0
_WAIT_ON_PRESS: Final = 250  # milliseconds; nobody shares the file, so this is seldom used
_CHECK_TIME: Final = 0.25  # seconds that looking over the whole file may take of a start


@cache
def _private_vfs() -> str:
    """Return the query that opens the file for this process alone, empty where there is none.

    ``unix-excl`` (sqlite.org/vfs.html) takes the file's lock once and shares the WAL index between
    the connections of one process in memory: a commit is two writes and no lock calls.
    """
    try:
        sqlite3.connect("file::memory:?vfs=unix-excl", uri=True).close()
    except sqlite3.Error:  # Windows, or a SQLite built without it
        return ""
    return "&vfs=unix-excl"


def connect(path: Path, mode: str = WRITE) -> sqlite3.Connection:
    """Open the file with the journal's settings.

    Raises:
        sqlite3.Error: As it comes.

    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}{_private_vfs()}",
        uri=True,
        timeout=_WAIT_AT_OPEN,
        isolation_level=None,
        check_same_thread=False,  # each connection is used under a lock, or by one thread
    )
    try:
        connection.execute(f"PRAGMA page_size={PAGE}")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA wal_autocheckpoint=0")  # the keeper's work
        connection.execute("PRAGMA journal_size_limit=16777216")
    except BaseException:
        connection.close()
        raise
    return connection


def settle(connection: sqlite3.Connection) -> None:
    """Shorten the wait for a locked file from that of a start to that of a press."""
    connection.execute(f"PRAGMA busy_timeout={_WAIT_ON_PRESS}")


def examine(connection: sqlite3.Connection, path: Path) -> None:
    """See that the file is a sound journal. A connection that is read-only is enough.

    Raises:
        Damaged: It is damaged, or no journal.
        JournalFault: A newer Songbridge wrote it.
        sqlite3.Error: As it comes.

    """
    if _number(connection, "application_id") != APPLICATION:
        raise Damaged(f"journal: {path} is an SQLite file, but not a journal")
    layout, rest = divmod(_number(connection, "user_version"), _FOUR_TIMES)
    if rest or layout < 1:
        raise Damaged(f"journal: {path} has lost its layout's number")
    if layout > LAYOUT:
        raise JournalFault(
            f"journal: {path} has layout {layout}, this Songbridge knows up to {LAYOUT}: "
            "it was written by a newer Songbridge; install that one"
        )
    found = connection.execute("SELECT sql FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    if tuple(row[0] for row in found) != _TABLES:
        raise Damaged(f"journal: {path} has lost its tables")
    _look_over(connection, path)


def create(path: Path) -> sqlite3.Connection:
    """Return a new journal at `path` that is written through, without a log.

    Raises:
        sqlite3.Error: As it comes.

    """
    connection = connect(path, "rwc")
    try:
        connection.executescript(
            "PRAGMA synchronous=FULL; BEGIN IMMEDIATE;"
            f"PRAGMA application_id={APPLICATION}; PRAGMA user_version={LAYOUT * _FOUR_TIMES};"
            f"{';'.join(_TABLES)}; {_VIEW}; COMMIT;"
        )
    except BaseException:
        connection.close()
        raise
    return connection


def begins_well(path: Path) -> bool:
    """Tell whether the file begins as every journal does. It must not be open by SQLite here.

    Raises:
        OSError: It can't be read.

    """
    with path.open("rb") as file:
        return file.read(len(_HEADS[0])) in _HEADS


def log_ahead(connection: sqlite3.Connection, path: Path) -> None:
    """Have the file written by way of a log (WAL); nothing changes in one that is already.

    Raises:
        JournalFault: The disk does not allow it.
        sqlite3.Error: As it comes.

    """
    mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    if mode != "wal":
        raise JournalFault(f"journal: {path} is on a disk that allows no write-ahead log")
    if _private_vfs():  # nobody shares it: an index that a read-only look left is of no use
        path.with_name(path.name + INDEX).unlink(missing_ok=True)


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _look_over(connection: sqlite3.Connection, path: Path) -> None:
    """Check the file's structure, for as long as a start can spare."""
    until = time.monotonic() + _CHECK_TIME
    connection.set_progress_handler(lambda: time.monotonic() > until, 10_000)
    try:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        found = "ok"
    finally:
        connection.set_progress_handler(None, 0)
    if found != "ok":
        raise Damaged(f"journal: {path} is damaged: {' '.join(found.split())}")
