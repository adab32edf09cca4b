"""The journal on disk: an append is one commit of two writes; reading has its own connection."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Final, TypeVar

from bridge.core.events import Entry, Snapshot
from bridge.store.codec import CODEC, Codec, Damaged, Line, decode_snapshot, encode_snapshot
from bridge.store.journal import Loaded, Recovery
from bridge.store.sqlite import salvage
from bridge.store.sqlite.faults import FAILURES, fault, is_damage
from bridge.store.sqlite.keeper import Keeper
from bridge.store.sqlite.schema import (
    COLUMNS,
    INSERT,
    INSERT_SEVERAL,
    LOG,
    LOOK,
    LOOK_ALONE,
    NOTE,
    PAGE,
    PUT_SNAPSHOT,
    SEVERAL,
    SNAPSHOTS,
    connect,
    examine,
    log_ahead,
    settle,
)

_T = TypeVar("_T")

_AFTER: Final = f"SELECT {COLUMNS} FROM entries WHERE seq > ? ORDER BY seq LIMIT ?"  # noqa: S608 - names of ours
_LINES: Final = "SELECT seq, body, crc FROM entries WHERE seq > ? ORDER BY seq LIMIT ?"
_LAST: Final = f"SELECT {COLUMNS} FROM entries ORDER BY seq DESC LIMIT ?"  # noqa: S608 - names of ours
_KEEP_TWO: Final = (
    "DELETE FROM snapshots WHERE seq NOT IN (SELECT seq FROM snapshots ORDER BY seq DESC LIMIT 2)"
)
_SUSPECT: Final = "suspect"
"""The note that damage was seen behind the snapshot: the next start reads everything."""


class SqliteJournal:
    """A `Journal` in one SQLite file (with its ``-wal`` beside it while it is open).

    While it is open the file is locked for every other process, and this process must not open it
    by any other way: closing such a handle would drop the lock (fcntl(2)).

    ``wall`` names the time of a file that is set aside; ``flush`` brings a file handle's content to
    the disk (None: the platform's own way). `open` is how it is made.
    """

    def __init__(
        self,
        path: Path,
        codec: Codec = CODEC,
        wall: Callable[[], float] = time.time,
        flush: Callable[[int], None] | None = None,
    ) -> None:
        self.path = path
        self._codec, self._wall, self._flush = codec, wall, flush
        self._row = codec.row
        self._writing, self._reading = threading.Lock(), threading.Lock()
        self._recovered: Recovery | None = None
        self._fresh = True
        self._closed = False

    @classmethod
    def open(
        cls,
        path: Path,
        codec: Codec = CODEC,
        wall: Callable[[], float] = time.time,
        flush: Callable[[int], None] | None = None,
    ) -> SqliteJournal:
        """Open the journal at `path`, new or old; a damaged one is set aside and recovered.

        Raises:
            JournalFault: It can't be opened or made, another program has it, or a newer Songbridge
                wrote it.

        """
        journal = cls(path, codec, wall, flush)
        with _translated(path):
            journal._open()
        return journal

    @property
    def trouble(self) -> str | None:
        """What keeps writes from being proof against a power cut now, None when nothing does."""
        return self._keeper.trouble

    def append(self, entries: Sequence[Entry]) -> None:
        """Hold all of `entries` or none; see `Journal`."""
        self._fresh = False
        try:
            with self._writing:
                if len(entries) == 1:
                    self._insert(INSERT, self._row(entries[0]))
                elif 1 < len(entries) <= SEVERAL:
                    values = chain.from_iterable(map(self._row, entries))
                    self._insert(INSERT_SEVERAL[len(entries)], tuple(values))
                else:
                    self._insert_all(entries)
        except FAILURES as error:
            raise fault(error, self.path) from error
        self._keeper.written += len(entries)

    def load(self) -> Loaded:
        """Return the newest snapshot and what came after it; see `Journal`.

        Before the first append, what turns out to be damaged is recovered on the spot.
        """
        with _translated(self.path):
            try:
                return self._read(self._load)
            except (*FAILURES, Damaged) as error:
                if not (is_damage(error) and self._fresh):
                    raise
            self._disconnect()
            self._recover()
            return self._read(self._load)

    def since(self, seq: int, limit: int = 1000) -> list[Entry]:
        """Return entries above `seq`, oldest first; see `Journal`."""
        return self._look_back(lambda reader: self._entries(reader, _AFTER, seq, limit))

    def lines(self, seq: int, limit: int) -> list[Line]:
        """Return entries above `seq` as lines, oldest first; see `Journal`."""
        check = self._codec.checked
        return self._look_back(
            lambda reader: [check(row) for row in reader.execute(_LINES, (seq, limit))]
        )

    def last(self, count: int) -> list[Entry]:
        """Return the newest `count`, oldest first; see `Journal`."""
        newest_first = self._look_back(
            lambda reader: self._entries(reader, _LAST, max(0, count)),
        )
        return newest_first[::-1]

    def alive(self, at: float) -> bool:
        """Note that the service runs at `at`; not flushed, since no fact hangs on it."""
        try:
            with self._writing:
                self._insert(NOTE, ("alive", at))
        except FAILURES:
            return False
        self._keeper.noted += 1
        return True

    def save_snapshot(self, snapshot: Snapshot) -> None:
        """Keep the newest two; see `Journal`."""
        row = encode_snapshot(snapshot)
        with contextlib.suppress(*FAILURES), self._writing, self._transaction():
            self._insert(PUT_SNAPSHOT, row)
            self._insert(_KEEP_TWO)
        self._keeper.noted += 2 * len(row[3]) // PAGE

    def close(self) -> None:
        """Move everything into the file and let go of it; may be called again."""
        with self._writing:
            if not self._closed:
                self._closed = True
                self._disconnect()

    def _open(self) -> None:
        try:
            salvage.make_ready(self.path, self._wall())
            self._connect(examined=self._examine())
        except (*FAILURES, Damaged) as error:
            if not is_damage(error):
                raise
            self._recover()

    def _examine(self) -> bool:
        """Look the file over, read-only; tell whether that was possible.

        Closing a connection that may write would move the log of a damaged journal into its file,
        and drop what stands behind the damage.
        """
        log = self.path.with_name(self.path.name + LOG)
        mode = LOOK if log.exists() and log.stat().st_size else LOOK_ALONE
        try:
            with contextlib.closing(connect(self.path, mode)) as reader:
                examine(reader, self.path)
                salvage.see_whole_log(log, _last(reader), self._codec)
        except FAILURES as error:
            if is_damage(error):
                raise
            # A disk so full that there is no room for the log's index, or a locked file: the
            # connection that writes needs no such room, and tells what else is the matter.
            return False
        return True

    def _connect(self, *, examined: bool) -> None:
        with contextlib.ExitStack() as opened:
            writer = opened.enter_context(contextlib.closing(connect(self.path)))
            log_ahead(writer, self.path)
            if not examined:
                examine(writer, self.path)
            settle(writer)
            with contextlib.suppress(sqlite3.OperationalError):
                # Begins the log, which costs a flush: here, not on the first press. On a full disk
                # the start goes on, and the first append tells.
                writer.execute(NOTE, ("opened", self._wall()))
            reader = opened.enter_context(contextlib.closing(connect(self.path)))
            settle(reader)
            self._keeper = Keeper(self.path, self._flush)
            opened.pop_all()
        self._writer, self._reader = writer, reader
        self._insert = writer.cursor().execute
        self._keeper.start()

    def _disconnect(self) -> None:
        self._keeper.close()
        for connection in (self._reader, self._writer):
            with contextlib.suppress(*FAILURES):  # what is in the log stays there
                connection.close()

    def _recover(self) -> None:
        self._recovered = salvage.recover(self.path, self._wall(), self._codec)
        self._connect(examined=True)

    def _insert_all(self, entries: Sequence[Entry]) -> None:
        rows = [self._row(entry) for entry in entries]
        with self._transaction():
            self._writer.executemany(INSERT, rows)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._insert("BEGIN IMMEDIATE")
        try:
            yield
            self._insert("COMMIT")
        except BaseException:
            if self._writer.in_transaction:  # a full disk may have rolled back by itself
                self._insert("ROLLBACK")
            raise

    def _look_back(self, read: Callable[[sqlite3.Connection], _T]) -> _T:
        """Read what a start need not have read; damage found here is left to the next start."""
        try:
            with _translated(self.path):
                return self._read(read)
        except Damaged:
            with contextlib.suppress(*FAILURES), self._writing:
                self._insert(NOTE, (_SUSPECT, self._wall()))
            raise

    def _read(self, read: Callable[[sqlite3.Connection], _T]) -> _T:
        with self._reading:
            return read(self._reader)

    def _entries(self, reader: sqlite3.Connection, sql: str, *args: int) -> list[Entry]:
        decode = self._codec.entry
        return [decode(row) for row in reader.execute(sql, args)]

    def _load(self, reader: sqlite3.Connection) -> Loaded:
        suspect = _note(reader, _SUSPECT) is not None
        snapshot = None if suspect else _snapshot(reader)
        after = snapshot.seq if snapshot else 0
        entries = self._entries(reader, _AFTER, after, -1)
        last = entries[-1:] or self._entries(reader, _LAST, 1)
        instants = [_note(reader, "alive"), *(entry.at for entry in last)]
        return Loaded(
            snapshot=snapshot,
            entries=entries,
            alive_at=max((i for i in instants if i is not None), default=None),
            last_seq=max(after, *(entry.seq for entry in last)) if last else after,
            recovered=self._recovered,
        )


def _last(connection: sqlite3.Connection) -> int:
    """Return the newest entry's number, 0 when there is none."""
    row = connection.execute("SELECT max(seq) FROM entries").fetchone()
    return int(row[0] or 0)


def _note(reader: sqlite3.Connection, key: str) -> float | None:
    row = reader.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return float(row[0]) if row else None


def _snapshot(reader: sqlite3.Connection) -> Snapshot | None:
    readable = (decode_snapshot(row) for row in reader.execute(SNAPSHOTS))
    return next((snapshot for snapshot in readable if snapshot), None)


@contextlib.contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except FAILURES as error:
        raise fault(error, path) from error
