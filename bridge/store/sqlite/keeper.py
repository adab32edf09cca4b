"""The thread that makes what was written proof against a power cut, beside the path of a press.

It never touches the appending connection: it flushes the write-ahead log through a handle of its
own, and moves the log into the file through a connection of its own. With nothing written it does
nothing.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bridge.store.sqlite.faults import FAILURES, fault
from bridge.store.sqlite.schema import LOG, NOTE, connect, settle

EVERY: Final = 0.5
"""Seconds between rounds: a write is on the disk within this and one flush, below a second."""

LONG: Final = 4000
"""Pages, about 4 MB, after which the log is moved into the file when nobody writes."""

TOO_LONG: Final = 4 * LONG
"""Pages after which it is moved although somebody writes; one append then waits for a flush."""


def _flusher() -> Callable[[int], None]:
    """Return what brings a file's content to the disk itself on this platform."""
    if sys.platform == "darwin":
        import fcntl  # noqa: PLC0415 - not on Windows

        def full(handle: int) -> None:
            # fsync(2) of macOS leaves the data in the drive's cache; F_FULLFSYNC does not.
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)

        return full
    return getattr(os, "fdatasync", os.fsync)


class Keeper:
    """Rounds of flushing and moving. `round` may be called without the thread, as tests do.

    The appending thread alone raises ``written`` (entries that must be safe) and ``noted`` (pages
    of heartbeats and snapshots, which need not be); no lock, since each is one store that the keeper
    only reads. Together they are, roughly, the pages by which the log grew.
    """

    def __init__(self, path: Path, flush: Callable[[int], None] | None = None) -> None:
        self.written = 0
        self.noted = 0
        self.trouble: str | None = None
        self._path = path
        self._flush = flush or _flusher()
        self._connection = connect(path)
        try:
            settle(self._connection)
            self._connection.execute("SELECT count(*) FROM meta").fetchone()  # opens the log
            self._log = os.open(f"{path}{LOG}", os.O_RDWR | getattr(os, "O_BINARY", 0))
        except BaseException:
            self._connection.close()
            raise
        self._flushed = -1  # what a killed predecessor left in the log is to be flushed, too
        self._moved = 0
        self._seen = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="journal-keeper", daemon=True)

    def start(self) -> None:
        """Begin the rounds."""
        self._thread.start()

    def close(self) -> None:
        """End the rounds; the last one flushes what is left."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
        self.round()
        os.close(self._log)
        self._connection.close()

    def round(self) -> None:
        """Flush when something was written; move the log when it is long. Never raises."""
        pages = self._pages
        quiet = pages == self._seen
        try:
            if self.written != self._flushed:
                self._flush_log()
            due = pages - self._moved
            if due > LONG and (quiet or due > TOO_LONG):
                self._move(pages)
        except FAILURES as error:
            self.trouble = str(fault(error, self._path))
        else:
            self.trouble = None
        self._seen = pages

    @property
    def _pages(self) -> int:
        return self.written + self.noted

    def _run(self) -> None:
        while not self._stop.wait(EVERY):
            self.round()

    def _flush_log(self) -> None:
        written = self.written
        try:
            self._flush(self._log)
        except OSError:
            # The system may have dropped what it could not write, and a second flush would then say
            # that all is well (fsyncgate). Moving writes every page anew, by another way.
            self._moved = self._pages - TOO_LONG - 1
            raise
        self._flushed = written

    def _move(self, pages: int) -> None:
        moving = self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        _busy, frames, moved = moving.fetchone()
        if frames == moved:
            # The next write begins the log anew and costs a flush: here, not on a press.
            self._connection.execute(NOTE, ("moved", pages))
            self._moved = pages
