"""The beat of lights that can't blink by themselves. No clock is read."""

from __future__ import annotations

HALF_BEAT = 0.25
"""Seconds on, then as many off: twice a second, fast enough to be an alarm."""


class Blinker:
    """The blinking lights of one device, together; a beat begins lit. Instants in ``mono``."""

    def __init__(self) -> None:
        self.lit = True
        self.turns_at: float | None = None

    def advance(self, now: float) -> None:
        """Take the turns that are due; after a long sleep only their parity counts."""
        if self.turns_at is None or now < self.turns_at:
            return
        turns = int((now - self.turns_at) / HALF_BEAT) + 1
        self.lit ^= turns % 2 == 1
        self.turns_at += turns * HALF_BEAT

    def need(self, blinking: bool, now: float) -> None:
        """Begin the beat when the first light blinks, end it after the last."""
        if not blinking:
            self.lit, self.turns_at = True, None
        elif self.turns_at is None:
            self.turns_at = now + HALF_BEAT
