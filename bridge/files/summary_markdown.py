"""The summary of a sitting as Markdown: what a repository, a note or a chat shows as headings and lists.

What people wrote stays what they wrote: no character of it is markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import tzinfo

from bridge.core.sitting_account import Account
from bridge.files import summary_words as words
from bridge.files.summary_words import Line, Part

_MARKUP = re.compile(r"([\\`*_\[\]<>&|~$])")
_NUMBER = re.compile(r"\d{1,9}(?=[.)])")
"""What would begin a numbered list at the beginning of a line."""


def markdown(told: Account, tz: tzinfo | None) -> str:
    """Return the account as Markdown; `tz` is the zone of its times (None: the machine's)."""
    return "\n".join((*_lines(told, tz), ""))


def _lines(told: Account, tz: tzinfo | None) -> Iterator[str]:
    yield f"# {words.title(told, tz)}"
    yield ""
    yield _safe(words.lead(told))
    if remark := words.remark(told):
        yield ""
        yield remark  # ours: what stands between backticks is a command
    for part in words.parts(told):
        yield from ("", f"## {part.title}", "")
        yield from _listed(part)


def _listed(part: Part) -> Iterator[str]:
    for number, line in enumerate(part.lines, 1):
        bullet = f"{number}." if part.numbered else "-"
        yield f"{bullet} {_line(line)}"
        for note in line.notes:
            yield f"{' ' * len(bullet)} - {_safe(note)}"


def _line(line: Line) -> str:
    place = f" ({_safe(line.place)})" if line.place else ""
    detail = f": {_safe(line.detail)}" if line.detail else ""
    return f"{_safe(line.head)}{place}{detail}"


def _safe(text: str) -> str:
    """Return `text` with all that would be markup escaped."""
    escaped = _MARKUP.sub(r"\\\1", text)
    number = _NUMBER.match(escaped)
    if number is not None:
        return f"{number[0]}\\{escaped[number.end() :]}"
    return f"\\{escaped}" if escaped[:1] in tuple("-+=#:") else escaped
