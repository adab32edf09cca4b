"""Every error of SQLite and the disk becomes one sentence that says what to do."""

from __future__ import annotations

import errno
import re
import sqlite3
from pathlib import Path

import pytest

from bridge.core.events import Noted
from bridge.errors import JournalFault
from bridge.store.codec import Damaged
from bridge.store.sqlite import SqliteJournal
from bridge.store.sqlite.faults import fault, is_damage
from tests.contract.journal_contract import entries, entry

PATH = Path("home") / "journal.db"


def sqlite_error(code: int, text: str = "what SQLite says") -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(text)
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (sqlite_error(sqlite3.SQLITE_FULL), "the disk is full"),
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (sqlite_error(sqlite3.SQLITE_READONLY_DIRECTORY), "read-only"),
        (OSError(errno.EROFS, "Read-only file system"), "read-only"),
        (OSError(errno.EACCES, "Permission denied"), "permissions"),
        (sqlite_error(sqlite3.SQLITE_CANTOPEN), "can't be opened"),
        (sqlite_error(sqlite3.SQLITE_BUSY_RECOVERY), "locked by another program"),
        (
            sqlite_error(sqlite3.SQLITE_IOERR_WRITE, "disk I/O error"),
            "disk failed .*disk I/O error",
        ),
        (OSError(errno.EIO, "Input/output error"), "disk failed .*Input/output error"),
        (sqlite_error(sqlite3.SQLITE_CORRUPT_VTAB), "is damaged .* restart Songbridge"),
        (sqlite_error(sqlite3.SQLITE_NOTADB), "no journal any more; restart Songbridge"),
        (sqlite3.ProgrammingError("closed"), "can't be used: closed"),
    ],
)
def test_an_error_is_one_sentence_about_the_file(
    error: sqlite3.Error | OSError, sentence: str
) -> None:
    told = fault(error, PATH)
    assert type(told) in (JournalFault, Damaged)
    assert re.search(sentence, str(told))
    assert str(PATH) in str(told)
    assert "\n" not in str(told)


@pytest.mark.parametrize(
    "code", [sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT_VTAB]
)
def test_broken_content_is_damage(code: int) -> None:
    assert is_damage(sqlite_error(code))
    assert isinstance(fault(sqlite_error(code), PATH), Damaged)


@pytest.mark.parametrize(
    "code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_BUSY]
)
def test_a_disk_that_cannot_just_now_is_no_damage(code: int) -> None:
    assert not is_damage(sqlite_error(code))


@pytest.mark.parametrize("count", [1, 3])
def test_a_journal_that_may_not_grow_refuses_and_goes_on_when_it_may(
    tmp_path: Path, count: int
) -> None:
    journal = SqliteJournal.open(tmp_path / "journal.db")
    journal.append(entries(1, 5))
    (pages,) = journal._writer.execute("PRAGMA page_count").fetchone()
    journal._writer.execute(f"PRAGMA max_page_count={pages}")
    seq = 6
    with pytest.raises(JournalFault, match="the disk is full"):  # noqa: PT012 - until it is full
        for _ in range(100):
            journal.append([entry(seq + n, Noted("x" * 100)) for n in range(count)])
            seq += count
    journal.alive(1.0)
    assert journal.load().last_seq == seq - 1
    journal._writer.execute("PRAGMA max_page_count=100000")
    journal.append(entries(seq, seq + 9))
    assert journal.load().last_seq == seq + 9
    journal.close()


@pytest.mark.parametrize(
    "bad", [entry(1, Noted("\ud800")), entry(2**63), entry(2**70)], ids=["text", "big", "bigger"]
)
def test_what_cannot_be_written_is_refused_with_a_sentence(tmp_path: Path, bad: object) -> None:
    journal = SqliteJournal.open(tmp_path / "journal.db")
    for refused in ([bad], [entry(1), bad]):
        with pytest.raises(JournalFault, match="can't be written"):
            journal.append(refused)  # type: ignore[arg-type] # an entry, named object for the ids
        assert journal.load().last_seq == 0
    journal.close()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(JournalFault, match="see that its folder exists"):
        SqliteJournal.open(tmp_path / "nowhere" / "journal.db")


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "journal.db").mkdir()
    with pytest.raises(JournalFault, match=re.escape("journal.db")):
        SqliteJournal.open(tmp_path / "journal.db")
    assert (tmp_path / "journal.db").is_dir()


def test_damage_that_shows_while_running_is_told_and_mended_by_the_next_start(
    tmp_path: Path,
) -> None:
    journal = SqliteJournal.open(tmp_path / "journal.db")
    journal.append(entries(1, 200))
    journal.close()
    journal = SqliteJournal.open(tmp_path / "journal.db")
    (root,) = journal._writer.execute(
        "SELECT rootpage FROM sqlite_schema WHERE name = 'entries'"
    ).fetchone()
    journal._writer.execute("PRAGMA cache_size=0")
    with (tmp_path / "journal.db").open("r+b") as file:
        file.seek((root - 1) * 1024)
        file.write(b"\xff" * 1024)
    with pytest.raises(JournalFault, match="restart Songbridge"):
        journal.append(entries(201, 201))
    journal.close()
    again = SqliteJournal.open(tmp_path / "journal.db")
    loaded = again.load()
    assert loaded.recovered is not None
    assert loaded.entries == entries(1, 200)
    again.append(entries(201, 201))
    again.close()
