"""What can be asked between studios: a name for this one, a history to take in, a clash to settle.

Whoever asks has worked out what a history leads to (`bridge.core.sharing_merge`), from the journal up
to entry ``seq``; where something happened since, that is refused, and worked out anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from bridge.core.events_sharing import OwnSlot
from bridge.core.model import Song, Task


@dataclass(frozen=True, slots=True)
class NameStudio:
    """Give the studio the id under which its records travel, from entry ``since`` on; once is enough."""

    id: str
    since: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a song is to become: ``head`` without its tasks, ``tasks`` new or changed, ``order`` of all.

    ``own`` is what this studio writes itself with it, ``listed`` the tasks as the song's own list has
    them, empty for as before (see `SongMerged`).
    """

    seq: int
    song: str
    head: Song
    tasks: tuple[Task, ...] = ()
    gone: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    own: tuple[OwnSlot, ...] = ()
    listed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MergeSong:
    """Take a history in (action name ``merge``); see `SongMerged` for the fields."""

    known_as: str
    outcome: Outcome
    names: Mapping[str, str] = field(default_factory=dict)
    records: tuple[str, ...] = ()
    seen: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SettleClash:
    """Take one side of a clash (action name ``settle``)."""

    outcome: Outcome


Sharing: TypeAlias = NameStudio | MergeSong | SettleClash
