"""What writes a sitting's summary. A file of its own: the command line ends sittings without a service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from bridge.core.model import Studio
from bridge.errors import Unavailable
from bridge.files import summary
from bridge.files.home import Home


def summariser(home: Home) -> Callable[[Studio, float], str]:
    """Return what writes a sitting's summary and says where it lies."""

    def summarise(before: Studio, ended_at: float) -> str:
        zone = datetime.fromtimestamp(ended_at, UTC).astimezone().tzinfo or UTC
        text = summary.sitting_summary(before, ended_at, zone)
        began_at = before.sitting.began_at if before.sitting else ended_at
        try:
            return f"summary: {summary.write_summary(home.sittings, text, began_at, zone)}"
        except Unavailable as error:
            return str(error)

    return summarise
