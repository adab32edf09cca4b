"""Ableton Live through AbletonOSC: locators, colours, texts in the status bar, transport.

Live is greeted when the service starts and whenever it comes back, so that its transport is known
before any cue; one conversation at a time is held (`bridge.daw.ableton_ask`). AbletonOSC works in
ticks of 0.1 s and holds some 250 datagrams between two; at most about two dozen are sent in one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bridge.daw.ableset import locator_name
from bridge.daw.ableton_ask import Ask, Exchange, Talk, Wait
from bridge.daw.ableton_colours import Colours
from bridge.daw.ableton_locators import Locators
from bridge.daw.ableton_names import SHOW
from bridge.daw.ableton_pulse import KNOCK, VERSION, Pulse
from bridge.daw.ableton_state import Known
from bridge.daw.ableton_transport import GET, LISTENED, LISTENS, READS, STOP, Listened
from bridge.daw.ableton_waiting import Job, Marks, Paint, Restore, Waiting
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
    from bridge.daw.transport import Transport
    from bridge.messages import ToDaw
    from bridge.moment import Moment

STARTUP = "/live/startup"

SETTLE = 1.0
"""Seconds after ``/live/startup`` before it is asked again (AbletonOSC issue 147: wait a little)."""
STOPPED = 1.0
"""Seconds within which Live is not told to stop again."""


class AbletonTarget:
    """The conversation with one Live."""

    kind = "ableton"
    wanted: tuple[str, ...] = ("/live/",)

    def __init__(self, settings: DawSettings) -> None:
        self._settings = settings
        self._known = Known()
        self._locators, self._colours = Locators(self._known), Colours(self._known)
        self._waiting = Waiting(settings.keep, self._known)
        self._listened, self._pulse, self._exchange = Listened(), Pulse(READS), Exchange()
        self._job: Job | None = None
        self._settled_at: float | None = None
        self._stopped_at = float("-inf")
        self._listens = False

    @property
    def transport(self) -> Transport:
        """What the listeners told last; all unknown without a link."""
        return self._listened.value

    @property
    def originals(self) -> Mapping[str, str]:
        """What has our colour now, and its own one."""
        return self._colours.originals

    def recall(self, originals: Mapping[str, str]) -> None:
        """Take back what `originals` was before a restart of the service."""
        self._colours.recall(originals)

    # --- cues -------------------------------------------------------------------------------------

    def tell(self, cue: Cue, moment: Moment) -> list[Osc]:
        """Take a cue; it goes out now unless another is being talked about."""
        now = moment.mono
        match cue:
            case Marker(name):
                self._waiting.mark(locator_name(name, ableset=self._settings.ableset), now)
            case TrackColour(track, colour):
                self._waiting.paint(one_line(track), colour)
            case StatusText(text):
                self._waiting.say(one_line(text), now)
            case StopTransport():
                return self._stop(now) + self.advance(moment)
            case RestoreColours():
                self._waiting.restore()
            case RunAction(action):
                self._known.refuse_action(one_line(action))
            case _:
                assert_never(cue)
        return self.advance(moment)

    def _stop(self, now: float) -> list[Osc]:
        """Stop a song that plays and is not recorded; what is not known is left alone."""
        here = self._listened.value
        if not here.playing or here.recording is not False or now < self._stopped_at + STOPPED:
            return []
        self._stopped_at = now
        return [STOP]

    # --- Live -------------------------------------------------------------------------------------

    def hear(self, message: Osc, moment: Moment) -> list[Osc]:
        """Take what Live says: an answer, a change of its transport, or that it began anew."""
        now = moment.mono
        self._known.heard, self._known.missed = True, False
        self._pulse.heard(now)
        if message.address == STARTUP:
            self._begin_anew(now)
            return []
        if self._known.up and self._listened.hear(message) and self._pulse.looks(now):
            self._listens = False  # it changed, and no listener told
        out = self._exchange.hear(message, now)
        return out + self._go(now)

    def unsent(self, refused: ToDaw | None, moment: Moment) -> list[Osc]:  # noqa: ARG002 - any will do
        """Learn from the system that nobody listens where Live should: it is gone."""
        if not self._known.up:
            return []
        self._lose_live()
        return self._exchange.begin(self._hello_later(), moment.mono, KNOCK)

    def wake(self) -> float | None:
        """Return when the next wait, patience, pause or sign of life is over."""
        if self._settled_at is not None:
            return self._settled_at
        due = [self._exchange.wake(), None if self._exchange.busy else self._pulse.wake()]
        due.append(self._waiting.text_at() if self._known.up else self._waiting.stale_at())
        return min((at for at in due if at is not None), default=None)

    def advance(self, moment: Moment) -> list[Osc]:
        """Go on with whatever is due."""
        now = moment.mono
        if self._settled_at is not None and now >= self._settled_at:
            self._settled_at, self._known.starting = None, False
            self._listens = False
            return self._knock(now)
        if self._is_lost(now):
            self._lose_live()
        return self._exchange.advance(now) + self._go(now)

    def status(self, moment: Moment) -> LinkStatus:
        """Return how the link stands, with what to do about it."""
        asked = [self._exchange.silent_since(), self._pulse.silent_since()]
        waited = max((moment.mono - at for at in asked if at is not None), default=0.0)
        job = len(self._job.names) if isinstance(self._job, Marks) else self._job is not None
        return self._known.status(self._settings, len(self._waiting) + job, waited)

    # --- one thing at a time ----------------------------------------------------------------------

    def _go(self, now: float) -> list[Osc]:
        """Begin what is next; where it ends at once, what is after that."""
        if not self._known.up:
            self._waiting.drop_stale(now)
        if self._settled_at is not None:
            return []
        out = self._say(now) if self._known.up else []
        while not self._exchange.busy:
            self._job = None
            if not self._known.up:
                return out + self._knock(now)
            talk = self._next()
            if talk is None:
                return out + self._pulse.beat(now)
            out += self._exchange.begin(talk, now)
        return out

    def _next(self) -> Talk | None:
        """Return what to talk about now: the transport first, then cues."""
        if not self._listens:
            return self._listen()
        self._job = self._waiting.next()
        match self._job:
            case None:
                return self._locators.probe() if self._known.locators is None else None
            case Marks():
                return self._locators.mark(self._job)
            case Paint(track, colour):
                return self._colours.paint(track, colour)
            case Restore():
                return self._colours.restore() if self._colours.changed else _nothing()
            case _:
                assert_never(self._job)

    def _say(self, now: float) -> list[Osc]:
        text = self._waiting.text(now)
        return [] if text is None else [Osc(SHOW, (text,))]

    def _knock(self, now: float) -> list[Osc]:
        return self._exchange.begin(self._hello(), now, KNOCK)

    def _hello(self) -> Talk:
        answer = yield Ask((Osc(VERSION),))
        version = answer.last(VERSION) or ()
        if len(version) == 2 and all(type(number) is int for number in version):  # noqa: PLR2004 - major, minor
            self._known.version = (int(version[0] or 0), int(version[1] or 0))
        self._known.up = True

    def _hello_later(self) -> Talk:
        yield Wait(KNOCK)
        yield from self._hello()

    def _listen(self) -> Talk:
        """Hear the transport from now on."""
        self._listens = True
        answer = yield Ask(LISTENS, risky=True)
        deaf = [name for name in LISTENED if answer.last(GET + name) is None]
        if deaf:
            why = f" ({answer.error})" if answer.errors else ""
            self._known.fault("transport", f"Live does not tell {', '.join(deaf)}{why}")
        else:
            self._known.well("transport")

    # --- lost and found ---------------------------------------------------------------------------

    def _is_lost(self, now: float) -> bool:
        if self._exchange.busy:
            return self._exchange.is_lost(now)
        return self._known.up and self._pulse.is_lost(now)

    def _lose_live(self) -> None:
        """Live does not answer any more; it is knocked on until it does."""
        self._known.missed, self._known.up = True, False
        self._listened.forget()
        self._listens = False
        self._leave()

    def _begin_anew(self, now: float) -> None:
        """Live started, loaded a set or reloaded the script; it forgot our listeners."""
        self._known.restarted()
        self._listened.forget()
        self._settled_at = now + SETTLE
        self._leave()

    def _leave(self) -> None:
        """End the conversation; a cue that Live may have is not told twice, any other waits."""
        job, touched = self._job, self._exchange.touched
        self._exchange.stop()
        self._job = None
        if isinstance(job, Marks) and touched:
            self._waiting.lose(job)
        elif job is not None:
            self._waiting.back(job)


def _nothing() -> Talk:
    """Return the talk that ends before it begins."""
    yield from ()
