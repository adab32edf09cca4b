"""What was written into a DAW's folders, file by file, so that exactly that is taken back.

One folder for each installation lies in the home: ``record.json``, and every file as it was before.
A file that nobody touched since gets its old bytes; one that was changed loses only our lines.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from bridge.errors import Unavailable

Role: TypeAlias = Literal["script", "actions", "surfaces", "config", "slots"]
"""What a file is: a script of ours, ``reaper-kb.ini``, ``reaper.ini``, ours, Ardour's ``ui_scripts``."""

_RECORD = "record.json"
_PLACE = 8  # digits of a hash that tell one DAW's folder from another


class Written(msgspec.Struct, frozen=True):
    """One file: its hash ``after`` we wrote it, the ``lines`` of ours, and the ``backup`` of before.

    ``backup`` empty: it was not there.
    """

    file: str
    role: Role
    after: str
    lines: tuple[str, ...] = ()
    backup: str = ""


class Record(msgspec.Struct, frozen=True):
    """One installation: into which ``folder`` of which kind of DAW, by which version of Songbridge."""

    kind: str
    folder: str
    version: str
    files: tuple[Written, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One file: as it is ``now``, without us (``base``), and as it will be; None: not there.

    ``lines`` are ours in it.
    """

    file: Path
    role: Role
    now: bytes | None
    base: bytes | None
    after: bytes | None
    lines: tuple[str, ...] = ()
    left: str = ""

    @property
    def changes(self) -> bool:
        """Whether something is to be written."""
        return self.now != self.after


def place(installed: Path, kind: str, folder: Path) -> Path:
    """Return the folder of a record below `installed`."""
    mark = hashlib.sha256(os.fsencode(os.path.normcase(folder))).hexdigest()[:_PLACE]
    return installed / f"{kind}-{mark}"


def load(at: Path) -> Record | None:
    """Return the record in `at`, None without one. Raises `Unavailable` for one that can't be read."""
    file = at / _RECORD
    data = contents(file)
    if data is None:
        return None
    try:
        return msgspec.json.decode(data, type=Record)
    except msgspec.MsgspecError:
        raise Unavailable(
            f"{file} can't be understood, so what was installed is not known; the files of before lie"
            f" beside it: put them back by hand, then delete {at}"
        ) from None


def records(installed: Path) -> list[tuple[Path, Record]]:
    """Return all records that can be read, by their folders."""
    found: list[tuple[Path, Record]] = []
    with contextlib.suppress(OSError):
        for at in sorted(installed.iterdir()):
            with contextlib.suppress(Unavailable):
                if (record := load(at)) is not None:
                    found.append((at, record))
    return found


def damaged(installed: Path, kind: str) -> None:
    """Raise `Unavailable` where a record of that kind of DAW can't be read."""
    for at in sorted(installed.glob(f"{kind}-*")):
        load(at)


def save(at: Path, record: Record, steps: Sequence[Step]) -> None:
    """Write the record of `steps` and their files of before. Raises `Unavailable`."""
    files: list[Written] = []
    try:
        at.mkdir(mode=0o700, parents=True, exist_ok=True)
        ours = [step for step in steps if step.after != step.base]
        for n, step in enumerate(ours):
            backup = f"{n:02}-{step.file.name}" if step.base is not None else ""
            if step.base is not None:
                replace(at / backup, step.base)
            files.append(Written(str(step.file), step.role, digest(step.after), step.lines, backup))
        whole = msgspec.structs.replace(record, files=tuple(files))
        replace(at / _RECORD, msgspec.json.format(msgspec.json.encode(whole), indent=1))
    except OSError as error:
        raise _unwritable(at, error) from None


def forget(at: Path) -> None:
    """Delete a record with its backups."""
    with contextlib.suppress(OSError):
        for file in at.iterdir():
            file.unlink()
        at.rmdir()


def kept(at: Path, written: Written) -> bool:
    """Tell whether it is known how a file was before us; a script of ours has nothing else to go by."""
    return written.role == "script" or not written.backup or (at / written.backup).is_file()


def before(at: Path, written: Written) -> bytes | None:
    """Return a file as it was before us. Raises `Unavailable` when its backup is lost."""
    if not written.backup:
        return None
    data = contents(at / written.backup)
    if data is None:
        raise Unavailable(
            f"{at / written.backup} is gone, so {written.file} can't be put back: delete or replace that"
            " script yourself, and do this again"
        )
    return data


def digest(data: bytes | None) -> str:
    """Return what tells whether a file is still as we wrote it; empty for none."""
    return "" if data is None else hashlib.sha256(data).hexdigest()


def contents(file: Path) -> bytes | None:
    """Return a file's bytes, None when it is not there. Raises `Unavailable`."""
    try:
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise Unavailable(f"{file} can't be read: {error.strerror or error}") from None


def apply(steps: Sequence[Step]) -> None:
    """Write all `steps`, or none: what was written is put back when one fails. Raises `Unavailable`."""
    done: list[Step] = []
    for step in steps:
        if not step.changes:
            continue
        if contents(step.file) != step.now:
            _put_back(done)
            raise Unavailable(f"{step.file} was changed just now; do this again")
        done.append(step)
        try:
            _put(step.file, step.after)
        except OSError as error:
            _put_back(done)
            raise _unwritable(step.file, error) from None


def _put_back(done: Sequence[Step]) -> None:
    for one in reversed(done):
        with contextlib.suppress(OSError):
            _put(one.file, one.now)


def _put(file: Path, data: bytes | None) -> None:
    if data is None:
        file.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # a folder of ours goes with its last file
            if file.parent.name == "Songbridge":
                file.parent.rmdir()
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    replace(file, data)


def replace(file: Path, data: bytes) -> None:
    """Put `data` in the place of `file`, whole or not at all; a link stays one. Raises OSError."""
    target = file.resolve()
    part = target.with_name(f".songbridge-{os.getpid()}.part")
    try:
        with part.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            part.chmod(target.stat().st_mode & 0o777)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _unwritable(file: Path, error: OSError) -> Unavailable:
    return Unavailable(f"{file} can't be written: {error.strerror or error}; nothing was changed")
