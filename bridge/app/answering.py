"""What OSC peers ask for, and what they are answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol, assert_never

from bridge import __version__
from bridge.app.listeners import Listeners
from bridge.app.roles import OscOut
from bridge.app.tapping import Taps
from bridge.core.actions import Action
from bridge.core.advice import advice
from bridge.core.engine import Engine
from bridge.core.events import Entry
from bridge.errors import SongbridgeError
from bridge.moment import Moment
from bridge.ports import osc_replies
from bridge.ports.osc_peers import OscIn
from bridge.ports.osc_requests import Ping, Refresh, Subscribe, Unsubscribe
from bridge.web.role import Granted

_OVERTAKEN = 0.05  # seconds: what waits as long in a flood may have been overtaken by a press

_READERS = ("cli", "page")
"""Who reads sentences; a hand on a pad doesn't wait for them."""


class Decide(Protocol):
    """Have an action decided; ``granted`` is told the entry's number as soon as the cues are out."""

    def __call__(
        self, request: Action, moment: Moment, source: str, granted: Callable[[int], None]
    ) -> Granted | SongbridgeError:
        """Return the answer, a refusal included."""


class Answering:
    """Answers OSC peers on the consumer thread; `decide` decides, `seq` is the last entry's number."""

    def __init__(
        self,
        decide: Decide,
        listeners: Listeners,
        osc: OscOut,
        taps: Taps,
        seq: Callable[[], int],
    ) -> None:
        self._decide, self._listeners, self._osc = decide, listeners, osc
        self._taps, self._seq = taps, seq

    def answer(self, message: OscIn) -> None:
        """Do what `message` asks for, and tell its peer."""
        if self._taps:
            self._taps.osc_in(message)
        peer = message.peer
        match message.request:
            case Action() as action:
                self._act(message, action)
            case Ping():
                self._osc.reply(peer, osc_replies.pong(__version__, self._seq()))
            case Subscribe(port=port):
                self._listeners.subscribe(message, port)
            case Unsubscribe(port=port):
                self._listeners.unsubscribe(peer, port)
            case Refresh():
                self._listeners.refresh(message)
            case _:
                assert_never(message.request)

    def _act(self, message: OscIn, action: Action) -> None:
        def granted(seq: int) -> None:
            self._osc.reply(message.peer, osc_replies.ok(action.name, seq))

        answer = self._decide(action, message.at, "osc", granted)
        if not isinstance(answer, Granted):
            self._osc.reply(message.peer, osc_replies.error(message.address, str(answer)))


def asked_now(message: OscIn, moment: Moment) -> OscIn:
    """Return a request that waited long as one that came at `moment`: what came later is done."""
    return replace(message, at=moment) if moment.mono - message.at.mono > _OVERTAKEN else message


def granted_to(source: str, entries: tuple[Entry, ...], engine: Engine, said: str) -> Granted:
    """Return the answer to `source` for `entries`: what was `said`, and advice where somebody reads it."""
    seq = entries[-1].seq if entries else engine.seq
    if source not in _READERS:
        return Granted(seq, said)
    advised = advice(entries, engine.studio, engine.settings)
    return Granted(seq, "\n".join(filter(None, (said, *advised))))
