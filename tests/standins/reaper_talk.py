"""A REAPER's adapter and its twin with OSC and a web interface, talking on a simulated clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bridge.daw.target import DawSettings
from bridge.messages import HttpAnswer, HttpAsk, Marker, ToDaw
from tests.contract.daw_talk import Daw, Delivery
from tests.standins.reaper import PLAY, ReaperCore
from tests.standins.reaper_web import ReaperWeb

BLUE = "#3FA7FF"
SETTINGS = DawSettings("reaper", port=8000, listen_port=9000, web_host="127.0.0.1", web_port=8080)


def rolling(*, osc: bool = False) -> ReaperWeb:
    """Return a REAPER that plays, so that no two markers stand at one place."""
    web = ReaperWeb(ReaperCore(latency=0.04), osc=osc)
    web.core.act(PLAY, 1000.0)
    return web


class WebTalk(Delivery):
    """A guarded adapter and a REAPER that comes and leaves. ``asks`` is what went over HTTP."""

    def __init__(
        self,
        settings: DawSettings = SETTINGS,
        make: Callable[[], Daw] = rolling,
        *,
        there: bool = True,
    ) -> None:
        self.made: list[ReaperWeb] = []
        self.asks: list[HttpAsk] = []
        super().__init__(settings, make, "silent", there=there)

    @property
    def web(self) -> ReaperWeb:
        """The REAPER that is there now."""
        assert isinstance(self.daw, ReaperWeb)
        return self.daw

    @property
    def marked(self) -> list[str]:
        """The names of all markers in all REAPERs that were there."""
        return [marker.name for web in self.made for marker in web.core.markers]

    def come(self, daw: Daw | None = None) -> None:
        super().come(daw)
        self.made.append(self.web)

    def mark(self, *names: str) -> None:
        self.tell(*(Marker(name, BLUE) for name in names))

    def answer(self, *answers: HttpAnswer) -> None:
        """Let answers come back."""
        for answer in answers:
            told = self.guarded.links.answered(self.guarded.key, answer, self.moment)
            self._send([message for _, message in told])

    def _at(self, now: float) -> None:
        self.now = max(now, self.now)
        if self.daw is not None:
            self.answer(*self.web.answers(self.now))
        super()._at(now)

    def _send(self, messages: Sequence[ToDaw]) -> None:
        asks = [message for message in messages if isinstance(message, HttpAsk)]
        super()._send([message for message in messages if not isinstance(message, HttpAsk)])
        self.asks += asks
        for ask in asks:
            if self.daw is None:
                self.answer(HttpAnswer(ask.ticket, failure="nobody"))
            else:
                self.web.ask(ask, self.now)


def start(web: ReaperWeb | None = None, settings: DawSettings = SETTINGS) -> WebTalk:
    """Return a conversation that has found what there is."""
    talk = WebTalk(settings, lambda: web or rolling(osc=True))
    talk.run(1.0)
    talk.sent.clear()
    talk.asks.clear()
    return talk


def told(talk: WebTalk) -> list[HttpAsk]:
    return [ask for ask in talk.asks if not ask.look]
