"""The journal on disk keeps the contract, and what only a disk can show."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge.store.journal import Journal, Loaded
from bridge.store.sqlite import SqliteJournal, schema
from tests.contract.journal_contract import JournalContract, entries, entry, snapshot


class DiskStorage:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.journal: SqliteJournal

    def open(self) -> Journal:
        self.journal = SqliteJournal.open(self.path)
        return self.journal

    def break_writes(self) -> None:
        self.journal._writer.execute("PRAGMA query_only=1")

    def mend_writes(self) -> None:
        self.journal._writer.execute("PRAGMA query_only=0")


class TestSqliteJournal(JournalContract):
    @pytest.fixture
    def storage(self, tmp_path: Path) -> DiskStorage:
        return DiskStorage(tmp_path / "journal.db")


class TestSharedSqliteJournal(JournalContract):
    """The same where a file can't be had for one process alone, as on Windows."""

    @pytest.fixture
    def storage(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DiskStorage:
        monkeypatch.setattr(schema, "_private_vfs", lambda: "")
        return DiskStorage(tmp_path / "journal.db")


def test_closing_leaves_one_file(tmp_path: Path) -> None:
    journal = SqliteJournal.open(tmp_path / "journal.db")
    journal.append(entries(1, 3))
    assert (tmp_path / "journal.db-wal").exists()
    journal.close()
    assert list(tmp_path.iterdir()) == [tmp_path / "journal.db"]


def test_only_two_snapshots_are_kept_and_a_broken_one_falls_back_to_the_older(
    tmp_path: Path,
) -> None:
    journal = SqliteJournal.open(tmp_path / "journal.db")
    journal.append(entries(1, 9))
    for seq in (2, 4, 6):
        journal.save_snapshot(snapshot(seq))
    assert journal._writer.execute("SELECT seq FROM snapshots").fetchall() == [(4,), (6,)]
    journal._writer.execute("UPDATE snapshots SET body = x'7b' WHERE seq = 6")
    assert journal.load() == Loaded(snapshot(4), entries(5, 9), entry(9).at, 9)
    journal._writer.execute("UPDATE snapshots SET version = 99")
    assert journal.load() == Loaded(None, entries(1, 9), entry(9).at, 9)
    journal.close()


def test_a_flipped_bit_in_a_snapshot_is_not_taken_for_the_state(tmp_path: Path) -> None:
    journal = SqliteJournal.open(tmp_path / "journal.db")
    journal.append(entries(1, 9))
    for seq in (4, 6):
        journal.save_snapshot(snapshot(seq))
    (body,) = journal._writer.execute("SELECT body FROM snapshots WHERE seq = 6").fetchone()
    digit = body.rindex(b"6")  # still JSON, and still a snapshot
    flipped = body[:digit] + b"7" + body[digit + 1 :]
    journal._writer.execute("UPDATE snapshots SET body = ? WHERE seq = 6", (flipped,))
    assert journal.load() == Loaded(snapshot(4), entries(5, 9), entry(9).at, 9)
    journal._writer.execute("UPDATE snapshots SET crc = crc + 1")
    assert journal.load() == Loaded(None, entries(1, 9), entry(9).at, 9)
    journal.close()


def test_a_name_with_odd_characters_is_a_name(tmp_path: Path) -> None:
    path = tmp_path / "a home? #1 100% ä.d" / "journal.db"
    path.parent.mkdir()
    journal = SqliteJournal.open(path)
    journal.append(entries(1, 1))
    journal.close()
    assert path.stat().st_size > 0
