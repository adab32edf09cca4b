"""Where each key of a TOML text stands: tomllib gives values without places, this finds the places.

The scanner runs only after tomllib has accepted the text and only when there is an error to tell,
so it trusts the grammar and is never on a fast path. Line ends are line feeds alone.
"""

from __future__ import annotations

import re
from typing import TypeAlias

KeyPath: TypeAlias = tuple[str | int, ...]
"""Keys and list indices (from 0) from the root: ``("task", 2, "budget")``."""

_DEEPEST = 32
"""Keys in one dotted key that get a line; deeper ones share their parent's."""

_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LITERAL = re.compile(r"'([^'\n]*)'")
_BASIC = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
_LONG = re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}' + r"|'''(?:[^']|'(?!''))*'{3,5}", re.DOTALL)
_SCALAR = re.compile(r"[^,\]}\n#]*")
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


def lines(text: str) -> dict[KeyPath, int]:
    """Return the line, from 1, of every key, table and list item of a valid TOML text."""
    return _Scanner(text).run()


def _unescape(match: re.Match[str]) -> str:
    code = match[1]
    return chr(int(code[1:], 16)) if code[0] in "uU" else _ESCAPES.get(code, code)


class _Scanner:
    """One pass over one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line, self._counted = 1, 0
        self._found: dict[KeyPath, int] = {}
        self._lengths: dict[KeyPath, int] = {}

    def run(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        self._skip(_BLANK)
        while self._at < len(self._text):
            if self._peek("["):
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BLANK)
        return self._found

    def _peek(self, start: str) -> bool:
        return self._text.startswith(start, self._at)

    def _skip(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self._text, self._at)
        if match is not None:
            self._at = match.end()
        return match

    def _mark(self, path: KeyPath) -> None:
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        for length in range(1, len(path) + 1):
            self._found.setdefault(path[:length], self._line)

    def _header(self) -> KeyPath:
        """Read ``[a.b]`` or ``[[a.b]]``; the tables of a list are counted as they come."""
        listed = self._peek("[[")
        self._at += 2 if listed else 1
        keys = self._keys()
        path: KeyPath = ()
        for key in keys[:-1]:
            path = self._last((*path, key))
        path = (*path, keys[-1])
        if listed:
            self._lengths[path] = self._lengths.get(path, 0) + 1
        path = self._last(path)
        self._mark(path)
        self._at += 2 if listed else 1
        return path

    def _last(self, path: KeyPath) -> KeyPath:
        length = self._lengths.get(path)
        return path if length is None else (*path, length - 1)

    def _keys(self) -> list[str]:
        keys = [self._key()]
        while self._peek("."):
            self._at += 1
            keys.append(self._key())
        return keys[:_DEEPEST]

    def _key(self) -> str:
        self._skip(_SPACE)
        if match := self._skip(_BASIC):
            key = _ESCAPE.sub(_unescape, match[1])
        elif match := self._skip(_LITERAL):
            key = match[1]
        else:
            match = self._skip(_BARE)
            if match is None:  # not valid TOML after all: end the scan, keep what was found
                self._at = len(self._text)
            key = match[0] if match else ""
        self._skip(_SPACE)
        return key

    def _pair(self, table: KeyPath) -> None:
        self._skip(_BLANK)
        start = self._at
        path = (*table, *self._keys())
        end, self._at = self._at, start
        self._mark(path)
        self._at = end + 1  # the equals sign
        self._skip(_SPACE)
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        if self._peek("["):
            self._items(path)
        elif self._peek("{"):
            self._inline(path)
        elif not (self._skip(_LONG) or self._skip(_BASIC) or self._skip(_LITERAL)):
            self._skip(_SCALAR)

    def _items(self, path: KeyPath) -> None:
        self._at += 1
        index = 0
        while self._more("]"):
            self._mark((*path, index))
            self._value((*path, index))
            index += 1

    def _inline(self, path: KeyPath) -> None:
        self._at += 1
        while self._more("}"):
            self._pair(path)

    def _more(self, end: str) -> bool:
        """Skip blanks and a comma; tell whether another item follows before `end`, else pass it."""
        self._skip(_BLANK)
        if self._peek(","):
            self._at += 1
            self._skip(_BLANK)
        if self._at < len(self._text) and not self._peek(end):
            return True
        self._at += 1
        return False
