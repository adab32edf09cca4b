"""The colours that tracks had before Songbridge changed them, kept over a restart of the service.

A small JSON file beside the journal: links by name, each with its adapter's own words. It is written
as a whole or not at all, on a thread of its own, and is gone when nothing is left to give back.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final, TypeAlias

import msgspec

Originals: TypeAlias = Mapping[str, Mapping[str, str]]

LARGEST: Final = 1 << 20
"""Bytes; sixteen DAWs of some hundred tracks need far less."""
_LONGEST: Final = 1000  # characters of one text
_END: Final = 2.0  # seconds that the last writing is given when the service ends

_encode: Final = msgspec.json.Encoder(order="sorted").encode
_decode: Final = msgspec.json.Decoder(dict[str, dict[str, str]]).decode


class OriginalsFile:
    """Threads: `read`, `keep` and `close` on the owner's; ``trouble`` may be read on any.

    ``trouble`` says why colours may not come back, empty when all is well.
    """

    def __init__(self, file: Path) -> None:
        self._file, self.trouble = file, ""
        self._queue: SimpleQueue[Originals | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def read(self) -> Originals:
        """Return what was kept; what can't be read is passed over, and ``trouble`` says so."""
        try:
            with self._file.open("rb") as stream:
                data = stream.read(LARGEST + 1)
        except FileNotFoundError:
            return {}
        except OSError as error:
            return self._unread(error.strerror or str(error))
        if len(data) > LARGEST:
            return self._unread("it is too large")
        try:
            return _checked(_decode(data))
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            return self._unread(str(error))

    def keep(self, originals: Originals) -> None:
        """Have it written; never blocks."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="originals", daemon=True)
            self._thread.start()
        self._queue.put(originals)

    def close(self) -> None:
        """End when the newest is written."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join(_END)
            self._thread = None

    def _unread(self, why: str) -> Originals:
        self.trouble = (
            f"{self._file} can't be read ({why[:200]}), so tracks that were coloured before the last"
            " end keep their colours; delete it, and set those colours in the DAW"
        )
        return {}

    def _run(self) -> None:
        while (newest := self._queue.get()) is not None:
            ends = False
            with suppress(Empty):
                while not ends:
                    later = self._queue.get_nowait()
                    ends, newest = later is None, newest if later is None else later
            self._write(newest)
            if ends:
                return

    def _write(self, originals: Originals) -> None:
        part = self._file.with_name(f"{self._file.name}.{os.getpid()}.part")
        try:
            if originals:
                part.write_bytes(_encode(originals))
                part.replace(self._file)
            else:
                self._file.unlink(missing_ok=True)
        except OSError as error:
            why = error.strerror or error
            self.trouble = (
                f"{self._file} can't be written ({why}); a restart loses colours of before"
            )
        else:
            self.trouble = ""
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _checked(read: dict[str, dict[str, str]]) -> Originals:
    """Return what may be right of what was read."""
    for texts in read.values():
        if any(len(text) > _LONGEST for pair in texts.items() for text in pair):
            raise ValueError("a text in it is too long")
    return read
