"""The generic target: each cue is one OSC message that any program can take (INTERFACE, "OSC out").

Nothing comes back, so nothing is kept: the target holds no state at all.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, assert_never

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

    from bridge.moment import Moment


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
        self._status = LinkStatus(
            "unknown",
            f"cues are sent to {settings.address}; this kind of target never confirms them",
        )

    def recall(self, originals: Mapping[str, str]) -> None:
        """Do nothing: nothing is given back after a restart."""

    def tell(self, cue: Cue, moment: Moment) -> list[Osc]:  # noqa: ARG002 - nothing depends on time here
        """Return the cue's message."""
        return [message(cue)]

    def hear(self, message: Osc, moment: Moment) -> list[Osc]:  # noqa: ARG002 - nothing is expected
        """Ignore whatever comes."""
        return []

    def wake(self) -> float | None:
        """Return None: nothing ever waits."""
        return None

    def advance(self, moment: Moment) -> list[Osc]:  # noqa: ARG002 - nothing ever waits
        """Return nothing."""
        return []

    def status(self, moment: Moment) -> LinkStatus:  # noqa: ARG002 - it never changes
        """Return that arrival can't be known."""
        return self._status
