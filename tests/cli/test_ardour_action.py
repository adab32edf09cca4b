"""Ardour's action that sends to Songbridge, in a real Lua, against the command line itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lupa.lua54 import LuaRuntime

from bridge.files import install_ardour, shipped
from bridge.files.config import Config
from tests.standins.command import Terminal

SHIPPED = shipped.examples() / "ardour"
HARD = ('C:/Song "Bridge"\\new/songbridge', "--home", "D:/möy studio")


class Ardour:
    """Runs the script as Ardour does: the chunk, then ``factory``, then what that gives."""

    def __init__(self, terminal: Terminal) -> None:
        self.started: list[tuple[str, ...]] = []
        self._terminal = terminal
        self._lua = LuaRuntime()
        self._lua.globals().os.forkexec = self._start

    def _start(self, *words: str) -> bool:
        self.started.append(words)
        self._terminal(*words[words.index("do") :])
        return False

    def press(self, source: str, action: str | None) -> None:
        chunk: Any = self._lua.execute(f"function ardour () end\n{source}\nreturn factory")
        given = self._lua.table_from({} if action is None else {"action": action})
        chunk(given)()


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    terminal = Terminal(tmp_path / "home")
    song = tmp_path / "fog.toml"
    song.write_text(
        'title = "Fog"\n[[task]]\ntitle = "Chords (20m)"\nsection = "mixing"\n', "utf-8"
    )
    terminal.well("song", "import", str(song))
    return terminal


def budget(terminal: Terminal) -> tuple[str, float]:
    timer = terminal("status", "--json").json["timer"]
    return timer["state"], timer["budget_s"]


def test_a_key_in_ardour_starts_a_task_and_gives_it_time(terminal: Terminal) -> None:
    ardour = Ardour(terminal)
    source = (SHIPPED / install_ardour.ACTION).read_text("utf-8")
    ardour.press(source, None)
    ardour.press(source, "extend 5m")
    assert budget(terminal) == ("running", 1500.0)
    assert ardour.started[1] == ("/usr/bin/env", "songbridge", "do", "extend", "5m")


def test_the_installed_script_calls_the_program_word_by_word(
    tmp_path: Path, terminal: Terminal
) -> None:
    folder = tmp_path / "ardour8"
    folder.mkdir()
    wish = install_ardour.Wish(folder, SHIPPED, HARD, Config(), tmp_path / "config.toml")
    _, steps = install_ardour.plan(wish, tmp_path / "installed")
    (step,) = (step for step in steps if step.role == "script")
    assert step.after is not None
    ardour = Ardour(terminal)
    ardour.press(step.after.decode(), "toggle")
    assert ardour.started == [(*HARD, "do", "toggle")]
    assert budget(terminal)[0] == "running"
