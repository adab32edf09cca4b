"""The journal on disk keeps the contract, and what only a disk can show."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge.store.journal import Journal
from bridge.store.sqlite import SqliteJournal
from tests.contract.journal_contract import JournalContract


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
