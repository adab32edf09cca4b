"""The terminal while the demo has it: keys one by one, a screen of its own, and both given back."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from typing import Protocol

from rich.console import Console
from rich.text import Text

from bridge.cli.demo_keys import Input, Key, Reader

_ENTER = "\x1b[?1049h\x1b[?25l\x1b[?1000h\x1b[?1006h\x1b[2J"
"""Another screen, no cursor, clicks reported (SGR): xterm's control sequences."""
_LEAVE = "\x1b[?1006l\x1b[?1000l\x1b[?25h\x1b[?1049l"
_CHUNK = 1024
_POLL = 0.01  # seconds between two looks at a Windows console, which can't be waited for


class Keyboard(Protocol):
    """Where keys and clicks come from."""

    def read(self, patience: float) -> list[Input]:
        """Return what was pressed, waiting at most `patience` seconds for the first."""


class Screen:
    """The terminal's picture: only rows that changed are written."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._rows: list[Text] = []
        self._size = (0, 0)

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows now, whatever the environment says they once were."""
        try:
            columns, rows = os.get_terminal_size(self._console.file.fileno())
        except (OSError, ValueError):
            columns = rows = 0
        shown = self._console.size  # for a terminal that doesn't tell
        return columns or shown.width, rows or shown.height

    def show(self, rows: list[Text]) -> None:
        """Let these be the rows, from the top."""
        out: list[str] = []
        size = self.size
        if size != self._size:
            self._size, self._rows = size, []
            out.append("\x1b[2J")
        for number, row in enumerate(rows):
            if number >= len(self._rows) or row != self._rows[number]:
                out.append(f"\x1b[{number + 1};1H{self._drawn(row)}\x1b[K")
        out += [f"\x1b[{n + 1};1H\x1b[K" for n in range(len(rows), len(self._rows))]
        self._rows = rows
        if out:
            self._console.file.write("".join(out))
            self._console.file.flush()

    def _drawn(self, row: Text) -> str:
        with self._console.capture() as drawn:
            width = row.cell_len + 1
            self._console.print(
                row, end="", no_wrap=True, overflow="ignore", crop=False, width=width
            )
        return drawn.get()


@contextlib.contextmanager
def taken(console: Console) -> Iterator[tuple[Screen, Keyboard]]:
    """Take the terminal; it is given back as it was, whatever happens."""
    with _keyboard() as keyboard:
        try:
            console.file.write(_ENTER)
            console.file.flush()
            yield Screen(console), keyboard
        finally:
            with contextlib.suppress(OSError):  # the terminal may be gone by now
                console.file.write(_LEAVE)
                console.file.flush()


if sys.platform == "win32":
    import msvcrt

    _NAMES = {"H": "up", "P": "down", "K": "left", "M": "right"} | {
        chr(ord(";") + n): f"f{n + 1}" for n in range(8)
    }

    class _Console:
        """Keys of a Windows console, which come by themselves and without an echo."""

        def read(self, patience: float) -> list[Input]:
            end = time.monotonic() + patience
            while not msvcrt.kbhit() and time.monotonic() < end:
                time.sleep(_POLL)
            found: list[Input] = []
            while msvcrt.kbhit():
                key = msvcrt.getwch()
                if key in ("\x00", "\xe0"):
                    key = _NAMES.get(msvcrt.getwch(), "")
                found += [Key(key)] if key else []
            return found

    @contextlib.contextmanager
    def _keyboard() -> Iterator[Keyboard]:
        yield _Console()

else:
    import select
    import termios

    class _Tty:
        """Keys of a POSIX terminal in character mode."""

        def __init__(self, handle: int) -> None:
            self._handle, self._reader = handle, Reader()

        def read(self, patience: float) -> list[Input]:
            if not select.select([self._handle], [], [], patience)[0]:
                return self._reader.feed(b"")
            try:
                data = os.read(self._handle, _CHUNK)
            except OSError:  # the terminal is gone
                data = b""
            return self._reader.feed(data) if data else [Key("x")]

    @contextlib.contextmanager
    def _keyboard() -> Iterator[Keyboard]:
        """Read keys one by one, unseen; Ctrl-C stays a signal, Ctrl-Z does nothing."""
        handle = sys.stdin.fileno()
        before = termios.tcgetattr(handle)
        ours = termios.tcgetattr(handle)
        ours[3] &= ~(termios.ICANON | termios.ECHO)
        ours[6][termios.VMIN], ours[6][termios.VTIME] = 1, 0
        ours[6][termios.VSUSP] = b"\x00"
        try:
            termios.tcsetattr(handle, termios.TCSANOW, ours)
            yield _Tty(handle)
        finally:
            with contextlib.suppress(termios.error):  # the terminal may be gone by now
                termios.tcflush(handle, termios.TCIFLUSH)  # a last click is no word for the shell
                termios.tcsetattr(handle, termios.TCSANOW, before)
