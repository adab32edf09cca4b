"""REAPER, in two tiers: plain OSC, and a script of ours behind its web interface where there is one.

Tier 1 (`bridge.daw.reaper_osc`) makes named markers and needs nothing installed. Tier 2
(`bridge.daw.reaper_web`) makes named, coloured markers and regions and colours tracks, and confirms
each. What waits belongs to neither: the better one that is there takes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bridge.daw import reaper_script as script
from bridge.daw.reaper_backlog import Backlog
from bridge.daw.reaper_osc import OscTier
from bridge.daw.reaper_transport import WANTED, ReaperTransport
from bridge.daw.reaper_web import Found, WebTier
from bridge.daw.reaper_words import losses, sentence
from bridge.daw.target import DawSettings, LinkState, LinkStatus
from bridge.daw.words import one_line
from bridge.messages import (
    Cue,
    HttpAnswer,
    Marker,
    Osc,
    RestoreColours,
    RunAction,
    StatusText,
    StopTransport,
    ToDaw,
    TrackColour,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bridge.daw.transport import Transport
    from bridge.moment import Moment

_HARMLESS = frozenset(("40157", "40174", "41743", *(str(n) for n in range(40656, 40666))))
"""Actions that are run during a take: insert a marker or a region, refresh surfaces, place marker 1 to 10
at the cursor. What any other does to the take, its number doesn't say."""
_LATE = 5.0
"""Seconds after which a stop that waited for a marker is not wanted any more."""


_AWAY: frozenset[Found] = frozenset(("unknown", "nobody", "mute"))


class ReaperTarget:
    """The conversation with one REAPER."""

    kind = "reaper"
    wanted: tuple[str, ...] = ("/lastmarker/", *WANTED)

    def __init__(self, settings: DawSettings) -> None:
        self._settings = settings
        self._transport = ReaperTransport()
        self._backlog = Backlog(regions=settings.regions)
        self._osc = OscTier(self._backlog, self._transport, deaf=not settings.listen_port)
        self._web = WebTier(self._backlog, self._transport, off=not settings.web_port)

    @property
    def transport(self) -> Transport:
        """What REAPER told last of playing and recording."""
        return self._transport.now

    @property
    def originals(self) -> Mapping[str, str]:
        """The tracks that were coloured: how they were, and how we left them."""
        return self._backlog.originals

    def recall(self, originals: Mapping[str, str]) -> None:
        """Take back what `originals` was."""
        self._backlog.recall(originals)

    # --- cues -------------------------------------------------------------------------------------

    def tell(self, cue: Cue, moment: Moment) -> list[ToDaw]:
        """Take a cue, and hand out what can be sent at once."""
        backlog, now = self._backlog, moment.mono
        match cue:
            case Marker(name, colour):
                backlog.mark(one_line(name) or "Songbridge", colour, now)
            case TrackColour(track, colour):
                backlog.colour(one_line(track), colour)
            case StatusText(text):
                backlog.text(one_line(text) if self._web.found == "ready" else "")
            case StopTransport():
                self._stop(now)
            case RestoreColours():
                backlog.restore(self._web.under_way)
            case RunAction(action):
                self._run(one_line(action), now)
            case _:
                assert_never(cue)
        wake = self.wake()
        return self.advance(moment) if wake is not None and wake <= now else []

    def _run(self, action: str, now: float) -> None:
        if script.is_action(action) and not (self.transport.recording and action not in _HARMLESS):
            self._backlog.run(action, now)
        else:
            self._backlog.drop(f"action {action}")

    def _stop(self, now: float) -> None:
        """Have it stopped, where a way is there: a stop that comes late is not wanted any more."""
        if self._web.found == "ready" or self._osc.there:
            self._backlog.stop(now)

    # --- feedback ---------------------------------------------------------------------------------

    def hear(self, message: Osc, moment: Moment) -> list[ToDaw]:
        """Take feedback of the OSC device."""
        self._transport.hear(message)
        out: list[ToDaw] = [*self._osc.hear(message, moment.mono)]
        return out + self._pump(moment.mono)

    def answered(self, answer: HttpAnswer, moment: Moment) -> list[ToDaw]:
        """Take an answer of the web interface, or that there is none."""
        seen = self._web.seen
        self._web.answered(answer, moment.mono)
        if seen and not self._web.seen:
            self._osc.suspect()
        return self._advance(moment)

    # --- time -------------------------------------------------------------------------------------

    def wake(self) -> float | None:
        """Return when something is due in either tier, or for what waits."""
        due = [self._osc.wake(), self._web.wake(), self._backlog_wake()]
        return min((at for at in due if at is not None), default=None)

    def _backlog_wake(self) -> float | None:
        web, osc, backlog = self._web.free_at(), self._osc.free_at(), self._backlog
        if self._web.found == "ready":
            return web if backlog.waits and not self._osc.pending else None
        if not backlog.news:
            return None
        if self._osc.there:
            return osc
        return backlog.news[0].at + self._settings.keep

    def advance(self, moment: Moment) -> list[ToDaw]:
        """Do whatever is due."""
        return self._advance(moment)

    def _advance(self, moment: Moment) -> list[ToDaw]:
        now = moment.mono
        out: list[ToDaw] = [*self._osc.advance(now), *self._web.advance(moment)]
        return out + self._pump(now)

    def _pump(self, now: float) -> list[ToDaw]:
        """Hand out what waits to the better tier that is there; drop what waited too long for one."""
        self._spare_the_take(now)
        if self._web.found == "ready":
            return self._to_script(now)
        if self._osc.there:
            return self._to_osc(now)
        self._backlog.expire(now, self._settings.keep)
        return []

    def _spare_the_take(self, now: float) -> None:
        """Drop what is next where it could cut a take: one may have begun while it waited.

        The script looks itself before it stops; plain OSC does not, so there it must be known.
        """
        news, recording = self._backlog.news, self.transport.recording
        surely = self._web.found == "ready" or recording is False
        while news:
            order = news[0]
            stop = order.verb == "stop" and (not surely or now >= order.at + _LATE)
            if not (stop or (order.verb == "run" and recording and order.name not in _HARMLESS)):
                return
            self._backlog.drop(news.popleft().called)

    def _to_script(self, now: float) -> list[ToDaw]:
        if self._osc.pending:  # the script's marker would be taken for the one that waits
            return []
        free_at = self._web.free_at()
        if free_at is None or now < free_at or (order := self._backlog.next(now)) is None:
            return []
        return [self._web.do(order, now)]

    def _to_osc(self, now: float) -> list[ToDaw]:
        out, news = list[ToDaw](), self._backlog.news
        while news and (free_at := self._osc.free_at()) is not None and now >= free_at:
            out.append(self._osc.do(news.popleft(), now))
            self._spare_the_take(now)
        return out

    # --- words ------------------------------------------------------------------------------------

    def status(self, moment: Moment) -> LinkStatus:  # noqa: ARG002 - it changes by deadlines
        """Return how the link stands, with what to do about it."""
        web, backlog = self._web, self._backlog
        pending = len(backlog.news) + self._osc.pending + (web.under_way is not None)
        if web.found == "ready" or (web.found in _AWAY and not self._osc.there):
            pending += (
                backlog.states
            )  # where REAPER is there without the script, they just lie ready
        text = sentence(self._settings, self._osc, web.found, backlog)
        lost = losses(backlog)
        return LinkStatus(self._state(), text + lost, pending, backlog.dropped, lost)

    def _state(self) -> LinkState:
        if self._web.found == "ready":
            return "trouble" if self._backlog.faults else "ready"
        return self._osc.state
