"""Whether Live is there: knocking on one that is not, and the pulse of one that has nothing to say.

AbletonOSC says nothing when Live quits. Asked is the version, which, unlike the properties of the
song, AbletonOSC does not write into its log; ``/live/test`` would show in Live's status bar. Now and
then the transport is asked in its place: another program can take our listeners away.
"""

from __future__ import annotations

from bridge.messages import Osc

VERSION = "/live/application/get/version"

KNOCK = 5.0
"""Seconds between two questions (two datagrams) to a Live that is not there."""
BEAT = 3.0
"""Seconds without a word of Live after which it is asked for a sign of life."""
AGAIN = 2.0
"""Seconds until it is asked once more; usual answers take 0.02 to 0.15."""
TRIES = 2
"""Questions without an answer after which Live is lost."""
LOOK = 30.0
"""Seconds between two looks at the transport itself."""


class Pulse:
    """The signs of life of one Live that answered once."""

    __slots__ = ("_asked", "_due", "_looked", "_reads", "_since")

    def __init__(self, reads: tuple[Osc, ...]) -> None:
        self._reads = reads
        self._due, self._looked = 0.0, float("-inf")
        self._since: float | None = None
        self._asked = 0

    def heard(self, now: float) -> None:
        """Note that Live said something, whatever it was."""
        self._asked, self._since, self._due = 0, None, now + BEAT

    def looks(self, now: float) -> bool:
        """Tell whether what is heard now may be the answer to a look at the transport."""
        return now < self._looked + AGAIN

    def wake(self) -> float:
        """Return when `beat` is due."""
        return self._due

    def silent_since(self) -> float | None:
        """Return since when (mono seconds) a sign of life has been waited for."""
        return self._since

    def is_lost(self, now: float) -> bool:
        """Tell whether Live gave no sign of life in time."""
        return self._asked >= TRIES and now >= self._due

    def beat(self, now: float) -> list[Osc]:
        """Return the question for a sign of life when one is due."""
        if now < self._due:
            return []
        self._since = now if self._since is None else self._since
        self._asked, self._due = self._asked + 1, now + AGAIN
        if now < self._looked + LOOK:
            return [Osc(VERSION)]
        self._looked = now
        return list(self._reads)
