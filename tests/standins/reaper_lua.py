"""A REAPER for scripts: real Lua, and of REAPER's API what our actions use.

`ExecProcess` starts the command line really, in this process, with its words split as POSIX and as
Windows would; the console keeps what is shown. ``late`` commands are started, and done in `finish`.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lupa.lua54 import LuaRuntime


@dataclass
class ReaperLua:
    """Runs scripts; ``command`` is what a command line's words (without the program) do."""

    command: Callable[[Sequence[str]], object]
    starts: bool = True
    late: bool = False
    typed: str | None = None
    console: list[str] = field(default_factory=list)
    started: list[tuple[str, int]] = field(default_factory=list)
    now: float = 1234.5

    def __post_init__(self) -> None:
        self._lua = LuaRuntime(unpack_returned_tuples=True)
        self._deferred: list[Any] = []
        self._waiting: list[list[str]] = []
        self._script = Path()
        api = {
            "ExecProcess": self._exec,
            "ShowConsoleMsg": self.console.append,
            "get_action_context": lambda: (True, str(self._script), 0, 1, -1, -1, -1.0, ""),
            "time_precise": lambda: self.now,
            "defer": self._deferred.append,
            "GetUserInputs": lambda *_: (self.typed is not None, self.typed or ""),
        }
        self._lua.globals().reaper = self._lua.table_from(api)

    def run(self, script: Path) -> None:
        """Run an action, and what it defers until it defers nothing or time stands still."""
        self._script = script
        self._lua.execute(script.read_text("utf-8"))
        self.pass_time(0.0)

    def pass_time(self, seconds: float) -> None:
        """Let REAPER's timer run once after so long, 30 times for what comes at once."""
        self.now += seconds
        for _ in range(30):
            due, self._deferred[:] = list(self._deferred), []
            for one in due:
                one()

    def finish(self) -> None:
        """Have the late commands done."""
        waiting, self._waiting = self._waiting, []
        for words in waiting:
            self.command(words)

    def _exec(self, line: str, timeout: int) -> str | None:
        self.started.append((line, timeout))
        if not self.starts:
            return None
        words = split(line)
        if self.late:
            self._waiting.append(words)
        else:
            self.command(words)
        return "0\n"


def split(line: str) -> list[str]:
    """Return the words behind the program, the same on every system."""
    words = shlex.split(line)
    windows = [word.strip('"') for word in shlex.split(line, posix=False)]
    assert words == windows, f"means different things on different systems: {line}"
    return words[1:]
