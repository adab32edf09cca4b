"""MIDI messages as profiles write them: hexadecimal, and patterns of what a device may send."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bridge.files.toml_faults import found

if TYPE_CHECKING:
    from bridge.files.toml import Document, KeyPath

_BYTES = r"(?:[0-9A-Fa-f]{2}|\?\?|\*)"
_PATTERN = re.compile(rf"{_BYTES}(?: {_BYTES})*")
_SYSEX, _SYSEX_END, _STATUS, _SYSTEM = 0xF0, 0xF7, 0x80, 0xF0
_LONGEST = {0x80: 3, 0x90: 3, 0xA0: 3, 0xB0: 3, 0xC0: 2, 0xD0: 2, 0xE0: 3}

ALTERNATIVE = " | "
"""Stands between the patterns of one text."""


def messages(document: Document, key: KeyPath, texts: list[str]) -> tuple[bytes, ...]:
    """Return a list of complete MIDI messages. Raises `InvalidFile`."""
    return tuple(message(document, (*key, place), text) for place, text in enumerate(texts))


def sysex_header(document: Document, key: KeyPath, text: str) -> bytes:
    """Return the beginning of a SysEx message, empty for none. Raises `InvalidFile`."""
    header = _hex(document, key, text)
    if header and (header[0] != _SYSEX or max(header[1:], default=0) >= _STATUS):
        raise document.error(key, f"found {found(text)}; allowed: F0 and the bytes after it, no F7")
    return header


def check_pattern(document: Document, key: KeyPath, text: str) -> None:
    """Refuse what is no pattern of messages. Raises `InvalidFile`."""
    for one in text.split(ALTERNATIVE):
        if not _PATTERN.fullmatch(one):
            raise document.error(
                key,
                f"found {found(text)}; allowed: bytes such as F0 7E, ?? for any byte, * for any "
                "number of them, and | between patterns",
            )


def message(document: Document, key: KeyPath, text: str) -> bytes:
    """Return one complete MIDI message. Raises `InvalidFile`."""
    data = _hex(document, key, text)
    if not _complete(data):
        raise document.error(
            key,
            f"found {found(text)}; allowed: one whole MIDI message, SysEx from F0 to F7 or a "
            "status byte with its data",
        )
    return data


def _complete(data: bytes) -> bool:
    if len(data) < 2 or max(data[1:-1], default=0) >= _STATUS:  # noqa: PLR2004 - status and data
        return False
    if data[0] == _SYSEX:
        return data[-1] == _SYSEX_END
    return len(data) == _LONGEST.get(data[0] & _SYSTEM) and data[-1] < _STATUS


def _hex(document: Document, key: KeyPath, text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise document.error(
            key, f"found {found(text)}; allowed: bytes in hexadecimal such as F0 00 20 29"
        ) from None
