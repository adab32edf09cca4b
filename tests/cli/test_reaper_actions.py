"""REAPER's actions that send to Songbridge, in a real Lua, against the command line itself."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from bridge.cli.daw_act import decoded
from bridge.files import install_reaper, shipped
from tests.standins.command import Terminal
from tests.standins.reaper_lua import ReaperLua

ACTIONS = shipped.examples() / "reaper" / "actions"
SONG = (
    'title = "Fog"\n[map]\n[[task]]\ntitle = "Chords (20m)"\nsection = "composition"\n'
    '[[task]]\ntitle = "Bass (10m)"\nsection = "mixing"\n'
)


class Desk:
    """REAPER with the actions in a folder whose name is as hard as can be, beside a studio."""

    def __init__(self, tmp_path: Path) -> None:
        self.folder = tmp_path / "Ada's 100% $HOME & `Résumé` _2F"
        shutil.copytree(ACTIONS, self.folder)
        self.terminal = Terminal(tmp_path / "home")
        song = tmp_path / "fog.toml"
        song.write_text(SONG, encoding="utf-8")
        self.terminal.well("song", "import", str(song))
        self.reaper = ReaperLua(self._run)

    def _run(self, words: Sequence[str]) -> None:
        self.terminal(*words)

    def press(self, name: str) -> str:
        """Run an action; return what stands in the console then."""
        before = len(self.reaper.console)
        self.reaper.run(self.folder / f"songbridge_{name}.lua")
        return "".join(self.reaper.console[before:])

    @property
    def status(self) -> dict[str, object]:
        found: dict[str, object] = self.terminal("status", "--json").json
        return found

    @property
    def left(self) -> list[str]:
        return [file.name for file in self.folder.iterdir() if file.suffix != ".lua"]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def titles(desk: Desk) -> list[str]:
    queue = desk.status["queue"]
    assert isinstance(queue, list)
    return [task["title"] for task in queue]


def log(desk: Desk) -> str:
    return desk.terminal.well("log")


def test_a_task_is_started_paused_extended_and_done_from_reaper(desk: Desk) -> None:
    for name, state in (("toggle", "running"), ("toggle", "paused"), ("toggle", "running")):
        assert desk.press(name) == ""
        timer = desk.status["timer"]
        assert isinstance(timer, dict)
        assert timer["state"] == state
    for name, budget in (("extend", 1500.0), ("shorten", 1200.0)):
        assert desk.press(name) == ""
        timer = desk.status["timer"]
        assert isinstance(timer, dict)
        assert timer["budget_s"] == budget
    assert desk.press("complete") == ""
    assert titles(desk) == ["Bass"]
    assert desk.left == []


@pytest.mark.parametrize(
    ("name", "queue"),
    [("skip", ["Bass"]), ("later", ["Bass", "Chords"]), ("mark", ["Chords", "Bass"])],
)
def test_what_an_action_does_to_the_queue(desk: Desk, name: str, queue: list[str]) -> None:
    desk.press("toggle")
    assert desk.press(name) == ""
    assert titles(desk) == queue


def test_undo_back_break_and_end_reach_the_journal(desk: Desk) -> None:
    desk.press("toggle")
    desk.press("later")
    assert titles(desk) == ["Bass", "Chords"]
    assert desk.press("back") == ""
    assert titles(desk) == ["Chords", "Bass"]
    assert desk.press("undo") == ""
    assert titles(desk) == ["Bass", "Chords"]
    assert desk.press("break") == ""
    timer = desk.status["timer"]
    assert isinstance(timer, dict)
    assert timer["state"] == "break"
    assert desk.press("end") == ""
    assert list((desk.terminal.home / "sittings").iterdir())


def test_a_note_arrives_whatever_is_typed(desk: Desk) -> None:
    typed = 'the "bass" is 100% too loud; $HOME, `ls`, _2F & ünïcode'
    desk.reaper.typed = typed
    assert desk.press("note") == ""
    assert typed in log(desk)


@pytest.mark.parametrize("typed", [None, "", "  "])
def test_a_note_that_was_not_written_sends_nothing(desk: Desk, typed: str | None) -> None:
    desk.reaper.typed = typed
    assert desk.press("note") == ""
    assert desk.reaper.started == []


def test_what_is_refused_stands_in_the_console_in_one_sentence(desk: Desk) -> None:
    said = desk.press("complete")
    assert said.startswith("Songbridge: ")
    assert said.count("\n") == 1
    assert desk.terminal("complete").err.strip() in said
    assert desk.left == []


def test_reaper_never_waits_for_the_program(desk: Desk) -> None:
    desk.reaper.late = True
    assert desk.press("toggle") == ""
    assert {timeout for _, timeout in desk.reaper.started} == {-2}
    desk.reaper.pass_time(3.0)
    assert desk.reaper.console == []
    desk.reaper.finish()
    desk.reaper.pass_time(0.1)
    assert (desk.reaper.console, desk.left) == ([], [])


def test_a_program_that_never_answers_is_told_once(desk: Desk) -> None:
    desk.reaper.late = True
    desk.press("toggle")
    desk.reaper.pass_time(10.1)
    desk.reaper.pass_time(10.1)
    assert desk.reaper.console == [
        "Songbridge: no answer from songbridge within 10 s: is it installed there?\n"
    ]


def test_a_program_that_is_not_there_is_told_with_what_to_do(desk: Desk) -> None:
    desk.reaper.starts = False
    assert "songbridge daw install reaper" in desk.press("toggle")


def test_every_shipped_action_has_a_title_and_every_action_is_worth_one() -> None:
    lines = install_reaper.action_lines((ACTIONS,))
    assert len(lines) == len(list(ACTIONS.glob("songbridge_*.lua")))
    assert all('"Songbridge: ' in line for line in lines)


def test_the_installed_sender_calls_the_program_by_its_whole_path(desk: Desk) -> None:
    home = desk.folder.parent / "my studio"
    line = install_reaper.command(("C:/Song Bridge/songbridge.exe",), str(home))
    sender = desk.folder / install_reaper.SENDER
    sender.write_bytes(install_reaper.with_command(sender.read_bytes(), line))
    desk.press("toggle")
    started = desk.reaper.started[0][0]
    assert started.startswith(f'"C:/Song Bridge/songbridge.exe" "--home" "{home}" daw act ')
    assert (home / "journal.db").exists()


def test_codes_are_read_as_they_were_meant_whoever_wrote_them() -> None:
    assert decoded("C_3A_2Fx_C3_BC_5F") == "C:/xü_"
    assert decoded("_zz_") == "_zz_"
    assert decoded("_FF") == "\ufffd"
