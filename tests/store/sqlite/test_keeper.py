"""What makes the journal proof against a power cut, round by round, without its thread."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge.store.sqlite import SqliteJournal, keeper
from tests.contract.journal_contract import entries, entry


class Disk:
    """Counts flushes; ``broken`` makes them fail."""

    def __init__(self) -> None:
        self.flushes = 0
        self.broken = False

    def flush(self, handle: int) -> None:
        assert handle > 0
        if self.broken:
            raise OSError(errno.EIO, "Input/output error")
        self.flushes += 1


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def journal(tmp_path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqliteJournal]:
    """A journal whose keeper's thread sleeps throughout; what its predecessor left is flushed."""
    monkeypatch.setattr(keeper, "EVERY", 3600.0)
    monkeypatch.setattr(keeper, "LONG", 10)
    monkeypatch.setattr(keeper, "TOO_LONG", 40)
    journal = SqliteJournal.open(tmp_path / "journal.db", flush=disk.flush)
    journal._keeper.round()
    disk.flushes = 0
    yield journal
    journal.close()


def frames(journal: SqliteJournal) -> int:
    """How many pages the present run of the log holds."""
    _busy, frames, _moved = journal._reader.execute("PRAGMA wal_checkpoint").fetchone()
    return int(frames)


def test_what_a_killed_predecessor_left_in_the_log_is_flushed(tmp_path: Path, disk: Disk) -> None:
    journal = SqliteJournal.open(tmp_path / "journal.db", flush=disk.flush)
    journal._keeper.round()
    assert disk.flushes >= 1
    journal.close()


def test_with_nothing_written_nothing_is_done(journal: SqliteJournal, disk: Disk) -> None:
    for _ in range(5):
        journal._keeper.round()
    assert disk.flushes == 0


def test_what_was_written_is_flushed_once(journal: SqliteJournal, disk: Disk) -> None:
    journal.append(entries(1, 3))
    journal.append(entries(4, 4))
    for _ in range(5):
        journal._keeper.round()
    assert disk.flushes == 1
    journal.append(entries(5, 5))
    journal._keeper.round()
    assert disk.flushes == 2


def test_heartbeats_cost_no_flush(journal: SqliteJournal, disk: Disk) -> None:
    for at in range(5):
        journal.alive(float(at))
        journal._keeper.round()
    assert disk.flushes == 0


def test_closing_flushes_what_is_left(journal: SqliteJournal, disk: Disk) -> None:
    journal.append(entries(1, 1))
    journal.close()
    assert disk.flushes == 1


def test_a_long_log_is_moved_once_nobody_writes(journal: SqliteJournal) -> None:
    for seq in range(1, 13):
        journal.append([entry(seq)])
    journal._keeper.round()
    assert journal._keeper._moved == 0
    journal._keeper.round()
    assert journal._keeper._moved == 12


def test_a_log_that_grows_without_end_is_moved_while_it_grows(journal: SqliteJournal) -> None:
    for seq in range(1, 42):
        journal.append([entry(seq)])
    journal._keeper.round()
    assert journal._keeper._moved == 41


def test_after_moving_the_log_begins_anew_before_the_next_append(journal: SqliteJournal) -> None:
    for seq in range(1, 13):
        journal.append([entry(seq)])
    journal._keeper.round()
    journal._keeper.round()
    assert frames(journal) <= 2
    journal.append([entry(13)])
    assert journal.load().entries == entries(1, 13)


def test_a_flush_that_fails_shows_as_trouble_until_the_log_was_moved(
    journal: SqliteJournal, disk: Disk
) -> None:
    journal.append(entries(1, 1))
    disk.broken = True
    journal._keeper.round()
    assert "Input/output error" in str(journal.trouble)
    disk.broken = False
    journal._keeper.round()
    assert journal.trouble is None
    assert journal._keeper._moved == 1
    assert journal.load().entries == entries(1, 1)
