"""Cues on their way out: what can't leave waits, what is lost is told once, what was changed is kept.

The consumer thread owns it. Looking at how links stand is no part of a press: it is done when
nothing else waits, once a second and after news of a DAW.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Protocol, assert_never

from bridge.app.daw_rows import shown
from bridge.app.inbox import AnswerIn
from bridge.app.roles import OscOut
from bridge.app.tapping import Taps
from bridge.daw.guard import LinkReport
from bridge.daw.links import Links
from bridge.messages import Cue, ToDaw
from bridge.moment import Moment
from bridge.ports.osc_peers import LinkIn, Refusal

_LOOK = 1.0
"""Seconds between two looks at how links stand, where nothing is known to have changed."""
_SOON = 0.1
"""Seconds between two looks at least: a DAW may have thousands of news a second."""


class Originals(Protocol):
    """Where colours of before outlive the service; ``trouble`` says why they may not."""

    @property
    def trouble(self) -> str:
        """What is wrong, empty when all is well."""

    def read(self) -> Mapping[str, Mapping[str, str]]:
        """Return what was kept, by the name of the link; blocks shortly."""

    def keep(self, originals: Mapping[str, Mapping[str, str]]) -> None:
        """Keep it from now on; never blocks."""

    def close(self) -> None:
        """End when the newest is kept."""


class NotKept:
    """Forgets everything."""

    trouble = ""

    def read(self) -> Mapping[str, Mapping[str, str]]:
        """Return nothing."""
        return {}

    def keep(self, originals: Mapping[str, Mapping[str, str]]) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


class Delivery:
    """All links to DAWs, with their ways.

    ``states`` is how each stands, for the lights; ``kept`` is where colours of before are kept.
    """

    def __init__(
        self,
        links: Links,
        osc: OscOut,
        taps: Taps,
        *,
        originals: Originals | None = None,
        say: Callable[[str], None] = lambda _line: None,
    ) -> None:
        self.links, self._osc, self._taps, self._say = links, osc, taps, say
        self.kept = originals or NotKept()
        self._kept = self.kept.read()
        links.recall(self._kept)
        self._closed: Collection[str] | None = None
        self._dropped: dict[str, int] = {}
        self._looked, self._news = float("-inf"), True
        self.states: tuple[str, ...] = ()

    def use(self, links: Links) -> None:
        """Change to other links; those that are the same go on."""
        links.succeed(self.links)
        links.recall({k: self._kept[k] for k in self._kept if not self._goes_on(links, k)})
        self.links, self._closed = links, None
        self._news = True

    def close(self) -> None:
        """Keep what is to be given back another time: the service ends."""
        self._keep()
        self.kept.close()

    def _goes_on(self, links: Links, key: str) -> bool:
        return links.settings.get(key) == self.links.settings.get(key)

    # --- out --------------------------------------------------------------------------------------

    def tell(self, cue: Cue, moment: Moment) -> None:
        """Tell every DAW a cue, at once."""
        closed = self._osc.closed()
        if closed != self._closed:
            self._ways(closed, moment)
        self._send(self.links.telling(cue, moment), moment)

    def hear(self, message: LinkIn | AnswerIn | Refusal, moment: Moment) -> None:
        """Take what a DAW says, or that it isn't there."""
        links = self.links
        match message:
            case LinkIn(key=key, message=osc, at=at):
                self._taps.link_in(message)
                out = links.hear(key, osc, at)
            case AnswerIn(key=key, answer=answer):
                self._taps.answer_in(message, moment)
                out = links.answered(key, answer, moment)
            case Refusal(key=key, message=unheard):
                out = links.unsent(key, unheard, moment)
            case _:
                assert_never(message)
        self.out(out, moment)

    def out(self, messages: list[tuple[str, ToDaw]], moment: Moment) -> None:
        """Send what links have to say to news of their DAWs."""
        self._send(messages, moment)
        self._news = True

    def advance(self, moment: Moment) -> bool:
        """Let time pass; tell whether anything was due."""
        closed = self._osc.closed()
        if closed != self._closed:
            self._ways(closed, moment)
        due = self.links.wake()
        if due is None or due > moment.mono:
            return False
        self.out(self.links.advance(moment), moment)
        return True

    def wake(self) -> float | None:
        """Return the ``mono`` instant at which something is due, None for never."""
        due = self.links.wake()
        if not self._news:
            return due
        look = self._looked + _SOON
        return look if due is None else min(look, due)

    def _ways(self, closed: Collection[str], moment: Moment) -> None:
        self._closed = closed
        self.out(self.links.closed(closed, moment), moment)

    def _send(self, messages: Iterable[tuple[str, ToDaw]], moment: Moment) -> None:
        for key, message in messages:
            if not self._osc.cue(key, message):
                self.out(self.links.unsent(key, message, moment), moment)
            if self._taps:
                self._taps.cue(key, message)

    # --- how it stands ----------------------------------------------------------------------------

    def rest(self, moment: Moment) -> None:
        """Look at how links stand, when it is time."""
        if moment.mono < self._looked + (_SOON if self._news else _LOOK):
            return
        self._looked, self._news = moment.mono, False
        reports = self.links.statuses(moment)
        for report in reports:
            self._tell_dropped(report, moment)
        self._keep()
        transports = self.links.transports()
        self.states = tuple(shown(one, transports[one.name], self._osc) for one in reports)

    def _tell_dropped(self, report: LinkReport, moment: Moment) -> None:
        """Say once what a DAW was not told."""
        before = self._dropped.get(report.name, 0)
        self._dropped[report.name] = report.dropped
        if report.dropped > before:
            count = report.dropped - before
            what = "a cue was dropped" if count == 1 else f"{count} cues were dropped"
            self._say(f"{report.name}: {what}; {report.detail}")
            self._taps.dropped(report.name, count, what, moment)

    def _keep(self) -> None:
        originals = {key: dict(one) for key, one in self.links.originals().items()}
        if originals != self._kept:
            self._kept = originals
            self.kept.keep(originals)
