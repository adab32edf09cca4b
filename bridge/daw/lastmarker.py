"""What REAPER's feedback says about its last marker, and whether that is news.

Feedback comes as three messages whose order is not documented: ``/lastmarker/name s``,
``/lastmarker/number/str s``, ``/lastmarker/time f``. Each is sent when its value changes. "Last" is
the last marker that the play position passed, so a number changes for two reasons: a marker was
placed, or the song ran over one that was there. A number heard before hints at the second.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bridge.messages import Osc

NAME = "/lastmarker/name"
NUMBER = "/lastmarker/number/str"
TIME = "/lastmarker/time"

_LONGEST_NUMBER = 16
_MOST_KNOWN = 4096


class Sign(Enum):
    """What one message tells."""

    NOTHING = "nothing"
    SAME = "same"
    """The number that was the last one already; a refresh repeats it."""
    NEW = "new"
    """A number that was never heard before."""
    KNOWN = "known"
    """Another number than before, and heard before: an old marker, or a number given again."""
    MOVED = "moved"
    """Another place. The only sign when a project switch left the old number standing: name and
    time are reset then, the number is not (measured by others on REAPER's stock surface)."""


class LastMarker:
    """The latest number, name and time (seconds) heard, None until each is heard."""

    __slots__ = ("_known", "name", "number", "time")

    def __init__(self) -> None:
        self.number: str | None = None
        self.name: str | None = None
        self.time: float | None = None
        self._known: dict[str, None] = {}

    def hear(self, message: Osc) -> Sign:
        """Take in one message of any shape and return what it tells."""
        value = message.args[0] if message.args else None
        if isinstance(value, str):
            if message.address == NUMBER:
                return self._number(value.strip())
            if message.address == NAME:
                self.name = value
        elif isinstance(value, float) and message.address == TIME:
            return self._time(value)
        return Sign.NOTHING

    def _number(self, number: str) -> Sign:
        if not number or len(number) > _LONGEST_NUMBER:
            return Sign.NOTHING
        if number == self.number:
            return Sign.SAME
        self.number = number
        if number in self._known:
            return Sign.KNOWN
        if len(self._known) >= _MOST_KNOWN:
            del self._known[next(iter(self._known))]
        self._known[number] = None
        return Sign.NEW

    def _time(self, time: float) -> Sign:
        before, self.time = self.time, time
        return Sign.NOTHING if before == time else Sign.MOVED
