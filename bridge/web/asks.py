"""Asks DAWs over HTTP, on a thread and asyncio loop of its own; answers are handed to whoever made it.

The thread begins with the first ask: where no DAW is asked this way, there is none.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Final

import aiohttp

from bridge.messages import HttpAnswer, HttpAsk

LONGEST: Final = 65536
"""Bytes of an answer; what is longer is none that was asked for."""
_UNDER_WAY: Final = 8  # asks at once; an adapter has two at most
_LINE: Final = 8190  # bytes of a header line, as aiohttp's own servers allow
_END: Final = 2.0  # seconds to wait for the thread at the end

Answered = Callable[[str, HttpAnswer], None]


class WebAsks:
    """Asks web interfaces. ``answered`` is called with a link's key, on the thread of the asks."""

    def __init__(self, answered: Answered) -> None:
        self._answered = answered
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._ending: asyncio.Event | None = None
        self._open = asyncio.Event()
        self._closed = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None

    def ask(self, key: str, host: str, port: int, what: HttpAsk) -> None:
        """Ask; never blocks. The answer comes within the ask's patience, or its failure. Any thread."""
        loop = self._begun()
        if loop is not None:
            with contextlib.suppress(RuntimeError):  # it has just ended
                loop.call_soon_threadsafe(self._ask, key, host, port, what)

    def close(self) -> None:
        """End; what is under way is cut, and nobody is told. May be called again."""
        with self._lock:
            self._closed, thread, loop, ending = True, self._thread, self._loop, self._ending
        if thread is None or loop is None or ending is None:
            return
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(ending.set)
        thread.join(_END)

    def _begun(self) -> asyncio.AbstractEventLoop | None:
        with self._lock:
            if self._loop is None and not self._closed:
                self._loop, self._ending = asyncio.new_event_loop(), asyncio.Event()
                self._thread = threading.Thread(target=self._run, name="DAW web", daemon=True)
                self._thread.start()
            return None if self._closed else self._loop

    def _run(self) -> None:
        assert self._loop is not None  # noqa: S101 - made before the thread
        with contextlib.closing(self._loop) as loop:
            asyncio.set_event_loop(loop)
            loop.run_until_complete(self._live())

    async def _live(self) -> None:
        assert self._ending is not None  # noqa: S101 - made before the thread
        connector = aiohttp.TCPConnector(limit=_UNDER_WAY, force_close=True)
        jar, once = aiohttp.DummyCookieJar(), aiohttp.TraceConfig()
        once.on_connection_create_start.append(_once)
        async with aiohttp.ClientSession(
            connector=connector,
            cookie_jar=jar,
            trace_configs=[once],
            max_line_size=_LINE,
            max_field_size=_LINE,
            auto_decompress=False,
        ) as self._session:
            self._open.set()
            await self._ending.wait()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _ask(self, key: str, host: str, port: int, what: HttpAsk) -> None:
        if len(self._tasks) >= _UNDER_WAY:
            self._answered(key, HttpAnswer(what.ticket, failure="nobody"))  # nothing was sent
            return
        task = asyncio.get_running_loop().create_task(self._get(key, host, port, what))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _get(self, key: str, host: str, port: int, what: HttpAsk) -> None:
        await self._open.wait()
        assert self._session is not None  # noqa: S101 - it is open
        name = f"[{host}]" if ":" in host else host
        try:
            answer = await _answer(self._session, f"http://{name}:{port}", what)
        except aiohttp.ClientConnectorError:
            answer = HttpAnswer(what.ticket, failure="nobody")
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
            answer = HttpAnswer(what.ticket, failure="cut")
        self._answered(key, answer)


async def _once(
    _session: aiohttp.ClientSession,
    request: SimpleNamespace,
    _params: aiohttp.TraceConnectionCreateStartParams,
) -> None:
    """Refuse a second connection: aiohttp repeats a GET by itself, and an action would run twice."""
    if hasattr(request, "connected"):
        raise ValueError("connected before")
    request.connected = True


async def _answer(session: aiohttp.ClientSession, base: str, what: HttpAsk) -> HttpAnswer:
    """Return the answer. Raises what aiohttp raises, ValueError for a URL that is none."""
    patience = aiohttp.ClientTimeout(total=what.patience)
    async with session.get(base + what.path, timeout=patience, allow_redirects=False) as response:
        body = bytearray()
        async for piece in response.content.iter_chunked(LONGEST):
            body += piece
            if len(body) > LONGEST:
                raise ValueError("too long")
        return HttpAnswer(what.ticket, response.status, bytes(body).decode("utf-8", "replace"))
