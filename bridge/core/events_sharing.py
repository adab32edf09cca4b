"""What happened between studios: a song's history came in, a clash was settled, the studio got an id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from bridge.core.model import Song, Task

OwnSlot: TypeAlias = tuple[str, str, str]
"""A task's id here (empty: the song), a field, a member of a list (empty: none)."""


@dataclass(frozen=True, slots=True)
class StudioNamed:
    """The studio got the id under which its records travel; they bear it from entry ``since`` on."""

    id: str
    since: int = 1


@dataclass(frozen=True, slots=True)
class SongMerged:
    """The history of a song came in from another studio, and this is what it led to here.

    ``song`` is its id here, ``known_as`` everywhere. ``head`` is the song without its tasks, ``tasks``
    those that are new or changed, ``gone`` those that were removed. ``names`` are the new tasks' ids
    everywhere. ``records`` are the lines that were new, ``seen`` what is known by now. ``own`` is what
    this studio writes itself with it. Both queues are told whole; None: as before. ``listed`` is the
    order of the song's own list; what is not in it stands behind as before.
    """

    song: str
    known_as: str
    head: Song
    tasks: tuple[Task, ...] = ()
    gone: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    records: tuple[str, ...] = ()
    seen: Mapping[str, int] = field(default_factory=dict)
    own: tuple[OwnSlot, ...] = ()
    queue: tuple[str, ...] | None = None
    prep_queue: tuple[str, ...] | None = None
    listed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClashSettled:
    """Of a clash one side was taken: the song and its task as they are since; see `SongMerged`."""

    song: str
    head: Song
    tasks: tuple[Task, ...] = ()
    gone: tuple[str, ...] = ()
    own: tuple[OwnSlot, ...] = ()
    queue: tuple[str, ...] | None = None
    prep_queue: tuple[str, ...] | None = None


SharingFact: TypeAlias = StudioNamed | SongMerged | ClashSettled
