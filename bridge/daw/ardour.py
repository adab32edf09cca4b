"""Ardour over its own OSC: markers made by name at the playhead, each followed by a question.

Ardour answers no marker, so ``/transport_frame`` is asked right behind it: one thread of Ardour's
takes both in order, and the answer says that the marker before it was taken. The playhead is never
moved: a marker behind a ``/locate`` would land on the place of before. Ardour forgets who listens
when it ends, so its heartbeat is watched, and it is greeted again until it answers.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from bridge.daw import ardour_words
from bridge.daw.ardour_tracks import ROW, SELECTED, Painter
from bridge.daw.ardour_transport import LAMPS, MARKERS, SESSION, Lamps, Sight
from bridge.daw.target import NO_ORIGINALS, DawSettings, LinkState, LinkStatus
from bridge.daw.words import one_line
from bridge.messages import (
    Cue,
    Marker,
    Osc,
    RestoreColours,
    RunAction,
    StatusText,
    StopTransport,
    TrackColour,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bridge.daw.transport import Transport
    from bridge.moment import Moment

ADD = "/add_marker"
FRAME = Osc("/transport_frame")
STOP = Osc("/transport_stop")
HEARTBEAT = "/heartbeat"

_STRIPS = 1 + 2 + 4 + 8 + 16  # audio and MIDI tracks, audio and MIDI buses, VCAs
_FEEDBACK = 8 + 16 + 8192 + 16384  # heartbeat, transport and session, selection, "/reply"
GREETING = (
    Osc("/set_surface/port", (0,)),  # answer to where we ask from, not to port 8000 of our host
    Osc("/set_surface", (0, _STRIPS, _FEEDBACK, 0, 0, 0)),
    FRAME,
)

SILENCE = 3.5
"""Seconds without a word after which Ardour is taken for gone; its heart beats every 1.05 s."""
LOOK = 5.0
"""Seconds between two greetings while nobody answers."""
HURRY = 0.5
"""Seconds between two greetings at least, when cues wait for an answer."""
PATIENCE = 5.0
"""Seconds that the answer behind a marker may take; its median is 0.0001 s. Longer than `SILENCE`,
so that an Ardour that ended is gone, not in trouble."""
FRESH = 10.0
"""Seconds that a cue may wait for its turn; later, its marker would stand in a wrong place."""
WINDOW = 32
"""Markers on their way at once: two datagrams each, of the 256 that Ardour's socket can hold."""
MOST_WAITING_ABSENT = 32
MOST_WAITING = 512
"""Markers that wait while Ardour answers, each some 0.0002 s."""
_NEVER = float("-inf")


@dataclass(slots=True)
class _Asked:
    """A ``/transport_frame`` under way; ``name`` is that of the marker before it, or empty."""

    name: str
    at: float


class ArdourTarget:
    """The conversation with one Ardour."""

    kind = "ardour"
    wanted: tuple[str, ...] = (
        HEARTBEAT,
        FRAME.address,
        MARKERS,
        SESSION,
        ROW,
        SELECTED,
        *LAMPS,
    )
    originals = NO_ORIGINALS

    def __init__(self, settings: DawSettings) -> None:
        self._lamps = Lamps()
        self._settings = settings
        self._painter = Painter()
        self._queue: deque[tuple[str, float]] = deque()
        self._asked: deque[_Asked] = deque()
        self._sight = Sight()
        self._heard = self._greeted = self._first = _NEVER
        self._there = self._trouble = False
        self._dropped = 0
        self._lost = ""

    @property
    def transport(self) -> Transport:
        """What Ardour's transport does; all unknown without a link."""
        return self._lamps.transport

    def recall(self, originals: Mapping[str, str]) -> None:
        """Do nothing: nothing is given back after a restart."""

    def tell(self, cue: Cue, moment: Moment) -> list[Osc]:
        """Make the marker at once; without Ardour, keep the cue for a while and look for it."""
        now = moment.mono
        match cue:
            case Marker(name):
                return self._mark(one_line(name) or "Songbridge", now)
            case TrackColour(track, colour):
                self._painter.want(one_line(track), colour, now)
                return self._painter.advance(now, there=self._present(now)) or self._look(now)
            case StopTransport():
                return [STOP]
            case RunAction(action):
                return [Osc("/access_action", (one_line(action),))]
            case StatusText() | RestoreColours():
                return []  # Ardour has no such message: status says so
            case _:
                assert_never(cue)

    def hear(self, message: Osc, moment: Moment) -> list[Osc]:
        """Take feedback; whatever it is, it says that Ardour is there."""
        now = moment.mono
        self._heard = max(self._heard, now)
        self._there = True
        self._lamps.hear(message)
        self._sight.hear(message, now, playing=self.transport.playing)
        if message.address == FRAME.address:
            self._answered(now)
        return [*self._waiting(now), *self._paint(message, now)]

    def wake(self) -> float | None:
        """Return when somebody is to be greeted, given up, or coloured next."""
        due = [self._heard + SILENCE if self._there else self._greeted + LOOK]
        if self._asked:
            due.append(self._asked[0].at + PATIENCE)
        if self._queue:
            due.append(self._queue[0][1] + FRESH)
        if (painting := self._painter.wake()) is not None:
            due.append(painting)
        return min(due)

    def advance(self, moment: Moment) -> list[Osc]:
        """Miss the heartbeat, greet again, give up what is too old: whatever is due."""
        now = moment.mono
        if self._there and not self._present(now):
            self._gone()
        out = self._greet(now) if not self._there and now >= self._greeted + LOOK else []
        self._expire(now)
        return [*out, *self._waiting(now), *self._painter.advance(now, there=self._there)]

    def status(self, moment: Moment) -> LinkStatus:
        """Return how the link stands, with what to do about it."""
        now = moment.mono
        nameless = self._present(now) and self._sight.nothing(now)
        state = "trouble" if nameless else self._state(now)
        pending = len(self._queue) + len(self._marked()) + self._painter.pending
        dropped = self._dropped + self._painter.dropped
        return LinkStatus(state, self._sentence(state, nameless=nameless), pending, dropped)

    # --- markers ----------------------------------------------------------------------------------

    def _mark(self, name: str, now: float) -> list[Osc]:
        there = self._present(now)
        if there and not self._queue and len(self._asked) < WINDOW:
            return self._add(name, now)
        if len(self._queue) >= (MOST_WAITING if there else MOST_WAITING_ABSENT):
            self._drop(self._queue.popleft()[0])
        self._queue.append((name, now))
        return [] if there else self._look(now)

    def _add(self, name: str, now: float) -> list[Osc]:
        self._asked.append(_Asked(name, now))
        return [Osc(ADD, (name,)), FRAME]

    def _waiting(self, now: float) -> list[Osc]:
        """Send on what waited, as far as there is room on the way."""
        out: list[Osc] = []
        while self._queue and self._there and len(self._asked) < WINDOW:
            out += self._add(self._queue.popleft()[0], now)
        return out

    def _answered(self, now: float) -> None:
        asked = self._asked.popleft() if self._asked else None
        if asked is not None and asked.name:
            self._trouble = False
            self._sight.taken(now)

    def _marked(self) -> list[_Asked]:
        return [asked for asked in self._asked if asked.name]

    def _expire(self, now: float) -> None:
        while self._asked and now >= self._asked[0].at + PATIENCE:
            asked = self._asked.popleft()
            if asked.name:
                self._trouble = True
                self._drop(asked.name)
        while self._queue and now >= self._queue[0][1] + FRESH:
            self._drop(self._queue.popleft()[0])

    def _drop(self, name: str) -> None:
        self._dropped += 1
        self._lost = name

    # --- the link ---------------------------------------------------------------------------------

    def _present(self, now: float) -> bool:
        return self._there and now < self._heard + SILENCE

    def _gone(self) -> None:
        """Count what was under way: nobody knows whether Ardour took it, or saved it."""
        for asked in self._marked():
            self._drop(asked.name)
        self._asked.clear()
        self._there = self._trouble = False
        self._lamps, self._sight = Lamps(), Sight()
        self._painter.begin_anew()

    def _look(self, now: float) -> list[Osc]:
        """Greet out of turn, for a cue waits."""
        if self._there or now < self._greeted + HURRY:
            return []
        return self._greet(now)

    def _greet(self, now: float) -> list[Osc]:
        self._first = now if self._first == _NEVER else self._first
        self._greeted = now
        self._asked.clear()
        self._asked.append(_Asked("", now))
        return list(GREETING)

    def _paint(self, message: Osc, now: float) -> list[Osc]:
        out = self._painter.hear(message, now)
        return [*out, *self._painter.advance(now, there=True)] if self._painter.pending else out

    # --- words ------------------------------------------------------------------------------------

    def _state(self, now: float) -> LinkState:
        if self._present(now):
            return "trouble" if self._trouble else "ready"
        looked = self._heard > _NEVER or now >= self._first + HURRY > _NEVER
        return "silent" if looked else "unknown"

    def _sentence(self, state: LinkState, *, nameless: bool) -> str:
        text = ardour_words.sentence(
            state, self._settings, self._lamps.session, self._painter, nameless=nameless
        )
        return text + ardour_words.losses(self._dropped, self._lost)
