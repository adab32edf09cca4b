"""The demo's clocks: one that runs faster than life and can be held back, one that is moved by hand.

Both clocks of a `Moment` go at the same rate, so nothing takes it for a clock that was set.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bridge.moment import Moment

FASTEST = 300.0
"""Above this, one picture of the screen would skip more than the service takes for sleep."""


@dataclass(frozen=True, slots=True)
class _Course:
    """How the clock goes: from `shown` at life's instant `began` on, and no further than `limit`."""

    began: float
    shown: Moment
    speed: float
    slow_until: float
    limit: float = float("inf")

    def at(self, life: float) -> Moment:
        elapsed = max(0.0, life - self.began)
        slow = min(elapsed, max(0.0, self.slow_until - self.began))
        ahead = slow + (elapsed - slow) * self.speed
        return self.shown.later(min(ahead, max(0.0, self.limit - self.shown.mono)))


class FastClock:
    """Runs `speed` times as fast as `real`, and at life's own pace while it is held back.

    Held back it is after a press, and while the lights flash at the end of a box: what lasts
    seconds on purpose would otherwise be over before anybody has seen it. Any thread may read it,
    one changes it.
    """

    def __init__(self, real: Callable[[], Moment], speed: float) -> None:
        self._real = real
        begin = real()
        self._course = _Course(begin.mono, begin, 1.0, begin.mono)
        self.speed = speed

    def now(self) -> Moment:
        """Return the demo's present."""
        return self._course.at(self._real().mono)

    @property
    def speed(self) -> float:
        """How many seconds pass in one."""
        return self._course.speed

    @speed.setter
    def speed(self, speed: float) -> None:
        self._course = replace(self._from_now(), speed=min(FASTEST, max(1.0, speed)))

    @property
    def slowed(self) -> bool:
        """Whether the clock is held back now."""
        return self.speed > 1 and self._real().mono < self._course.slow_until

    def hold_back(self, seconds: float) -> None:
        """Go at life's own pace for the next `seconds` of it; the longer of two wishes counts."""
        course = self._from_now()
        self._course = replace(course, slow_until=max(course.slow_until, course.began + seconds))

    def stop_at(self, mono: float | None) -> None:
        """Wait at the instant `mono` until told otherwise, so that nothing due there is passed over."""
        self._course = replace(self._from_now(), limit=float("inf") if mono is None else mono)

    def _from_now(self) -> _Course:
        life = self._real().mono
        return replace(self._course, began=life, shown=self._course.at(life))


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
