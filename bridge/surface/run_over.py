"""The text that runs over one device's lights: when it starts, when it is over. No clock is read."""

from __future__ import annotations

from bridge.surface.drivers import Driver
from bridge.surface.drivers.running import Scrolls
from bridge.surface.frame import Scroll


class RunOver:
    """At most one text at a time; the end is reckoned, since not every device reports it.

    Thread: the device's output thread. Instants in ``mono``.
    """

    def __init__(self, driver: Driver) -> None:
        self._driver = driver if isinstance(driver, Scrolls) else None
        self._over = 0
        self._number: int | None = None
        self._tell_again = False
        self.ends_at: float | None = None

    def wants(self, scroll: Scroll | None) -> bool:
        """Tell whether there is something to be started or stopped."""
        return self._driver is not None and self._number != self._due(scroll)

    def advance(self, scroll: Scroll | None, now: float) -> tuple[list[bytes], bool]:
        """Return what stops and starts texts, and whether lights are then to be told again.

        ``scroll`` is what is to run; what ran before it, or has run out, is over.
        """
        if self._driver is None:
            return [], False
        messages: list[bytes] = []
        ran = self._number is not None
        if self.ends_at is not None and now >= self.ends_at:
            self._finish()
        due = self._due(scroll)
        if self._number not in (None, due):
            messages += self._driver.end_scroll()
            self._finish()
        again = ran and self._number is None and self._tell_again
        if scroll is not None and self._number != due:
            messages += self._start(self._driver, scroll, now)
        return messages, again

    def _due(self, scroll: Scroll | None) -> int | None:
        return scroll.number if scroll is not None and scroll.number > self._over else None

    def _finish(self) -> None:
        self._over = max(self._over, self._number or 0)
        self._number = self.ends_at = None

    def _start(self, driver: Scrolls, scroll: Scroll, now: float) -> tuple[bytes, ...]:
        run = driver.scroll(scroll.text, scroll.colour)
        self._number, self._tell_again = scroll.number, run.tell_again
        self.ends_at = now + run.seconds
        return run.messages
