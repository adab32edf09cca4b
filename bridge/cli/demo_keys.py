"""What a terminal sends, as keys and clicks, and which control of the device each key presses. Pure."""

from __future__ import annotations

import codecs
import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

FIRST_ROW, SECOND_ROW = "12345678", "qwrtyiop"
"""Keys of the queue's first two rows: the figures, and the letters below that mean nothing else."""

DEEDS: Final = " cslebmu"
"""Keys of row 7, left to right, by the first letters of what they do; the space bar toggles."""

_SHIFTED = "!@#$%^&*"  # the figures with shift, on a US keyboard
_ARROWS = {"A": "up", "B": "down", "C": "right", "D": "left"}
_FUNCTIONS = {11: 1, 12: 2, 13: 3, 14: 4, 15: 5, 17: 6, 18: 7, 19: 8}  # xterm's "ESC [ 11 ~"
_ESCAPE = "\x1b"
_LEFT_BUTTON = 0


@dataclass(frozen=True, slots=True)
class Key:
    """A key by its character or name (``up``, ``f1``); ``alt`` with the Alt key."""

    name: str
    alt: bool = False


@dataclass(frozen=True, slots=True)
class Click:
    """The left mouse button at a column and row (from 0), going down or coming up."""

    column: int
    row: int
    down: bool


Input: TypeAlias = Key | Click


def _pressed() -> Mapping[str, str]:
    keys = {key: f"pad.1.{n}" for n, key in enumerate(FIRST_ROW, 1)}
    keys |= {key: f"pad.2.{n}" for n, key in enumerate(SECOND_ROW, 1)}
    keys |= {key: f"pad.7.{n}" for n, key in enumerate(DEEDS, 1)}
    keys |= {f"f{n}": f"side.{n}" for n in range(1, 9)}
    return keys | {arrow: arrow for arrow in _ARROWS.values()}


PRESSED: Mapping[str, str] = _pressed()
"""Controls by the key that presses them."""


def _held() -> Mapping[str, str]:
    keys = {key: f"pad.1.{n}" for n, key in enumerate(_SHIFTED, 1)}
    return keys | {key.upper(): f"pad.2.{n}" for n, key in enumerate(SECOND_ROW, 1)}


HELD: Mapping[str, str] = _held()
"""Controls by the key that holds them: the same one with shift."""

KEY_OF: Mapping[str, str] = {control: key for key, control in PRESSED.items()}
"""Keys by control."""


class Reader:
    """Takes a terminal's bytes, however they are cut, and returns keys and clicks."""

    def __init__(self) -> None:
        self._text = ""
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode

    def feed(self, data: bytes) -> list[Input]:
        """Return what `data` completes; with no data, what was waited for is given up."""
        self._text += self._decode(data)
        found: list[Input] = []
        while self._text:
            size = _length(self._text)
            if not size:
                if data:
                    break
                size = len(self._text)
            told = _meaning(self._text[:size])
            self._text = self._text[size:]
            if told is not None:
                found.append(told)
        return found


def _length(text: str) -> int:
    """Return how many characters the first key takes, 0 when its end is not there yet."""
    if text[0] != _ESCAPE:
        return 1
    if text[1:2] == "[":
        end = next((n for n, c in enumerate(text[2:], 2) if "@" <= c <= "~"), -1)
        return end + 1
    return (3 if text[1:2] == "O" else 2) * (len(text) >= (3 if text[1:2] == "O" else 2))


def _meaning(text: str) -> Input | None:
    if text[0] != _ESCAPE:
        return Key(text)
    if text[1:3] == "[<":
        return _click(text[3:])
    if text[1:2] in ("[", "O") and text[-1:] in _ARROWS:
        return Key(_ARROWS[text[-1]])
    if text[1:2] == "O" and text[2:3] in "PQRS":
        return Key(f"f{'PQRS'.index(text[2]) + 1}")
    if text[-1:] == "~":
        number = int(text[2:-1]) if text[2:-1].isdecimal() else 0
        return Key(f"f{_FUNCTIONS[number]}") if number in _FUNCTIONS else None
    return Key(text[1], alt=True) if len(text) == len(_ESCAPE) + 1 else None


def _click(text: str) -> Click | None:
    """Return the click of an SGR mouse report, ``0;12;7M``; only the left button counts."""
    with contextlib.suppress(ValueError):
        button, column, row = (int(part) for part in text[:-1].split(";"))
        if button == _LEFT_BUTTON:
            return Click(column - 1, row - 1, text[-1] == "M")
    return None
