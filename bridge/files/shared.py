"""A song with its history as one text file: what `song share` writes and `song merge` reads.

The first line names the form and its version; lines with ``#`` are for people; then one line of JSON
about the whole, one for each record, and the SHA-256 of all that stands before it. Whatever comes
from outside is hostile: sizes, depth and types are checked, and a file that is wrong is refused whole.
"""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import msgspec

from bridge.core.sharing_check import checked
from bridge.core.sharing_merge import Share, counted
from bridge.core.sharing_records import Record, canonical, is_studio, read
from bridge.errors import Invalid, InvalidFile

if TYPE_CHECKING:
    from collections.abc import Iterable

ENDING: Final = ".songbridge"
FIRST: Final = "songbridge-share"
VERSION: Final = 1
LARGEST: Final = 8 << 20
"""Bytes of a share, some 30,000 records: what comes of it goes through the service in one request (16 MiB)."""

_RECORDS: Final = 100_000
_LINE: Final = 1 << 16
_SUM: Final = "sha256 "


class _Head(msgspec.Struct):
    song: str
    title: str
    records: int
    seen: dict[str, int]
    studio: str = ""
    person: str = ""
    at: float = 0.0


def is_share(data: bytes) -> bool:
    """Tell whether a file begins as a share does."""
    return data[:64].removeprefix(b"\xef\xbb\xbf").startswith(FIRST.encode())


def written(share: Share) -> str:
    """Return a share as the text of a file. Raises Invalid where it is larger than one may be."""
    head = {
        "song": share.known_as, "title": share.title, "records": len(share.records),
        "seen": dict(share.seen), "studio": share.studio, "person": share.person,
        "at": round(share.at, 3),
    }  # fmt: skip
    body = "".join(f"{one}\n" for one in (*_remarks(share), canonical(head)))
    body = f"{FIRST} {VERSION}\n{body}" + "".join(f"{one.line}\n" for one in share.records)
    size = len(body.encode())
    if size > LARGEST or len(share.records) > _RECORDS:
        raise Invalid(
            f"the history of {share.title!r} has {len(share.records)} records in {size >> 20} MiB;"
            f" a share holds {_RECORDS} in {LARGEST >> 20} MiB; `song export` carries the song without it"
        )
    return f"{body}{_SUM}{sha256(body.encode()).hexdigest()}\n"


def _remarks(share: Share) -> Iterable[str]:
    day = datetime.fromtimestamp(share.at, UTC).strftime("%Y-%m-%d %H:%M UTC")
    by = f" by {share.person}" if share.person else ""
    many = ", ".join(f"{n} by {who or 'nobody named'}" for who, n in counted(share.records).items())
    lines = (
        f"{share.title}: a song with its history, shared{by} on {day}",
        f"{len(share.records)} records: {many}",
        "To take it in: songbridge song merge FILE. Not to be edited: the last line is a sum of the rest.",
    )
    return [f"# {''.join(c if c.isprintable() else ' ' for c in line)}" for line in lines]


def parsed(data: bytes, file: str) -> Share:
    """Return the share that a file holds. Raises `InvalidFile` for anything that is wrong in it."""
    lines = _lines(data, file)
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line and not line.startswith("#")]
    if len(numbered) < 2:  # noqa: PLR2004 - the first line and the head
        raise InvalidFile(file, "is cut short: its head is missing; ask for it again")
    head = _head(numbered[1][1], file, numbered[1][0])
    if len(numbered) - 2 != head.records:
        found = len(numbered) - 2
        raise InvalidFile(
            file, f"holds {found} records, but tells of {head.records}; ask for it again"
        )
    records = tuple(_record(line, file, n) for n, line in numbered[2:])
    if len({one.id for one in records}) < len(records):
        raise InvalidFile(file, "holds two records of one id; ask for it again")
    if not any(one.data.get("born") and not one.of for one in records):
        raise InvalidFile(file, "does not tell how its song began; ask for it again")
    return Share(
        head.song, _title(head.title), records, head.seen, head.studio, _title(head.person), head.at
    )


def _lines(data: bytes, file: str) -> list[str]:
    if len(data) > LARGEST + 100:
        raise InvalidFile(file, f"is larger than {LARGEST >> 20} MiB; no share is")
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise InvalidFile(file, "is damaged: it is not UTF-8 text; ask for it again") from None
    lines = text.split("\n")
    _check_version(lines[0], file)
    body, found, told = text.rstrip("\n").rpartition("\n" + _SUM)
    if not found or sha256((body + "\n").encode()).hexdigest() != told.strip():
        raise InvalidFile(
            file, "is damaged or was edited: its last line does not fit the rest; ask for it again"
        )
    return body.split("\n")


def _check_version(first: str, file: str) -> None:
    name, _, version = first.strip().partition(" ")
    if name != FIRST or not (version.isascii() and version.isdigit() and len(version) <= 9):  # noqa: PLR2004 - digits of a version
        raise InvalidFile(file, f'is no share: its first line is not "{FIRST} {VERSION}"')
    if int(version) > VERSION:
        raise InvalidFile(
            file,
            f"is of version {version}, this Songbridge reads version {VERSION}: a newer Songbridge"
            " wrote it; install that one, or ask for `song export`",
        )


def _head(line: str, file: str, number: int) -> _Head:
    try:
        head = msgspec.json.decode(line, type=_Head)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise InvalidFile(file, f"the head can't be read: {error}", line=number) from None
    song, _, seq = head.song.partition("/")
    named = is_studio(song) and seq.isascii() and seq.isdigit() and len(seq) < 17  # noqa: PLR2004 - digits of a number
    known = all(is_studio(name) and 0 <= at < 1 << 53 for name, at in head.seen.items())
    if not (named and known and _title(head.title) and head.records <= _RECORDS):
        raise InvalidFile(file, "the head makes no sense; ask for it again", line=number)
    return head


def _record(line: str, file: str, number: int) -> Record:
    if len(line) > _LINE:
        raise InvalidFile(file, f"a record has at most {_LINE} characters", line=number)
    try:
        return checked(read(line))
    except Invalid as wrong:
        raise InvalidFile(file, str(wrong), line=number) from None


def _title(text: Any) -> str:  # noqa: ANN401 - a text from outside
    return " ".join("".join(c if c.isprintable() else " " for c in str(text)[:200]).split())
