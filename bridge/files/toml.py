"""TOML in, by schema: one sentence with file, line and key for whatever is wrong.

Schemas are msgspec Structs with ``forbid_unknown_fields=True``. Syntax and types are told here;
what only the reader of a file can know (two controls on one message, a budget of "soon") goes
through `Document.error`, so that it reads the same::

    document = open_document(path)
    song = document.convert(SongFile)
    raise document.error(("task", 2, "budget"), 'found "soon"; allowed: a duration such as "25m"')

tomllib reads (faster than tomlkit, and it tells the line of a syntax error); tomlkit writes.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from bridge.errors import InvalidFile
from bridge.files.toml_faults import fault, plain
from bridge.files.toml_lines import KeyPath, lines

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Document", "KeyPath", "dotted", "line_of", "load", "open_document", "parse", "read"]

T = TypeVar("T")

LARGEST = 16 * 1024 * 1024
"""Bytes. A song of 2,000 tasks is about 200 KB; more than this is some other kind of file."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_KINDER = {
    "Cannot overwrite a value": "the same key is given twice, or is both a value and a table",
    "Cannot mutate immutable namespace": "a table that is already complete is added to",
}


@dataclass(frozen=True, slots=True)
class Document:
    """A TOML text with its values and its name for messages (as the user gave it)."""

    text: str
    file: str
    data: dict[str, Any]

    def error(self, key: KeyPath, problem: str) -> InvalidFile:
        """Make the error for `key`; ``problem`` says what was found and what is allowed.

        The line is the key's own, or its nearest parent's when the key is not there.
        """
        return InvalidFile(self.file, problem, key=dotted(key), line=line_of(self.text, key))

    def convert(self, schema: type[T]) -> T:
        """Return the values as `schema`.

        Raises `InvalidFile` for the first key that is unknown, missing or of a wrong kind.
        """
        try:
            return msgspec.convert(self.data, schema, strict=True)
        except msgspec.ValidationError as refused:
            wrong = fault(self.data, schema)
            key, problem = (wrong.key, wrong.problem) if wrong else ((), plain(str(refused)))
            raise self.error(key, problem) from None
        except RecursionError:
            raise self.error((), "is nested too deeply") from None


def load(path: Path, schema: type[T], *, shown: str | None = None) -> T:
    """Read the file at `path` as `schema`; messages name it `shown`, or as `path`.

    Raises `InvalidFile`, never `OSError`.
    """
    return open_document(path, shown=shown).convert(schema)


def parse(text: str, schema: type[T], file: str) -> T:
    """Return `text` as `schema`; messages name it `file`. Raises `InvalidFile`."""
    return read(text, file).convert(schema)


def open_document(path: Path, *, shown: str | None = None) -> Document:
    """Read the file at `path` without a schema. Raises `InvalidFile`, never `OSError`."""
    file = shown if shown is not None else str(path)
    return read(_decode(_bytes(path, file), file), file)


def read(text: str, file: str) -> Document:
    """Return `text` (a byte order mark and CRLF are fine) as a document. Raises `InvalidFile`."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        text.encode()
        return Document(text, file, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise _syntax(text, file, str(error)) from None
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise InvalidFile(file, "half a character (a lone surrogate)", line=line) from None
    except RecursionError:
        raise InvalidFile(file, "is nested too deeply") from None
    except ValueError:  # a number of more than 4300 digits, which Python won't read
        raise InvalidFile(file, "holds a number too long to read") from None


def line_of(text: str, key: KeyPath) -> int | None:
    """Return the line, from 1, of `key` in a valid TOML text, or that of its nearest parent.

    None when not even a parent has a line of its own: the root, or a text that is not TOML.
    """
    try:
        found = lines(text.replace("\r\n", "\n"))
    except RecursionError:
        return None
    parents = (key[:length] for length in range(len(key), 0, -1))
    return next((found[parent] for parent in parents if parent in found), None)


def dotted(key: KeyPath) -> str:
    """Write a key path as a user reads it, list items counted from 1: ``task[2].budget``."""
    path = ""
    for part in key:
        if isinstance(part, int):
            path += f"[{part + 1}]"
        else:
            name = part if _BARE.fullmatch(part) else f'"{plain(part)}"'
            path += f".{name}" if path else name
    return path


def _bytes(path: Path, file: str) -> bytes:
    try:
        if path.is_dir():
            raise InvalidFile(file, "is a folder; a file is needed")
        if path.exists() and not path.is_file():  # a pipe would keep us waiting, a device for ever
            raise InvalidFile(file, "is no ordinary file; save it as one")
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise InvalidFile(file, "does not exist") from None
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise InvalidFile(file, f"cannot be read: {reason}") from None
    if len(data) > LARGEST:
        raise InvalidFile(file, f"is larger than {LARGEST // 1024 // 1024} MiB; no such file is")
    return data


def _decode(data: bytes, file: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"is not UTF-8 text (byte 0x{data[error.start]:02X}); save it as UTF-8"
        raise InvalidFile(file, problem, line=line) from None


def _syntax(text: str, file: str, told: str) -> InvalidFile:
    """Translate tomllib's message, whose place stands at its end."""
    place = _PLACE.search(told)
    words = told[: place.start()] if place else told
    words = _KINDER.get(words, words[:1].lower() + words[1:])
    column = f" (column {place[2]})" if place and place[2] else ""
    line = int(place[1]) if place and place[1] else text.rstrip("\n").count("\n") + 1
    return InvalidFile(file, f"is not valid TOML: {words}{column}", line=line)
