"""The file that `monitor --record` writes: whole lines only, each on the disk before the next."""

from __future__ import annotations

import time
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from bridge.errors import Invalid, Unavailable


class Tape:
    """An open recording; ``count`` is how many things it holds.

    Raises Invalid for a file that is there already, Unavailable for one that can't be written.
    """

    def __init__(self, path: Path, *, force: bool = False) -> None:
        self.path, self.count = path, -1
        self._wall = 0.0
        try:
            path.touch(0o600, exist_ok=force)  # songs and tasks are in it
            self._file = path.open("w", encoding="utf-8", newline="\n")
        except FileExistsError:
            raise Invalid(f"{path} is there already; --force overwrites it") from None
        except (OSError, ValueError) as error:
            raise self._unwritten(error) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._file.close()
        except OSError:  # it was told when it was to be written
            return

    def write(self, line: str) -> None:
        """Write one line, with its end. Raises Unavailable, for example when the disk is full."""
        if self.count < 0:
            self._wall = msgspec.json.decode(line)["wall"]
        try:
            self._file.write(line)
            self._file.flush()
        except OSError as error:
            raise self._unwritten(error) from None
        self.count += 1

    def left_out(self, lines: int) -> None:
        """Write that so many lines are missing here."""
        self.write(f'{{"at":{self._now},"left_out":{lines}}}\n')

    def end(self) -> None:
        """Write how long the recording went on; nothing before its head came."""
        if self.count >= 0:
            self.write(f'{{"at":{self._now},"end":true}}\n')
            self.count -= 1

    @property
    def _now(self) -> float:
        return round(max(0.0, time.time() - self._wall), 6)

    def _unwritten(self, error: OSError | ValueError) -> Unavailable:
        why = error.strerror if isinstance(error, OSError) else "the name can't be used"
        more = "; what is in it can be rehearsed" if self.count >= 0 else ""
        return Unavailable(f"{self.path} can't be written: {why}{more}")
