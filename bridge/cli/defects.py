"""What is told of a defect in Songbridge itself: one line, and where the details lie."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime

from bridge import __version__
from bridge.cli.here import Here
from bridge.errors import SongbridgeError


def told(error: Exception, obj: object) -> str:
    """Write the details of `error` into the home's log, and return the line for the user."""
    what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    where = _written(error, obj)
    details = f"; the details are in {where}" if where else ""
    return f"this is a defect in Songbridge: {what}{details}; please report it"


def _written(error: Exception, obj: object) -> str:
    if not isinstance(obj, Here):
        return ""
    try:
        home = obj.home
        home.ensure()
        with home.log.open("a", encoding="utf-8", errors="replace") as file:
            file.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} Songbridge {__version__}\n")
            file.writelines(traceback.format_exception(error))
    except (OSError, SongbridgeError):
        return ""
    return str(home.log)
