"""Ardour over its own OSC: markers made by name at the playhead, each followed by a question.

The playhead is never moved: a marker behind a ``/locate`` would land on the place of before. Ardour
forgets who listens when it ends, and when another program on its machine asks for all answers; it
says the latter with a wipe. So its heartbeat is watched, and it is greeted again until it answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bridge.daw import ardour_words
from bridge.daw.ardour_line import FRAME, Line, Said
from bridge.daw.ardour_selecting import ROW, SELECTED
from bridge.daw.ardour_tracks import Painter
from bridge.daw.ardour_transport import LAMPS, MARKERS, SESSION, Lamps, Sight, is_wipe
from bridge.daw.target import DawSettings, LinkState, LinkStatus
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
FIRST_ANSWER = 0.5
"""Seconds after the very first greeting at which Ardour is said to be silent."""
WIPING = 0.1
"""Seconds that a wipe may take; until then what is heard says nothing (seen: 0.007)."""
_NEVER = float("-inf")


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

    def __init__(self, settings: DawSettings) -> None:
        self._lamps = Lamps()
        self._settings = settings
        self._painter = Painter()
        self._line = Line(settings.keep)
        self._sight = Sight()
        self._heard = self._greeted = self._first = self._wiped_until = _NEVER
        self._there = False

    @property
    def transport(self) -> Transport:
        """What Ardour's transport does; all unknown without a link."""
        return self._lamps.transport

    @property
    def originals(self) -> Mapping[str, str]:
        """The sessions in which tracks were coloured; each keeps in its folder how they were."""
        return self._painter.painted

    def recall(self, originals: Mapping[str, str]) -> None:
        """Know again in which sessions tracks were coloured."""
        self._painter.recall(originals)

    def tell(self, cue: Cue, moment: Moment) -> list[Osc]:
        """Make the marker at once; without Ardour, keep the cue for a while and look for it."""
        now = moment.mono
        match cue:
            case Marker(name):
                return self._say(Said(one_line(name) or "Songbridge", now))
            case RunAction(action):
                return self._run(one_line(action), now)
            case StopTransport():
                return self._stop(now)
            case TrackColour(track, colour):
                self._painter.want(one_line(track), colour)
                return self._painter.advance(now, there=self._present(now))
            case RestoreColours():
                self._painter.want_own()
                return self._painter.advance(now, there=self._present(now))
            case StatusText():
                return []  # Ardour has no such message: status says so
            case _:
                assert_never(cue)

    def hear(self, message: Osc, moment: Moment) -> list[Osc]:
        """Take feedback; whatever it is, it says that Ardour is there, but for a wipe."""
        now = moment.mono
        if is_wipe(message):
            self._gone()
            self._wiped_until = now + WIPING
        if now < self._wiped_until:
            return []
        self._heard = max(self._heard, now)
        self._there = True
        self._lamps.hear(message)
        self._painter.session, self._painter.heard = self._lamps.session, self._heard
        self._sight.hear(message, now, playing=self.transport.playing)
        if message.address == FRAME.address:
            self._answered(now)
        if self._sight.nothing(now):
            self._line.forget_names(self._sight.take_missing())
        return [*self._line.go_on(now, self.transport), *self._paint(message, now)]

    def wake(self) -> float | None:
        """Return when somebody is to be greeted, given up, or coloured next."""
        due = [self._heard + SILENCE if self._there else self._greets_at]
        due += self._line.wake(there=self._there)
        if (painting := self._painter.wake()) is not None:
            due.append(painting)
        return min(due)

    def advance(self, moment: Moment) -> list[Osc]:
        """Miss the heartbeat, greet again, give up what is too old: whatever is due."""
        now = moment.mono
        if self._there and not self._present(now):
            self._gone()
        out = [] if self._there or now < self._greets_at else self._greet(now)
        self._line.expire(now, there=self._there)
        if self._there:
            out += self._line.go_on(now, self.transport)
        return out + self._painter.advance(now, there=self._there)

    def status(self, moment: Moment) -> LinkStatus:
        """Return how the link stands, with what to do about it."""
        now, line, painter = moment.mono, self._line, self._painter
        text = ardour_words.sentence(
            self._state(now), self._settings, self._lamps.session, painter, names=line.names
        )
        lost = ardour_words.losses(line.dropped, line.lost)
        pending, dropped = line.pending + painter.pending, line.dropped + painter.dropped
        return LinkStatus(self._state(now), text + lost, pending, dropped, lost)

    # --- cues -------------------------------------------------------------------------------------

    def _say(self, said: Said) -> list[Osc]:
        return self._line.take(said, there=self._present(said.at))

    def _run(self, action: str, now: float) -> list[Osc]:
        """Run an action, but none during a take: whether one would cut it, its name doesn't say."""
        if not action:
            return []
        if self.transport.recording:
            self._line.refuse(action)
            return []
        return self._say(Said(action, now, marker=False))

    def _stop(self, now: float) -> list[Osc]:
        """Stop what is surely no take; a stop that comes late is not wanted any more."""
        transport = self.transport
        if self._present(now) and transport.playing and transport.recording is False:
            return [STOP]
        return []

    def _answered(self, now: float) -> None:
        said = self._line.answered()
        if said is not None and said.marker:
            self._sight.taken(said.name, now)

    # --- the link ---------------------------------------------------------------------------------

    def _present(self, now: float) -> bool:
        return self._there and now < self._heard + SILENCE

    def _gone(self) -> None:
        """Begin anew: who listened is forgotten, and another Ardour may come."""
        self._there = False
        self._line.gone()
        self._lamps, self._sight = Lamps(), Sight()
        self._painter.begin_anew()

    @property
    def _greets_at(self) -> float:
        return max(self._greeted + LOOK, self._wiped_until)

    def _greet(self, now: float) -> list[Osc]:
        self._first = now if self._first == _NEVER else self._first
        self._greeted = now
        self._line.greeted(now)
        return list(GREETING)

    def _paint(self, message: Osc, now: float) -> list[Osc]:
        out = self._painter.hear(message, now)
        return [*out, *self._painter.advance(now, there=True)] if self._painter.pending else out

    def _state(self, now: float) -> LinkState:
        if self._present(now):
            return "trouble" if self._line.trouble else "ready"
        looked = self._heard > _NEVER or now >= self._first + FIRST_ANSWER > _NEVER
        return "silent" if looked else "unknown"
