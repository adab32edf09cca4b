"""REAPER over plain OSC: a marker is inserted, its feedback awaited, and then it is named.

One marker at a time: ``/action i40157``, wait until the last marker changes, ``/lastmarker/name
s``. The patterns are those of Default.ReaperOSC; it has none for any colour and none for a status
text. ADR 0007 says what is taken for our marker, and where that ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridge.daw.lastmarker import NAME, LastMarker, Sign
from bridge.messages import Osc

if TYPE_CHECKING:
    from bridge.daw.reaper_backlog import Backlog, Order
    from bridge.daw.reaper_transport import ReaperTransport
    from bridge.daw.target import LinkState

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
"""Seconds between two refreshes for markers in doubt, since one stalls REAPER's feedback for more than
a second; and between two greetings while nothing waits."""
GREET_AGAIN = 5.0
"""Seconds between two greetings while a cue waits for REAPER to be there."""
SETTLE = 0.25
"""Seconds for name and time to come after a doubtful number."""
BREATH = 0.1
"""Seconds between naming one marker and inserting the next, for REAPER to take the name first."""


@dataclass(slots=True)
class _Waiting:
    """The marker that was asked for. ``blind``: no number was known before, to compare with."""

    name: str
    since: float
    blind: bool
    heard: bool = False
    asked_again: bool = False
    settle: float | None = None


class OscTier:
    """One marker after the other; whoever owns it asks `free` before it hands in the next order.

    ``deaf``: there is no port to hear on. ``state`` is how the link stands.
    """

    def __init__(self, backlog: Backlog, transport: ReaperTransport, *, deaf: bool) -> None:
        self._backlog, self._transport, self.deaf = backlog, transport, deaf
        self.state: LinkState = "unknown"
        self._last = LastMarker()
        self._waiting: _Waiting | None = None
        self._ready_at = self._asked = self._refreshed = self._heard = float("-inf")
        self._suspect = False

    @property
    def there(self) -> bool:
        """Whether cues may be sent: REAPER answers, or could not be heard if it did."""
        return self.deaf or self.state in ("ready", "trouble")

    @property
    def pending(self) -> int:
        """How many markers wait for their feedback."""
        return self._waiting is not None

    def free_at(self) -> float | None:
        """Return from when on the next order may come, None while a marker waits or nobody is there."""
        return self._ready_at if self.there and self._waiting is None else None

    def do(self, order: Order, now: float) -> Osc:
        """Return the message that does it; a marker's name follows when it is known to be there."""
        match order.verb:
            case "stop":
                return STOP
            case "run":
                return Osc("/action/str", (order.name,))
            case _:
                self._waiting = _Waiting(order.name, now, blind=self._last.number is None)
                return INSERT

    def hear(self, message: Osc, now: float) -> list[Osc]:
        """Take feedback; name the marker when it is the one that was asked for."""
        waiting, self._heard, self._suspect = self._waiting, now, False
        if not self.there:  # all that it knows comes now, its old last marker with it
            self.state, self._ready_at = "ready", now + SETTLE
        sign = self._last.hear(message)
        if waiting is None:
            return []
        waiting.heard = True
        if sign is Sign.NEW and not (waiting.blind and waiting.asked_again):
            return self._name(waiting, now)
        if sign is not Sign.NOTHING and (sign is not Sign.SAME or waiting.asked_again):
            waiting.settle = now + SETTLE if waiting.settle is None else waiting.settle
        return []

    def suspect(self) -> None:
        """Ask for a sign of life soon: the other way is broken, and REAPER may be gone."""
        self._suspect = True

    def wake(self) -> float | None:
        """Return when patience or doubt ends, or the next greeting is due."""
        waiting = self._waiting
        if waiting is None:
            return self._greeting_at()
        ask = ASK_AGAIN if not waiting.asked_again else PATIENCE
        due = waiting.since + ask
        return due if waiting.settle is None else min(due, waiting.settle)

    def advance(self, now: float) -> list[Osc]:
        """Settle doubts, ask again, give up, greet: whatever is due."""
        waiting = self._waiting
        if waiting is None:
            return self._greet(now)
        if waiting.settle is not None and now >= waiting.settle:
            waiting.settle = None
            if self._last.name == "":
                return self._name(waiting, now)
        if now >= waiting.since + PATIENCE:
            self._give_up(waiting)
            return self._greet(now)
        return self._ask_again(waiting, now)

    @property
    def _silence_counts(self) -> bool:
        return self._transport.rolling and not self._transport.told_by("web")

    def _greeting_at(self) -> float | None:
        """Return when REAPER is to be asked for a sign of life, None for never.

        One that rolls is asked when it has been silent: it may have been killed in mid-take.
        """
        if self.deaf or (self.there and not self._suspect and not self._silence_counts):
            return None
        if self.there and self._asked > self._heard:
            return self._asked + PATIENCE
        if self.there:
            return self._asked + GREET_AGAIN if self._suspect else self._heard + ASK_SELDOM
        soon = self.state == "unknown" or self._backlog.news
        return self._asked + (GREET_AGAIN if soon else ASK_SELDOM)

    def _greet(self, now: float) -> list[Osc]:
        due = self._greeting_at()
        if due is None or now < due:
            return []
        if self._asked > self._heard:
            self._fall_silent()
        self._asked = now
        return [REFRESH]

    def _fall_silent(self) -> None:
        self.state = "silent"
        self._last = (
            LastMarker()
        )  # another REAPER, perhaps with another project, gives numbers anew
        self._transport.lose("osc")

    def _name(self, waiting: _Waiting, now: float) -> list[Osc]:
        self._waiting = None
        self.state = "ready"
        self._ready_at = now + BREATH
        self._last.name = waiting.name
        return [Osc(NAME, (waiting.name,))]

    def _ask_again(self, waiting: _Waiting, now: float) -> list[Osc]:
        if waiting.asked_again or now < waiting.since + ASK_AGAIN:
            return []
        waiting.asked_again = True
        if self.deaf or now < self._refreshed + ASK_SELDOM:
            return []
        self._asked = self._refreshed = now
        return [REFRESH]

    def _give_up(self, waiting: _Waiting) -> None:
        self._waiting = None
        self._backlog.drop(waiting.name)
        if waiting.heard:
            self.state = "trouble"
        elif not self.deaf:
            self._fall_silent()
