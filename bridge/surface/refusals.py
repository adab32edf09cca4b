"""Controls that blink for a moment, since what they asked for was refused. Pure."""

from __future__ import annotations

REFUSED = 0.6
"""Seconds for which a refused control blinks: two blinks of the host's beat."""

NO_LAYOUT = "no other layout fits here"
NOTHING = "there is nothing to tell"
"""Why a controller refuses by itself; its monitor says so."""


class Refusals:
    """Until when each control blinks, in ``mono`` seconds."""

    def __init__(self) -> None:
        self._ends: dict[str, float] = {}

    def add(self, control: str, now: float) -> None:
        """Let `control` blink from now on, of a chord all its controls."""
        self._ends.update(dict.fromkeys(control.split("+"), now + REFUSED))

    def at(self, now: float) -> list[str]:
        """Return the controls that blink now."""
        return [control for control, end in self._ends.items() if now < end]

    def advance(self, now: float) -> None:
        """Forget what is over."""
        for control in [control for control, end in self._ends.items() if end <= now]:
            del self._ends[control]

    def wake(self) -> float | None:
        """Return the instant at which one ends, None: none blinks."""
        return min(self._ends.values(), default=None)

    def clear(self) -> None:
        """Let nothing blink."""
        self._ends.clear()
