"""What happened beside the queue and the timer: the facts of the method (see `bridge.core.events`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from bridge.core.method import FeedItem, Sign, Way


@dataclass(frozen=True, slots=True)
class QueueOrdered:
    """The shown queue was put in order ``by`` something; ``order`` is the whole of it."""

    by: str
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TasksBroughtBack:
    """Skipped tasks joined the end of their queue again."""

    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeedAdded:
    """Something for the mind was put on the list."""

    item: FeedItem


@dataclass(frozen=True, slots=True)
class FeedDone:
    """The item of that number was read, heard or seen."""

    number: int


@dataclass(frozen=True, slots=True)
class FeedDropped:
    """The item of that number was taken off the list."""

    number: int


@dataclass(frozen=True, slots=True)
class TimeOffPlanned:
    """Time off was planned, from ``begins`` up to ``until``; it replaces what was planned before."""

    begins: float
    until: float


@dataclass(frozen=True, slots=True)
class TimeOffEnded:
    """Somebody is back, or does not go after all. ``back`` tells that time off had begun."""

    back: bool


@dataclass(frozen=True, slots=True)
class EarRestDue:
    """Ears have worked in ``section`` for ``heard`` seconds: a rest of ``rest`` seconds is due."""

    section: str
    heard: float
    rest: float


@dataclass(frozen=True, slots=True)
class RutOffered:
    """Ways out of a rut were offered, what helped before first."""

    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class RutChosen:
    """A way out of a rut was taken."""

    way: Way


@dataclass(frozen=True, slots=True)
class RutHelped:
    """A way out of a rut helped, or didn't."""

    way: Way
    helped: bool


@dataclass(frozen=True, slots=True)
class RutSensed:
    """Signs of a rut were seen, and are told: once a day at most."""

    signs: tuple[Sign, ...]


MethodFact: TypeAlias = (
    QueueOrdered | TasksBroughtBack | FeedAdded | FeedDone | FeedDropped | TimeOffPlanned
    | TimeOffEnded | EarRestDue | RutOffered | RutChosen | RutHelped | RutSensed
)  # fmt: skip
