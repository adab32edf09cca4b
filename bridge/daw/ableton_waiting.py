"""Cues that wait for Live, or for their turn.

Markers and texts are news: while Live can't be reached they grow old. Colours are a state: the newest
of each track waits as long as it takes. Markers of one press go together, for Live has only one
locator at a place.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, assert_never

from bridge.daw.ableton_reach import fitting

if TYPE_CHECKING:
    from bridge.daw.ableton_state import Known
    from bridge.messages import Colour

MOST_MARKERS = 512
"""Markers that wait at most; of more, the oldest are dropped and counted."""
MOST_COLOURS = 64
"""Tracks whose colours wait at most."""
PACE = 0.1
"""Seconds between two status texts, one of Live's ticks; of those that come sooner the last counts."""
ONE_PRESS = 0.05
"""Seconds within which two cues are of one press ("done: …" and what begins then): one locator."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Names for one locator, the newest first; ``told`` is when the first was told (mono seconds)."""

    names: tuple[str, ...]
    told: float


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour ("#RRGGBB") for what the task's ``track`` names."""

    track: str
    colour: Colour


@dataclass(frozen=True, slots=True)
class Restore:
    """Give everything its own colour back."""


Job: TypeAlias = Marks | Paint | Restore


class Waiting:
    """The cues that wait for one Live; ``keep`` is in seconds."""

    def __init__(self, keep: float, known: Known) -> None:
        self._keep, self._known = keep, known
        self._markers: deque[Marks] = deque()
        self._colours: dict[str, Colour] = {}
        self._restore = False
        self._text: tuple[str, float] | None = None
        self._text_at = float("-inf")

    def __len__(self) -> int:
        """Return how many cues wait."""
        markers = sum(len(marks.names) for marks in self._markers)
        return markers + len(self._colours) + self._restore + (self._text is not None)

    # --- in ---

    def mark(self, name: str, now: float) -> None:
        """Take a marker."""
        if len(self._markers) >= MOST_MARKERS:
            self.lose(self._markers.popleft())
        self._markers.append(Marks((name,), now))

    def paint(self, track: str, colour: Colour) -> None:
        """Take a colour; it takes the place of an older one of that track."""
        self._colours.pop(track, None)
        if len(self._colours) >= MOST_COLOURS:
            oldest = next(iter(self._colours))
            self.lose(Paint(oldest, self._colours.pop(oldest)))
        self._colours[track] = colour

    def restore(self) -> None:
        """Take the wish for all own colours; colours that still wait would be taken back at once."""
        self._colours.clear()
        self._restore = True

    def say(self, text: str, now: float) -> None:
        """Take a text for the status bar; it takes the place of one that waits."""
        self._text = text, now

    def back(self, job: Job) -> None:
        """Take back what was not begun, to the head of its line."""
        match job:
            case Marks():
                self._markers.appendleft(job)
            case Paint(track, colour) if not self._restore:
                self._colours = {track: colour} | self._colours
            case Paint():
                pass
            case Restore():
                self._restore = True
            case _:
                assert_never(job)

    # --- out ---

    def next(self) -> Job | None:
        """Hand out what is next: markers, which have a place in time, before colours."""
        if self._markers:
            return self._press()
        if self._restore:
            self._restore = False
            return Restore()
        if self._colours:
            track = next(iter(self._colours))
            return Paint(track, self._colours.pop(track))
        return None

    def _press(self) -> Marks:
        """Return the first marker with those of the same press, as many as one name can hold."""
        first = self._markers.popleft()
        names = first.names
        while self._markers and self._markers[0].told - first.told < ONE_PRESS:
            more = fitting((*self._markers[0].names, *names))
            if len(more) < len(names) + len(self._markers[0].names):
                break
            names = more
            self._markers.popleft()
        return Marks(names, first.told)

    def text(self, now: float) -> str | None:
        """Hand out the text that is to be shown now."""
        if self._text is None or now < self._text_at:
            return None
        text, self._text = self._text[0], None
        self._text_at = now + PACE
        return text

    def text_at(self) -> float | None:
        """Return when the text that waits may be shown."""
        return None if self._text is None else self._text_at

    # --- too late ---

    def stale_at(self) -> float | None:
        """Return when the oldest news is too old for a Live that can't be reached."""
        told = [marks.told for marks in (*self._markers,)[:1]]
        told += [] if self._text is None else [self._text[1]]
        return min(told) + self._keep if told else None

    def drop_stale(self, now: float) -> None:
        """Drop what waited too long for a Live that can't be reached."""
        while self._markers and self._markers[0].told + self._keep <= now:
            self.lose(self._markers.popleft())
        if self._text is not None and self._text[1] + self._keep <= now:
            self._known.lose((self._text[0],))
            self._text = None

    def lose(self, job: Job) -> None:
        """Count a cue that is given up, or of which nobody knows whether it arrived."""
        match job:
            case Marks(names):
                self._known.lose(names)
            case Paint(track):
                self._known.lose((f"colour of {track}",))
            case Restore():
                pass
            case _:
                assert_never(job)
