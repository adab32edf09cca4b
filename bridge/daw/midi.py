"""Any DAW that takes MIDI: a cue is a button that is pressed and let go, and nothing comes back.

MIDI has no word for a name, a colour or a text, and no receipt: `status` says so. A marker belongs
where the playhead is, so a press that had to wait too long for the one before is given up.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, assert_never

from bridge.daw.midi_way import MidiWay
from bridge.daw.target import NO_ORIGINALS, DawSettings, LinkStatus
from bridge.daw.transport import UNKNOWN
from bridge.messages import (
    Cue,
    Marker,
    MidiOut,
    Osc,
    RestoreColours,
    RunAction,
    StatusText,
    StopTransport,
    ToDaw,
    TrackColour,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bridge.moment import Moment

HOLD = 0.05
"""Seconds from press to release: as a quick finger, so that no DAW takes both for one."""

GAP = 0.05
"""Seconds from a release to the next press."""

FRESH = 10.0
"""Seconds that a cue may wait for its turn; later, its marker would stand in a wrong place."""

MOST_WAITING = 32

_SENTENCE = (
    "each cue {deed}, through {place}; MIDI carries no names, no colours and no status text, and never"
    " confirms"
)
_MMC = "; MMC knows no markers"
_SENT = "; {sent} sent so far"
_LOST = "; {count} not sent, since too many came at once"


class MidiTarget:
    """The conversation with one DAW, of which only one side is ever heard."""

    kind = "midi"
    wanted: tuple[str, ...] = ()
    originals = NO_ORIGINALS
    transport = UNKNOWN

    def __init__(self, settings: DawSettings) -> None:
        way = settings.midi or MidiWay()
        self._press = [MidiOut(data) for data in way.press]
        self._release = [MidiOut(data) for data in way.release]
        self._sentence = _SENTENCE.format(deed=way.deed, place=way.place)
        if way.send == "mmc":
            self._sentence += _MMC
        self._queue: deque[float] = deque()
        self._release_at: float | None = None
        self._free_at = float("-inf")
        self._sent = self._dropped = 0

    def recall(self, originals: Mapping[str, str]) -> None:
        """Do nothing: nothing is given back after a restart."""

    def tell(self, cue: Cue, moment: Moment) -> Sequence[ToDaw]:
        """Press now, or after those that are pressed already."""
        match cue:
            case Marker():
                return self._mark(moment)
            case TrackColour() | StatusText() | StopTransport() | RestoreColours() | RunAction():
                return ()  # MIDI has no word for either: status says so
            case _:
                assert_never(cue)

    def hear(self, message: Osc, moment: Moment) -> Sequence[ToDaw]:  # noqa: ARG002 - nothing is expected
        """Ignore whatever comes."""
        return ()

    def wake(self) -> float | None:
        """Return when the button is let go, or the next press may follow."""
        if self._release_at is not None:
            return self._release_at
        return self._free_at if self._queue else None

    def advance(self, moment: Moment) -> Sequence[ToDaw]:
        """Let go, and press for the next cue: whatever is due."""
        now, out = moment.mono, list[ToDaw]()
        if self._release_at is not None and now >= self._release_at:
            self._release_at, self._free_at = None, now + GAP
            out += self._release
        if self._release_at is None and now >= self._free_at:
            out += self._next(now)
        return out

    def status(self, moment: Moment) -> LinkStatus:  # noqa: ARG002 - it changes by cues
        """Return what is sent where; whether it arrives, nobody can tell."""
        text = self._sentence
        if self._sent:
            text += _SENT.format(sent=self._sent)
        if self._dropped:
            text += _LOST.format(count=self._dropped)
        return LinkStatus("unknown", text, len(self._queue), self._dropped)

    def _mark(self, moment: Moment) -> Sequence[ToDaw]:
        now, wake = moment.mono, self.wake()
        out = list(self.advance(moment)) if wake is not None and wake <= now else []
        if self._release_at is None and now >= self._free_at:
            return [*out, *self._down(now)]
        if len(self._queue) >= MOST_WAITING:
            self._queue.popleft()
            self._dropped += 1
        self._queue.append(now)
        return out

    def _next(self, now: float) -> Sequence[ToDaw]:
        while self._queue and self._queue[0] < now - FRESH:
            self._queue.popleft()
            self._dropped += 1
        if not self._queue:
            return ()
        self._queue.popleft()
        return self._down(now)

    def _down(self, now: float) -> Sequence[ToDaw]:
        """Press; what is not let go leaves the way free after a gap."""
        self._sent += 1
        if self._release:
            self._release_at = now + HOLD
        else:
            self._free_at = now + GAP
        return self._press
