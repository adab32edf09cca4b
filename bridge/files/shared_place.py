"""Shares on the disk: read, put together by song, and written, never over what is not older."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from bridge.core.sharing_entries import by_entry, other_instants, united
from bridge.core.sharing_merge import Share
from bridge.core.sharing_records import together
from bridge.errors import Invalid, InvalidFile, Unavailable
from bridge.files import shared
from bridge.files.exchange.sources import load
from bridge.files.new_file import write_new


def peeked(file: str) -> bytes:
    """Return what a file begins with, nothing where it is a folder. Raises `InvalidFile`."""
    path = Path(file)
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as stream:
            return stream.read(64)
    except (OSError, ValueError):  # whoever reads it whole says what is wrong
        return b""


def opened(file: str) -> Share:
    """Return the share in a file. Raises `InvalidFile`."""
    return shared.parsed(load(Path(file), file), file)


def by_song(shares: Sequence[Share]) -> list[Share]:
    """Return one share for each song: all that several files tell of it. Raises Invalid."""
    found: dict[str, Share] = {}
    for one in shares:
        other = found.get(one.known_as)
        found[one.known_as] = one if other is None else _united(other, one)
    return list(found.values())


def _united(one: Share, other: Share) -> Share:
    some, others = by_entry(one.records), by_entry(other.records)
    if other_instants(some, others):
        raise Invalid("these files come from copies of one home; merge one, then the other")
    newer = max(one, other, key=lambda share: share.at)
    seen = together(one.seen, other.seen)
    return Share(
        one.known_as, newer.title, tuple(united(some, others)), seen, newer.studio, newer.person,
        newer.at,
    )  # fmt: skip


def put(path: Path, file: str, share: Share, text: str) -> bool:
    """Write `text`, a share, into a file; tell whether it took the place of an older share of the song.

    Raises Unavailable where something else is there, or the disk can't take it.
    """
    try:
        if not os.path.lexists(path):
            write_new(path, text)
            return False
        _check_older(path, file, share)
        _write_over(path, text)
    except FileExistsError:
        raise Unavailable(f"{file} is there already; name another file with -o") from None
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise Unavailable(f"{file} can't be written: {reason}; name another with -o") from None
    return True


def _check_older(path: Path, file: str, share: Share) -> None:
    """Raise Unavailable unless all that the file says is in `share`."""
    try:
        old = shared.parsed(load(path, file), file)
    except InvalidFile:
        raise Unavailable(
            f"{file} is there already and is no share; name another with -o"
        ) from None
    known = by_entry(share.records).keys()  # another version may tell an entry in more records
    if old.known_as != share.known_as:
        raise Unavailable(f"{file} is the share of another song; name another file with -o")
    if by_entry(old.records).keys() - known:
        raise Unavailable(
            f"{file} tells of work that is not here; `songbridge song merge {file}` takes it in first"
        )


def _write_over(path: Path, text: str) -> None:
    part = path.with_name(f".songbridge-{os.getpid()}.part")
    try:
        with part.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
