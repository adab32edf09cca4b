"""Damaged journals: set aside as they are, and everything readable is there again."""

from __future__ import annotations

import random
import shutil
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bridge.core.events import Entry, Noted, SongAdded
from bridge.core.model import Song, Task
from bridge.errors import JournalFault
from bridge.store.codec import CODEC, Codec
from bridge.store.journal import Recovery
from bridge.store.sqlite import SqliteJournal
from bridge.store.sqlite.salvage import recover
from bridge.store.sqlite.schema import INSERT, PAGE
from tests.contract.journal_contract import entries, entry, snapshot

COUNT = 300
WALL = 1_700_000_000.0
GARBAGE = random.Random(1).randbytes(PAGE)  # noqa: S311 - the same garbage each time


def long_entry(seq: int) -> Entry:
    """An entry that needs overflow pages."""
    tasks = {
        f"a.{n}": Task(f"a.{n}", f"Task {n} of {seq}", "mixing", 60.0, 60.0) for n in range(40)
    }
    return entry(seq, SongAdded(Song("a", "A", "mixing", tasks=tasks)))


ALL = [long_entry(e.seq) if e.seq % 50 == 7 else e for e in entries(1, COUNT)]


def fill(path: Path) -> None:
    journal = SqliteJournal.open(path)
    for first in range(0, COUNT, 3):
        journal.append(ALL[first : first + 3])
    journal.close()


@pytest.fixture(scope="session")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal that was closed: everything is in the file."""
    path = tmp_path_factory.mktemp("closed") / "journal.db"
    fill(path)
    return path


@pytest.fixture(scope="session")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal as a killed service leaves it: everything is in the log."""
    home, left = tmp_path_factory.mktemp("alive"), tmp_path_factory.mktemp("killed")
    journal = SqliteJournal.open(home / "journal.db")
    for first in range(0, COUNT, 3):
        journal.append(ALL[first : first + 3])
    for file in home.iterdir():
        shutil.copy(file, left)
    journal.close()
    return left / "journal.db"


@pytest.fixture(scope="session")
def both(closed: Path, killed: Path) -> tuple[Path, Path]:
    return closed, killed


@pytest.fixture
def path(closed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(closed, tmp_path))


def overwrite(path: Path, offset: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(data)


def start(path: Path) -> tuple[list[Entry], Recovery | None]:
    """Open, load and see that the journal takes the next entry."""
    journal = SqliteJournal.open(path, wall=lambda: WALL)
    loaded = journal.load()
    following = entry(loaded.last_seq + 1, Noted("the work goes on"))
    journal.append([following])
    assert journal.last(1) == [following]
    journal.close()
    return list(loaded.entries), loaded.recovered


def page_of(path: Path, needle: bytes) -> int:
    """The offset of the page on which `needle` stands."""
    at = path.read_bytes().index(needle)
    return at - at % PAGE


def zero_header(path: Path) -> None:
    overwrite(path, 0, bytes(100))


def garbage_first_page(path: Path) -> None:
    overwrite(path, 0, GARBAGE)


def garbage_root(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        (root,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'entries'"
        ).fetchone()
    connection.close()
    overwrite(path, (root - 1) * PAGE, GARBAGE)


@pytest.mark.parametrize("damage", [zero_header, garbage_first_page, garbage_root])
def test_nothing_is_lost_when_no_page_with_entries_is_hit(
    path: Path, damage: Callable[[Path], None]
) -> None:
    damage(path)
    left = path.read_bytes()
    found, recovery = start(path)
    assert found == ALL
    assert recovery is not None
    assert recovery.recovered == COUNT
    assert recovery.gaps == ()
    assert recovery.corrupt.read_bytes() == left


def test_a_damaged_page_in_the_middle_costs_only_its_own_entries(path: Path) -> None:
    overwrite(path, page_of(path, CODEC.row(ALL[56])[3][:60]), GARBAGE)
    found, recovery = start(path)
    assert recovery is not None
    lost = {e.seq for e in ALL} - {e.seq for e in found}
    assert 0 < len(lost) <= 13
    assert found == [e for e in ALL if e.seq not in lost]
    assert recovery.gaps == ((min(lost), max(lost)),)
    assert recovery.lost == len(lost)
    assert f"{min(lost)}-{max(lost)}" in str(recovery)
    assert str(recovery.corrupt) in str(recovery)


def test_a_truncated_file_gives_what_is_left(path: Path) -> None:
    half = path.stat().st_size // 2
    with path.open("r+b") as file:
        file.truncate(half + 100)
    found, recovery = start(path)
    assert recovery is not None
    assert 100 < len(found) < 200
    assert found == [e for e in ALL if e in found]


def test_an_empty_file_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    path.touch()
    assert start(path) == ([], Recovery(corrupt_name(tmp_path), 0))


@pytest.mark.parametrize("begun", [b"", b"SQLite", None])
def test_a_new_journal_that_was_never_finished_is_begun_again(
    closed: Path, tmp_path: Path, begun: bytes | None
) -> None:
    half = tmp_path / "journal.db.recovered"
    half.write_bytes(closed.read_bytes() if begun is None else begun)
    if begun is None:
        half.with_name(half.name + "-journal").write_bytes(b"the write that was broken off")
    assert start(tmp_path / "journal.db") == ([], None)
    assert {file.name for file in tmp_path.iterdir()} == {"journal.db"}


def test_an_empty_file_with_a_full_log_loses_nothing(killed: Path, tmp_path: Path) -> None:
    for file in killed.parent.iterdir():
        shutil.copy(file, tmp_path)
    overwrite(tmp_path / "journal.db", 0, b"")
    with (tmp_path / "journal.db").open("wb"):
        pass
    found, recovery = start(tmp_path / "journal.db")
    assert found == ALL
    assert recovery is not None
    assert recovery.corrupt.with_name(recovery.corrupt.name + "-wal").stat().st_size > 0


@pytest.mark.parametrize("text", [b"x", b"# not a journal\n" * 3, b"# not a journal\n" * 500])
def test_a_file_of_another_kind_is_set_aside_as_it_is(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "journal.db"
    path.write_bytes(text)
    found, recovery = start(path)
    assert found == []
    assert recovery is not None
    assert recovery.corrupt.read_bytes() == text


def test_another_program_s_sqlite_file_is_set_aside_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE entries (seq, something)")
        connection.execute("INSERT INTO entries VALUES (1, 'else')")
    connection.close()
    left = path.read_bytes()
    found, recovery = start(path)
    assert found == []
    assert recovery is not None
    assert recovery.corrupt.read_bytes() == left


@pytest.mark.parametrize(
    "change",
    [
        "body = x'7b'",
        "body = replace(body, 'aurora.1', 'aurora.2')",
        "body = CAST(body AS TEXT)",
        "crc = crc + 1",
        "type = 'task-startec'",
        "type = x'00ff'",
        "version = 9",
        "version = 'one'",
    ],
)
def test_a_damaged_entry_is_left_out(path: Path, change: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(f"UPDATE entries SET {change} WHERE seq = 42")  # noqa: S608 - the test's own
    connection.close()
    found, recovery = start(path)
    assert found == [e for e in ALL if e.seq != 42]
    assert recovery == Recovery(corrupt_name(path.parent), COUNT - 1, ((42, 42),))


def corrupt_name(home: Path, count: str = "") -> Path:
    stamp = time.strftime("%Y%m%d-%H%M%S", time.localtime(WALL))
    return home / f"journal-{stamp}{count}.corrupt"


def test_a_file_that_was_set_aside_is_never_overwritten(path: Path) -> None:
    for round_ in range(3):
        zero_header(path)
        overwrite(path, 20, bytes([round_]))
        start(path)
    kept = [corrupt_name(path.parent, count) for count in ("", "-2", "-3")]
    assert [file.read_bytes()[20] for file in kept] == [0, 1, 2]


def test_snapshots_are_kept_when_older_entries_are_lost(path: Path) -> None:
    journal = SqliteJournal.open(path)
    journal.save_snapshot(snapshot(290))
    journal.close()
    overwrite(path, page_of(path, CODEC.row(ALL[56])[3][:60]), GARBAGE)
    journal = SqliteJournal.open(path)
    loaded = journal.load()
    journal.close()
    assert loaded.recovered is not None
    assert loaded.snapshot == snapshot(290)
    assert loaded.entries == ALL[290:]


def test_damage_behind_the_snapshot_is_told_when_read_and_mended_by_the_next_start(
    path: Path,
) -> None:
    journal = SqliteJournal.open(path)
    journal.save_snapshot(snapshot(290))
    journal._writer.execute("UPDATE entries SET crc = 0 WHERE seq = 42")
    assert journal.load().recovered is None
    with pytest.raises(JournalFault, match=r"entry 42 is damaged .* restart Songbridge"):
        journal.since(0)
    journal.append([entry(COUNT + 1)])
    journal.close()
    again = SqliteJournal.open(path)
    loaded = again.load()
    assert loaded.recovered is not None
    assert loaded.recovered.gaps == ((42, 42),)
    assert (loaded.snapshot, loaded.last_seq) == (snapshot(290), COUNT + 1)
    assert len(again.since(0)) == COUNT
    again.close()


def test_entries_behind_a_damaged_frame_of_the_log_are_recovered(
    killed: Path, tmp_path: Path
) -> None:
    for file in killed.parent.iterdir():
        shutil.copy(file, tmp_path)
    log = tmp_path / "journal.db-wal"
    overwrite(log, log.stat().st_size // 2, GARBAGE[:100])
    found, recovery = start(tmp_path / "journal.db")
    assert recovery is not None
    assert found == ALL


@pytest.mark.parametrize("name", ["task-started", "task-teleported"])
def test_a_newer_songbridge_s_journal_is_left_alone(path: Path, name: str) -> None:
    newer = Codec()
    newer._labels = dict.fromkeys(newer._labels, (name, 2))
    journal = SqliteJournal.open(path)
    journal._writer.execute(INSERT, newer.row(entry(COUNT + 1)))
    journal.close()
    left = path.read_bytes()
    journal = SqliteJournal.open(path)
    with pytest.raises(JournalFault, match=rf"'{name}'.*version 2.*newer Songbridge"):
        journal.load()
    journal.close()
    assert path.read_bytes()[100:] == left[100:] or path.stat().st_size == len(left)
    assert not list(path.parent.glob("*.corrupt*"))


def test_a_newer_layout_is_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version=33686018")
    connection.close()
    with pytest.raises(JournalFault, match="newer Songbridge"):
        SqliteJournal.open(path)
    assert not list(path.parent.glob("*.corrupt*"))


def test_a_recovery_that_was_killed_between_its_renames_is_finished(path: Path) -> None:
    fresh = path.with_name("journal.db.recovered")
    shutil.copy(path, fresh)
    path.rename(path.with_name("journal-19990101-000000.corrupt"))
    path.with_name("journal.db-wal").write_bytes(GARBAGE)
    found, _ = start(path)
    assert found == ALL
    assert not fresh.exists()
    assert corrupt_name(path.parent).with_name(
        corrupt_name(path.parent).name + "-wal"
    ).read_bytes() == GARBAGE  # fmt: skip


def test_a_recovery_that_was_killed_before_its_renames_begins_again(path: Path) -> None:
    zero_header(path)
    path.with_name("journal.db.recovered").write_bytes(GARBAGE)
    found, recovery = start(path)
    assert found == ALL
    assert recovery is not None


def test_a_disk_that_cannot_take_the_new_file_leaves_the_damaged_one(path: Path) -> None:
    zero_header(path)
    left = path.read_bytes()
    path.with_name("journal.db.recovered").mkdir()
    with pytest.raises(JournalFault):
        SqliteJournal.open(path)
    assert path.read_bytes() == left


def test_recovering_does_not_touch_the_damaged_file(killed: Path, tmp_path: Path) -> None:
    for file in killed.parent.iterdir():
        shutil.copy(file, tmp_path)
    overwrite(tmp_path / "journal.db-wal", 40_000, GARBAGE[:100])
    left = {f.name: f.read_bytes() for f in tmp_path.glob("*") if not f.name.endswith("-shm")}
    recovery = recover(tmp_path / "journal.db", WALL, CODEC)
    corrupt = recovery.corrupt
    assert corrupt.read_bytes() == left["journal.db"]
    assert corrupt.with_name(corrupt.name + "-wal").read_bytes() == left["journal.db-wal"]


Blow = tuple[bool, int, bytes]


@given(
    killed_before=st.booleans(),
    blows=st.lists(
        st.tuples(
            st.booleans(),
            st.integers(0, 2**20),
            st.one_of(st.binary(min_size=1, max_size=4), st.just(GARBAGE), st.just(bytes(PAGE))),
        ),
        max_size=4,
    ),
    cut=st.none() | st.integers(0, 2**20),
)
@example(killed_before=True, blows=[(True, 0, bytes(32))], cut=None)
@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_happens_to_the_files_a_start_gives_only_true_entries_and_tells_of_lost_ones(
    both: tuple[Path, Path],
    tmp_path_factory: pytest.TempPathFactory,
    killed_before: bool,
    blows: list[Blow],
    cut: int | None,
) -> None:
    home = tmp_path_factory.mktemp("hit")
    for file in both[killed_before].parent.iterdir():
        shutil.copy(file, home)
    path = home / "journal.db"
    for on_log, offset, data in blows:
        target = home / "journal.db-wal" if on_log and killed_before else path
        overwrite(target, offset % target.stat().st_size, data)
    if cut is not None:
        target = home / "journal.db-wal" if killed_before else path
        with target.open("r+b") as opened:
            opened.truncate(cut % (target.stat().st_size + 1))
    found, recovery = start(path)
    true = {e.seq: e for e in ALL}
    assert all(true[e.seq] == e for e in found)
    if cut is None or not killed_before:
        # A log that was cut off at a frame looks like one that was never longer.
        assert found == ALL or recovery is not None
    shutil.rmtree(home)
