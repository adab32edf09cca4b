from __future__ import annotations

from pathlib import Path

import pytest

from bridge.files.new_file import write_new


def test_a_new_file_is_as_it_was_given(tmp_path: Path) -> None:
    write_new(tmp_path / "a.toml", "one\ntwø\n")
    assert (tmp_path / "a.toml").read_bytes() == "one\ntwø\n".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["a.toml"]


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "a.toml", "other")
    assert (tmp_path / "a.toml").read_text(encoding="utf-8") == "mine"


def test_what_fails_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="surrogates"):
        write_new(tmp_path / "a.toml", "as full a disk as a test can have: \udc80")
    assert list(tmp_path.iterdir()) == []
