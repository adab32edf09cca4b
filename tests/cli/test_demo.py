"""The tour, compared with what documents it: ``songbridge demo --tour > tests/cli/tour.txt``."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bridge.cli import demo as demo_module
from bridge.cli.main import cli
from bridge.errors import Unavailable

GOLDEN = Path(__file__).with_name("tour.txt")


def run(*arguments: str) -> Result:
    return CliRunner(env={"FORCE_COLOR": None, "COLUMNS": None}).invoke(cli, ["demo", *arguments])


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_the_tour_is_the_one_that_is_written_down(temporary: Path) -> None:
    result = run("--tour")
    assert result.exit_code == 0
    assert result.stdout == GOLDEN.read_text("utf-8")
    assert list(temporary.iterdir()) == []


def test_without_a_terminal_the_tour_plays_by_itself(temporary: Path) -> None:
    assert run().stdout == run("--tour").stdout
    assert list(temporary.iterdir()) == []


def test_what_goes_wrong_on_the_way_leaves_nothing_behind(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(folder: Path, _pace: float | None) -> None:
        (folder / "journal.db").write_text("half")
        raise Unavailable("the disk is full")

    monkeypatch.setattr(demo_module, "_tour", full)
    result = run()
    assert (result.exit_code, result.stderr) == (1, "the disk is full\n")
    assert list(temporary.iterdir()) == []


def test_no_room_for_temporary_files_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")
    result = run()
    assert result.exit_code == 1
    assert "set TMPDIR" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [("--speed", "0"), ("--speed", "301"), ("--pace", "-1")])
def test_what_is_out_of_range_is_wrong_usage(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_terminal_without_unicode_gets_the_tour_in_ascii(temporary: Path) -> None:
    result = CliRunner(charset="ascii").invoke(cli, ["demo", "--tour"])
    assert result.exit_code == 0
    assert result.stdout.isascii()
    assert list(temporary.iterdir()) == []
