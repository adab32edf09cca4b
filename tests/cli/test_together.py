"""Two people from the command line: who sits here, whose task, what is left, what is summed up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.standins.command import Terminal

MANY = ", ".join(['{text = "x"}'] * 21)
SONG = """
title = "Northern Lights"
[[task]]
title = "Write chord progression (20m)"
[[task]]
title = "Record vocals (30m)"
person = "Ben"
hand_over = "the mic is set up"
"""


@pytest.fixture
def studio(tmp_path: Path) -> Terminal:
    file = tmp_path / "song.toml"
    file.write_text(SONG, encoding="utf-8")
    terminal = Terminal(tmp_path / "home")
    terminal.home.mkdir()
    (terminal.home / "config.toml").write_text('person = "Ada"\n')
    terminal.well("song", "import", str(file))
    return terminal


def signers(studio: Terminal) -> list[str]:
    return [row["person"] for row in studio("log", "--json").json if row["step"] == 0][1:]


def test_a_command_is_signed_by_option_and_by_the_environment(studio: Terminal) -> None:
    studio.well("start")
    studio.well("complete", "--person", "ben")
    studio.well("--person", "Cleo", "task", "add", "Sing", "--person", "Ada")
    studio.environ["SONGBRIDGE_PERSON"] = "Dora"
    studio.well("note", "mine")
    assert signers(studio) == ["Ada", "Ben", "Cleo", "Dora"]
    assert studio("status", "--json").json["person"] == "Ada"


def test_a_signed_note_keeps_its_words(studio: Terminal) -> None:
    studio.well("note", "to", "whom", "--person", "Ben")
    (row,) = studio("log", "-n", "1", "--json").json
    assert (row["headline"], row["person"]) == ("noted: to whom", "Ben")


def test_what_was_left_is_told_at_the_start_and_stands_in_every_list(studio: Terminal) -> None:
    said = studio.well("start", "2").splitlines()
    assert "Record vocals is Ben's to do; `person Ben` says who sits here" in said
    assert "somebody left: the mic is set up" in said
    assert "somebody left: the mic is set up" in studio.well("status")
    for words in (("task", "list"), ("song", "show", "northern-lights"), ("queue",)):
        assert "somebody left: the mic is set up" in studio.well(*words), words
    row = studio("status", "--json").json["task"]
    assert [note["text"] for note in row["hand_over"]] == ["the mic is set up"]


def test_a_task_is_handed_over_and_the_note_ticked_off(studio: Terminal) -> None:
    studio.well("task", "hand", "1", "--to", "ben", "the", "second", "take")
    assert studio.well("task", "hand", "1") == "Ada left for Ben: the second take\n"
    assert [row["person"] for row in studio("queue", "--json").json] == ["Ben", "Ben"]
    studio.well("task", "hand", "1", "--done")
    assert studio.well("task", "hand", "1") == "Ada left for Ben: the second take (done)\n"
    assert "second take" not in studio.well("queue")
    assert studio("task", "hand", "1", "--done").code == 1


@pytest.mark.parametrize(
    "words", [("1", "--to", "Ben"), ("1", "text", "--done"), ("1", "--to", "Ben", "--done")]
)
def test_half_a_hand_over_is_wrong_usage(studio: Terminal, words: tuple[str, ...]) -> None:
    assert studio("task", "hand", *words).code == 2


def test_a_task_is_given_to_somebody_with_and_without_words(studio: Terminal) -> None:
    studio.well("task", "assign", "1", "Cleo")
    studio.well("task", "assign", "2", "cleo", "the key is under the mat")
    rows = studio("queue", "--json").json
    assert [row["person"] for row in rows] == ["Cleo", "Cleo"]
    assert [len(row["hand_over"]) for row in rows] == [0, 2]
    studio.well("task", "assign", "1", "")
    assert studio("queue", "--json").json[0]["person"] == ""
    assert studio("task", "assign", "1", "", "text").code == 2


def test_persons_are_listed_with_what_they_do(studio: Terminal) -> None:
    studio.well("start")
    studio.wait(600)
    studio.well("person", "Ben")
    studio.wait(300)
    studio.well("complete")
    said = studio("persons", "--json")
    assert said.code == 0, said
    rows = {row["person"]: row for row in studio("persons", "--json").json}
    assert list(rows) == ["Ben", "Ada"]
    assert (rows["Ben"]["here"], rows["Ada"]["here"]) == (True, False)
    assert (rows["Ada"]["worked_s"], rows["Ben"]["worked_s"]) == (600.0, 300.0)
    assert (rows["Ada"]["done"], rows["Ben"]["done"]) == (0, 1)
    assert [task["title"] for task in rows["Ben"]["to_do"]] == ["Record vocals"]
    assert "Record vocals" in studio.well("persons")


def test_a_sitting_is_summed_up_in_the_forms_that_are_wanted(studio: Terminal) -> None:
    folder = studio.home / "elsewhere"
    (studio.home / "config.toml").write_text(
        f'[summary]\nformats = ["HTML", "text"]\nfolder = {json.dumps(str(folder))}\n'
    )
    studio.well("start")
    studio.wait(60)
    said = studio.well("end").splitlines()
    assert said[1].startswith(f"summary: {folder}")
    assert said[2] == "beside it as .html"
    assert sorted(one.suffix for one in folder.iterdir()) == [".html", ".json", ".txt"]


def test_a_sitting_need_not_be_written_down(studio: Terminal) -> None:
    (studio.home / "config.toml").write_text("[summary]\nformats = []\n")
    studio.well("start")
    assert "summary" not in studio.well("end")
    assert not (studio.home / "sittings").exists()


def test_an_end_that_was_taken_back_leaves_one_summary(studio: Terminal) -> None:
    studio.well("start")
    studio.wait(60)
    studio.well("end")
    studio.well("undo")
    studio.wait(600)
    studio.well("complete")
    studio.well("end")
    files = sorted((studio.home / "sittings").glob("[!.]*"))
    assert len(files) == 3
    assert "Done" in files[-1].read_text()


def test_any_past_sitting_is_shown_again(studio: Terminal, tmp_path: Path) -> None:
    for _ in range(2):
        studio.well("start")
        studio.wait(120)
        studio.well("end")
        studio.wait(24 * 3600)
    file = min((studio.home / "sittings").glob("*.txt"))
    assert studio.well("sittings", "show", "1") == file.read_text("utf-8")
    assert studio.well("sittings", "show", "2026-09-21") == file.read_text("utf-8")
    assert "2026-09-22" in studio.well("sittings", "show")
    assert studio.well("sittings", "show", "--markdown").startswith("# Sitting of 2026-09-22")
    out = tmp_path / "sitting.html"
    studio.well("sittings", "show", "last", "--html", "-o", str(out))
    assert out.read_text("utf-8").startswith("<!doctype html>")
    assert "is there already" in studio("sittings", "show", "-o", str(out)).err


@pytest.mark.parametrize("which", ["3", "0", "2020-01-01", "yesterday", "-1x"])
def test_a_sitting_that_never_was_is_refused_with_what_there_is(
    studio: Terminal, which: str
) -> None:
    assert studio("sittings", "show", "last").err.startswith("no sitting yet")
    studio.well("start")
    said = studio("sittings", "show", "--", which)
    assert said.code == 1
    assert "sitting" in said.err


def test_a_sitting_under_way_is_shown_up_to_now(studio: Terminal) -> None:
    studio.well("start")
    studio.wait(300)
    assert "Ada worked 5m." in studio.well("sittings", "show")


def test_notes_travel_with_a_song(studio: Terminal, tmp_path: Path) -> None:
    studio.well("task", "hand", "1", "--to", "Ben", 'say "hello"\\ to them')
    studio.well("task", "hand", "1", "--done")
    studio.well("task", "hand", "1", "again")
    file = tmp_path / "again.toml"
    studio.well("song", "export", "northern-lights", "-o", str(file))
    other = Terminal(tmp_path / "other")
    other.well("song", "import", str(file))
    mine, theirs = (one("queue", "--json").json for one in (studio, other))
    assert [row["hand_over"] for row in theirs] == [row["hand_over"] for row in mine]
    assert len(mine[0]["hand_over"]) == 2


@pytest.mark.parametrize(
    ("notes", "problem"),
    [
        ("3", "Expected `str | array`"),
        ('[{by = "Ada"}]', "text"),
        ('[{text = ""}]', "is empty"),
        ('[{text = "x", whom = "Ben"}]', "whom"),
        ('[{text = "x", at = "soon"}]', "at"),
        ('[{text = "x\\u0007"}]', "control character"),
        (f"[{MANY}]", "up to 20"),
    ],
)
def test_wrong_notes_are_refused_with_their_line(tmp_path: Path, notes: str, problem: str) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(f'title = "Fern"\n[[task]]\ntitle = "One"\nhand_over = {notes}\n')
    said = Terminal(tmp_path / "home")("song", "import", str(file))
    assert said.code == 1
    assert "hand_over" in said.err
    assert problem in said.err or problem.startswith("Expected")
