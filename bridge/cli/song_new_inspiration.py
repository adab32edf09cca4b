"""What inspires, as it is typed or dropped on a terminal: a note, a link, a file, a picture."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from bridge.cli.learn_talk import Talk
from bridge.cli.song_new_talk import ask
from bridge.files.fields import PROSE
from bridge.files.songs import ENTRIES

_LINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,}:(?://)?\S+")
_PATH = re.compile(r"(?:~?[/\\]|\.{1,2}[/\\]|~$|[A-Za-z]:[/\\])")
_ESCAPED = re.compile(r"\\([ ()&'\[\]!$\"])")
_ENDING = re.compile(r"\.[A-Za-z0-9]{2,5}")


def kept(line: str) -> tuple[str, bool]:
    """Return how `line` is kept, and whether it names a file that is not there.

    A file is kept as an absolute path, a link as it is; all else is a note. Quotation marks and
    backslashes that a terminal puts around a dropped file are taken off.
    """
    if _LINK.fullmatch(line) and not re.match(r"[A-Za-z]:[/\\]", line):
        return line, False
    bare = line[1:-1] if len(line) > 1 and line[0] == line[-1] and line[0] in "\"'" else line
    for written in dict.fromkeys((bare, _ESCAPED.sub(r"\1", bare))):
        if (path := _file(written)) is not None:
            return str(path), False
    return line, bool(_PATH.match(bare) and (_ENDING.search(bare) or "/" in bare[1:]))


def _file(written: str) -> Path | None:
    """Return the file or folder of that name as an absolute path, None where there is none.

    A single word is a note, though a folder may be called so.
    """
    if not (_PATH.match(written) or _ENDING.search(written)):
        return None
    try:
        path = Path(written).expanduser().absolute()
        return path if path.exists() else None
    except (OSError, RuntimeError, ValueError):
        return None


def gather(talk: Talk, present: tuple[str, ...], keep: Callable[[tuple[str, ...]], None]) -> None:
    """Ask for inspiration, as much as there is; `keep` gets all of it after each line.

    Raises `Back`, `Cancelled`.
    """
    found = list(present)
    for line in found:
        talk.say(f"  · {line}")
    question = "Inspiration: a note, a link, a file or a picture, one a line (Enter: no more)"
    while said := ask(talk, question):
        question = "and? (Enter: no more, drop 1: without the first)"
        if (dropped := re.fullmatch(r"drop ([0-9]{1,3})", said)) is not None:
            _drop(talk, found, int(dropped[1]))
            keep(tuple(found))
            continue
        line, missing = kept(said)
        if missing and not talk.yes(f"There is no file {line}; keep it as a note?", default=False):
            continue
        if len(line) > PROSE or len(found) >= ENTRIES:
            talk.say(f"up to {ENTRIES} are kept, of up to {PROSE} characters each")
            continue
        found.append(line)
        keep(tuple(found))


def _drop(talk: Talk, found: list[str], number: int) -> None:
    if 1 <= number <= len(found):
        talk.say(f"without {found.pop(number - 1)}")
    else:
        talk.say(f"there are {len(found)} so far")
