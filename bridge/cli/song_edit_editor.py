"""The user's editor, as git finds it, and a file in it until what it holds can be read."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from bridge.errors import Invalid, Unavailable
from bridge.files.drafts import put
from bridge.files.song_sheet import annotated, cleared

T = TypeVar("T")

_WINDOWS = os.name == "nt"
_USUAL = ("notepad",) if _WINDOWS else ("nano", "vi", "vim")
_EXAMPLE = "set EDITOR=notepad" if _WINDOWS else "export EDITOR=nano"


class Left(Exception):  # noqa: N818 - no error: somebody changed their mind
    """The file was closed as it was while it is still wrong."""

    def __init__(self, fault: Invalid) -> None:
        self.fault = fault
        super().__init__(str(fault))


class Failed(Unavailable):
    """The editor could not be opened, or said itself that it failed."""


def chosen(environ: Mapping[str, str], *, typed: bool) -> str:
    """Return the editor's command: VISUAL, EDITOR, or a usual one where there is a terminal.

    Raises `Unavailable` when there is none.
    """
    for name in ("VISUAL", "EDITOR"):
        if command := environ.get(name, "").strip():
            return command
    found = next((one for one in _USUAL if shutil.which(one)), None)
    if found is None or not typed:
        where = "no editor was found" if typed else "there is no terminal to edit in"
        raise Unavailable(f"{where}; say which editor to open, for example: {_EXAMPLE}")
    return found


def until_right(
    command: str, path: Path, read: Callable[[str], T], *, typed: bool, say: Callable[[str], None]
) -> T:
    """Open `path` until `read` takes what it holds; what is wrong stands in it as a comment.

    Raises `Left` when it is closed unchanged while it is wrong, or when nobody is there to change it;
    `Failed` when the editor can't be opened, `Unavailable` when the file can't be read.
    """
    while True:
        before = _text(path)
        _open(command, path)
        text = _text(path)
        plain = cleared(text)
        try:
            return read(plain)
        except Invalid as fault:
            put(path, annotated(plain, fault))
            if not typed or cleared(before) == plain != before:
                raise Left(fault) from None
            say(
                f"{fault}; the editor opens again, with a comment there (close it unchanged to leave)"
            )


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig", "replace")
    except OSError as error:
        raise Unavailable(f"{path} can't be read: {error.strerror or error}") from None


def _open(command: str, path: Path) -> None:
    try:
        with _undisturbed():
            done = subprocess.run(_words(command, path), check=False, shell=_WINDOWS)  # noqa: S603 - the user's own editor
    except OSError as error:
        raise Failed(
            f"the editor {command!r} can't be opened: {error.strerror or error}; "
            f"say which to open, for example: {_EXAMPLE}"
        ) from None
    if done.returncode:
        raise Failed(
            f"the editor {command!r} ended with {done.returncode}; say which to open, "
            f"for example: {_EXAMPLE}"
        )


def _words(command: str, path: Path) -> list[str] | str:
    """Return what to run: a program with spaces in its name as one, else a command with arguments."""
    if Path(command).is_file():
        return [command, str(path)]
    if _WINDOWS:
        return f'{command} "{path}"'
    return ["/bin/sh", "-c", f'{command} "$@"', "editor", str(path)]


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Leave Ctrl-C to the editor, which has the terminal."""
    if sys.platform == "win32":
        yield
        return
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
