"""What a device is sent for one picture, gathered for `monitor`: it goes out at the device's pace."""

from __future__ import annotations

from collections.abc import Sequence

SOON = 0.05
"""Seconds within which what follows still belongs to the same picture: slow devices pause for 30 ms."""

LONGEST = 0.25
"""Seconds after which it is told all the same: some lights never come to rest."""


class Pictures:
    """Messages that have gone out and were not told yet, by controller.

    Threads: each controller's entry is its output thread's, and the consumer's once that has ended.
    """

    def __init__(self) -> None:
        self._going: dict[str, tuple[float, list[bytes]]] = {}

    def take(
        self, key: str, messages: Sequence[bytes], goes_on: float | None, mono: float
    ) -> Sequence[bytes]:
        """Return what is to be told now: a whole picture, nothing while more of it follows.

        `goes_on` is the ``mono`` instant at which the device is sent more, None: not by itself.
        """
        began, gathered = self._going.pop(key, (mono, []))
        gathered = [*gathered, *messages]
        if gathered and goes_on is not None and goes_on <= mono + SOON and mono < began + LONGEST:
            self._going[key] = began, gathered
            return ()
        return gathered

    def rest(self, key: str) -> Sequence[bytes]:
        """Return what was left when that device went, or time ended."""
        return self._going.pop(key, (0.0, []))[1]

    @property
    def keys(self) -> tuple[str, ...]:
        """The controllers of which something was not told yet."""
        return tuple(self._going)

    def clear(self) -> None:
        """Forget all: nobody listens."""
        self._going.clear()
