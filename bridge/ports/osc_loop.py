"""One thread that waits on many sockets; other threads hand it what must be done there."""

from __future__ import annotations

import logging
import selectors
import socket
import threading
import time
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

Ready: TypeAlias = "Callable[[], None]"
"""What is called when a socket can be read or written; on the loop's thread."""

_LOG = logging.getLogger(__name__)

_AFTER_DEFECT = 1.0
"""Seconds until what can't be waited for is waited for again."""

_PATIENCE = 2.0
"""Seconds that a caller waits for the thread, which is never away for longer than a batch."""


class Loop:
    """Runs ``between(): seconds until the next call | None`` after each round of ready sockets.

    A defect in what it calls is logged once and costs that call, never the thread.
    """

    def __init__(self, name: str, between: Callable[[], float | None]) -> None:
        self._between = between
        self._selector = selectors.DefaultSelector()
        self._jobs: deque[Ready] = deque()
        self._later: list[tuple[float, Ready]] = []
        self._bell, self._hand = socket.socketpair()
        self._open = True
        self._logged: set[tuple[str, type[Exception]]] = set()
        for end in (self._bell, self._hand):
            end.setblocking(False)
        self.watch(self._bell, self._rung)
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def post(self, job: Ready) -> None:
        """Have `job` done on the loop's thread soon. Any thread."""
        self._jobs.append(job)
        with suppress(OSError):  # the bell is full, so it rings already; or the loop has ended
            self._hand.send(b"!")

    def later(self, seconds: float, job: Ready) -> None:
        """Have `job` done in so many seconds. On the loop's thread."""
        self._later.append((time.monotonic() + seconds, job))

    def call(self, job: Ready) -> None:
        """Have `job` done on the loop's thread and wait for it; at once while no thread runs.

        From any thread but the loop's own.
        """
        if not self._thread.is_alive():
            job()
            return
        done = threading.Event()
        self.post(job)
        self.post(done.set)
        done.wait(_PATIENCE)

    def watch(self, sock: socket.socket, read: Ready, write: Ready | None = None) -> None:
        """Call `read` when `sock` can be read, and `write`, if given, when it can be written.

        On the loop's thread or before it starts. A socket that is watched already is watched anew;
        one that was closed in the meantime is not.
        """
        events = selectors.EVENT_READ | (selectors.EVENT_WRITE if write else 0)
        with suppress(ValueError, OSError):
            self.forget(sock)
            self._selector.register(sock, events, (read, write))

    def forget(self, sock: socket.socket) -> None:
        """Watch `sock` no more; before it is closed, on the loop's thread."""
        with suppress(KeyError, ValueError):
            self._selector.unregister(sock)

    def close(self) -> None:
        """End the thread and wait for its end. Any other thread, once."""
        self._open = False
        self.post(lambda: None)
        if self._thread.ident is not None:
            self._thread.join(_PATIENCE)
        self._selector.close()
        self._bell.close()
        self._hand.close()

    def _run(self) -> None:
        while self._open:
            try:
                ready = self._selector.select(self._wait())
            except Exception as error:  # noqa: BLE001 - all sockets depend on this one thread
                self._defect("waiting for sockets", error)
                time.sleep(_AFTER_DEFECT)
                continue
            for key, events in ready:
                read, write = key.data
                if events & selectors.EVENT_READ:
                    self._guarded(read)
                if write and events & selectors.EVENT_WRITE:
                    self._guarded(write)

    def _wait(self) -> float | None:
        waits = [wait for wait in (self._until_later(), self._until_due()) if wait is not None]
        return min(waits, default=None)

    def _until_due(self) -> float | None:
        try:
            return self._between()
        except Exception as error:  # noqa: BLE001 - costs what was due, and not those who ask now
            self._defect("handing over what is due", error)
            return _AFTER_DEFECT

    def _until_later(self) -> float | None:
        """Do what is to be done by now; return the seconds until there is more."""
        if not self._later:
            return None
        now = time.monotonic()
        due = [job for at, job in self._later if at <= now]
        self._later = [(at, job) for at, job in self._later if at > now]
        for job in due:
            self._guarded(job)
        return min((max(0.0, at - now) for at, _job in self._later), default=None)

    def _guarded(self, call: Ready) -> None:
        try:
            call()
        except Exception as error:  # noqa: BLE001 - costs what was read, and nobody else a word
            self._defect(getattr(call, "__qualname__", repr(call)), error)

    def _defect(self, where: str, error: Exception) -> None:
        if (where, type(error)) not in self._logged:
            self._logged.add((where, type(error)))
            _LOG.error("a defect in %s; OSC goes on", where, exc_info=error)

    def _rung(self) -> None:
        with suppress(BlockingIOError):
            self._bell.recv(4096)
        while self._jobs:
            self._guarded(self._jobs.popleft())
