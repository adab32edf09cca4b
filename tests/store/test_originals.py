from __future__ import annotations

from pathlib import Path

import pytest

from bridge.store.originals import LARGEST, OriginalsFile

KEPT = {"ableton": {"Bass": "10A4EE 3DC300", "Straße": "…"}, "bitwig": {"Drums": "rgb(1,2,3)"}}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "originals.json"


def kept(file: Path, *originals: dict[str, dict[str, str]]) -> OriginalsFile:
    store = OriginalsFile(file)
    for one in originals:
        store.keep(one)
    store.close()
    return store


def test_what_is_kept_is_read_by_the_next_service(file: Path) -> None:
    kept(file, {"ableton": {"Bass": "old"}}, KEPT)
    assert OriginalsFile(file).read() == KEPT
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_a_service_that_runs_again_keeps_again(file: Path) -> None:
    store = kept(file, KEPT)
    store.keep({"ableton": {"Bass": "new"}})
    store.close()
    assert OriginalsFile(file).read() == {"ableton": {"Bass": "new"}}


def test_when_all_was_given_back_the_file_is_gone(file: Path) -> None:
    kept(file, KEPT, {})
    assert not file.exists()
    assert OriginalsFile(file).read() == {}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b'{"ableton": 1}',
        b'{"ableton": {"Bass": 7}}',
        b'{"ableton": {"Bass": "\xff"}}',
        b"[" * 100_000,
        b'{"ableton": {"Bass": "' + b"x" * 1001 + b'"}}',
        b'{"a": {"b": "' + b"x" * LARGEST + b'"}}',
    ],
)
def test_a_damaged_file_is_passed_over_and_told(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    store = OriginalsFile(file)
    assert store.read() == {}
    assert str(file) in store.trouble
    assert "\n" not in store.trouble


def test_a_folder_in_its_place_is_told_and_harms_nothing(file: Path) -> None:
    file.mkdir()
    store = OriginalsFile(file)
    assert store.read() == {}
    assert "can't be read" in store.trouble
    store.keep(KEPT)
    store.close()
    assert "can't be written" in store.trouble
