"""The loop: one thread takes from the inbox, lets the session work, and sleeps until the next deadline."""

from __future__ import annotations

import logging
from collections.abc import Callable

from bridge.app.inbox import Inbox, Incoming
from bridge.app.session import Session
from bridge.moment import Moment

_LONGEST_SLEEP = 30.0  # seconds; below clock.GAP, so that only a sleeping machine makes a gap
_AFTER_DEFECT = 1.0  # seconds until what failed by itself is tried again
_LOG = logging.getLogger(__name__)
_BUSY = 0.02  # seconds that lights may lag behind while messages keep coming in
_BREATH = 0.0005
"""Seconds between a message and the lights. Whoever was sent something wakes on this very core where
cores are few, and would have to wait until the lights are painted (docs/performance.md)."""


class Loop:
    """Runs a session on the thread that calls `run`; any thread may put into its inbox."""

    def __init__(self, session: Session, inbox: Inbox, now: Callable[[], Moment]) -> None:
        self._session, self._inbox, self._now = session, inbox, now
        self._watches: list[Watch] = []
        self._wake: float | None = None
        self._behind: float | None = None  # since when lights and feedback are not up to date

    def every(self, seconds: float, look: Callable[[Moment], None]) -> None:
        """Have `look` called on the loop's thread about every `seconds` seconds."""
        self._watches.append(Watch(seconds, look))

    def run(self) -> None:
        """Run until the session stops. The caller's thread owns the session from here on.

        A defect in handling one message is logged and costs that message, not the evening.
        """
        session = self._session
        session.begin(self._now())
        self._rest()
        while not session.stopping:
            message = self._next(self._wake)
            try:
                self._step(message)
            except Exception:  # noqa: BLE001 - the one place where a defect must not end the evening
                _LOG.exception("a defect while handling %r; the service goes on", message)
                self._wake = self._now().mono + _AFTER_DEFECT

    def _step(self, message: Incoming | None) -> None:
        session = self._session
        if message is not None:
            session.handle(message, self._now())
            if self._may_wait(self._now().mono):
                return
        session.settle(moment := self._now())
        session.advance(moment)
        self._rest()

    def _may_wait(self, mono: float) -> bool:
        """Let who was told something run first, and more messages come, before lights are painted."""
        if self._behind is None:
            self._behind = mono
        if mono - self._behind >= _BUSY:
            return False
        self._wake = mono + _BREATH
        return True

    def _rest(self) -> None:
        moment = self._now()
        for watch in self._watches:
            watch.look_if_due(moment)
        wakes = [self._session.rest(moment), *(watch.due for watch in self._watches)]
        self._wake = min((at for at in wakes if at is not None), default=None)
        self._behind = None
        while self._inbox.empty() and self._session.ponder(moment):
            pass

    def _next(self, wake: float | None) -> Incoming | None:
        timeout = _LONGEST_SLEEP
        if wake is not None:
            timeout = min(timeout, max(0.0, wake - self._now().mono))
        return self._inbox.take(timeout)


class Watch:
    """Something to look at now and then."""

    def __init__(self, seconds: float, look: Callable[[Moment], None]) -> None:
        self._seconds, self._look = seconds, look
        self.due = float("-inf")

    def look_if_due(self, moment: Moment) -> None:
        """Look when it is time, and say when the next time is."""
        if moment.mono >= self.due:
            self.due = moment.mono + self._seconds
            self._look(moment)
