"""Quiet hours as people write them: ``22:00-07:00``, ``sat 10:00-12:00``, ``mon-fri 9:00-17:00``, ``sun``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bridge.core.quiet import DAY, DAYS, Minute, Span
from bridge.files import fields
from bridge.files.toml_faults import found, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bridge.files.toml import Document, KeyPath

_MOST = 32
_TEXT = 80  # characters: all seven days and a time
_ALLOWED = 'allowed: such as "22:00-07:00", "sat,sun 10:00-12:00", "mon-fri 9:00-17:00" or "sun"'
_TIMES = re.compile(r"([0-9]{1,2}):([0-9]{2}) *- *([0-9]{1,2}):([0-9]{2})$")
_LONG = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip


def spans(document: Document, key: KeyPath, written: str | list[str]) -> tuple[Span, ...]:
    """Return spans of minutes of the week; one over midnight belongs to the day it begins on."""
    if isinstance(written, str):
        return tuple(_spans(document, key, written)) if written.strip() else ()
    fields.at_most(document, key, written, _MOST)
    return tuple(span for n, one in enumerate(written) for span in _spans(document, (*key, n), one))


def _spans(document: Document, key: KeyPath, written: str) -> Iterator[Span]:
    text = fields.line(document, key, written, most=_TEXT).casefold()
    times = _TIMES.search(text)
    begins, ends = 0, DAY
    if times is not None:
        begins, ends = _minute(times[1], times[2]), _minute(times[3], times[4])
        if begins >= DAY or ends > DAY or int(times[2]) > 59 or int(times[4]) > 59:  # noqa: PLR2004 - minutes
            raise document.error(key, f"found {found(written)}; {_ALLOWED}")
        if begins == ends:
            problem = f"found {found(written)}, which is no time at all; a whole day: 00:00-24:00"
            raise document.error(key, problem)
    days = text[: times.start()].strip() if times else text
    for day in _days(document, key, written, days) if days else range(7):
        start = day * DAY
        yield start + begins, start + ends + (DAY if ends <= begins else 0)


def _minute(hour: str, minute: str) -> Minute:
    return int(hour) * 60 + int(minute)


def _days(document: Document, key: KeyPath, written: str, text: str) -> list[int]:
    """Return the days of ``sat,sun`` or ``fri-mon``, from 0 for Monday."""
    days: list[int] = []
    for part in text.split(","):
        first, dash, last = (word.strip() for word in part.partition("-"))
        begin = _day(document, key, written, first)
        end = _day(document, key, written, last) if dash else begin
        days += [(begin + step) % 7 for step in range((end - begin) % 7 + 1)]
    return sorted(set(days))


def _day(document: Document, key: KeyPath, written: str, word: str) -> int:
    for number, names in enumerate(zip(DAYS, _LONG, strict=True)):
        if word in names:
            return number
    if not word.isalpha():
        raise document.error(key, f"found {found(written)}; {_ALLOWED}")
    raise document.error(key, f"found {found(word)}; {unknown(word, DAYS)}")
