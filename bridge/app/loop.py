"""The loop: one thread takes from the inbox, lets the session work, and sleeps until the next deadline."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, SimpleQueue

from bridge.app.inbox import Incoming
from bridge.app.session import Session
from bridge.moment import Moment

_LONGEST_SLEEP = 30.0  # seconds; below clock.GAP, so that only a sleeping machine makes a gap
_BUSY = 0.02  # seconds that lights may lag behind while messages keep coming in


class Loop:
    """Runs a session on the thread that calls `run`; any thread may put into its inbox."""

    def __init__(
        self, session: Session, inbox: SimpleQueue[Incoming], now: Callable[[], Moment]
    ) -> None:
        self._session, self._inbox, self._now = session, inbox, now
        self._watches: list[Watch] = []

    def every(self, seconds: float, look: Callable[[Moment], None]) -> None:
        """Have `look` called on the loop's thread about every `seconds` seconds."""
        self._watches.append(Watch(seconds, look))

    def run(self) -> None:
        """Run until the session stops. The caller's thread owns the session from here on."""
        session = self._session
        session.begin(self._now())
        wake, rested = self._rest()
        while not session.stopping:
            message = self._next(wake)
            if message is not None:
                session.handle(message, self._now())
                if not self._inbox.empty() and self._now().mono - rested < _BUSY:
                    continue
            session.settle(moment := self._now())
            session.advance(moment)
            wake, rested = self._rest()

    def _rest(self) -> tuple[float | None, float]:
        moment = self._now()
        for watch in self._watches:
            watch.look_if_due(moment)
        wake = self._session.rest(moment)
        due = min((watch.due for watch in self._watches), default=None)
        return (due if wake is None or (due is not None and due < wake) else wake), moment.mono

    def _next(self, wake: float | None) -> Incoming | None:
        timeout = _LONGEST_SLEEP
        if wake is not None:
            timeout = min(timeout, max(0.0, wake - self._now().mono))
        try:
            return self._inbox.get(timeout=timeout)
        except Empty:
            return None


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
