"""When something happened, on two clocks that travel together."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moment:
    """One instant.

    ``mono`` is in seconds on a steady clock that goes on while the machine sleeps and is never set;
    only differences mean anything. ``wall`` is in seconds since 1970 (UTC): it may be set, so a
    difference between the two clocks' progress is a clock step.
    """

    mono: float
    wall: float

    def later(self, seconds: float) -> Moment:
        """Return the instant `seconds` after this one, on both clocks."""
        return Moment(self.mono + seconds, self.wall + seconds)


# CLOCK_MONOTONIC stops during suspend on Linux and goes on during sleep on macOS (clock_gettime(3)
# of either system); Windows' time.monotonic() counts sleep.
_STEADY = getattr(time, "CLOCK_BOOTTIME", None)
if _STEADY is None and sys.platform == "darwin":
    _STEADY = time.CLOCK_MONOTONIC


def now() -> Moment:
    """Read both clocks. Only the shell calls this; the pure floors take a `Moment`."""
    steady = time.monotonic() if _STEADY is None else time.clock_gettime(_STEADY)
    return Moment(steady, time.time())
