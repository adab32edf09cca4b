"""Cues for a DAW that can't be reached: kept in order for a while, then dropped, counted and named.

News (markers, actions, texts) grow old: a marker that comes late stands in a wrong place. Colours
are a state: the newest of each track waits until it can be told, however long that takes.
"""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, assert_never

from bridge.daw.words import one_line
from bridge.messages import (
    Cue,
    Marker,
    RestoreColours,
    RunAction,
    StatusText,
    StopTransport,
    TrackColour,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_NEWS = 512
"""News that wait at most; of more the oldest are dropped. An evening has some hundred."""
MOST_TRACKS = 64
"""Tracks whose colours wait at most; of more the oldest are dropped."""

_LOST = '; {count} so far dropped untold, the last was "{lost}"'


@dataclass(frozen=True, slots=True, order=True)
class Kept:
    """A cue that waits. ``since`` is when it was told first (``mono`` seconds)."""

    since: float
    order: int
    cue: Cue = field(compare=False)


class Keeper:
    """What waits for one DAW. ``dropped`` counts cues that were given up, ``last`` names the last."""

    __slots__ = ("_colours", "_keep", "_news", "_order", "_restore", "dropped", "last")

    def __init__(self, keep: float) -> None:
        self._keep = keep
        self._news: list[Kept] = []
        self._restore: Kept | None = None
        self._colours: dict[str, Kept] = {}
        self._order = count()
        self.dropped, self.last = 0, ""

    def __len__(self) -> int:
        """Return how many cues wait."""
        return len(self._news) + len(self._colours) + (self._restore is not None)

    def kept(self, cue: Cue, now: float) -> Kept:
        """Return `cue` with its place in the order, for a `put` later."""
        return Kept(now, next(self._order), cue)

    def put(self, kept: Kept) -> None:
        """Let a cue wait, in the place that it had.

        An older colour of the same track, and an older text, give way to a newer one. A stop means
        now or never.
        """
        match kept.cue:
            case Marker() | RunAction():
                self._add(kept)
            case StatusText():
                self._news = [one for one in self._news if not isinstance(one.cue, StatusText)]
                self._add(kept)
            case TrackColour(track):
                self._colour(track, kept)
            case RestoreColours():
                self._colours = {t: k for t, k in self._colours.items() if k > kept}
                self._restore = kept
            case StopTransport():
                self._drop(kept)
            case _:
                assert_never(kept.cue)

    def pop(self) -> Kept:
        """Return what is to be told first, and keep it no longer. Raises IndexError when empty."""
        if self._news:
            return self._news.pop(0)
        if self._restore is not None:
            kept, self._restore = self._restore, None
            return kept
        if not self._colours:
            raise IndexError("nothing waits")
        return self._colours.pop(next(iter(self._colours)))

    def release(self) -> Iterator[Kept]:
        """Return all that waits, in the order in which it is to be told, and keep nothing."""
        while self:
            yield self.pop()

    def wake(self) -> float | None:
        """Return when the oldest news are too old (``mono`` seconds), None when none waits."""
        return self._news[0].since + self._keep if self._news else None

    def expire(self, now: float) -> None:
        """Drop what is too old."""
        while self._news and now >= self._news[0].since + self._keep:
            self._drop(self._news.pop(0))

    def losses(self) -> str:
        """Return what was dropped as the end of a sentence, empty: nothing."""
        return _LOST.format(count=self.dropped, lost=self.last) if self.dropped else ""

    def _add(self, kept: Kept) -> None:
        insort(self._news, kept)
        if len(self._news) > MOST_NEWS:
            self._drop(self._news.pop(0))

    def _colour(self, track: str, kept: Kept) -> None:
        before = self._colours.get(track)
        if (before is not None and before > kept) or (self._restore and self._restore > kept):
            return
        self._colours.pop(track, None)
        self._colours[track] = kept
        if len(self._colours) > MOST_TRACKS:
            self._drop(self._colours.pop(next(iter(self._colours))))

    def _drop(self, kept: Kept) -> None:
        self.dropped += 1
        self.last = named(kept.cue)


def named(cue: Cue) -> str:
    """Return what `status` calls a cue."""
    match cue:
        case Marker(name):
            return one_line(name) or "Songbridge"
        case TrackColour(track):
            return f"colour of {one_line(track)}"
        case StatusText(text):
            return one_line(text)
        case RunAction(action):
            return f"action {one_line(action)}"
        case StopTransport():
            return "stop"
        case RestoreColours():
            return "colours given back"
        case _:
            assert_never(cue)
