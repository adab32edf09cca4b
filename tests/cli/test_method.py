"""The method from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.standins.command import Terminal

SONG = """
title = "Northern Lights"
[[task]]
title = "Write chord progression (20m)"
[[task]]
title = "Adjust voices on oscillator (10m)"
section = "sound design"
person = "Ada"
"""


@pytest.fixture
def studio(tmp_path: Path) -> Terminal:
    file = tmp_path / "song.toml"
    file.write_text(SONG, encoding="utf-8")
    terminal = Terminal(tmp_path / "home")
    terminal.well("song", "import", str(file))
    return terminal


def test_a_task_that_seems_too_small_is_added_all_the_same(studio: Terminal) -> None:
    said = studio.well("task", "add", "Lower the cutoff", "--energy", "low").splitlines()
    assert said[0] == "northern-lights.3: Lower the cutoff"
    assert said[1].startswith("that is one turn of a knob")
    row = studio("queue", "--json").json[-1]
    assert (row["title"], row["energy"]) == ("Lower the cutoff", "low")


def test_an_import_names_what_seems_not_to_be_of_the_right_size(
    studio: Terminal, tmp_path: Path
) -> None:
    file = tmp_path / "fern.toml"
    file.write_text('title = "Fern"\n[[task]]\ntitle = "Mix the song"\n', encoding="utf-8")
    said = studio.well("song", "import", str(file)).splitlines()
    assert said[-1] == "too small or too big, perhaps: 'Mix the song'"


def test_the_queue_is_ordered_and_shown_for_one_person(studio: Terminal) -> None:
    studio.well("queue", "--by", "short")
    assert [row["person"] for row in studio("queue", "--json").json] == ["Ada", ""]
    assert [row["person"] for row in studio("queue", "--person", "ada", "--json").json] == ["Ada"]
    assert "1  Adjust voices" in studio.well("queue", "--person", "Ada")
    assert studio.well("queue", "--person", "Bob") == "nothing in the queue is Bob's\n"
    assert "can't be ordered by 'mood'" in studio("queue", "--by", "mood").err


def test_a_goal_has_a_date_and_fills_from_its_tasks(studio: Terminal) -> None:
    studio.well("goal", "set", "1", "an EP", "--by", "2026-10-21")
    studio.well("task", "edit", "1", "--goal", "1")
    studio.well("start")
    studio.well("complete")
    assert studio.well("goal", "list").startswith("1  100%  an EP, by 2026-10-21: ")
    studio.well("song", "toward", "northern-lights", "1")
    assert studio("goal", "list", "--json").json[0]["done"] == 0.5
    studio.well("goal", "done", "1", "80%")
    studio.well("goal", "auto", "1")
    assert studio("goal", "list", "--json").json[0]["done"] == 0.5
    assert "'soon' is no date" in studio("goal", "set", "1", "an EP", "--by", "soon").err


def test_a_song_rests_and_is_woken(studio: Terminal) -> None:
    assert "song rested: Northern Lights" in studio.well("song", "rest")
    assert studio("song", "list", "--json").json[0]["resting"] is True
    assert "idea incubation, resting" in studio.well("song", "list")
    assert studio("queue", "--json").json == []
    assert "song woken: Northern Lights" in studio.well("song", "wake", "northern-lights")


def test_what_feeds_the_mind_is_kept_on_a_list(studio: Terminal) -> None:
    assert "nothing on the list" in studio.well("feed", "list")
    assert "feed added: Kind of Blue" in studio.well("feed", "listen", "Kind", "of", "Blue")
    assert studio.well("feed", "list") == "  1  listen Kind of Blue\n"
    assert studio("status", "--json").json["feed"][0]["text"] == "Kind of Blue"
    studio.well("feed", "done", "1")
    assert studio("feed", "list", "--all", "--json").json[0]["done"] is True


def test_time_off_is_shown_and_ends_with_a_welcome(studio: Terminal) -> None:
    said = studio.well("off", "4 days")
    assert "off (4 days)" in said
    assert "time off until" in said
    assert "· time off until" in studio.well("status")
    studio.wait(5 * 24 * 3600)
    assert "welcome back after 5 days; 2 tasks wait" in studio.well("start")


def test_ways_out_of_a_rut_are_listed_and_taken_by_number(studio: Terminal) -> None:
    lines = studio.well("rut").splitlines()
    assert "1  a break of 15 minutes, away from the screen" in lines
    assert "rut chosen: small" in studio.well("rut", "2")
    assert studio("rut", "--json").json["said"].startswith("1  a break")
