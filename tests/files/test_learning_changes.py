"""What `learn` writes is written whole or not at all, kept apart from what is shipped, and taken back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bridge.errors import Unavailable
from bridge.files import learning_changes as changes
from bridge.files import shipped
from bridge.files.learning_changes import Write


def test_what_was_there_comes_back_byte_for_byte_several_deep(tmp_path: Path) -> None:
    file, new, kept = tmp_path / "a" / "x.toml", tmp_path / "b" / "new.toml", tmp_path / "learnt"
    file.parent.mkdir()
    file.write_bytes(b"one\r\n\xff")
    file.chmod(0o640)
    changes.make(kept, "first", [Write(file, "two", b"one\r\n\xff"), Write(new, "n", None)])
    changes.make(kept, "second", [Write(file, "three", b"two")])
    assert (file.read_text(), file.stat().st_mode & 0o777) == ("three", 0o640)
    for what, then in (("second", b"two"), ("first", b"one\r\n\xff")):
        change = changes.last(kept)
        assert change is not None
        assert (change.what, change.touched) == (what, ())
        changes.take_back(change)
        assert file.read_bytes() == then
    assert not new.exists()
    assert file.stat().st_mode & 0o777 == 0o640
    assert changes.last(kept) is None
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a", "b", "learnt", "x.toml"]


def test_a_file_that_was_changed_since_is_named(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    changes.make(tmp_path / "learnt", "first", [Write(file, "two", None)])
    file.write_text("by hand")
    change = changes.last(tmp_path / "learnt")
    assert change is not None
    assert change.touched == (file,)


def test_a_file_that_changes_while_it_is_taught_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text("by hand")
    with pytest.raises(Unavailable, match="changed meanwhile"):
        changes.make(tmp_path / "learnt", "first", [Write(file, "two", b"before")])
    assert file.read_text() == "by hand"
    assert changes.last(tmp_path / "learnt") is None


def test_when_one_file_can_t_be_written_all_stay_as_they_were(tmp_path: Path) -> None:
    file, blocked = tmp_path / "x.toml", tmp_path / "file" / "y.toml"
    (tmp_path / "file").write_text("in the way")
    file.write_text("one")
    with pytest.raises(Unavailable):
        changes.make(
            tmp_path / "learnt", "first", [Write(file, "two", b"one"), Write(blocked, "n", None)]
        )
    assert file.read_text() == "one"
    assert changes.last(tmp_path / "learnt") is None


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs links")
def test_a_linked_file_is_changed_where_it_is(tmp_path: Path) -> None:
    real, link = tmp_path / "dotfiles" / "x.toml", tmp_path / "x.toml"
    real.parent.mkdir()
    real.write_text("one")
    link.symlink_to(real)
    changes.make(tmp_path / "learnt", "first", [Write(link, "two", b"one")])
    assert link.is_symlink()
    assert real.read_text() == "two"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs links")
@pytest.mark.parametrize("linked", ["file", "folder"])
def test_a_link_to_what_comes_with_songbridge_is_not_followed(tmp_path: Path, linked: str) -> None:
    (folder,) = shipped.layouts()
    file = folder / "notes.toml"
    before = file.read_bytes()
    if linked == "file":
        own = tmp_path / "notes.toml"
        own.symlink_to(file)
    else:
        (tmp_path / "layouts").symlink_to(folder, target_is_directory=True)
        own = tmp_path / "layouts" / "notes.toml"
    with pytest.raises(Unavailable, match="comes with Songbridge"):
        changes.make(tmp_path / "learnt", "first", [Write(own, "two", before)])
    assert file.read_bytes() == before
    assert changes.last(tmp_path / "learnt") is None


def test_ctrl_c_between_two_files_leaves_both_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = tmp_path / "one.toml", tmp_path / "other.toml"
    one.write_text("1")
    replace = Path.replace

    def interrupted(self: Path, target: Path) -> Path:
        if target.name == other.name:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        changes.make(tmp_path / "learnt", "x", [Write(one, "2", b"1"), Write(other, "n", None)])
    assert one.read_text() == "1"
    assert changes.last(tmp_path / "learnt") is None
    assert sorted(p.name for p in tmp_path.iterdir()) == ["learnt", "one.toml"]


@pytest.mark.skipif(os.name == "nt", reason="rights are POSIX's")
def test_a_private_file_is_private_while_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "config.toml"
    file.write_text("token")
    file.chmod(0o600)
    modes: list[int] = []
    fsync = os.fsync

    def looked(handle: int) -> None:
        modes.append(os.fstat(handle).st_mode & 0o777)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", looked)
    changes.make(tmp_path / "learnt", "x", [Write(file, "token and more", b"token")])
    assert modes == [0o600]


def test_what_a_killed_process_left_behind_is_no_hindrance(tmp_path: Path) -> None:
    file, kept = tmp_path / "x.toml", tmp_path / "learnt"
    (tmp_path / f".x.toml.{os.getpid()}.part").write_text("half")
    (kept / f".part-{os.getpid()}").mkdir(parents=True)
    changes.make(kept, "x", [Write(file, "two", None)])
    assert file.read_text() == "two"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["learnt", "x.toml"]


def test_the_ten_thousandth_change_is_the_newest(tmp_path: Path) -> None:
    file, kept = tmp_path / "x.toml", tmp_path / "learnt"
    changes.make(kept, "first", [Write(file, "1", None)])
    (kept / "0001").rename(kept / "9999")
    changes.make(kept, "second", [Write(file, "2", b"1")])
    change = changes.last(kept)
    assert change is not None
    assert change.what == "second"


def test_no_more_than_twenty_changes_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text("0")
    for n in range(25):
        changes.make(tmp_path / "learnt", f"change {n}", [Write(file, str(n + 1), str(n).encode())])
    assert len(list((tmp_path / "learnt").iterdir())) == 20
    change = changes.last(tmp_path / "learnt")
    assert change is not None
    assert change.what == "change 24"
