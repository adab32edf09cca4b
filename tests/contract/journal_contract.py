"""What every journal must do. A subclass gives a journal, and another one on the same storage."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Protocol

import pytest

from bridge.core.events import Entry, Fact, Noted, Snapshot, TaskStarted
from bridge.core.model import Section, Song, SongMap, Studio, Task
from bridge.errors import JournalFault
from bridge.store.codec import CODEC
from bridge.store.journal import Journal, Loaded


def entry(seq: int, fact: Fact | None = None, step: int = 0) -> Entry:
    return Entry(
        seq,
        1_700_000_000.25 + seq,
        "start",
        step,
        "pad",
        "",
        fact or TaskStarted("aurora.1", False),
    )


def entries(first: int, last: int) -> list[Entry]:
    return [entry(seq) for seq in range(first, last + 1)]


def snapshot(seq: int) -> Snapshot:
    task = Task("aurora.1", "Write chord progression", "composition", 1200.0, 1200.0)
    song = Song(
        "aurora",
        "Aurora",
        "arrangement",
        SongMap(),
        (Section("composition", "#3FA7FF"),),
        {task.id: task},
        2,
    )
    return Snapshot(
        seq, 1_700_000_000.0 + seq, Studio(songs={"aurora": song}, queue=(task.id,)), ()
    )


class Storage(Protocol):
    """Where journals live: `open` gives one, at another time another one on the same storage."""

    def open(self) -> Journal: ...

    def break_writes(self) -> None: ...

    def mend_writes(self) -> None: ...


class JournalContract:
    """Tests that hold for every journal; ``storage`` is a fixture of the subclass."""

    @pytest.fixture
    def journal(self, storage: Storage) -> Iterator[Journal]:
        journal = storage.open()
        yield journal
        journal.close()

    def test_a_new_journal_holds_nothing(self, journal: Journal) -> None:
        assert journal.load() == Loaded(None, [], None, 0)
        assert journal.since(0) == []
        assert journal.last(10) == []

    def test_what_was_appended_is_read_in_order(self, journal: Journal) -> None:
        journal.append(entries(1, 1))
        journal.append(entries(2, 4))
        assert journal.load().entries == entries(1, 4)
        assert journal.load().last_seq == 4

    def test_what_was_appended_is_there_for_the_next_start(
        self, journal: Journal, storage: Storage
    ) -> None:
        journal.append(entries(1, 3))
        journal.close()
        again = storage.open()
        assert again.load().entries == entries(1, 3)
        again.append(entries(4, 4))
        assert again.last(1) == entries(4, 4)
        again.close()

    def test_appending_nothing_is_no_error(self, journal: Journal) -> None:
        journal.append([])
        assert journal.load().last_seq == 0

    def test_since_gives_what_came_after_oldest_first(self, journal: Journal) -> None:
        journal.append(entries(1, 9))
        assert journal.since(6) == entries(7, 9)
        assert journal.since(2, limit=3) == entries(3, 5)
        assert journal.since(9) == []

    def test_lines_tell_the_same_entries_to_whoever_reads_them_later(
        self, journal: Journal
    ) -> None:
        journal.append(entries(1, 9))
        lines = journal.lines(2, 5)
        assert [seq for seq, _ in lines] == [3, 4, 5, 6, 7]
        assert [CODEC.read(line) for _, line in lines] == entries(3, 7)
        assert not any(b"\n" in line for _, line in lines)
        assert journal.lines(9, 5) == []

    def test_last_gives_the_newest_oldest_first(self, journal: Journal) -> None:
        journal.append(entries(1, 9))
        assert journal.last(2) == entries(8, 9)
        assert journal.last(100) == entries(1, 9)
        assert journal.last(0) == []

    def test_one_entry_whose_number_is_taken_is_refused(self, journal: Journal) -> None:
        journal.append(entries(1, 2))
        with pytest.raises(JournalFault):
            journal.append([entry(2, Noted("again"))])
        assert journal.load().entries == entries(1, 2)

    def test_of_entries_of_which_one_fails_none_is_held(self, journal: Journal) -> None:
        journal.append(entries(1, 2))
        with pytest.raises(JournalFault):
            journal.append([entry(3), entry(4), entry(2)])
        assert journal.load().entries == entries(1, 2)
        journal.append(entries(3, 4))
        assert journal.load().entries == entries(1, 4)

    def test_what_a_broken_disk_refused_is_not_held_and_a_mended_one_goes_on(
        self, journal: Journal, storage: Storage
    ) -> None:
        journal.append(entries(1, 2))
        storage.break_writes()
        for refused in (entries(3, 3), entries(3, 5)):
            with pytest.raises(JournalFault):
                journal.append(refused)
            assert journal.load().entries == entries(1, 2)
        storage.mend_writes()
        journal.append(entries(3, 5))
        assert journal.load().entries == entries(1, 5)

    def test_a_broken_disk_passes_over_heartbeats_and_snapshots(
        self, journal: Journal, storage: Storage
    ) -> None:
        journal.append(entries(1, 2))
        storage.break_writes()
        journal.alive(1_800_000_000.0)
        journal.save_snapshot(snapshot(2))
        assert journal.load() == Loaded(None, entries(1, 2), entry(2).at, 2)

    def test_the_last_sign_of_life_is_the_last_entry_or_a_later_heartbeat(
        self, journal: Journal
    ) -> None:
        journal.alive(5.0)
        assert journal.load().alive_at == 5.0
        journal.append([entry(1)])
        assert journal.load().alive_at == entry(1).at
        journal.alive(entry(1).at + 30)
        assert journal.load().alive_at == entry(1).at + 30

    def test_a_start_takes_the_snapshot_and_what_came_after_it(self, journal: Journal) -> None:
        journal.append(entries(1, 5))
        journal.save_snapshot(snapshot(3))
        assert journal.load() == Loaded(snapshot(3), entries(4, 5), entry(5).at, 5)

    def test_the_newest_snapshot_counts_and_all_entries_stay(self, journal: Journal) -> None:
        journal.append(entries(1, 5))
        for seq in (2, 3, 5):
            journal.save_snapshot(snapshot(seq))
        assert journal.load() == Loaded(snapshot(5), [], entry(5).at, 5)
        assert journal.since(0) == entries(1, 5)

    def test_saving_a_snapshot_twice_is_no_error(self, journal: Journal) -> None:
        journal.append(entries(1, 2))
        journal.save_snapshot(snapshot(2))
        journal.save_snapshot(snapshot(2))
        assert journal.load().snapshot == snapshot(2)

    def test_reading_goes_on_in_another_thread_while_entries_are_appended(
        self, journal: Journal
    ) -> None:
        journal.append(entries(1, 1))
        seen: list[list[int]] = []
        done = threading.Event()

        def read() -> None:
            while not done.is_set():
                seen.append([e.seq for e in journal.since(0)])

        thread = threading.Thread(target=read)
        thread.start()
        for seq in range(2, 200):
            journal.append([entry(seq)])
        done.set()
        thread.join()
        assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in seen)
        assert seen == sorted(seen, key=len)

    def test_closing_twice_is_no_error(self, journal: Journal) -> None:
        journal.close()
        journal.close()
