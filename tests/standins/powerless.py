"""Somebody who may not write everywhere, also where the tests are run by root."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534  # the user without rights, on Linux and (as -2) on macOS


@contextmanager
def without_privileges() -> Iterator[Path]:
    """A folder of a user without rights elsewhere; root becomes that user meanwhile (POSIX)."""
    me = os.geteuid()
    with tempfile.TemporaryDirectory() as name:
        if me == 0:
            os.chown(name, NOBODY, -1)
            os.seteuid(NOBODY)
        try:
            yield Path(name)
        finally:
            os.seteuid(me)
