"""How much a device can take, and when again: bursts, rates, frames a second. No clock is read."""

from __future__ import annotations

from bridge.surface.profile import Pace

_NO_LIMIT = 1 << 30


class Pacer:
    """Counts what was sent against a `Pace`. All instants are ``mono`` seconds from 0 up.

    Three limits at once, each only where the pace names it: after ``burst`` messages a pause of
    ``gap`` seconds; no more than ``rate`` messages a second beyond the first burst; and a new frame
    begins no sooner than ``1 / fps`` seconds after the last one began. The rest of a frame that
    didn't fit a burst doesn't wait for that.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._frame = 1 / pace.fps if pace.fps > 0 else 0.0
        self._each = 1 / pace.rate if pace.rate > 0 else 0.0
        self._in_burst = 0
        self._burst_over = 0.0
        self._level = 0.0
        self._frame_began: float | None = None
        self._next_frame = 0.0

    @property
    def free_at(self) -> float:
        """The instant from which there is room again; may have passed already."""
        free = self._next_frame if self._frame_began is None else 0.0
        if self._each:
            free = max(free, self._level - self._slack)
        if self._full:
            free = max(free, self._burst_over)
        return free

    def again_at(self, waiting: int) -> float:
        """Return the instant from which it is worth going on, with so many messages waiting.

        At a rate half a burst goes out together: each go costs a look at all that waits and, behind
        a herald, one message more (`echo`), so singly they would last longer and cost ten times as much.
        """
        together = min(waiting, self._pace.burst // 2)
        if not self._each or together < 1:
            return self.free_at
        return max(self.free_at, self._level - self._slack + (together - 1) * self._each)

    def room(self, now: float) -> int:
        """Return how many messages may be sent at `now`."""
        if now < self.free_at:
            return 0
        room = _NO_LIMIT
        if self._pace.burst > 0:
            room = self._pace.burst - (0 if now >= self._burst_over else self._in_burst)
        if self._each:
            ahead = max(0.0, self._level - now)
            room = min(room, 1 + int((self._slack - ahead) / self._each + 1e-6))
        return room

    def sent(self, messages: int, now: float, *, complete: bool) -> None:
        """Count `messages` sent at `now`; `complete` when nothing of the frame is left over."""
        if messages:
            self._count(messages, now)
            if self._frame_began is None:
                self._frame_began = now
        if complete and self._frame_began is not None:
            self._next_frame = self._frame_began + self._frame
            self._frame_began = None

    def _count(self, messages: int, now: float) -> None:
        self._in_burst = messages + (0 if now >= self._burst_over else self._in_burst)
        self._burst_over = now + self._pace.gap
        if self._each:
            self._level = max(self._level, now) + messages * self._each

    @property
    def _full(self) -> bool:
        return 0 < self._pace.burst <= self._in_burst

    @property
    def _slack(self) -> float:
        """How far the count may run ahead of the rate: a burst, less the message itself."""
        return max(0, self._pace.burst - 1) * self._each
