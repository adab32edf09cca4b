"""Somebody who types at a terminal, over weeks: each command is the real one, only the clock is set.

The terminal is a pseudo-terminal of 80 columns; what is kept of it is what a person would see there.
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import shlex
import socket
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.standins.clocked import INSTANTS
from tests.standins.patience import PATIENCE

COLUMNS: Final = 80
_ROWS = 60
_GLANCE = 0.005  # seconds between two looks at whether a question is being asked
_STYLE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a command has shown, prompts and answers too, and how it ended."""

    code: int
    raw: str

    @property
    def text(self) -> str:
        """What is to be read there, without colours and without blanks at line ends."""
        lines = _STYLE.sub("", self.raw).replace("\r\n", "\n").split("\n")
        return "\n".join(line.rstrip() for line in lines).strip("\n")


class Clock:
    """The clock of all commands and services: it stands until it is set."""

    def __init__(self, at: float) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the desk
        self._file.write(INSTANTS.pack(at, 0.0, 0))
        self._file.flush()
        self.at = at

    def fileno(self) -> int:
        return self._file.fileno()

    def close(self) -> None:
        self._file.close()

    def set(self, at: float) -> None:
        assert at >= self.at, "this story doesn't go back in time"
        self.at = at
        os.pwrite(self._file.fileno(), struct.pack("=d", at), 0)

    def is_reached(self) -> bool:
        (reached,) = struct.unpack("=d", os.pread(self._file.fileno(), 8, 8))
        return bool(reached >= self.at)


class Terminal:
    """One terminal window: a pseudo-terminal with a command on it."""

    def __init__(self) -> None:
        self.far, self.near = pty.openpty()
        fcntl.ioctl(self.near, termios.TIOCSWINSZ, struct.pack("HHHH", _ROWS, COLUMNS, 0, 0))
        self.text = ""
        self._typed = 0

    def close(self) -> None:
        os.close(self.far)

    def until(self, words: str) -> None:
        """Read until `words` are shown after what was typed last."""
        while words not in self.text[self._typed :]:
            assert self.more(), f"{words!r} never came: {self.text!r}"

    def answer(self, line: str) -> None:
        """Type a line and Enter, once the command waits for it: as a person does, who reads first."""
        until = time.monotonic() + PATIENCE
        while termios.tcgetattr(self.far)[3] & termios.ECHO:  # a line editor echoes by itself
            assert time.monotonic() < until, f"nothing is asked: {self.text!r}"
            self.more(_GLANCE)
        self._typed = len(self.text)
        os.write(self.far, f"{line}\n".encode())

    def more(self, within: float = PATIENCE) -> bool:
        """Read what is there or comes in time; tell whether there was something."""
        ready, _, _ = select.select([self.far], [], [], within)
        if not ready:
            return False
        try:
            data = os.read(self.far, 65536)
        except OSError:  # Linux: the other end was closed
            return False
        self.text += data.decode(errors="replace")
        return bool(data)


class Desk:
    """Where commands are typed, each in the folder that is ``HOME`` in `environ`, its whole environment."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._line, theirs = socket.socketpair()
        words = [sys.executable, "-m", "tests.standins.clocked", f"{theirs.fileno()}"]
        self._server = subprocess.Popen(
            [*words, f"{clock.fileno()}"],
            pass_fds=(theirs.fileno(), clock.fileno()),
            cwd=Path(__file__).parent.parent.parent,
            env={**os.environ, "TZ": "UTC0"},
            stdin=subprocess.DEVNULL,
        )
        theirs.close()

    def close(self) -> None:
        self._line.close()
        self._server.wait(PATIENCE)

    def type(
        self, environ: dict[str, str], words: Sequence[str], answers: Sequence[tuple[str, str]] = ()
    ) -> Shown:
        """Run a command to its end, and give each of `answers` when its question is shown."""
        terminal = Terminal()
        try:
            pid = self._begin(terminal, environ, words)
            for question, answer in answers:
                terminal.until(question)
                terminal.answer(answer)
            while terminal.more():
                pass
        finally:
            terminal.close()
        code = self._ask({"wait": pid})["code"]
        return Shown(code, terminal.text)

    def _begin(self, terminal: Terminal, environ: dict[str, str], words: Sequence[str]) -> int:
        asked = {"run": list(words), "environ": environ, "folder": environ["HOME"]}
        pid = self._ask(asked, terminal.near)["pid"]
        os.close(terminal.near)
        return int(pid)

    def _ask(self, asked: Mapping[str, object], *fds: int) -> dict[str, Any]:
        socket.send_fds(self._line, [json.dumps(asked).encode()], list(fds))
        answer: dict[str, Any] = json.loads(self._line.recv(1 << 16))
        return answer

    @contextmanager
    def serving(self, environ: dict[str, str]) -> Iterator[Terminal]:
        """Run the service in a second terminal until the end of the ``with``."""
        terminal = Terminal()
        pid = self._begin(terminal, environ, ["up"])
        terminal.until("process")
        self.wait_for_service()
        try:
            yield terminal
        finally:
            os.write(terminal.far, b"\x03")
            while terminal.more():
                pass
            terminal.close()
            code = self._ask({"wait": pid})["code"]
            assert code == 0, terminal.text

    def wait_for_service(self) -> None:
        """Wait until the service has done all that was due by now."""
        until = time.monotonic() + PATIENCE
        while not self.clock.is_reached():
            assert time.monotonic() < until, "the service stands still"
            time.sleep(0.001)


def words_of(line: str) -> list[str]:
    """Return a command line's words as a shell splits them."""
    return shlex.split(line)
