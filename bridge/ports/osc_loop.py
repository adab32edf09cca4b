"""One thread that waits on many sockets; other threads hand it what must be done there."""

from __future__ import annotations

import selectors
import socket
import threading
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

Ready: TypeAlias = "Callable[[], None]"
"""What is called when a socket can be read or written; on the loop's thread."""

_PATIENCE = 2.0
"""Seconds that a caller waits for the thread, which is never away for longer than a batch."""


class Loop:
    """Runs ``between(): seconds until the next call | None`` after each round of ready sockets."""

    def __init__(self, name: str, between: Callable[[], float | None]) -> None:
        self._between = between
        self._selector = selectors.DefaultSelector()
        self._jobs: deque[Ready] = deque()
        self._bell, self._hand = socket.socketpair()
        self._open = True
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
            for key, events in self._selector.select(self._between()):
                read, write = key.data
                if events & selectors.EVENT_READ:
                    read()
                if write and events & selectors.EVENT_WRITE:
                    write()

    def _rung(self) -> None:
        with suppress(BlockingIOError):
            self._bell.recv(4096)
        while self._jobs:
            self._jobs.popleft()()
