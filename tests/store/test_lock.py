"""One service on one home, and how others find it."""

from __future__ import annotations

import errno
import json
import os
import stat
from pathlib import Path

import pytest

from bridge.errors import Unavailable
from bridge.store.lock import HomeLock, ServiceInfo, running

ADDRESSES = {"osc": "127.0.0.1:7707", "http": "127.0.0.1:7708"}


def test_nothing_runs_on_a_home_that_is_not_there(tmp_path: Path) -> None:
    assert running(tmp_path / "home") is None
    assert not (tmp_path / "home").exists()


def test_a_service_is_found_with_its_addresses_until_it_ends(tmp_path: Path) -> None:
    lock = HomeLock(tmp_path / "home").acquire(ADDRESSES)
    assert running(tmp_path / "home") == ServiceInfo(os.getpid(), ADDRESSES)
    lock.release()
    assert running(tmp_path / "home") is None
    lock.release()


def test_a_second_service_is_refused_with_the_first_s_process_id(tmp_path: Path) -> None:
    with (
        HomeLock(tmp_path).acquire(ADDRESSES),
        pytest.raises(Unavailable, match=rf"already running with process id {os.getpid()} on "),
    ):
        HomeLock(tmp_path).acquire(ADDRESSES, timeout=0)
    with HomeLock(tmp_path).acquire(ADDRESSES, timeout=0):
        assert running(tmp_path) == ServiceInfo(os.getpid(), ADDRESSES)


def test_a_refused_service_takes_nothing_from_the_first(tmp_path: Path) -> None:
    with HomeLock(tmp_path).acquire(ADDRESSES):
        second = HomeLock(tmp_path)
        with pytest.raises(Unavailable):
            second.acquire({}, timeout=0)
        second.release()
        assert running(tmp_path) == ServiceInfo(os.getpid(), ADDRESSES)


def test_a_command_at_work_is_no_service_but_keeps_others_out(tmp_path: Path) -> None:
    with HomeLock(tmp_path).acquire():
        assert running(tmp_path) is None
        with pytest.raises(Unavailable, match="another Songbridge command is at work"):
            HomeLock(tmp_path).acquire(ADDRESSES, timeout=0)


def test_addresses_can_be_told_anew(tmp_path: Path) -> None:
    with HomeLock(tmp_path).acquire({}) as lock:
        lock.announce(ADDRESSES)
        assert running(tmp_path) == ServiceInfo(os.getpid(), ADDRESSES)


@pytest.mark.needs("posix")  # its modes
def test_only_this_user_may_read_who_runs(tmp_path: Path) -> None:
    with HomeLock(tmp_path / "home").acquire(ADDRESSES):
        mode = (tmp_path / "home" / "service.json").stat().st_mode
        assert stat.S_IMODE(mode) == 0o600


def test_what_a_killed_service_left_counts_for_nothing_and_goes(tmp_path: Path) -> None:
    card = tmp_path / "service.json"
    card.write_text(json.dumps({"pid": os.getpid(), "addresses": ADDRESSES}))
    assert running(tmp_path) is None
    assert not card.exists()


def test_a_command_clears_away_what_a_killed_service_left(tmp_path: Path) -> None:
    (tmp_path / "service.json").write_text(json.dumps({"pid": 1, "addresses": {}}))
    with HomeLock(tmp_path).acquire():
        assert running(tmp_path) is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pid": "me"}', "\xff"])
def test_a_broken_description_is_none(tmp_path: Path, content: str) -> None:
    with HomeLock(tmp_path).acquire(ADDRESSES):
        (tmp_path / "service.json").write_text(content, encoding="latin-1")
        assert running(tmp_path) is None


def test_a_home_that_is_a_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(Unavailable, match="home can't be written"):
        HomeLock(tmp_path / "home").acquire(ADDRESSES)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_asks_for_room_and_nothing_stays_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def full(_self: Path, _target: Path) -> Path:
        raise OSError(code, os.strerror(code))

    lock = HomeLock(tmp_path).acquire()
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(Unavailable, match=r"can't be written \(.*\); make room, or give --home"):
        lock.announce(ADDRESSES)
    lock.release()
    assert {file.name for file in tmp_path.iterdir()} <= {"service.lock"}
