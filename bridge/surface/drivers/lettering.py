"""Text for displays that know ASCII, or only seven segments."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from bridge.errors import Invalid

if TYPE_CHECKING:
    from bridge.surface.profile import Display, Profile

_SPACE, _TILDE, _UNKNOWN = 0x20, 0x7E, 0x3F
_DOT = 0x40
_MINUS = "\N{MINUS SIGN}"

_PLAIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
    | {
        "đ": "d",
        "Đ": "D",
        "þ": "th",
        "Þ": "Th",
        "ð": "d",
        "Ð": "D",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    }
    | {"\N{LEFT SINGLE QUOTATION MARK}": "'", "\N{RIGHT SINGLE QUOTATION MARK}": "'"}
    | {"“": '"', "”": '"', "…": "...", "\N{MULTIPLICATION SIGN}": "x"}
    | dict.fromkeys(("\N{EN DASH}", "—", _MINUS), "-")
)
"""Letters and signs that Unicode doesn't take apart by itself (NFKD)."""


def check_end(profile: Profile, display: Display, most: int) -> None:
    """Refuse a display that goes beyond the `most` places that its driver can reach.

    Raises:
        Invalid: it does; beyond, messages would be others, or none at all.

    """
    if (end := display.offset + display.width) > most:
        raise Invalid(
            f"{profile.id}: the display {display.name} ends at {end} (offset and width); the driver "
            f"{profile.leds.driver} reaches {most} there"
        )


@lru_cache(maxsize=512)
def lcd(text: str, width: int) -> bytes:
    """Return `text` in printable ASCII, exactly `width` bytes; what has no likeness is ``?``."""
    codes = bytes(_ascii(letter) for letter in _apart(text))
    return codes[:width].ljust(width)


@lru_cache(maxsize=64)
def running(text: str, most: int) -> bytes:
    """Return `text` in printable ASCII to run over lights: 1 to `most` letters.

    A longer one ends after a whole word where it can; what has no likeness is left out.
    """
    known = (letter for letter in _apart(text) if ord(letter) <= _TILDE or letter.isspace())
    line = " ".join(bytes(map(_ascii, known)).decode("ascii").split())
    if len(line) > most:
        line = line[: most + 1].rpartition(" ")[0] or line[:most]
    return (line or "-").encode("ascii")


def _apart(text: str) -> Iterator[str]:
    """Yield letters without their accents, each as one or more of ASCII where there are such."""
    plain = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return (letter for letter in plain if not unicodedata.combining(letter))


def _ascii(letter: str) -> int:
    code = ord(letter)
    if letter.isspace() or code < _SPACE:
        return _SPACE
    return code if code <= _TILDE else _UNKNOWN


def segments(text: str, width: int) -> list[int]:
    """Return `text` as Mackie's digit codes, right-aligned in `width`; ``.`` and ``:`` are dots.

    A code is 0x20 to 0x3F as in ASCII, letters minus 0x40; plus 0x40 with the dot lit behind it.
    """
    codes: list[int] = []
    for letter in text.upper():
        if letter in ".:" and codes and codes[-1] < _DOT:
            codes[-1] += _DOT
        else:
            codes.append(_segment(letter))
    codes = codes[-width:] if width else []
    return [_SPACE] * (width - len(codes)) + codes


def _segment(letter: str) -> int:
    if letter in ".:":
        return _SPACE + _DOT
    code = ord("-") if letter == _MINUS else ord(letter)
    if _SPACE <= code < _DOT:
        return code
    return code - _DOT if _DOT <= code <= ord("_") else _SPACE
