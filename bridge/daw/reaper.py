"""REAPER over plain OSC: a marker is inserted, its feedback awaited, and then it is named.

One marker at a time: ``/action i40157``, wait until the last marker changes, ``/lastmarker/name
s``. The patterns are those of Default.ReaperOSC; it has none for any colour and none for a status
text, so track colours and texts are not sent. ADR 0007 says what is taken for our marker, and where
that ends.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from bridge.daw.lastmarker import NAME, LastMarker, Sign
from bridge.daw.target import NO_ORIGINALS, DawSettings, LinkState, LinkStatus
from bridge.daw.transport import UNKNOWN
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
from bridge.moment import Moment

if TYPE_CHECKING:
    from collections.abc import Mapping

INSERT = Osc("/action", (40157,))
"""Insert marker at current position (REAPER's action list)."""
REFRESH = Osc("/action", (41743,))
"""Refresh all surfaces: REAPER repeats all it knows, thousands of messages in a large project."""

STOP = Osc("/action", (1016,))
"""Transport: Stop (REAPER's action list)."""

PATIENCE = 5.0
"""Seconds to wait for the feedback of a marker, as long as MarkerMatic does."""
ASK_AGAIN = 2.5
"""Seconds without an answer after which `REFRESH` asks once more; answers usually take 0.04 s."""
ASK_SELDOM = 60.0
"""Seconds between two refreshes at least: one stalls REAPER's feedback for more than a second."""
SETTLE = 0.25
"""Seconds for name and time to come after a doubtful number."""
BREATH = 0.1
"""Seconds between naming one marker and inserting the next, for REAPER to take the name first."""
FRESH = 10.0
"""Seconds that a cue may wait for its turn; later, its marker would stand in a wrong place."""
MOST_WAITING = 32

_SENTENCES: dict[LinkState, str] = {
    "unknown": (
        "nothing heard from REAPER yet; it answers on {ear} to the first marker, sent to {daw}"
    ),
    "ready": (
        "REAPER at {daw} answers: markers are placed and named; plain OSC has no colours and no"
        " status text"
    ),
    "silent": (
        "no answer from REAPER on {ear}: is it running, with an OSC device under Preferences >"
        ' Control/OSC/Web (mode "Configure device IP+local port", device port {ear_port}, local'
        " listen port {daw_port})?"
    ),
    "trouble": (
        "REAPER is there but did not report a marker; it may stand without its name, or not at all"
    ),
}
_DEAF = (
    'REAPER can\'t be heard: give this [[daw]] a listen = "127.0.0.1:9000", with the device port of'
    " REAPER's OSC device"
)
_LOST = '; {count} so far not placed or without a name, the last was "{lost}"'


@dataclass(slots=True)
class _Waiting:
    """The marker that was asked for. ``blind``: no number was known before, to compare with."""

    name: str
    since: float
    blind: bool
    heard: bool = False
    asked_again: bool = False
    settle: float | None = None


class ReaperTarget:
    """The conversation with one REAPER."""

    kind = "reaper"
    wanted: tuple[str, ...] = ("/lastmarker/", "/play", "/stop", "/record", "/pause")
    originals = NO_ORIGINALS
    transport = UNKNOWN

    def __init__(self, settings: DawSettings) -> None:
        self._settings = settings
        self._last = LastMarker()
        self._queue: deque[tuple[str, float]] = deque()
        self._waiting: _Waiting | None = None
        self._ready_at = float("-inf")
        self._refreshed = float("-inf")
        self._state: LinkState = "unknown"
        self._dropped = 0
        self._lost = ""

    def recall(self, originals: Mapping[str, str]) -> None:
        """Do nothing: nothing is given back after a restart."""

    def tell(self, cue: Cue, moment: Moment) -> list[Osc]:
        """Ask for the marker now, or queue it behind the one that is waited for."""
        match cue:
            case Marker(name):
                return self._mark(one_line(name) or "Songbridge", moment)
            case StopTransport():
                return [STOP]
            case RunAction(action):
                return [Osc("/action/str", (one_line(action),))]
            case TrackColour() | StatusText() | RestoreColours():
                return []  # no pattern: status says so
            case _:
                assert_never(cue)

    def hear(self, message: Osc, moment: Moment) -> list[Osc]:
        """Take feedback; name the marker when it is the one that was asked for."""
        waiting = self._waiting
        if self._state in ("unknown", "silent"):
            self._state = "ready"
        sign = self._last.hear(message)
        if waiting is None:
            return []
        waiting.heard = True
        if sign is Sign.NEW and not (waiting.blind and waiting.asked_again):
            return self._name(waiting, moment.mono)
        if sign is not Sign.NOTHING and (sign is not Sign.SAME or waiting.asked_again):
            waiting.settle = moment.mono + SETTLE if waiting.settle is None else waiting.settle
        return []

    def wake(self) -> float | None:
        """Return when patience, doubt or the breath between two markers ends."""
        waiting = self._waiting
        if waiting is None:
            return self._ready_at if self._queue else None
        ask = ASK_AGAIN if not waiting.asked_again else PATIENCE
        due = waiting.since + ask
        return due if waiting.settle is None else min(due, waiting.settle)

    def advance(self, moment: Moment) -> list[Osc]:
        """Settle doubts, ask again, give up, go on with the next marker: whatever is due."""
        waiting, now = self._waiting, moment.mono
        if waiting is None:
            return self._next(now)
        if waiting.settle is not None and now >= waiting.settle:
            waiting.settle = None
            if self._last.name == "":
                return self._name(waiting, now)
        if now >= waiting.since + PATIENCE:
            self._give_up(waiting)
            return self._next(now)
        return self._ask_again(waiting, now)

    def status(self, moment: Moment) -> LinkStatus:  # noqa: ARG002 - it changes by deadlines
        """Return how the link stands, with what to do about it."""
        pending = len(self._queue) + (self._waiting is not None)
        text = self._sentence()
        if self._dropped:
            text += _LOST.format(count=self._dropped, lost=self._lost)
        return LinkStatus(self._state, text, pending, self._dropped)

    def _sentence(self) -> str:
        ours = self._settings
        if not ours.listen_port:
            return _DEAF
        return _SENTENCES[self._state].format(
            daw=ours.address,
            daw_port=ours.port,
            ear=f"{ours.listen_host}:{ours.listen_port}",
            ear_port=ours.listen_port,
        )

    def _mark(self, name: str, moment: Moment) -> list[Osc]:
        now, wake = moment.mono, self.wake()
        out = self.advance(moment) if wake is not None and wake <= now else []
        if self._waiting is None and not self._queue and now >= self._ready_at:
            return [*out, self._insert(name, now)]
        if len(self._queue) >= MOST_WAITING:
            self._drop(self._queue.popleft()[0])
        self._queue.append((name, now))
        return out

    def _insert(self, name: str, now: float) -> Osc:
        self._waiting = _Waiting(name, now, blind=self._last.number is None)
        return INSERT

    def _name(self, waiting: _Waiting, now: float) -> list[Osc]:
        self._waiting = None
        self._state = "ready"
        self._ready_at = now + BREATH
        self._last.name = waiting.name
        return [Osc(NAME, (waiting.name,))]

    def _ask_again(self, waiting: _Waiting, now: float) -> list[Osc]:
        if waiting.asked_again or now < waiting.since + ASK_AGAIN:
            return []
        waiting.asked_again = True
        if self._state == "silent" or now < self._refreshed + ASK_SELDOM:
            return []
        self._refreshed = now
        return [REFRESH]

    def _give_up(self, waiting: _Waiting) -> None:
        self._waiting = None
        self._drop(waiting.name)
        self._state = "trouble" if waiting.heard else "silent"

    def _drop(self, name: str) -> None:
        self._dropped += 1
        self._lost = name

    def _next(self, now: float) -> list[Osc]:
        while self._queue and self._queue[0][1] < now - FRESH:
            self._drop(self._queue.popleft()[0])
        if not self._queue or now < self._ready_at:
            return []
        return [self._insert(self._queue.popleft()[0], now)]
