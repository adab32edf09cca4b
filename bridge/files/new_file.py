"""A new file that is whole or not there at all, and never takes the place of another."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write_new(file: Path, text: str) -> None:
    """Write `text` into `file`, which must not be there; on failure nothing is left behind.

    Raises FileExistsError when it is there, OSError or ValueError (a null byte in the name) when it
    can't be written.
    """
    if os.path.lexists(file):  # also where a link leads nowhere
        raise FileExistsError(file)
    part = file.with_name(f".songbridge-{os.getpid()}.part")
    try:
        with part.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)
