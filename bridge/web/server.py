"""The HTTP server, on a thread with a loop of its own; started and stopped from outside."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import socket
import threading
from typing import Any, Final

from aiohttp import web

from bridge.errors import Unavailable
from bridge.web.api import Api
from bridge.web.guard import Guard
from bridge.web.role import Service

_GRACE = 0.25  # seconds for answers under way when the server stops
_LONGEST = 5.0  # seconds to wait for the thread, whatever happens
_LOG: Final = logging.getLogger("bridge.web")
_LOG.addHandler(logging.NullHandler())


class WebServer:
    """The HTTP interface of `service` on `host` and `port` (0: any free one)."""

    def __init__(self, service: Service, host: str, port: int, *, token: str = "") -> None:
        self._service, self._host, self._port, self._token = service, host, port, token
        self._thread: threading.Thread | None = None
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ending: asyncio.Event | None = None
        self._address: tuple[str, int] | None = None
        self._error: Exception | None = None

    def start(self) -> tuple[str, int]:
        """Begin to answer; return the host and port that were bound. Raises Unavailable."""
        self._thread = threading.Thread(target=self._run, name="http", daemon=True)
        self._thread.start()
        self._ready.wait()
        if self._error is not None:
            self._thread.join(_LONGEST)
            raise self._unavailable(self._error) from self._error
        assert self._address is not None  # noqa: S101 - bound, as no error came
        return self._address

    def stop(self) -> None:
        """End within a second; what is being answered is finished or cut. May be called again."""
        thread, loop, ending = self._thread, self._loop, self._ending
        if thread is None or loop is None or ending is None or not thread.is_alive():
            return
        try:
            loop.call_soon_threadsafe(ending.set)
        except RuntimeError:  # it has just ended by itself
            return
        thread.join(_LONGEST)

    def _run(self) -> None:
        try:
            asyncio.run(self._live())
        except (OSError, UnicodeError) as error:  # UnicodeError: a host that is no name
            self._error = error
        finally:
            self._ready.set()

    async def _live(self) -> None:
        self._loop, self._ending = asyncio.get_running_loop(), asyncio.Event()
        self._loop.set_exception_handler(_log_defect)
        app = Api(self._service, Guard(self._host, self._token)).application()
        runner = web.AppRunner(app, access_log=None, logger=_LOG, shutdown_timeout=_GRACE)
        listening = _listening(self._host, self._port)
        try:
            await runner.setup()
            await web.SockSite(runner, listening).start()
            host, port = listening.getsockname()[:2]
            self._address = (host, port)
            self._ready.set()
            await self._ending.wait()
        finally:
            await _ended(runner, listening)

    def _unavailable(self, error: Exception) -> Unavailable:
        host = f"[{self._host}]" if ":" in self._host else self._host
        place = f"the HTTP address {host}:{self._port}"
        code = getattr(error, "errno", None)
        if code == errno.EADDRINUSE:
            return Unavailable(f"{place} is in use; end that program, or change [http] listen")
        if code in (errno.EACCES, errno.EPERM):
            return Unavailable(f"{place} may not be used; take a port above 1023 in [http] listen")
        reason = getattr(error, "strerror", None) or str(error)
        return Unavailable(f"{place} can't be used ({reason}); change [http] listen")


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)


async def _ended(runner: web.AppRunner, listening: socket.socket) -> None:
    """Finish or cut what is being answered, also to readers that read no more."""
    with contextlib.suppress(NotImplementedError):  # Windows' loop has no readers
        asyncio.get_running_loop().remove_reader(listening)
    for _ in range(2):
        await asyncio.sleep(0)  # asyncio would drop, not close, who is just being let in
    server = runner.server
    transports = [c.transport for c in server.connections] if server else []
    await runner.cleanup()
    for transport in transports:
        if transport is not None:
            transport.abort()  # its buffer may be full, and closing alone would wait for the reader
    await asyncio.sleep(0)


def _log_defect(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    _LOG.error("%s", context.get("message"), exc_info=context.get("exception"))
