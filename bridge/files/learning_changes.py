"""What `learn` wrote, with what stood there before: written whole or not at all, and taken back.

Each change is a folder of its own under ``learnt`` in the home: the former files byte for byte, and
``change.json`` on where they belong.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from bridge.errors import Unavailable
from bridge.files import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable

DEEP = 20
"""Changes that can be taken back, the newest first; older ones are forgotten."""

_PRIVATE = 0o700  # as the home's own folders
_CARD = "change.json"


@dataclass(frozen=True, slots=True)
class Write:
    """A file's new text, and its bytes as they were read before (None: it was not there)."""

    path: Path
    text: str
    before: bytes | None


class _File(msgspec.Struct, frozen=True):
    """One file of a change; ``backup`` is its copy's name, empty where there was no file."""

    path: str
    backup: str
    after: str


class _Card(msgspec.Struct, frozen=True):
    what: str
    files: list[_File]


@dataclass(frozen=True, slots=True)
class Change:
    """A change that can be taken back; ``touched`` are files that were changed since, by others."""

    what: str
    folder: Path
    paths: tuple[Path, ...]
    touched: tuple[Path, ...]


def read(path: Path) -> bytes | None:
    """Return a file's bytes, None where there is none. Raises `Unavailable`."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Unavailable(f"{path} cannot be read: {error.strerror or error}") from None


def make(folder: Path, what: str, writes: Iterable[Write]) -> None:
    """Keep what stands in the files, then write them; `what` is a sentence on the change.

    Raises `Unavailable`, with every file as it was, where one can't be written, was changed since
    it was read, or is one that comes with Songbridge. So it is as well when the user interrupts.
    """
    todo = [Write(_real(one.path), one.text, one.before) for one in writes]
    for one in todo:
        _refuse_shipped(one.path)
        if read(one.path) != one.before:
            raise Unavailable(
                f"{one.path} was changed meanwhile; nothing was written, so try again"
            )
    kept = _keep(folder, what, todo)
    done: list[Write] = []
    try:
        for one in todo:
            one.path.parent.mkdir(_PRIVATE, parents=True, exist_ok=True)
            done.append(one)
            _put(one.path, one.text.encode())
    except BaseException as error:
        for one in done:
            _back(one.path, one.before)
        shutil.rmtree(kept, ignore_errors=True)
        if not isinstance(error, OSError):
            raise
        raise Unavailable(f"{one.path} can't be written: {error.strerror or error}") from None
    for old in _folders(folder)[:-DEEP]:
        shutil.rmtree(old, ignore_errors=True)


def last(folder: Path) -> Change | None:
    """Return the newest change that can be taken back, None when there is none."""
    for one in reversed(_folders(folder)):
        card = _card(one)
        if card is not None:
            paths = tuple(Path(file.path) for file in card.files)
            touched = tuple(Path(f.path) for f in card.files if _sum(read(Path(f.path))) != f.after)
            return Change(card.what, one, paths, touched)
    return None


def take_back(change: Change) -> None:
    """Write every file of `change` as it was before, byte for byte. Raises `Unavailable`."""
    card = _card(change.folder)
    try:
        for file in card.files if card else ():
            before = (change.folder / file.backup).read_bytes() if file.backup else None
            _restore(Path(file.path), before)
    except OSError as error:
        what = error.strerror or error
        raise Unavailable(
            f"{error.filename or change.folder}: {what}; nothing more was undone"
        ) from None
    shutil.rmtree(change.folder, ignore_errors=True)


def _keep(folder: Path, what: str, writes: list[Write]) -> Path:
    """Make the change's own folder, whole or not at all; return it."""
    numbers = [int(one.name) for one in _folders(folder)]
    kept = folder / f"{max(numbers, default=0) + 1:04}"
    part = folder / f".part-{os.getpid()}"
    shutil.rmtree(part, ignore_errors=True)  # of a process that was killed
    try:
        part.mkdir(_PRIVATE, parents=True)
        files = []
        for place, one in enumerate(writes):
            backup = "" if one.before is None else f"{place}-{one.path.name}"
            if one.before is not None:
                (part / backup).write_bytes(one.before)
            files.append(_File(str(one.path), backup, _sum(one.text.encode())))
        (part / _CARD).write_bytes(msgspec.json.encode(_Card(what, files)))
        part.rename(kept)
    except BaseException as error:
        shutil.rmtree(part, ignore_errors=True)
        if not isinstance(error, OSError):
            raise
        raise Unavailable(
            f"the former files can't be kept in {folder}: {error.strerror or error};"
            " nothing was changed"
        ) from None
    return kept


def _folders(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    there = (one for one in folder.iterdir() if one.name.isdecimal() and one.is_dir())
    return sorted(there, key=lambda one: int(one.name))


def _card(folder: Path) -> _Card | None:
    try:
        return msgspec.json.decode((folder / _CARD).read_bytes(), type=_Card)
    except (OSError, msgspec.MsgspecError):
        return None


def _sum(data: bytes | None) -> str:
    return "" if data is None else hashlib.sha256(data).hexdigest()


def _real(path: Path) -> Path:
    """Return where links lead: the file itself is changed, and stays linked."""
    return Path(os.path.realpath(path))


def _refuse_shipped(path: Path) -> None:
    """Refuse a file that comes with Songbridge, to which a link of the user's may lead."""
    folders = (Path(os.path.realpath(one)) for one in (*shipped.controllers(), *shipped.layouts()))
    if any(path.is_relative_to(folder) for folder in folders):
        raise Unavailable(
            f"{path} comes with Songbridge and is never changed; put a copy in the link's place"
        )


def _put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, with the rights that it has; never with more meanwhile."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)  # of a process that was killed
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else None
    try:
        part.touch(0o666 if mode is None else 0o600, exist_ok=False)
        with part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            part.chmod(mode)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _restore(path: Path, before: bytes | None) -> None:
    if before is None:
        path.unlink(missing_ok=True)
    else:
        _put(path, before)


def _back(path: Path, before: bytes | None) -> None:
    """Undo one write of a change that failed; what can't be written stays as it is, kept in vain."""
    with contextlib.suppress(OSError):
        _restore(path, before)
