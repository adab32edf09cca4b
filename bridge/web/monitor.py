"""The stream of ``GET /api/monitor``: traffic as JSON lines, from any thread to one reader."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator

import msgspec

from bridge.web.role import Service, Traffic

ROOM = 2000
"""Lines that wait for a slow reader; what comes on top is dropped and counted."""

TAPE = 20_000
"""The same for a recording, whose lines are few and short, and of which none should be missing."""

_QUIET = 5.0  # seconds after which an empty line shows whether the reader is still there


class Stream:
    """Traffic of `service` as lines; whoever reads them ends it by closing the iterator.

    With ``record``, those of a recording are among them.
    """

    def __init__(self, service: Service, *, record: bool = False) -> None:
        self._join = service.record if record else service.tap
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[Traffic] = deque()
        self._more = asyncio.Event()
        self._woken = False
        self._dropped = self._untaped = 0
        self._ended = False

    async def lines(self) -> AsyncGenerator[bytes, None]:
        """Yield chunks of whole lines; an empty line when nothing has happened for a while."""
        leave = self._join(self._hear)
        try:
            while not self._ended:
                yield await self._chunk()
        finally:
            leave()

    def end(self) -> None:
        """Let `lines` come to its end; on the loop's thread."""
        self._ended = True
        self._more.set()

    def _hear(self, traffic: Traffic) -> None:
        """Take one line in; on whichever thread, so it never waits and never raises."""
        tape = traffic.channel == "tape"
        if len(self._waiting) >= (TAPE if tape else ROOM):
            self._dropped += 1
            self._untaped += tape
            return
        self._waiting.append(traffic)
        if not self._woken:
            self._woken = True
            try:
                self._loop.call_soon_threadsafe(self._more.set)
            except RuntimeError:  # the loop has ended; `leave` is on its way
                return

    async def _chunk(self) -> bytes:
        try:
            async with asyncio.timeout(_QUIET):
                await self._more.wait()
        except TimeoutError:
            return b"\n"
        self._more.clear()
        self._woken = False  # before the look at what waits: what comes after wakes anew
        waiting = [self._waiting.popleft() for _ in range(len(self._waiting))]
        lines = [msgspec.json.encode(traffic) for traffic in sorted(waiting, key=_order)]
        if self._dropped:
            missing = {"dropped": self._dropped}
            if self._untaped:
                missing["untaped"] = self._untaped
            lines.append(msgspec.json.encode(missing))
            self._dropped = self._untaped = 0
        return b"".join(line + b"\n" for line in lines)


def _order(traffic: Traffic) -> tuple[bool, float]:
    """Return by what lines that wait together are put in order: threads stamp for themselves.

    The lines of a recording stay as they were written, before all others.
    """
    return (False, 0.0) if traffic.channel == "tape" else (True, traffic.at)
