"""How the interview is typed: a line at a time, with the terminal's own editing; words that lead about."""

from __future__ import annotations

import contextlib
import re
import shutil
import sys
import textwrap
from collections.abc import Callable

import click

from bridge.cli.learn_talk import Eof, Happening, Line, Talk
from bridge.cli.showing import plain
from bridge.errors import Invalid

BACK = ("<", "back")
"""What goes one question back."""

_ROW = re.compile(r"\s*\d+ {2,}(?:\S+ {2,}\S+(?: \S+)* {2,})?(?=\S)")
"""What stands before the words in a row of a list: a number, and of a task its minutes and section."""

CLEAR = "-"
"""What empties an answer that was given before."""


class Back(Exception):  # noqa: N818 - a wish, not an error
    """One question back."""


class Typed:
    """Lines of standard input, read when they are asked for: `bridge.cli.learn_talk.Coming`."""

    def __init__(self) -> None:
        if sys.stdin is not None and sys.stdin.isatty():
            with contextlib.suppress(ImportError):  # not on Windows, whose console edits by itself
                import readline  # noqa: F401, PLC0415 - loading it lets `input` edit

    def get(self, block: bool = True, timeout: float | None = None) -> Happening:  # noqa: ARG002 - the queue's
        """Return the next line; `Eof` at the end. Raises KeyboardInterrupt."""
        try:
            line = input()
        except (EOFError, OSError, ValueError):  # closed, gone, or no text
            return Eof()
        whole = line.encode("utf-8", "replace").decode()
        return Line("".join(c if c.isprintable() else " " for c in whole).strip())


def aloud(*, err: bool = False) -> Callable[[str], None]:
    """Return what prints a line; in a terminal, in several where its width needs them."""
    stream = sys.stderr if err else sys.stdout
    width = shutil.get_terminal_size().columns - 1 if stream.isatty() else None

    def say(line: str) -> None:
        row = _ROW.match(line)
        indent = " " * (row.end() if row else len(line) - len(line.lstrip()) + 2)
        rows = [line] if width is None else textwrap.wrap(line, width, subsequent_indent=indent)
        click.echo("\n".join(plain(row) for row in rows or [""]), err=err)

    return say


def talk(say: Callable[[str], None]) -> Talk:
    """Return a conversation over standard input and output."""
    return Talk(Typed(), say, typed=sys.stdin is not None and sys.stdin.isatty())


def ask(talk: Talk, question: str, present: str = "") -> str:
    """Return a line; Enter keeps what is `present`, ``-`` empties it. Raises `Back`, `Cancelled`."""
    said = talk.ask(question, present)
    if said.casefold() in BACK:
        raise Back
    return "" if said == CLEAR else said


def checked(talk: Talk, question: str, take: Callable[[str], None]) -> None:
    """Ask until Enter; `take` gets each line, and what it finds Invalid is said. Raises `Back`."""
    while line := ask(talk, question):
        try:
            take(line)
        except Invalid as wrong:
            talk.say(str(wrong))
