"""Every command, on the journal itself: what it says, and what it leaves behind."""

from __future__ import annotations

import contextlib
import json
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import click
import pytest

from bridge.cli.local import LocalClient
from bridge.cli.main import cli
from bridge.cli.status import _whole
from bridge.core.events import Attended
from bridge.core.vocabulary import ACTIONS
from bridge.store.sqlite import SqliteJournal
from tests.standins.command import Terminal

SONG = """
title = "Northern Lights"
stage = "arrangement"
[map]
inspiration = ["long-exposure photo of the sky"]
depict = "standing under the aurora"
[[task]]
title = "Write chord progression (20m)"
section = "composition"
[[task]]
title = "Design sound for bassline"
section = "sound design"
budget = "25m"
track = "Bass"
[[task]]
title = "Balance drums [and] bass"
section = "mixing"
budget = "30m"
"""


@pytest.fixture
def song(tmp_path: Path) -> Path:
    file = tmp_path / "song.toml"
    file.write_text(SONG, encoding="utf-8")
    return file


@pytest.fixture
def studio(tmp_path: Path, song: Path) -> Terminal:
    """A terminal at a home with one song in it."""
    terminal = Terminal(tmp_path / "home")
    terminal.well("song", "import", str(song))
    return terminal


def titles(terminal: Terminal) -> list[str]:
    return [row["title"] for row in terminal("queue", "--json").json]


def test_every_command_takes_h_for_help_and_says_so(studio: Terminal) -> None:
    for name in cli.list_commands(click.Context(cli)):
        told = studio(name, "-h")
        assert (told.code, told.err) == (0, ""), name
        assert re.search(r"^  -h, --help +Show this", told.out, re.MULTILINE), name
        assert told.out == studio(name, "--help").out, name
    assert studio("start", "2", "-h").out == studio("start", "--help").out


def test_an_h_that_is_part_of_an_argument_is_no_call_for_help(studio: Terminal) -> None:
    studio.well("start")
    assert "would be -1h10m" in studio("extend", "-1h30m").err
    assert studio.well("note", "--", "-h").splitlines()[0] == "noted: -h"


# --- acting ---------------------------------------------------------------------------------------


def test_an_action_says_what_happened_and_where_things_stand(studio: Terminal) -> None:
    assert studio.well("start").splitlines()[-2:] == [
        "started: Write chord progression",
        "now: Write chord progression, 20:00 of 20m, running",
    ]


def test_the_songs_in_hand_are_counted_in_words_that_fit(studio: Terminal, song: Path) -> None:
    assert studio("song", "8").err == "there is no song number 8; 1 is in hand\n"
    song.write_text(SONG.replace("Northern", "Southern"), encoding="utf-8")
    studio.well("song", "import", str(song))
    assert studio("song", "8").err == "there is no song number 8; 2 are in hand\n"


def test_every_action_has_a_short_form_that_does_the_same_as_do(studio: Terminal) -> None:
    for name in ACTIONS:
        assert studio(name, "--help").out == studio(name, "-h").out != "", name
    studio.well("do", "start", "2")
    studio.wait(60)
    studio.well("complete")
    assert [row["action"] for row in studio("log", "--json").json if row["step"] == 0] == [
        "import", "start", "complete",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "written", [("-5m",), ("-300",), ("-5:00",), ("--", "-5m"), ("-0h5m",), ("-0h", "5m")]
)
def test_a_negative_duration_is_an_argument_and_not_an_option(
    studio: Terminal, written: tuple[str, ...]
) -> None:
    studio.well("start")
    studio.well("extend", *written)
    studio.well("undo")
    studio.well("do", "extend", *written)
    assert studio("status", "--json").json["task"]["budget_s"] == 900.0


def test_a_duration_or_a_text_may_be_several_words(studio: Terminal) -> None:
    studio.well("start")
    studio.well("extend", "1h", "30m")
    assert studio("status", "--json").json["task"]["budget_s"] == 20 * 60 + 5400
    assert "noted: the bass is too loud" in studio.well("note", "the", "bass is", "too loud")


def test_an_action_may_be_answered_as_json(studio: Terminal) -> None:
    assert studio("start", "--json").json == {"seq": 3}
    assert studio("do", "pause", "--json").json == {"seq": 4}


def test_the_end_of_a_sitting_says_where_its_summary_lies(studio: Terminal) -> None:
    studio.well("start")
    studio.wait(90)
    said = studio("end", "--json").json["said"]
    first, beside = said.splitlines()
    file = Path(first.removeprefix("summary: "))
    assert "Northern Lights" in file.read_text("utf-8")
    assert beside == "beside it as .txt and .html"
    assert {one.suffix for one in file.parent.iterdir()} == {".md", ".txt", ".html", ".json"}


def test_time_goes_on_between_two_commands(studio: Terminal) -> None:
    studio.well("start")
    studio.wait(5 * 60)
    assert "15:00 of 20m · running" in studio.well("status")
    assert studio("status", "--json").json["task"]["spent_s"] == 300


def test_what_was_done_can_be_taken_back_by_a_later_command(studio: Terminal) -> None:
    studio.well("start")
    studio.well("complete")
    studio.well("undo")
    assert studio("status", "--json").json["task"]["title"] == "Write chord progression"


# --- looking --------------------------------------------------------------------------------------


def test_looking_at_an_empty_home_leaves_nothing_behind(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "home")
    for words in (
        ["status"],
        ["queue"],
        ["log"],
        ["song", "list"],
        ["task", "list"],
        ["goal", "list"],
    ):
        terminal.well(*words)
        assert terminal(*words, "--json").code == 0
    assert list(tmp_path.iterdir()) == []


def test_the_status_for_programs_has_what_the_interface_promises(studio: Terminal) -> None:
    studio.well("start")
    state = studio("status", "--json").json
    assert {
        "version", "seq", "person", "song", "task", "timer", "queue", "goals", "controllers", "daws",
    } <= set(state)  # fmt: skip
    assert set(state["song"]) >= {"id", "title", "stage"}
    assert set(state["timer"]) == {
        "state", "phase", "remaining_s", "budget_s", "ends_at", "recording", "held",
    }  # fmt: skip
    assert set(state["task"]) >= {
        "id", "title", "section", "colour", "track", "budget_s", "spent_s", "state",
    }  # fmt: skip
    assert (state["controllers"], state["daws"], state["service"]) == ([], [], "not running")


def test_the_status_for_people_shows_what_is_on_and_what_comes(
    studio: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    studio.well("start")
    shown = studio.well("status")
    for words in ("Northern Lights · arrangement", "Write chord progression", "20:00 of 20m",
                  "Balance drums [and] bass", "`songbridge up` starts it"):  # fmt: skip
        assert words in shown
    assert max(len(line) for line in shown.splitlines()) <= 80
    assert "\x1b" not in shown


def test_the_status_cuts_no_fault_and_tells_the_layout_that_is_shown(
    studio: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = (
        "the old configuration stays in force: config.toml:3: found 1; allowed: " + "a-name, " * 20
    )
    pads = {"name": "My pads", "state": "ready", "layout": "pads-4x4", "detail": "and silent, " * 9}
    state = studio("status", "--json").json | {"faults": [fault], "controllers": [pads]}
    monkeypatch.setattr(LocalClient, "status", lambda _self: state)
    monkeypatch.setenv("COLUMNS", "60")
    shown = studio.well("status")
    assert fault in shown
    assert f"  My pads  ready  pads-4x4  {pads['detail']}" in shown


def test_titles_stay_whole_when_nobody_looks(studio: Terminal) -> None:
    long = "A very long title " * 8
    studio.well("task", "add", long.strip())
    assert long.strip() in studio.well("queue")
    assert long.strip() in studio.well("task", "list")


def test_the_log_tells_the_newest_entries_or_those_after_a_number(studio: Terminal) -> None:
    studio.well("start")
    studio.wait(3600)
    studio.well("note", "late")
    lines = studio.well("log").splitlines()
    assert "song added: Northern Lights (3 tasks)" in lines[0]
    assert lines[-1].endswith("noted: late")
    assert len(studio.well("log", "-n", "1").splitlines()) == 1
    last = studio("log", "-n", "1", "--json").json[0]
    assert studio("log", "--since", str(last["seq"] - 1), "--json").json == [last]
    assert studio("log", "--since", "1m", "--json").json == [last]
    assert len(studio("log", "--since", "2h", "--json").json) == last["seq"]
    assert len(studio("log", "--since", "0", "-n", "2", "--json").json) == 2


def test_so_many_lines_of_the_log_are_shown_as_were_asked_for(studio: Terminal) -> None:
    for number in range(3):
        studio.well("note", f"number {number}")
        with contextlib.closing(SqliteJournal.open(studio.home / "journal.db")) as journal:
            seq = journal.load().last_seq
            journal.append([replace(journal.last(1)[0], seq=seq + 1, step=0, fact=Attended())])
    studio.well("note", "back")
    newest = studio("log", "-n", "5", "--json").json
    assert any(not row["event"] for row in newest)  # that somebody is there is nobody's news
    for count in (1, 2, 4, 5):
        assert len(studio.well("log", "-n", str(count)).splitlines()) == count
        assert len(studio.well("log", "--since", "0", "-n", str(count)).splitlines()) == count
    everything = studio.well("log", "-n", "500").splitlines()
    assert everything == studio.well("log", "--since", "0").splitlines()


# --- songs, tasks, goals --------------------------------------------------------------------------


def test_a_song_goes_out_as_it_came_in(studio: Terminal, tmp_path: Path) -> None:
    studio.well("song", "export", "northern-lights", "-o", str(tmp_path / "out.toml"))
    assert studio.well("song", "export", "northern-lights") == (tmp_path / "out.toml").read_text(
        "utf-8"
    )
    other = Terminal(tmp_path / "other")
    other.well("song", "import", str(tmp_path / "out.toml"))
    assert other.well("song", "export", "northern-lights") == studio.well(
        "song", "export", "northern-lights"
    )
    out = tomllib.loads(studio.well("song", "export", "northern-lights"))
    assert out["map"]["depict"] == "standing under the aurora"


def test_an_export_never_overwrites_a_file(studio: Terminal, song: Path) -> None:
    said = studio("song", "export", "northern-lights", "-o", str(song))
    assert (said.code, "is there already" in said.err) == (1, True)
    assert song.read_text("utf-8") == SONG


def test_a_song_is_listed_and_shown(studio: Terminal) -> None:
    assert studio("song", "list", "--json").json == [
        {"id": "northern-lights", "title": "Northern Lights", "stage": "arrangement",
         "in_hand": True, "resting": False, "goal": 0, "tasks": 3, "done": 0, "spent_s": 0},
    ]  # fmt: skip
    assert "▸  northern-lights  Northern Lights" in studio.well("song", "list")
    shown = studio.well("song", "show", "northern-lights")
    assert "depicts: standing under the aurora" in shown
    assert "northern-lights.3  Balance drums [and] bass" in shown
    assert (
        studio("song", "show", "northern-lights", "--json").json["task_list"][1]["track"] == "Bass"
    )


def test_song_next_and_song_id_are_the_action_and_not_a_command(
    studio: Terminal, tmp_path: Path
) -> None:
    second = tmp_path / "second.toml"
    second.write_text('title = "Second"\n', encoding="utf-8")
    studio.well("song", "import", str(second))
    for words, taken in (
        (["next"], "second"),
        (["northern-lights"], "northern-lights"),
        (["2"], "second"),
    ):
        studio.well("song", *words)
        assert studio("status", "--json").json["song"]["id"] == taken
    assert studio("song", "next").code == 1
    assert studio("song", "nothing").err.startswith("there is no song 'nothing'")


def test_several_files_come_in_all_or_none(studio: Terminal, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text('title = "Good"\n', encoding="utf-8")
    bad.write_text("title = 5\n", encoding="utf-8")
    assert studio("song", "import", str(good), str(bad)).code == 1
    assert len(studio("song", "list", "--json").json) == 1


def test_a_task_is_added_changed_and_moved(studio: Terminal) -> None:
    assert studio.well("task", "add", "Sing (15m)", "--section", "mixing", "--position", "1") == (
        "northern-lights.4: Sing\n"
    )
    assert titles(studio)[0] == "Sing"
    studio.well("task", "edit", "northern-lights.4", "--title", "Sing loud", "--budget", "30m",
                "--track", "Vox", "--person", "Ada")  # fmt: skip
    row = studio("task", "list", "--json").json[-1]
    assert (row["title"], row["budget_s"], row["track"], row["person"]) == (
        "Sing loud",
        1800,
        "Vox",
        "Ada",
    )
    studio.well("task", "move", "1", "3")
    assert titles(studio)[2] == "Sing loud"
    studio.well("task", "move", "northern-lights.4", "1")
    assert titles(studio)[0] == "Sing loud"
    assert studio("task", "add", "--json", "Hum").json["task"] == "northern-lights.5"


def test_tasks_are_listed_with_those_that_are_done(studio: Terminal) -> None:
    studio.well("start")
    studio.well("complete")
    rows = studio("task", "list", "--song", "northern-lights", "--json").json
    assert [row["state"] for row in rows] == ["done", "running", "todo"]


def test_goals_are_set_moved_on_and_cleared(studio: Terminal) -> None:
    studio.well("goal", "set", "1", "three songs", "by spring")
    studio.well("goal", "done", "1", "40%")
    assert studio("goal", "list", "--json").json[0] == {
        "text": "three songs by spring",
        "done": 0.4,
        "by": "",
        "days_left": None,
        "by_hand": True,
    }
    assert studio.well("goal", "list") == "1   40%  three songs by spring\n"
    studio.well("goal", "done", "1")
    assert studio("status", "--json").json["goals"][0]["done"] == 1
    studio.well("goal", "clear", "1")
    assert "no goal yet" in studio.well("goal", "list")


# --- help -----------------------------------------------------------------------------------------


def test_alone_it_shows_every_command_and_the_first_steps(studio: Terminal) -> None:
    shown = studio.well()
    for words in ("First steps", "songbridge demo", *ACTIONS, "status", "doctor"):
        assert words in shown


def test_the_version_is_told(studio: Terminal) -> None:
    assert studio.well("--version").startswith("songbridge 0.")


def test_home_may_stand_before_or_after_the_command(studio: Terminal, tmp_path: Path) -> None:
    other = str(tmp_path / "elsewhere")
    assert json.loads(studio.well("--home", other, "status", "--json"))["seq"] == 0
    assert json.loads(studio.well("status", "--home", other, "--json"))["seq"] == 0
    assert studio("song", "list", "--home", other, "--json").json == []


@pytest.mark.parametrize("columns", ["60", "80", "120"])
def test_tables_give_way_in_the_title_alone(
    studio: Terminal, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    studio.well("task", "add", "A title that is longer than any terminal is wide " * 3)
    monkeypatch.setenv("COLUMNS", columns)
    for words in (["queue"], ["task", "list"]):
        lines = studio.well(*words).splitlines()
        assert max(len(line.rstrip()) for line in lines) <= int(columns)
        assert all(budget in " ".join(lines) for budget in ("20m", "25m", "30m"))
        assert "sound design" in lines[2]


def test_columns_are_left_out_before_titles_where_there_is_no_room(
    studio: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    studio.well("person", "Ada")
    for words, said in (
        (["queue"], "Write chord"),
        (["song", "list"], "Northern Lights"),
        (["persons"], "Ada"),
    ):
        shown = studio.well(*words)
        assert said in shown
        assert max(len(line.rstrip()) for line in shown.splitlines()) <= 40


def test_status_says_beside_the_daws_until_when_it_is_quiet() -> None:
    daw = {"name": "Laptop", "state": "ready", "detail": ""}
    state = {"controllers": [], "daws": [daw], "quiet_until": "07:00", "service": "running"}
    assert [line.plain for line in _whole(state)][-1] == "  quiet until 07:00: only a mark is told"
    assert "quiet" not in "".join(line.plain for line in _whole(state | {"quiet_until": ""}))
