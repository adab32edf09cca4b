"""Somebody at a terminal: a command on a pseudo-terminal, line by line, as over SSH."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Self


def _own_terminal() -> None:
    """Let the terminal be the command's own, so that Ctrl-C and a cut line reach it as signals."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class TerminalLine:
    """``songbridge WORDS…`` on a pseudo-terminal; ``text`` is all that it has shown."""

    def __init__(self, home: Path, *words: str, term: str = "dumb") -> None:
        self.text = ""
        self._home, self._words, self._term = home, words, term
        self._read_to = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._far = -1

    def __enter__(self) -> Self:
        self._far, near = pty.openpty()
        environ = {**os.environ, "TERM": self._term, "COLUMNS": "80", "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "bridge", *self._words, "--home", str(self._home)]
        self._process = subprocess.Popen(
            command,
            stdin=near,
            stdout=near,
            stderr=near,
            env=environ,
            start_new_session=True,
            preexec_fn=_own_terminal,  # noqa: PLW1509 - one call into the kernel, no lock is taken
        )
        os.close(near)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        if self._far >= 0:
            os.close(self._far)

    def shows(self, words: str, within: float = 20.0) -> bool:
        """Wait until `words` come after all that was waited for before, however they are wrapped."""
        until = time.monotonic() + within
        while (found := self._place(words)) is None:
            if time.monotonic() > until or not self._more(until - time.monotonic()):
                return False
        self._read_to = found
        return True

    def _place(self, words: str) -> int | None:
        """Return where `words` end, None where they are not."""
        pattern = r"\s+".join(re.escape(word) for word in words.split())
        match = re.compile(pattern).search(self.text, self._read_to)
        return match.end() if match else None

    def type(self, line: str) -> None:
        """Type a line and Enter."""
        self.keys(f"{line}\n".encode())

    def keys(self, data: bytes) -> None:
        """Type these bytes."""
        os.write(self._far, data)

    def hang_up(self) -> None:
        """Cut the line, as a lost SSH connection does."""
        os.close(self._far)
        self._far = -1

    def ended(self, within: float = 20.0) -> int:
        """Wait until the command has ended; return its exit code."""
        assert self._process is not None
        until = time.monotonic() + within
        while self._far >= 0 and self._more(until - time.monotonic()):
            pass
        return self._process.wait(max(0.1, until - time.monotonic()))

    def _more(self, within: float) -> bool:
        """Read what is there, or comes in time; tell whether there was something."""
        ready, _, _ = select.select([self._far], [], [], max(0.0, within))
        if not ready:
            return False
        try:
            data = os.read(self._far, 65536)
        except OSError:  # the near end was closed: Linux says so in this way
            return False
        self.text += data.decode(errors="replace").replace("\r\n", "\n")
        return bool(data)
