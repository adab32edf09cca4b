"""The difference that takes an action back, as `Undone` carries it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bridge.core.method import Ears, Method
from bridge.core.model import Goal, Sitting, Song, Task, Timer


@dataclass(frozen=True, slots=True)
class TaskPatch:
    """How to take back what an action did to a task: its record before and after the action.

    ``before`` None: the action made it, so it goes. Otherwise only the fields that differ are put
    back, and times by their difference: what was charged since stays charged.
    """

    before: Task | None
    after: Task | None


@dataclass(frozen=True, slots=True)
class SongPatch:
    """What taking back changes in one song: its head (without tasks), its tasks, their order."""

    head: Song
    tasks: Mapping[str, TaskPatch] = field(default_factory=dict)
    order: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class SittingPatch:
    """How to take back what an action did to the sitting.

    ``put`` is a sitting that the action had ended; ``gone`` tells that the action had begun one.
    Otherwise ``drop`` says how many lines the action added to each list, ``worked`` and ``over`` by
    how many seconds the sums change back.
    """

    put: Sitting | None = None
    gone: bool = False
    drop: Mapping[str, int] = field(default_factory=dict)
    worked: float = 0.0
    over: float = 0.0
    extended: int = 0
    ears: Ears | None = None


@dataclass(frozen=True, slots=True)
class Patch:
    """The difference that takes an action back; a field that is None stays as it is."""

    songs: Mapping[str, SongPatch | None] = field(default_factory=dict)
    queue: tuple[str, ...] | None = None
    prep_queue: tuple[str, ...] | None = None
    prep: bool | None = None
    song: tuple[str | None] | None = None
    timer: Timer | None = None
    trail: tuple[str, ...] | None = None
    sitting: SittingPatch | None = None
    goals: tuple[Goal, Goal, Goal] | None = None
    method: Method | None = None
    guest: str | None = None
    persons: tuple[str, ...] | None = None
