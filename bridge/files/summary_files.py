"""The files of summaries: one name a sitting, never over another's, nor over what somebody changed.

What was written for which sitting stands beside them, in ``.written.json``, with a sum of each file: a
sitting whose end was taken back is told anew in the same files, as long as nobody touched them.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from bridge.errors import Unavailable

_COPIES = 100  # sittings that begin in one minute
_RECORD = ".written.json"
_RECORDED = 500  # files that are remembered: an end is taken back soon or never
_SAME = 1.0  # seconds within which two sittings' beginnings are the same


def write_summaries(
    folder: Path, texts: Mapping[str, str], began_at: float, tz: tzinfo | None
) -> tuple[Path, ...]:
    """Write `texts` (by suffix) into `folder` as ``2026-11-22 2130.md`` and so on; return the files.

    The folder is made when needed. All bear one name; where it is taken, it gets a counter. Each
    appears whole or not at all. Raises `Unavailable`.
    """
    stem = datetime.fromtimestamp(began_at, tz).strftime("%Y-%m-%d %H%M")
    try:
        folder.mkdir(0o700, parents=True, exist_ok=True)
        record = _Record.read(folder, began_at)
        files = _free(folder, stem, tuple(texts), record)
        for file, text in zip(files, texts.values(), strict=True):
            _put(file, text, over=record.ours(file))
            record.wrote(file, text)
        record.write()
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise Unavailable(f"the summary cannot be written into {folder}: {reason}") from None
    return files


def told(files: tuple[Path, ...]) -> str:
    """Return where the files lie: a line with the first, and one with what lies beside it."""
    first, *others = files
    beside = " and ".join(file.suffix for file in others)
    return f"summary: {first}" + (f"\nbeside it as {beside}" if beside else "")


@dataclass(slots=True)
class _Record:
    """What was written for the sitting that began at ``began``, among all that was."""

    file: Path
    began: float
    rows: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path, began: float) -> _Record:
        file = folder / _RECORD
        try:
            rows = json.loads(file.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):  # not there, or not ours any more
            rows = {}
        return cls(file, began, rows if isinstance(rows, dict) else {})

    def ours(self, file: Path) -> bool:
        """Tell whether `file` tells of this very sitting, in the words that were written."""
        row = self.rows.get(file.name)
        if not isinstance(row, dict) or not isinstance(row.get("began"), int | float):
            return False
        try:
            same = _sum(file.read_bytes()) == row.get("sum")
        except OSError:
            return False
        return same and abs(row["began"] - self.began) < _SAME

    def wrote(self, file: Path, text: str) -> None:
        self.rows.pop(file.name, None)
        self.rows[file.name] = {"began": self.began, "sum": _sum(text.encode())}

    def write(self) -> None:
        newest = dict(list(self.rows.items())[-_RECORDED:])
        _put(self.file, json.dumps(newest, ensure_ascii=False, indent=1) + "\n", over=True)


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _free(folder: Path, stem: str, suffixes: tuple[str, ...], record: _Record) -> tuple[Path, ...]:
    """Return files of one name that are free, or ours to write anew."""
    for copy in range(1, _COPIES):
        name = stem if copy == 1 else f"{stem} {copy}"
        files = tuple(folder / f"{name}{suffix}" for suffix in suffixes)
        if all(not os.path.lexists(file) or record.ours(file) for file in files):
            return files
    raise FileExistsError(0, f"{_COPIES} files are called {stem}")


def _put(file: Path, text: str, *, over: bool) -> None:
    """Put `text` in the place of `file`, at once; on failure leave nothing behind.

    Unless it may go `over` what is there, the file is made first, so that nobody else's is lost.
    """
    if not over:
        file.touch(0o600, exist_ok=False)
    name = ""
    try:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=".summary-")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        Path(name).replace(file)
    except OSError:
        if name:
            Path(name).unlink(missing_ok=True)
        if not over:
            file.unlink(missing_ok=True)
        raise
