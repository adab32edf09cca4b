"""The method beside the queue: what feeds the mind, time off, ears that rest, ways out of a rut.

Frozen values, as in `bridge.core.model`, which holds one `Method`. Instants are seconds since 1970
(UTC); durations are seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Energy: TypeAlias = Literal["", "low", "medium", "high"]
"""How much a task asks of whoever does it; empty: nobody said."""

ENERGIES: tuple[Energy, ...] = ("low", "medium", "high")

FeedKind: TypeAlias = Literal["read", "listen", "watch"]
FEED_KINDS: tuple[FeedKind, ...] = ("read", "listen", "watch")

Way: TypeAlias = Literal["break", "small", "prep", "song", "feed", "off"]
"""A way out of a rut: a break, one small task, preparation, another song, something for the mind,
or time off."""

Sign: TypeAlias = Literal["skips", "extensions", "short", "away"]
"""What a rut looks like: many skips, many extensions, short sittings, days away."""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """Something to read, listen to or watch; its number never changes."""

    number: int
    text: str
    kind: FeedKind = "read"
    link: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class TimeOff:
    """Time off that is planned, from ``begins`` up to ``until``; ``over`` once somebody is back."""

    begins: float
    until: float
    over: bool = False


@dataclass(frozen=True, slots=True)
class Rut:
    """Ways out: those offered last, the one that is being tried, how often each was tried and helped.

    ``told_at`` is when signs of a rut were last told, ``signs`` which; 0: never.
    """

    offered: tuple[Way, ...] = ()
    trying: Way | None = None
    tried: Mapping[str, int] = field(default_factory=dict)
    helped: Mapping[str, int] = field(default_factory=dict)
    signs: tuple[Sign, ...] = ()
    told_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Trace:
    """What is remembered of a sitting that ended: enough to see how the last ones went."""

    began_at: float
    ended_at: float
    worked: float
    done: int
    skipped: int
    extended: int


@dataclass(frozen=True, slots=True)
class Ears:
    """How long ears have worked since they rested, in this sitting.

    ``heard`` is the seconds by section, ``at`` the end of the last stretch, ``due`` the length of the
    rest that was offered (0: none was), ``free_at`` the instant before which none is: a take ran.
    """

    heard: Mapping[str, float] = field(default_factory=dict)
    at: float = 0.0
    due: float = 0.0
    free_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Method:
    """All of it, with the last sittings, oldest first."""

    feed: tuple[FeedItem, ...] = ()
    next_feed: int = 1
    off: TimeOff | None = None
    rut: Rut = field(default_factory=Rut)
    sittings: tuple[Trace, ...] = ()


NO_EARS = Ears()
NO_METHOD = Method()
