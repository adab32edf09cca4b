"""Single fields of a document: what a schema can't tell of a text, a name, a duration, a colour.

Each takes the document and the key, and raises `InvalidFile` through `Document.error`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from bridge.core import durations
from bridge.core.decide_timer import SHORTEST_BOX
from bridge.core.model import Section
from bridge.errors import Invalid
from bridge.files.toml_faults import found, unknown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bridge.files.toml import Document, KeyPath
    from bridge.messages import Colour

NAME = 40
"""Characters in the name of a section, a stage or a person: more fits on no pad or strip."""

TITLE = 200
"""Characters in a title."""

PROSE = 4000
"""Characters in an answer or a note of the song map: about two pages."""

SECTIONS = 16
"""Sections of one song: more colours can't be told apart on a pad."""

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_CONTROLS = ("Cc", "Zl", "Zp")


def line(document: Document, key: KeyPath, text: str, *, most: int = TITLE) -> str:
    """Return `text` as one line without white space around it, not empty, of `most` characters."""
    return _text(document, key, text, most, breaks="", what="one line of text")


def optional(document: Document, key: KeyPath, text: str, *, most: int = NAME) -> str:
    """Return what `line` returns, or the empty text."""
    return line(document, key, text, most=most) if text.strip() else ""


def prose(document: Document, key: KeyPath, text: str, *, empty: bool = True) -> str:
    """Return `text` of one or more lines without white space around it; it may be `empty`."""
    if empty and not text.strip():
        return ""
    return _text(document, key, text, PROSE, breaks="\n\t", what="text")


def named(document: Document, key: KeyPath, name: str, allowed: Sequence[str]) -> str:
    """Return the one of `allowed` that `name` means, whatever its case."""
    wanted = name.strip().casefold()
    for one in allowed:
        if one.casefold() == wanted:
            return one
    raise document.error(key, f"found {found(name)}; {unknown(name, allowed)}")


def duration(
    document: Document,
    key: KeyPath,
    value: str | float,
    *,
    least: float = 0.0,
    longest: float = durations.LONGEST,
) -> float:
    """Return the seconds that `value` means, from `least` to `longest`."""
    try:
        seconds = durations.parse(value, longest=longest)
    except Invalid as refused:
        raise document.error(key, str(refused)) from None
    if seconds < least:
        raise document.error(
            key, f"found {found(value)}; allowed: {durations.words(least)} or more"
        )
    return seconds


def budget(document: Document, key: KeyPath, value: str | float) -> float:
    """Return the seconds of a task's box that `value` means, from a minute to a day."""
    try:
        seconds = durations.parse(value)
    except Invalid as refused:
        raise document.error(key, str(refused)) from None
    if not SHORTEST_BOX <= seconds <= durations.LONGEST:
        meant = durations.minutes_meant(seconds)
        raise document.error(key, f"found {found(value)}; allowed: 1m to 24h{meant}")
    return seconds


def colour(document: Document, key: KeyPath, text: str) -> Colour:
    """Return `text` as ``"#RRGGBB"`` in upper case."""
    if not _COLOUR.fullmatch(text):
        raise document.error(key, f'found {found(text)}; allowed: a colour such as "#3FA7FF"')
    return text.upper()


def at_most(document: Document, key: KeyPath, entries: Sequence[object], most: int) -> None:
    """Refuse a list of more than `most` entries."""
    if len(entries) > most:
        raise document.error(key, f"has {len(entries)} entries; allowed: up to {most}")


def sections(document: Document, table: Mapping[str, str]) -> tuple[Section, ...]:
    """Return the table ``[sections]`` (name = colour) in its order."""
    at_most(document, ("sections",), list(table), SECTIONS)
    names: dict[str, str] = {}
    listed = []
    for written, shade in table.items():
        key = ("sections", written)
        name = line(document, key, written, most=NAME)
        if (twin := names.setdefault(name.casefold(), written)) != written:
            raise document.error(key, f"is the same section as {found(twin)}; keep one of them")
        listed.append(Section(name, colour(document, key, shade)))
    return tuple(listed)


def _text(document: Document, key: KeyPath, text: str, most: int, *, breaks: str, what: str) -> str:
    text = text.strip()
    if not text:
        raise document.error(key, f"is empty; needed: {what}")
    if len(text) > most:
        raise document.error(key, f"has {len(text)} characters; allowed: up to {most}")
    for character in text:
        if unicodedata.category(character) in _CONTROLS and character not in breaks:
            code = f"U+{ord(character):04X}"
            raise document.error(key, f"holds the control character {code}; allowed: {what}")
    return text
