"""What is wrong is told in one line, by its exit code, and changes nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bridge.cli import status
from tests.standins.command import Terminal
from tests.standins.powerless import without_privileges

SONG = """
title = "Northern Lights"
[[task]]
title = "Write chord progression"
budget = "20m"
"""


@pytest.fixture
def studio(tmp_path: Path) -> Terminal:
    files = {
        "song.toml": SONG,
        "broken.toml": "title = ",
        "unknown.toml": 'title = "x"\nstaeg = "mixing"\n',
        "soon.toml": 'title = "x"\n[[task]]\ntitle = "y"\nbudget = "soon"\n',
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    terminal = Terminal(tmp_path / "home")
    terminal.well("song", "import", str(tmp_path / "song.toml"))
    return terminal


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("complete", "no task"),
        ("resume", "paused"),
        ("start 99", "the queue has no position 99"),
        ("start northern-light.1", "did you mean"),
        ("do song nothing", "there is no song 'nothing'"),
        ("stage nowhere", "the stages are"),
        ("prep maybe", "on, off or toggle"),
        ("song import {}/broken.toml", "broken.toml:1"),
        ("song import {}/unknown.toml", "did you mean"),
        ("song import {}/soon.toml", '"soon"'),
        ("song import {}/missing.toml", "missing.toml"),
        ("song import {}", ""),
        ("song import {}/song.toml", "already"),
        ("song export nothing", "there is no song 'nothing'"),
        ("song export northern-lights -o {}/no/such/folder.toml", "can't be written"),
        ("song show nothing", "there is no song"),
        ("task add Sing --budget soon", '"soon" is not a duration'),
        ("task add Sing --song nothing", "there is no song"),
        ("task add Sing --section drums", "no section 'drums'"),
        ("task edit 1 --budget 1s", "1m to 24h"),
        ("task add Sing --budget 5", "is 5s; a box lasts from 1m to 24h; did you mean 5m?"),
        ("task edit 9 --title x", "no position 9"),
        ("task move 1 1", "stands there already"),
        ("task move 1 7", "no position 7"),
        ("task list --song nothing", "there is no song"),
        ("goal done 1 plenty", "is no share"),
        ("goal done 1 140%", "is no share"),
        ("goal clear 1", "changes nothing"),
        ("goal done 2", "goal 2 is not set"),
        ("log --since yesterday", "is not a duration"),
        ("monitor", "songbridge up"),
    ],
)
def test_what_makes_no_sense_is_one_line_and_changes_nothing(
    studio: Terminal, tmp_path: Path, words: str, told: str
) -> None:
    before = studio.well("log", "--json")
    said = studio(*words.format(tmp_path).split())
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1), said
    assert told in said.err
    assert studio.well("log", "--json") == before


@pytest.mark.parametrize(
    "words",
    [
        "fly",
        "do",
        "do fly",
        "complete 5",
        "select",
        "note",
        "stage",
        "status --jsn",
        "queue now",
        "song",
        "song import",
        "song improt a.toml b.toml",
        "task add",
        "task edit 1",
        "task move 1 first",
        "task move 1 0",
        "task add Sing --position 0",
        "goal set 4 more",
        "log -n some",
        "up --port 5",
    ],
)
def test_wrong_usage_is_exit_2_and_changes_nothing(studio: Terminal, words: str) -> None:
    before = studio.well("log", "--json")
    said = studio(*words.split())
    assert said.code == 2, said
    assert "Traceback" not in said.err
    assert studio.well("log", "--json") == before


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ("[timer\n", "config.toml:1"),
        ("[timer]\ngrase = 5\n", "did you mean"),
        ('[timer]\ngrace = "soon"\n', "timer.grace"),
        ('[http]\nlisten = "0.0.0.0:7708"\n', "token"),
    ],
)
@pytest.mark.parametrize("command", ["status", "start", "queue", "song list", "up"])
def test_a_wrong_configuration_is_told_with_file_and_key(
    studio: Terminal, config: str, told: str, command: str
) -> None:
    (studio.home / "config.toml").write_text(config, encoding="utf-8")
    said = studio(*command.split())
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1), said
    assert told in said.err


@pytest.mark.parametrize("inside", ["", "deeper/still"])
@pytest.mark.parametrize("command", ["start", "status", "queue", "song list", "doctor", "config"])
def test_a_home_that_is_a_file_is_told(tmp_path: Path, command: str, inside: str) -> None:
    (tmp_path / "home").write_text("", encoding="utf-8")
    said = Terminal(tmp_path / "home" / inside)(*command.split())
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1), said
    assert f"{tmp_path / 'home'} is a file; name a folder" in said.err


@pytest.mark.needs("posix")
def test_a_pipe_is_no_song(studio: Terminal, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    said = studio("song", "import", str(tmp_path / "pipe.toml"))
    assert (said.code, said.out) == (1, "")
    assert said.err.endswith("pipe.toml: is no ordinary file; save it as one\n")


def test_a_defect_is_one_line_and_its_details_lie_in_the_log(
    studio: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_state: object) -> None:
        raise ZeroDivisionError("on purpose\nin two lines")

    monkeypatch.setattr(status, "_lines", broken)
    said = studio("status")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "this is a defect in Songbridge: ZeroDivisionError" in said.err
    assert "Traceback" in (studio.home / "songbridge.log").read_text("utf-8")


@pytest.mark.parametrize(("error", "code"), [(KeyboardInterrupt, 130), (BrokenPipeError, 141)])
def test_an_end_from_outside_is_quiet(
    studio: Terminal, monkeypatch: pytest.MonkeyPatch, error: type[BaseException], code: int
) -> None:
    def ended(_state: object) -> None:
        raise error

    monkeypatch.setattr(status, "_lines", ended)
    said = studio("status")
    assert (said.code, said.out, said.err) == (code, "", "")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("complet", "did you mean 'complete'?"),
        ("stat", "did you mean 'status'?"),
        ("task ad Sing", "did you mean 'add'?"),
        ("xyzzy", "there is no command 'xyzzy'; --help lists them"),
    ],
)
def test_a_misspelt_command_is_asked_about(studio: Terminal, words: str, told: str) -> None:
    said = studio(*words.split())
    assert said.code == 2
    assert said.err.strip().endswith(told)


def test_a_break_that_is_paused_is_told_as_a_break(studio: Terminal) -> None:
    studio.well("break")
    assert "this is a break; resume ends it" in studio("pause").err


def test_an_empty_queue_is_not_started_but_filled(studio: Terminal, tmp_path: Path) -> None:
    assert "`songbridge start` takes the first" in studio.well("status")
    said = Terminal(tmp_path / "empty").well("status")
    assert "`songbridge start`" not in said
    assert "the queue is empty; `songbridge song new` fills it" in said


def test_songs_that_rest_are_remembered_where_none_is_in_hand(studio: Terminal) -> None:
    studio.well("rest")
    said = studio.well("status")
    assert "no song is in hand; `songbridge song list` shows which rest" in said


@pytest.mark.needs("posix")
def test_a_home_that_can_only_be_read_can_be_looked_at() -> None:
    with without_privileges() as home:
        studio = Terminal(home)
        (home / "song.toml").write_text(SONG, encoding="utf-8")
        studio.well("song", "import", str(home / "song.toml"))
        before = {path.name: path.read_bytes() for path in home.iterdir()}
        home.chmod(0o500)
        try:
            assert "Write chord progression" in studio.well("queue")
            assert "Northern Lights" in studio.well("status")
            assert "Northern Lights" in studio.well("song", "export", "northern-lights")
            assert "Northern Lights" in studio.well("log")
            assert "is read-only" in studio("start").err
        finally:
            home.chmod(0o700)
        assert {path.name: path.read_bytes() for path in home.iterdir()} == before
