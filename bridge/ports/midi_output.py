"""One thread for one output: enters the session, paints what is due, leaves."""

from __future__ import annotations

import logging
import threading
from collections import deque
from typing import TYPE_CHECKING

from bridge.errors import Unavailable
from bridge.moment import now
from bridge.ports.midi_events import CHANGED, MISSED
from bridge.ports.midi_inquiry import Inquiry
from bridge.ports.midi_renewal import Renewal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bridge.moment import Moment
    from bridge.ports.midi_api import OutPort
    from bridge.ports.midi_events import Source, Wanted

log = logging.getLogger(__name__)

AFTER_DEFECT = 1.0
"""Seconds until a source that failed is asked again."""

DARKEN = 0.3
"""Seconds a device is given to be darkened in when it is left."""

ENTERING = 2.0
"""Seconds after the session was entered within which news of a loss may be of that very message."""


class Darkness:
    """The source of a device without lights."""

    def due(self, moment: Moment) -> list[bytes]:  # noqa: ARG002 - the role's signature
        """Return nothing."""
        return []

    def wake(self) -> float | None:
        """Never ask."""
        return None

    def blank(self) -> None:
        """Be dark already."""


class Output:
    """An opened output with its thread; SysEx may block, so nobody else waits for it.

    First it asks who is there, as ``inquiry`` wants it. ``ready`` is called on this thread when the
    session is entered and settled, ``broken`` with the reason when the port takes nothing any more,
    or when another device answered (``inquiry.other``): then the thread has ended. ``renewed`` is
    called on it, too, after `renew` and `reenter`, with the reason, when the device is ready to be
    painted from nothing. ``fault`` says what is wrong with the lights since the last round, empty
    while they are well.
    """

    def __init__(
        self,
        spec: Wanted,
        port: OutPort,
        ready: Callable[[], None],
        broken: Callable[[str], None],
        clock: Callable[[], Moment] = now,
        *,
        renewed: Callable[[str], None] = lambda _why: None,
        inquiry: Inquiry | None = None,
    ) -> None:
        self.port, self.fault = port, ""
        self._inquiry = inquiry or Inquiry(spec)
        self._renewal = Renewal(confirms=bool(spec.enter))
        self._key = spec.key
        self._enter, self._settle, self._leave = spec.enter, spec.settle, spec.leave
        self._gap, port.most = spec.gap, spec.burst
        self._source: Source = spec.source or Darkness()
        self._ready, self._broken, self._renewed, self._clock = ready, broken, renewed, clock
        self._entered = 0.0
        self._direct: deque[bytes] = deque()
        self._roused = threading.Event()
        self._lossy = threading.Event()
        self._leaving = threading.Event()
        self._cut = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"midi out {spec.key}", daemon=True)

    def start(self) -> None:
        """Begin with the session's messages."""
        self._thread.start()

    def follow(self, spec: Wanted) -> None:
        """Send what the source of `spec` has from now on, the device being the same. Any thread."""
        self._source = spec.source or Darkness()
        self._roused.set()

    def nudge(self) -> None:
        """Have the source asked again: it has something new. From any thread."""
        self._roused.set()

    def send(self, messages: Sequence[bytes]) -> None:
        """Send these as soon as the output is free, before what the source has. From any thread."""
        self._direct.extend(messages)
        self._roused.set()

    def renew(self) -> None:
        """Have the device painted anew, and entered anew when it was just now. From any thread."""
        self._lossy.set()
        self._roused.set()

    def reenter(self) -> None:
        """Have the session entered again: the device says that its mode has changed. Any thread."""
        if self._renewal.tell(self._clock().mono):
            self._roused.set()

    def leave(self) -> None:
        """Ask the thread to darken the device, leave the session and end; see `ended`."""
        self._leaving.set()
        self._roused.set()

    def cut(self) -> None:
        """Ask the thread to end without another word: the port has gone."""
        self._cut.set()
        self.leave()

    def ended(self, within: float) -> bool:
        """Wait up to `within` seconds for the thread's end; False: it hangs in its port."""
        if self._thread.ident is not None and self._thread is not threading.current_thread():
            self._thread.join(max(0.0, within))
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            self._session()
        except Unavailable as error:
            self._broken(str(error))

    def _session(self) -> None:
        self._inquire()
        if self._inquiry.other:
            self._broken(f"it answers as {self._inquiry.other}")
            return
        self._entered = self._clock().mono
        self._enter_and_settle()
        if not self._leaving.is_set():
            self._ready()
        while not self._leaving.is_set():
            self._guarded(self._round)
        if not self._cut.is_set():
            self._guarded(self._darken)
            self._send_all(self._leave, self._gap)

    def _guarded(self, work: Callable[[], None]) -> None:
        """Do what a defect in a driver may end; the device is there, so go on after a while."""
        try:
            work()
        except Unavailable:
            raise
        except Exception as error:
            if not self.fault:
                log.exception("the lights of %s failed; they are tried again", self._key)
            name = type(error).__name__
            self.fault = f"its lights failed inside Songbridge ({name}); they are tried again"
            self._leaving.wait(AFTER_DEFECT)

    def _inquire(self) -> None:
        """Ask who is there, and wait for the answer as long as it is worth it."""
        inquiry = self._inquiry
        while inquiry.asks and not self._leaving.is_set():
            self._roused.clear()
            if (request := inquiry.due(self._clock().mono)) is not None:
                self._send_all((request,))
            if not (pause := inquiry.left(self._clock().mono)):
                return
            self._roused.wait(pause)

    def _enter_and_settle(self) -> None:
        self._renewal.entered(self._clock().mono)
        self._send_all(self._enter, self._gap)
        self._leaving.wait(self._settle)

    def _renew(self) -> None:
        """Enter again, if that may be what was lost: elsewhere it would make the device flicker."""
        self._lossy.clear()
        if self._clock().mono - self._entered < ENTERING:
            self._enter_and_settle()
        self._renewed(MISSED)

    def _round(self) -> None:
        """Send what is there, then sleep until there is more."""
        self._roused.clear()
        if self._lossy.is_set():
            self._renew()
        if self._renewal.left(self._clock().mono) == 0:
            self._enter_and_settle()
            self._renewed(CHANGED)
        while self._direct:
            self.port.send(self._direct.popleft())
        self._send_all(self._source.due(self._clock()))
        rest = self._rest()
        self.fault = ""
        self._roused.wait(rest)

    def _pause(self) -> float | None:
        """Return the seconds until the source has more, None when it must be nudged first."""
        wake = self._source.wake()
        return None if wake is None else max(0.0, wake - self._clock().mono)

    def _rest(self) -> float | None:
        """Return the seconds until there is something to do by itself, None for never."""
        pauses = (self._pause(), self._renewal.left(self._clock().mono))
        return min((pause for pause in pauses if pause is not None), default=None)

    def _darken(self) -> None:
        """Send the source's darkness, as fast as its pace lets it, for a short time at most."""
        self._source.blank()
        until = self._clock().mono + DARKEN
        while (pause := self._pause()) is not None:
            if self._cut.wait(min(pause, DARKEN)) or self._clock().mono > until:
                return
            self._send_all(self._source.due(self._clock()))

    def _send_all(self, messages: Sequence[bytes], gap: float = 0.0) -> None:
        for message in messages:
            if self._cut.is_set():
                return
            self.port.send(message)
            if gap:
                self._cut.wait(gap)
