"""Stages side by side in the terminal, one below the other where it is narrow."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.standins.command import Terminal


@pytest.fixture
def studio(tmp_path: Path) -> Terminal:
    terminal = Terminal(tmp_path / "home")
    for title, stage in (
        ("Moss", "arrangement"),
        ("Fern", "idea incubation"),
        ("Reed", "finished"),
    ):
        file = tmp_path / f"{title}.toml"
        file.write_text(
            f'title = "{title}"\nstage = "{stage}"\n[[task]]\ntitle = "Sing"\n', "utf-8"
        )
        terminal.well("song", "import", str(file))
    return terminal


def test_who_has_no_song_is_told_how_to_begin(tmp_path: Path) -> None:
    said = Terminal(tmp_path / "home").well("board")
    assert said.startswith("no song yet; `songbridge song new` begins one")


def test_stages_stand_side_by_side(studio: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    studio.well("rest", "fern")
    lines = studio.well("board").splitlines()
    heads = [part.strip() for part in lines[0].split("  ") if part.strip()]
    assert heads == ["idea incubation", "1", "arrangement", "1", "mixing", "0", "finished", "1"]
    assert lines[1].split() == ["Fern", "▸", "Moss", "Reed"]
    assert lines[2].split("  ")[1].strip() == "rests, 0 of 1 done"
    assert lines[-1] == "1 song in hand; 3 at most were meant to be"
    assert max(map(len, lines)) <= 100


def test_a_narrow_terminal_has_them_one_below_the_other(
    studio: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    lines = studio.well("board").splitlines()
    assert [lines.index(name) for name in ("idea incubation  1", "arrangement  1")] == [0, 4]
    assert "finished  1" in lines


def test_limits_and_stages_that_are_gone_are_said(studio: Terminal, tmp_path: Path) -> None:
    config = (
        'stages = ["sketch", "arrangement", "finished"]\n[songs]\nlimits = { Arrangement = 1 }\n'
    )
    (tmp_path / "home" / "config.toml").write_text(config, "utf-8")
    said = studio.well("board")
    assert "arrangement  1 of 1" in said
    assert "no stage any more" in said
    assert said.splitlines()[-1].startswith("`songbridge song ID` takes a song up")
    columns = studio("board", "--json").json
    assert [(one["name"], one["known"]) for one in columns][2] == ("idea incubation", False)


def test_goals_stay_in_sight_below_the_stages(studio: Terminal) -> None:
    assert "Goals" not in studio.well("board")
    studio.well("goal", "set", "2", "an EP")
    studio.well("goal", "done", "2", "40%")
    lines = studio.well("board").splitlines()
    assert lines[-4:-1] == ["Goals", "  40%  an EP", ""]


def test_a_limit_for_a_stage_that_is_not_there_is_refused_with_its_place(
    studio: Terminal, tmp_path: Path
) -> None:
    (tmp_path / "home" / "config.toml").write_text("[songs]\nlimits = { mixdown = 1 }\n", "utf-8")
    refused = studio("board")
    assert refused.code == 1
    assert "config.toml:2: songs.limits.mixdown" in refused.err


def test_status_says_by_how_much_a_box_is_longer_and_how_often(studio: Terminal) -> None:
    studio.well("start")
    studio.well("extend")
    assert "of 30m (+5m, 1 extension) · running" in studio.well("status")
    studio.well("extend", "-10m")
    assert "of 20m (-5m, 1 extension) · running" in studio.well("status")


def test_during_a_break_status_says_what_goes_on_after_it(studio: Terminal) -> None:
    studio.well("start")
    assert "   1  ▌ Sing" not in studio.well("status")
    studio.well("break", "5m")
    assert "   1  ▌ Sing" in studio.well("status")


def test_a_sitting_that_was_left_gets_its_summary_from_the_next_command(studio: Terminal) -> None:
    studio.well("start")
    studio.wait(300)
    studio.well("pause")
    studio.wait(3 * 3600)
    studio.well("status")
    assert list(studio.home.rglob("*.md")) == []
    studio.wait(3 * 3600)
    studio.well("status")
    (summary,) = studio.home.rglob("*.md")
    assert "Sing" in summary.read_text("utf-8")
    assert "paused" in studio.well("status")
