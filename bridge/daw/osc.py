"""The generic target: each cue is one OSC message that any program can take (INTERFACE, "OSC out").

Nothing comes back, so a cue is told when its datagram is out. Only where the system says that nobody
listens there (ICMP's refusal; macOS never tells) is it kept, and tried again: whoever refuses got
nothing, so no cue is told twice.
"""

from __future__ import annotations

from collections import deque
from functools import lru_cache
from typing import TYPE_CHECKING, assert_never

from bridge.daw.keeper import Keeper, Kept
from bridge.daw.target import NO_ORIGINALS, DawSettings, LinkStatus
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

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bridge.messages import ToDaw
    from bridge.moment import Moment

KNOCK = 5.0
"""Seconds between two tries while nobody listens; each is one datagram, the cue that comes first."""
HURRY = 1.0
"""Seconds after a try at which a new cue is reason enough for the next."""
CALM = 0.25
"""Seconds without a refusal after which a try counts as taken; on one machine it takes 0.0001 s."""
_MOST_SENT = 512
"""Cues that may be refused yet. A burst of them is refused as a whole."""


@lru_cache(maxsize=512)
def message(cue: Cue) -> Osc:
    """Return the one message that tells `cue`; the same value again for the same cue."""
    match cue:
        case Marker(name, colour):
            return Osc("/songbridge/cue/marker", (one_line(name), colour))
        case TrackColour(track, colour):
            return Osc("/songbridge/cue/track", (one_line(track), colour))
        case StatusText(text):
            return Osc("/songbridge/cue/text", (one_line(text),))
        case StopTransport():
            return Osc("/songbridge/cue/stop")
        case RestoreColours():
            return Osc("/songbridge/cue/restore")
        case RunAction(action):
            return Osc("/songbridge/cue/action", (one_line(action),))
        case _:
            assert_never(cue)


class OscTarget:
    """Tells cues to whoever listens at the settings' address."""

    kind = "osc"
    wanted: tuple[str, ...] = ()
    originals = NO_ORIGINALS
    transport = UNKNOWN

    def __init__(self, settings: DawSettings) -> None:
        self._address = settings.address
        self._keeper = Keeper(settings.keep)
        self._sent: deque[Kept] = deque(maxlen=_MOST_SENT)
        self._tried = self._calm_at = float("-inf")
        self._refused = self._trying = False

    def recall(self, originals: Mapping[str, str]) -> None:
        """Do nothing: whoever takes these messages knows the colours of before."""

    def tell(self, cue: Cue, moment: Moment) -> list[Osc]:
        """Return the cue's message; while nobody listens, perhaps that of one that waited longer."""
        kept = self._keeper.kept(cue, moment.mono)
        out = self.advance(moment) if self._refused else []
        return out + (self._waits(kept, moment.mono) if self._refused else [self._send(kept)])

    def unsent(self, refused: ToDaw | None, moment: Moment) -> list[Osc]:
        """Learn that this message was refused, or the last one, where the system doesn't say which."""
        kept = self._found(refused)
        if kept is None:
            return []
        self._sent.remove(kept)
        self._keeper.put(kept)
        if self._trying or not self._refused:
            self._refused, self._trying, self._tried = True, False, moment.mono
        return self.advance(moment)

    def hear(self, message: Osc, moment: Moment) -> list[Osc]:  # noqa: ARG002 - nothing is expected
        """Ignore whatever comes."""
        return []

    def wake(self) -> float | None:
        """Return when a try counts as taken, the next is due, or something is too old."""
        if self._trying:
            return self._calm_at
        if not self._keeper:
            return None
        old, again = self._keeper.wake(), self._tried + KNOCK
        return again if old is None else min(old, again)

    def advance(self, moment: Moment) -> list[Osc]:
        """Tell all that waited once somebody listens again; until then try, and drop what is old."""
        now = moment.mono
        if self._trying and now >= self._calm_at:
            self._refused = self._trying = False
            return [self._send(kept) for kept in self._keeper.release()]
        if self._trying:
            return []
        self._keeper.expire(now)
        return self._try(now) if self._keeper and now >= self._tried + KNOCK else []

    def status(self, moment: Moment) -> LinkStatus:  # noqa: ARG002 - it changes by deadlines
        """Return where cues go, and that arrival can't be known."""
        keeper = self._keeper
        pending, lost = len(keeper) + self._trying, keeper.losses()
        if self._refused:
            text = f"nobody listens on {self._address}; cues wait for a while, and colours for good"
            return LinkStatus("silent", text + lost, pending, keeper.dropped, lost)
        text = f"cues are sent to {self._address}; this kind of target never confirms them"
        return LinkStatus("unknown", text + lost, pending, keeper.dropped, lost)

    def _waits(self, kept: Kept, now: float) -> list[Osc]:
        self._keeper.put(kept)
        ready = self._keeper and not self._trying and now >= self._tried + HURRY
        return self._try(now) if ready else []

    def _try(self, now: float) -> list[Osc]:
        self._tried, self._calm_at, self._trying = now, now + CALM, True
        return [self._send(self._keeper.pop())]

    def _send(self, kept: Kept) -> Osc:
        self._sent.append(kept)
        return message(kept.cue)

    def _found(self, refused: ToDaw | None) -> Kept | None:
        """Return the newest cue that was sent as that message."""
        sent = reversed(self._sent)
        return next((one for one in sent if refused is None or message(one.cue) == refused), None)
