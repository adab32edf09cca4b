"""The summary of a sitting as plain text of 72 columns: for a chat message, a mail, a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import tzinfo

from bridge.core.sitting_account import Account
from bridge.files import summary_words as words
from bridge.files.summary_words import Line, Part

COLUMNS = 72
"""What every mail program and chat shows without breaking a line."""


def text(told: Account, tz: tzinfo | None) -> str:
    """Return the account as text; `tz` is the zone of its times (None: the machine's)."""
    return "\n".join((*_lines(told, tz), ""))


def _lines(told: Account, tz: tzinfo | None) -> Iterator[str]:
    title = words.title(told, tz)
    yield title
    yield "=" * len(title)
    for sentence in filter(None, (words.lead(told), words.remark(told))):
        yield from _wrapped(sentence, "", "")
    for part in words.parts(told):
        yield from ("", part.title)
        yield from _listed(part)


def _listed(part: Part) -> Iterator[str]:
    for number, line in enumerate(part.lines, 1):
        bullet = f"{number}. " if part.numbered else "- "
        yield from _wrapped(_line(line), bullet, " " * len(bullet))
        for note in line.notes:
            yield from _wrapped(note, " " * len(bullet), " " * len(bullet))


def _line(line: Line) -> str:
    place = f" ({line.place})" if line.place else ""
    return f"{line.head}{place}" + (f": {line.detail}" if line.detail else "")


def _wrapped(sentence: str, first: str, other: str) -> Iterator[str]:
    """Yield `sentence` in lines; a word that is too long for one stays whole: it may be a link."""
    row, empty = first, True
    for word in sentence.split():
        if not empty and _width(row) + 1 + _width(word) > COLUMNS:
            yield row
            row, empty = other, True
        row += word if empty else f" {word}"
        empty = False
    yield row


def _width(text: str) -> int:
    """Return the columns that `text` takes: two for each wide sign, none for one set upon another."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) > 0 for c in text)
