"""When a device that has changed its mode is entered again: soon, but not again and again."""

from __future__ import annotations

PAUSE = 0.5
"""Seconds between two enterings; a device that flips between its modes costs no more than that."""

ECHO = 0.25
"""Seconds after an entering in which the device may confirm it: such news is no change."""


class Renewal:
    """News of one device's mode; ``confirms`` when entering its session may cause such news itself.

    Threads: `tell` on the input's, all else on the output's; time is an argument.
    """

    def __init__(self, *, confirms: bool) -> None:
        self._confirms = confirms
        self._entered = float("-inf")
        self._told = float("-inf")

    def entered(self, mono: float) -> None:
        """Take note that the session has been entered."""
        self._entered = mono

    def tell(self, mono: float) -> bool:
        """Take the news that the mode has changed; return False when that was our own doing."""
        if self._confirms and mono - self._entered < ECHO:
            return False
        self._told = mono
        return True

    def left(self, mono: float) -> float | None:
        """Return the seconds until the session is to be entered again, None when it is not."""
        return max(0.0, self._entered + PAUSE - mono) if self._told > self._entered else None
