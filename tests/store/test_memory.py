"""The twin keeps the contract."""

from __future__ import annotations

import pytest

from bridge.store.journal import Journal
from bridge.store.memory import MemoryJournal
from tests.contract.journal_contract import JournalContract


class MemoryStorage:
    def __init__(self) -> None:
        self.journal = MemoryJournal()

    def open(self) -> Journal:
        return self.journal

    def break_writes(self) -> None:
        self.journal.fault = "journal: the disk is full"

    def mend_writes(self) -> None:
        self.journal.fault = ""


class TestMemoryJournal(JournalContract):
    @pytest.fixture
    def storage(self) -> MemoryStorage:
        return MemoryStorage()
