"""Asks the configured DAWs who is there, without a service: the same links, for a moment.

What goes out is what the service would greet them with; no marker is made, nothing is changed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, TypeAlias

from bridge import moment as clock
from bridge.app.daw_rows import daw_rows
from bridge.app.osc_out import PortsOut
from bridge.core.status import Json
from bridge.daw.links import Links
from bridge.daw.target import DawSettings
from bridge.messages import HttpAsk
from bridge.ports.osc import OscPorts
from bridge.ports.osc_names import Names
from bridge.ports.osc_peers import LinkIn
from bridge.web.asks import WebAsks

if TYPE_CHECKING:
    from bridge.messages import HttpAnswer, ToDaw

PATIENCE = 2.5
"""Seconds to wait for answers: longer than any link takes to say that nobody answers it."""
_STEP = 0.05  # seconds between two looks at the deadlines
_RETRY = 0.5  # seconds between two looks for a host's address
_DUMB = ("midi", "osc")
"""Kinds that never answer: nobody waits for them."""


@dataclass(frozen=True, slots=True)
class _Answered:
    key: str
    answer: HttpAnswer


_News: TypeAlias = "LinkIn | _Answered | object"


class _Probe:
    def __init__(self, daws: Sequence[DawSettings], stack: contextlib.ExitStack) -> None:
        self.links = Links(daws)
        self._news: SimpleQueue[_News] = SimpleQueue()
        self._ports = OscPorts(self._news.put)
        stack.callback(self._ports.close)
        asks = WebAsks(lambda key, answer: self._news.put(_Answered(key, answer)))
        stack.callback(asks.close)
        self.out = PortsOut(self._ports, self.links, Names(), None, asks)
        self._looks: dict[str, int] = {}
        self._ports.start()

    def run(self, patience: float) -> list[Json]:
        """Talk until everybody has said enough or `patience` is over; return the rows of `status`."""
        begun = retried = clock.now().mono
        while (now := clock.now()).mono < begun + patience and not self._settled():
            if now.mono > retried + _RETRY:
                self.out.retry()
                retried = now.mono
            self._send(self.links.advance(now))
            self._hear()
        rows = daw_rows(self.links, self.out, clock.now())
        return [_judged(row, patience) for row in rows]

    def _hear(self) -> None:
        try:
            news = self._news.get(timeout=_STEP)
        except Empty:
            return
        match news:
            case LinkIn(key=key, message=message):
                self._send(self.links.hear(key, message, clock.now()))
            case _Answered(key=key, answer=answer):
                self._looks[key] -= 1
                self._send(self.links.answered(key, answer, clock.now()))
            case _:
                pass  # nothing else comes over a link

    def _settled(self) -> bool:
        rows = self.links.statuses(clock.now())
        asked = [row for row in rows if row.kind not in _DUMB]
        return all(
            (row.state in ("ready", "trouble") and self._looked(row.name))
            or self.out.link_fault(row.name)
            for row in asked
        )

    def _looked(self, key: str) -> bool:
        """Tell whether a web interface, where there may be one, has said all that it was asked."""
        return not self.links.settings[key].web_port or self._looks.get(key) == 0

    def _send(self, messages: Sequence[tuple[str, ToDaw]]) -> None:
        for key, message in messages:
            if isinstance(message, HttpAsk):
                self._looks[key] = self._looks.get(key, 0) + 1
            self.out.cue(key, message)


def _judged(row: Json, patience: float) -> Json:
    """Return a row in which a DAW that ought to have answered by now is silent."""
    if not isinstance(row, dict) or row["state"] != "unknown" or row["kind"] in _DUMB:
        return row
    return {**row, "state": "silent", "detail": f"no answer in {patience:g} s; {row['detail']}"}


def ask(
    daws: Sequence[DawSettings], patience: float = PATIENCE
) -> tuple[list[Json], dict[str, DawSettings]]:
    """Return the rows of ``daws`` in `status`, and the settings of each by its name.

    Takes at most `patience` seconds. Only where no service runs: it would lose its answers.
    """
    with contextlib.ExitStack() as stack:
        probe = _Probe(daws, stack)
        return probe.run(patience), dict(probe.links.settings)
