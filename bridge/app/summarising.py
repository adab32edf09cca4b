"""What writes a sitting's summary. A file of its own: the command line ends sittings without a service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bridge.core.model import Studio
from bridge.core.settings import Settings
from bridge.core.sitting_account import account
from bridge.errors import SongbridgeError
from bridge.files import summary, summary_files
from bridge.files.home import Home


def summariser(home: Home, settings: Callable[[], Settings]) -> Callable[[Studio, float], str]:
    """Return what writes a sitting's summaries and says where they lie.

    `settings` gives the present ones: which forms are wanted, and in which folder.
    """

    def summarise(before: Studio, ended_at: float) -> str:
        now = settings()
        if not now.summaries:
            return ""
        zone = datetime.fromtimestamp(ended_at, UTC).astimezone().tzinfo or UTC
        try:
            told = account(before, ended_at)
            texts = summary.summaries(told, now.summaries, zone)
            folder = folder_of(home, now)
            files = summary_files.write_summaries(folder, texts, told.began, zone)
        except SongbridgeError as error:
            return str(error)
        return summary_files.told(files)

    return summarise


def folder_of(home: Home, settings: Settings) -> Path:
    """Return the folder of summaries: the configured one, which may begin with ``~``, or the home's."""
    if not settings.summary_folder:
        return home.sittings
    try:
        folder = Path(settings.summary_folder).expanduser()
    except RuntimeError:  # no such user
        folder = Path(settings.summary_folder)
    return home.data_dir / folder
