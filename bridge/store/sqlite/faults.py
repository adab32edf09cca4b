"""SQLite's and the disk's errors as sentences: the one place where they are translated."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path
from typing import Final

from bridge.errors import JournalFault
from bridge.store.codec import Damaged

_DAMAGE: Final = {
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_ERROR,  # our statements are right: the tables or the header are not
}
_SENTENCES: Final = {
    sqlite3.SQLITE_FULL: "the disk is full: {path} can't grow; make room, then go on",
    sqlite3.SQLITE_READONLY: "{path} or its folder is read-only; make both writable",
    sqlite3.SQLITE_PERM: "{path} may not be opened by this user; mend its permissions",
    sqlite3.SQLITE_CANTOPEN: "{path} can't be opened; see that its folder exists and is writable",
    sqlite3.SQLITE_BUSY: "{path} is locked by another program; close what has it open",
    sqlite3.SQLITE_LOCKED: "{path} is locked by another program; close what has it open",
    sqlite3.SQLITE_IOERR: "the disk failed while {path} was read or written ({text}); "
    "see that it is there, has room and is well",
    sqlite3.SQLITE_CONSTRAINT: "{path} refused an entry ({text}); restart Songbridge",
    sqlite3.SQLITE_MISMATCH: "an entry holds what can't be written ({text}); give another text",
    sqlite3.SQLITE_NOMEM: "there was no memory left to write {path}; close other programs",
    sqlite3.SQLITE_CORRUPT: "{path} is damaged ({text}); restart Songbridge: it sets the file "
    "aside and recovers everything readable",
    sqlite3.SQLITE_NOTADB: "{path} is no journal any more; restart Songbridge: it sets the file "
    "aside and recovers everything readable",
}
_ERRNOS: Final = {
    errno.ENOSPC: sqlite3.SQLITE_FULL,
    errno.EDQUOT: sqlite3.SQLITE_FULL,
    errno.EROFS: sqlite3.SQLITE_READONLY,
    errno.EACCES: sqlite3.SQLITE_PERM,
    errno.EPERM: sqlite3.SQLITE_PERM,
}


FAILURES: Final = (sqlite3.Error, OSError, UnicodeError, OverflowError)
"""What reading and writing raise: a damaged file gives texts, and error messages, of any bytes."""


def _code(error: Exception) -> int:
    """Return the primary result code: the low byte of an extended one (sqlite.org/rescode)."""
    if isinstance(error, OSError):
        return _ERRNOS.get(error.errno or 0, sqlite3.SQLITE_IOERR)
    if isinstance(error, UnicodeEncodeError | OverflowError):
        return sqlite3.SQLITE_MISMATCH
    if isinstance(error, UnicodeError) or "Could not decode to UTF-8" in str(error):
        return sqlite3.SQLITE_CORRUPT
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def is_damage(error: Exception) -> bool:
    """Tell whether the content is broken, as opposed to a disk that can't just now."""
    return isinstance(error, Damaged) or (isinstance(error, FAILURES) and _code(error) in _DAMAGE)


def fault(
    error: sqlite3.Error | OSError | UnicodeError | OverflowError, path: Path
) -> JournalFault:
    """Return the sentence for what went wrong with the file at `path`."""
    text = str(error) or type(error).__name__
    known = _SENTENCES.get(_code(error), "{path} can't be used: {text}")
    kind = Damaged if is_damage(error) else JournalFault
    return kind("journal: " + known.format(path=path, text=text))
