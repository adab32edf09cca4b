"""The journal on real disks and in real processes: killed, full, read-only, locked."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bridge.core.events import Entry
from bridge.errors import JournalFault
from bridge.store.lock import HomeLock, ServiceInfo, running
from bridge.store.sqlite import SqliteJournal, keeper, schema
from tests.contract.journal_contract import entries, entry, snapshot
from tests.standins.powerless import without_privileges

pytestmark = [pytest.mark.live, pytest.mark.alone, pytest.mark.needs("posix")]

KILLS = 200


def append_until_killed(path: Path, told: int, seed: int) -> None:
    """Append one to three entries at a time, and tell the last number after each append."""
    dice = random.Random(seed)  # noqa: S311 - dice
    journal = SqliteJournal.open(path)
    seq = journal.load().last_seq
    while True:
        count = dice.randint(1, 3)
        journal.append([entry(seq + n, step=n) for n in range(1, count + 1)])
        seq += count
        os.write(told, seq.to_bytes(8, "big"))
        if dice.random() < 0.02:
            journal.save_snapshot(snapshot(seq))


@contextmanager
def appender(path: Path, seed: int) -> Iterator[tuple[int, int]]:
    """A child that appends until it is killed: its process id, and where it tells."""
    hears, tells = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            append_until_killed(path, tells, seed)
        finally:
            os._exit(1)
    os.close(tells)
    try:
        yield child, hears
    finally:
        os.close(hears)


def test_nothing_acknowledged_is_lost_and_no_number_is_skipped_in_200_kills(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.db"
    SqliteJournal.open(path).close()
    # The keeper moves the log all the time, so that kills hit that, too.
    monkeypatch.setattr(keeper, "EVERY", 0.002)
    monkeypatch.setattr(keeper, "LONG", 20)
    monkeypatch.setattr(keeper, "TOO_LONG", 60)
    dice = random.Random(7)  # noqa: S311 - dice
    acknowledged = 0
    for seed in range(KILLS):
        with appender(path, seed) as (child, hears):
            for _ in range(dice.randint(1, 40)):
                acknowledged = int.from_bytes(os.read(hears, 8), "big")
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            while told := os.read(hears, 8):
                acknowledged = int.from_bytes(told, "big")
        if seed % 10 == 9:
            journal = SqliteJournal.open(path)
            loaded = journal.load()
            numbers = [e.seq for e in journal.since(0, limit=10**9)]
            journal.close()
            assert loaded.recovered is None
            assert acknowledged <= loaded.last_seq <= acknowledged + 3
            assert numbers == list(range(1, loaded.last_seq + 1))
            assert list(tmp_path.iterdir()) == [path]


def test_a_service_that_was_killed_is_not_running_and_the_next_one_may_start(
    tmp_path: Path,
) -> None:
    script = (
        "import sys, pathlib, time\n"
        "from bridge.store.lock import HomeLock\n"
        "lock = HomeLock(pathlib.Path(sys.argv[1])).acquire({'osc': '127.0.0.1:7707'})\n"
        "print('ready', flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, tmp_path], stdout=subprocess.PIPE, text=True
    ) as service:
        assert service.stdout is not None
        assert service.stdout.readline() == "ready\n"
        assert running(tmp_path) == ServiceInfo(service.pid, {"osc": "127.0.0.1:7707"})
        with pytest.raises(Exception, match=rf"process id {service.pid}"):
            HomeLock(tmp_path).acquire({}, timeout=0)
        service.kill()
        service.wait()
    assert (tmp_path / "service.json").exists()
    assert running(tmp_path) is None
    HomeLock(tmp_path).acquire({}, timeout=0).release()


@contextmanager
def mounted(folder: Path, kib: int) -> Iterator[Path]:
    """A file system of its own with so much room."""
    folder.mkdir()
    mount: list[str | Path] = ["mount", "-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", folder]
    subprocess.run(mount, check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.mark.needs("mount")
def test_a_full_disk_refuses_and_an_emptied_one_goes_on(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", 512) as disk:
        journal = SqliteJournal.open(disk / "journal.db")
        journal.append(entries(1, 10))
        seq = 10
        (disk / "recording.wav").write_bytes(bytes(256 * 1024))
        with pytest.raises(JournalFault, match=r"the disk is full: .*make room"):  # noqa: PT012 - it is full only after some
            while seq < 10_000:
                journal.append(entries(seq + 1, seq + 3))
                seq += 3
        for _ in range(3):
            with pytest.raises(JournalFault, match="the disk is full"):
                journal.append(entries(seq + 1, seq + 3))
            journal.alive(1.8e9)
            journal.save_snapshot(snapshot(seq))
            assert journal.last(1) == [entry(seq)]
        (disk / "recording.wav").unlink()
        journal.append(entries(seq + 1, seq + 3))
        journal.close()
        again = SqliteJournal.open(disk / "journal.db")
        assert again.since(0, 10_000) == entries(1, seq + 3)
        assert again.load().recovered is None
        again.close()


@pytest.mark.needs("mount")
def test_a_start_on_a_full_disk_shows_what_was_and_refuses_what_is_new(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", 256) as disk:
        journal = SqliteJournal.open(disk / "journal.db")
        journal.append(entries(1, 300))
        journal.close()
        with pytest.raises(OSError, match="No space"):
            (disk / "recording.wav").write_bytes(bytes(512 * 1024))
        journal = SqliteJournal.open(disk / "journal.db")
        assert journal.load().entries == entries(1, 300)
        with pytest.raises(JournalFault, match="the disk is full"):  # noqa: PT012 - it is full only after some
            for seq in range(301, 330):
                journal.append([entry(seq)])
        (disk / "recording.wav").unlink()
        following = journal.load().last_seq + 1
        journal.append([entry(following)])
        journal.close()


@pytest.mark.needs("mount")
def test_a_disk_that_is_full_at_the_first_start_is_told(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", 64) as disk:
        with pytest.raises(OSError, match="No space"):
            (disk / "recording.wav").write_bytes(bytes(512 * 1024))
        with pytest.raises(JournalFault, match="the disk is full"):
            SqliteJournal.open(disk / "journal.db")
        (disk / "recording.wav").unlink()
        SqliteJournal.open(disk / "journal.db").close()


@pytest.mark.needs("mount")
def test_a_read_only_disk_is_told_and_a_writable_one_opens(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", 512) as disk:
        journal = SqliteJournal.open(disk / "journal.db")
        journal.append(entries(1, 3))
        journal.close()
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        with pytest.raises(JournalFault, match=r"read-only; make both writable|can't be opened"):
            SqliteJournal.open(disk / "journal.db")
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        journal = SqliteJournal.open(disk / "journal.db")
        assert journal.load().entries == entries(1, 3)
        journal.close()


@pytest.mark.parametrize("what", ["journal.db", "."])
def test_a_read_only_file_or_folder_is_told(what: str) -> None:
    with without_privileges() as folder:
        journal = SqliteJournal.open(folder / "journal.db")
        journal.append(entries(1, 3))
        journal.close()
        (folder / what).chmod(0o500)
        try:
            with pytest.raises(JournalFault, match=r"read-only|permissions|can't be opened"):
                SqliteJournal.open(folder / "journal.db")
        finally:
            (folder / what).chmod(0o700)


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes: a write that would is cut there, the next one fails."""
    import resource  # noqa: PLC0415 - not on Windows

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("room", [0, 100, schema.PAGE, 3 * schema.PAGE])
def test_a_disk_too_full_for_a_new_journal_is_no_damage_once_there_is_room(
    tmp_path: Path, room: int
) -> None:
    path = tmp_path / "journal.db"
    for _ in range(2):
        with largest_file(room), pytest.raises(JournalFault, match="the disk failed"):
            SqliteJournal.open(path)
        assert not list(tmp_path.iterdir())
    journal = SqliteJournal.open(path)
    assert journal.load().recovered is None
    journal.close()


def append_refused(journal: SqliteJournal, new: list[Entry]) -> bool:
    try:
        journal.append(new)
    except JournalFault as fault:
        return "the disk failed" in str(fault)
    return False


@pytest.mark.parametrize("count", [1, 3, 40])
def test_a_write_that_breaks_off_at_any_byte_leaves_the_state_before_or_after(
    tmp_path: Path, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "EVERY", 3600.0)
    home = tmp_path / "home"
    home.mkdir()
    path = home / "journal.db"
    journal = SqliteJournal.open(path)
    journal.append(entries(1, 5))
    seq, refused, held = 5, 0, 0
    log = Path(f"{path}-wal")
    for room in range(0, 1100 + 110 * count, 37):
        new = entries(seq + 1, seq + count)
        with largest_file(log.stat().st_size + room):
            if append_refused(journal, new):
                refused += 1
            else:
                held += 1
                seq += count
            assert journal.last(1) == [entry(seq)]
        journal.append(entries(seq + 1, seq + 1))
        seq += 1
    assert refused > 5
    assert held > 0
    assert [e.seq for e in journal.since(0, 10**6)] == list(range(1, seq + 1))
    journal.close()
    again = SqliteJournal.open(path)
    assert again.load().entries == entries(1, seq)
    again.close()


HOLD = (
    "import sqlite3, sys\n"
    "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
    "connection.execute(sys.argv[2]).fetchall()\n"
    "print('held', flush=True)\n"
    "sys.stdin.read()\n"
)


@contextmanager
def held(path: Path, statement: str) -> Iterator[None]:
    """Another program has the file open in the middle of `statement`."""
    command: list[str | Path] = [sys.executable, "-c", HOLD, path, statement]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        yield
        other.communicate()


@pytest.mark.parametrize("statement", ["BEGIN EXCLUSIVE", "SELECT * FROM entries"])
def test_a_journal_that_another_program_has_open_is_told_at_start(
    tmp_path: Path, statement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "_WAIT_AT_OPEN", 0.1)
    path = tmp_path / "journal.db"
    journal = SqliteJournal.open(path)
    journal.append(entries(1, 3))
    journal.close()
    with (
        held(path, statement),
        pytest.raises(JournalFault, match="locked by another program; close what has it open"),
    ):
        SqliteJournal.open(path)
    journal = SqliteJournal.open(path)
    assert journal.load().entries == entries(1, 3)
    journal.close()


def test_nobody_else_gets_in_while_a_journal_is_open(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    journal = SqliteJournal.open(path)
    script = HOLD.replace("sqlite3.connect(", "sqlite3.connect(timeout=0, database=")
    other = subprocess.run(
        [sys.executable, "-c", script, path, "SELECT * FROM entries"],
        check=False, capture_output=True, text=True, input="",
    )  # fmt: skip
    assert "database is locked" in other.stderr
    journal.append(entries(1, 1))
    journal.close()


def test_where_files_are_shared_a_lock_in_the_middle_is_told_and_passes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "_private_vfs", lambda: "")
    path = tmp_path / "journal.db"
    journal = SqliteJournal.open(path)
    journal.append(entries(1, 3))
    with held(path, "BEGIN IMMEDIATE"):
        for refused in (entries(4, 4), entries(4, 6)):
            with pytest.raises(JournalFault, match="locked by another program"):
                journal.append(refused)
        assert journal.load().entries == entries(1, 3)
    journal.append(entries(4, 6))
    assert journal.load().entries == entries(1, 6)
    journal.close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM entries").fetchone() == (6,)
    connection.close()
