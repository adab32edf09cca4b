from __future__ import annotations

import errno
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bridge.errors import Unavailable
from bridge.files.summary_files import told, write_summaries

BEGAN = datetime(2026, 11, 22, 21, 30, tzinfo=UTC).timestamp()
ALL = {".md": "# Øre\n", ".txt": "Øre\n", ".html": "<h1>Øre</h1>\n"}


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if not file.name.startswith("."))


def test_summaries_are_files_named_by_the_sittings_beginning(tmp_path: Path) -> None:
    files = write_summaries(tmp_path / "sittings", ALL, BEGAN, UTC)
    assert [file.name for file in files] == [
        "2026-11-22 2130.md", "2026-11-22 2130.txt", "2026-11-22 2130.html",
    ]  # fmt: skip
    assert files[0].read_bytes() == "# Øre\n".encode()
    assert told(files) == f"summary: {files[0]}\nbeside it as .txt and .html"
    assert told(files[:1]) == f"summary: {files[0]}"


def test_another_sitting_of_the_same_minute_is_never_overwritten(tmp_path: Path) -> None:
    for number in range(3):
        write_summaries(tmp_path, {".md": f"{number}"}, BEGAN + 10 * number, UTC)
    assert names(tmp_path) == [
        "2026-11-22 2130 2.md", "2026-11-22 2130 3.md", "2026-11-22 2130.md",
    ]  # fmt: skip
    assert (tmp_path / "2026-11-22 2130.md").read_text() == "0"


def test_a_sitting_that_is_ended_again_is_told_in_the_same_files(tmp_path: Path) -> None:
    write_summaries(tmp_path, ALL, BEGAN, UTC)
    files = write_summaries(tmp_path, dict.fromkeys(ALL, "anew"), BEGAN, UTC)
    assert len(names(tmp_path)) == 3
    assert {file.read_text() for file in files} == {"anew"}


def test_a_summary_that_somebody_changed_stays_as_it_is(tmp_path: Path) -> None:
    first, *_ = write_summaries(tmp_path, ALL, BEGAN, UTC)
    first.write_text("# my own words\n")
    again = write_summaries(tmp_path, dict.fromkeys(ALL, "anew"), BEGAN, UTC)
    assert first.read_text() == "# my own words\n"
    assert again[0].name == "2026-11-22 2130 2.md"
    third = write_summaries(tmp_path, dict.fromkeys(ALL, "once more"), BEGAN, UTC)
    assert third == again


@pytest.mark.parametrize(
    "record", ["", "[]", "{", '{"2026-11-22 2130.md": {"began": "x"}}', "[" * 9999]
)
def test_a_record_that_is_damaged_makes_nothing_be_overwritten(tmp_path: Path, record: str) -> None:
    (first,) = write_summaries(tmp_path, {".md": "first"}, BEGAN, UTC)
    (tmp_path / ".written.json").write_text(record)
    write_summaries(tmp_path, {".md": "second"}, BEGAN, UTC)
    assert first.read_text() == "first"
    assert len(names(tmp_path)) == 2


def test_the_record_does_not_grow_for_ever(tmp_path: Path) -> None:
    rows = {f"{n}.md": {"began": float(n), "sum": ""} for n in range(2000)}
    (tmp_path / ".written.json").write_text(json.dumps(rows))
    write_summaries(tmp_path, {".md": "first"}, BEGAN, UTC)
    kept = json.loads((tmp_path / ".written.json").read_text())
    assert len(kept) == 500
    assert "2026-11-22 2130.md" in kept


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable, match=r"^the summary cannot be written into .*file: "):
        write_summaries(tmp_path / "file", ALL, BEGAN, UTC)


def test_a_full_disk_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(target))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(Unavailable, match=r"No space left on device$"):
        write_summaries(tmp_path, ALL, BEGAN, UTC)
    assert list(tmp_path.iterdir()) == []
