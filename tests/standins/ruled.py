"""Rules for cues as users write them, and what a desk's facts tell by them."""

from __future__ import annotations

from collections.abc import Iterable

from bridge.core.cue_book import CueBook
from bridge.core.events import Entry
from bridge.core.quiet import Local, utc
from bridge.core.react import aloud
from bridge.core.settings import Settings
from bridge.files import toml
from bridge.files.config import read_config
from bridge.messages import Cue
from tests.standins.desk import Desk


def settings(text: str) -> Settings:
    """Return the settings of a configuration. Raises InvalidFile."""
    return read_config(toml.read(text, "c.toml")).settings


def told(desk: Desk, entries: Iterable[Entry], local: Local = utc) -> list[Cue]:
    """Return what `entries`, the newest of the desk, tell by its settings."""
    book = CueBook(desk.settings.cues)
    return [cue for entry in entries for cue in aloud(entry, desk.engine.studio, book, local)]
