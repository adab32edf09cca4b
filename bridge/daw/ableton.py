"""Ableton Live through AbletonOSC: locators, track colours, texts in the status bar, transport.

Nothing is sent while there is nothing to tell. The first cue asks who is there; from then on cues
go out at once, one conversation at a time (`bridge.daw.ableton_ask`). AbletonOSC works in ticks of
0.1 s and holds some 250 datagrams between two; at most about a dozen are sent in one.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from bridge.daw.ableton_ask import Ask, Exchange, Talk
from bridge.daw.ableton_locators import FRESH, Locators
from bridge.daw.ableton_names import SHOW
from bridge.daw.ableton_state import Known
from bridge.daw.ableton_tracks import Tracks
from bridge.daw.target import NO_ORIGINALS
from bridge.daw.transport import Transport
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

    from bridge.daw.target import DawSettings, LinkStatus
    from bridge.moment import Moment

VERSION = "/live/application/get/version"
STARTUP = "/live/startup"
STOP = Osc("/live/song/stop_playing")
LISTENED = ("is_playing", "record_mode", "tempo")
_GET, _LISTEN = "/live/song/get/", "/live/song/start_listen/"

MOST_WAITING = 32
SETTLE = 1.0
"""Seconds after ``/live/startup`` before it is asked again (AbletonOSC issue 147: wait a little)."""
KNOCK = 3.0
"""Seconds between two questions to a Live that does not answer, while a cue waits."""
PACE = 0.1
"""Seconds between two status texts, one of Live's ticks; of those that come sooner the last counts."""


@dataclass(frozen=True, slots=True)
class _Restore:
    """Give the tracks their own colours back."""


@dataclass(frozen=True, slots=True)
class _Job:
    cue: Marker | TrackColour | _Restore
    since: float


class AbletonTarget:
    """The conversation with one Live."""

    kind = "ableton"
    wanted: tuple[str, ...] = ("/live/",)
    originals = NO_ORIGINALS

    def __init__(self, settings: DawSettings) -> None:
        self._settings = settings
        self._known = Known()
        self._locators, self._tracks = Locators(self._known), Tracks(self._known)
        self._exchange = Exchange()
        self._queue: deque[_Job] = deque()
        self._job: _Job | None = None
        self._text: tuple[str, float] | None = None
        self._text_at = float("-inf")
        self._settled_at: float | None = None
        self._listens = False
        self._forget_transport()

    @property
    def transport(self) -> Transport:
        """What the listeners told last; record mode is a recording once the song plays."""
        both = None if self._playing is None or self._record_mode is None else True
        recording = both and self._playing and self._record_mode
        return Transport(self._playing, recording, self._tempo)

    def recall(self, originals: Mapping[str, str]) -> None:
        """Do nothing: nothing is given back after a restart."""

    # --- cues -------------------------------------------------------------------------------------

    def tell(self, cue: Cue, moment: Moment) -> list[Osc]:
        """Take a cue; it goes out now unless another is being talked about."""
        now = moment.mono
        match cue:
            case Marker(name, colour):
                self._add(_Job(Marker(one_line(name) or "Songbridge", colour), now))
            case TrackColour(track, colour):
                self._add(_Job(TrackColour(one_line(track), colour), now))
            case StatusText(text):
                self._text = one_line(text), now
            case StopTransport():
                return [*self.advance(moment), STOP]
            case RestoreColours():
                return self.restore(moment)
            case RunAction():
                pass  # AbletonOSC runs none
            case _:
                assert_never(cue)
        return self.advance(moment)

    def restore(self, moment: Moment) -> list[Osc]:
        """Give every track its own colour back, after the cues that wait; for a sitting's end."""
        if self._tracks.changed or any(isinstance(job.cue, TrackColour) for job in self._queue):
            self._add(_Job(_Restore(), moment.mono))
        return self.advance(moment)

    # --- Live -------------------------------------------------------------------------------------

    def hear(self, message: Osc, moment: Moment) -> list[Osc]:
        """Take what Live says: an answer, a change of its transport, or that it began anew."""
        now = moment.mono
        self._known.heard, self._known.missed = True, False
        if message.address == STARTUP:
            self._begin_anew(now)
            return []
        self._hear_transport(message)
        out = self._exchange.hear(message, now)
        return out + self._go(now)

    def wake(self) -> float | None:
        """Return when the next wait, patience or pause is over."""
        if self._settled_at is not None:
            return self._settled_at
        due = [] if (at := self._exchange.wake()) is None else [at]
        if self._text is not None and self._known.up:
            due.append(self._text_at)
        return min(due, default=None)

    def advance(self, moment: Moment) -> list[Osc]:
        """Go on with whatever is due."""
        now = moment.mono
        if self._settled_at is not None and now >= self._settled_at:
            self._settled_at, self._known.starting = None, False
            self._listens = False
            return self._knock(now)
        if self._exchange.is_lost(now):
            return self._unanswered(now)
        return self._exchange.advance(now) + self._go(now)

    def status(self, moment: Moment) -> LinkStatus:
        """Return how the link stands, with what to do about it."""
        since = self._exchange.silent_since()
        pending = len(self._queue) + (self._job is not None) + (self._text is not None)
        waited = 0.0 if since is None else moment.mono - since
        return self._known.status(self._settings, pending, waited)

    # --- one thing at a time ----------------------------------------------------------------------

    def _go(self, now: float) -> list[Osc]:
        """Begin what is next; where it ends at once, what is after that."""
        self._drop_stale(now)
        if self._settled_at is not None:
            return []
        out: list[Osc] = []
        if self._known.up:
            out = self._say(now)
        while not self._exchange.busy:
            self._job = None
            if not self._known.up:
                waits = self._queue or self._text
                return out + (self._knock(now) if waits else [])
            if self._queue:
                self._job = self._queue.popleft()
                out += self._exchange.begin(self._talk(self._job), now)
            elif not self._listens:
                out += self._exchange.begin(self._introduce(), now)
            else:
                break
        return out

    def _talk(self, job: _Job) -> Talk:
        match job.cue:
            case Marker(name):
                return self._locators.mark(name, job.since)
            case TrackColour(track, colour):
                return self._tracks.paint(track, colour)
            case _Restore():
                return self._tracks.restore()
            case _:
                assert_never(job.cue)

    def _knock(self, now: float) -> list[Osc]:
        return self._exchange.begin(self._hello(), now, KNOCK)

    def _hello(self) -> Talk:
        answer = yield Ask((Osc(VERSION),))
        version = answer.last(VERSION) or ()
        if len(version) == 2 and all(type(number) is int for number in version):  # noqa: PLR2004 - major, minor
            self._known.version = (int(version[0] or 0), int(version[1] or 0))
        self._known.up = True

    def _introduce(self) -> Talk:
        """Hear the transport from now on, and find out what this AbletonOSC can do."""
        self._listens = True
        answer = yield Ask(tuple(Osc(_LISTEN + name) for name in LISTENED), risky=True)
        deaf = [name for name in LISTENED if answer.last(_GET + name) is None]
        if deaf:
            why = f" ({answer.error})" if answer.errors else ""
            self._known.fault("transport", f"Live does not tell {', '.join(deaf)}{why}")
        if self._known.locators is None:
            yield from self._locators.probe()

    def _unanswered(self, now: float) -> list[Osc]:
        """Live did not answer in time: give up what it was asked for."""
        self._known.missed, self._known.up = True, False
        self._listens = False
        self._exchange.stop()
        if self._job is not None:
            self._lose(self._job)
            self._job = None
        return self._go(now)

    def _begin_anew(self, now: float) -> None:
        """Live started, loaded a set or reloaded the script; it forgot our listeners."""
        job, touched = self._job, self._exchange.touched
        self._exchange.stop()
        self._job = None
        self._known.restarted()
        self._forget_transport()
        self._settled_at = now + SETTLE
        if job is not None and touched:
            self._lose(job)
        elif job is not None:
            self._queue.appendleft(job)

    # --- what waits -------------------------------------------------------------------------------

    def _say(self, now: float) -> list[Osc]:
        if self._text is None or now < self._text_at:
            return []
        text, self._text = self._text[0], None
        self._text_at = now + PACE
        return [Osc(SHOW, (text,))]

    def _add(self, job: _Job) -> None:
        while len(self._queue) >= MOST_WAITING:
            self._lose(self._queue.popleft())
        self._queue.append(job)

    def _drop_stale(self, now: float) -> None:
        while self._queue and self._queue[0].since + FRESH <= now:
            self._lose(self._queue.popleft())
        if self._text is not None and self._text[1] + FRESH <= now:
            self._text = None

    def _lose(self, job: _Job) -> None:
        match job.cue:
            case Marker(name):
                self._known.lose(name)
            case TrackColour(track):
                self._known.lose(f"colour of {track}")
            case _Restore():
                pass
            case _:
                assert_never(job.cue)

    def _forget_transport(self) -> None:
        self._playing: bool | None = None
        self._record_mode: bool | None = None
        self._tempo: float | None = None

    def _hear_transport(self, message: Osc) -> None:
        value = message.args[0] if message.args else None
        match message.address.removeprefix(_GET):
            case "is_playing" if isinstance(value, (bool, int)):
                self._playing = bool(value)
            case "record_mode" if isinstance(value, (bool, int)):
                self._record_mode = bool(value)
            case "tempo" if isinstance(value, float):
                self._tempo = value
