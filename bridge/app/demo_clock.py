"""The demo's clocks: one that runs faster than life and can be held back, one that is moved by hand.

Both clocks of a `Moment` go at the same rate, so nothing takes it for a clock that was set.
"""

from __future__ import annotations

from collections.abc import Callable

from bridge.moment import Moment

FASTEST = 300.0
"""Above this, one picture of the screen would skip more than the service takes for sleep."""


class FastClock:
    """Runs `speed` times as fast as `real`, and at life's own pace while it is held back.

    Held back it is after a press, and while the lights flash at the end of a box: what lasts
    seconds on purpose would otherwise be over before anybody has seen it.
    """

    def __init__(self, real: Callable[[], Moment], speed: float) -> None:
        self._real = real
        self._began = self._shown = real()
        self._slow_until = self._began.mono
        self.speed = speed

    def now(self) -> Moment:
        """Return the demo's present."""
        elapsed = self._real().mono - self._began.mono
        slow = min(elapsed, max(0.0, self._slow_until - self._began.mono))
        return self._shown.later(slow + (elapsed - slow) * self._speed)

    @property
    def speed(self) -> float:
        """How many seconds pass in one."""
        return self._speed

    @speed.setter
    def speed(self, speed: float) -> None:
        if hasattr(self, "_speed"):
            self._rebase()
        self._speed = min(FASTEST, max(1.0, speed))

    @property
    def slowed(self) -> bool:
        """Whether the clock is held back now."""
        return self._speed > 1 and self._real().mono < self._slow_until

    def hold_back(self, seconds: float) -> None:
        """Go at life's own pace for the next `seconds` of it; the longer of two wishes counts."""
        self._rebase()
        self._slow_until = max(self._slow_until, self._began.mono + seconds)

    def let_go(self) -> None:
        """Go fast again from now on."""
        self._rebase()
        self._slow_until = self._began.mono

    def _rebase(self) -> None:
        shown, self._began = self.now(), self._real()
        self._shown = shown


class StillClock:
    """Stands still until it is moved."""

    def __init__(self, begin: Moment) -> None:
        self._moment = begin

    def now(self) -> Moment:
        """Return where it stands."""
        return self._moment

    def move(self, seconds: float) -> None:
        """Move it on."""
        self._moment = self._moment.later(seconds)
