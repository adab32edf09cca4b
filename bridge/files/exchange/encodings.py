"""Bytes as text: UTF-8, UTF-16 as spreadsheets save it, and, said so, what older ones save."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bridge.errors import InvalidFile

_MARKS: Final = (
    (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip
_LOOKED_AT = 2000  # bytes that show whether every second one is null
_MOSTLY = 0.4  # of them, as in any European language
_OLD: Final = "cp1252"
_STRANGE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_AROUND = re.compile(r"\w*[^\W\x00-\x7f]\w*|[^\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and in a sentence each what was taken on trust to read it."""

    text: str
    notes: tuple[str, ...] = ()


def decoded(data: bytes, file: str, *, strict: bool = False) -> Decoded:
    """Return the text in `data`; `strict`: UTF-8 or marked UTF-16 alone. Raises `InvalidFile`."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    silent = "" if marked or strict else _unmarked(data)
    name = marked or silent or "utf-8"
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        older = None if strict or name != "utf-8" else _older(data, file, error.start)
        if older is not None:
            return older
        raise _wrong(data, file, error) from None
    notes = (f"{file}: is {silent.upper()} without its mark, and was read so",) if silent else ()
    return _without_nulls(Decoded(text, notes), file)


def peeked(head: bytes) -> str:
    """Return the beginning of a file as text, whatever it is in; for a look at it alone."""
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), "")
    return head.decode(marked or _unmarked(head) or "utf-8", "replace").removeprefix("\ufeff")


def _unmarked(data: bytes) -> str:
    """Return the kind of UTF-16 that `data` shows to be without a mark, empty for none."""
    head = data[:_LOOKED_AT]
    half = len(head) // 2
    if not half:
        return ""
    even, odd = head[::2].count(0) / half, head[1::2].count(0) / half
    if odd > _MOSTLY and even < odd / 4:
        return "utf-16-le"
    return "utf-16-be" if even > _MOSTLY and odd < even / 4 else ""


def _older(data: bytes, file: str, start: int) -> Decoded | None:
    """Return `data` as Windows-1252, None where it is no text in that, either."""
    try:
        text = data.decode(_OLD)
    except UnicodeDecodeError:
        return None
    if _STRANGE.search(text):
        return None
    line = data.count(b"\n", 0, start) + 1
    word = found[0][:40] if (found := _AROUND.search(text)) else ""
    trust = f'read as Windows-1252, so look whether "{word}" is right; else save it as UTF-8'
    return Decoded(text, (f"{file}:{line}: is not UTF-8; {trust}",))


def _without_nulls(read: Decoded, file: str) -> Decoded:
    """Return the text without null characters, which a disk's fault leaves and no plan has."""
    if "\0" not in read.text:
        return read
    line = read.text.count("\n", 0, read.text.index("\0")) + 1
    many = read.text.count("\0")
    told = f"{file}:{line}: null characters were left out ({many} of them)"
    return Decoded(read.text.replace("\0", ""), (*read.notes, told))


def _wrong(data: bytes, file: str, error: UnicodeDecodeError) -> InvalidFile:
    line = data.count(b"\n", 0, error.start) + 1
    kind = "UTF-8" if error.encoding == "utf-8" else error.encoding.upper()
    problem = f"is not {kind} text (byte 0x{data[error.start]:02X}); save it as UTF-8"
    return InvalidFile(file, problem, line=line)
