"""The HTTP interface: routes, and what each answers. Every error is JSON with one sentence."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Final, TypeAlias

import msgspec
from aiohttp import web

from bridge.core.actions import Request
from bridge.core.status import Json
from bridge.errors import Invalid, Refused, SongbridgeError
from bridge.web import answers, requests
from bridge.web.guard import Guard
from bridge.web.monitor import Stream
from bridge.web.role import Answer, Granted, Service
from bridge.web.teaching import Told, read_teach

_PATIENCE = 10.0  # seconds for a body to come in whole, and for the service to answer
_MOST = 1000  # entries in one answer
_LINES = 250  # entries of the journal in one go: less than a millisecond on this thread
_BREATH = 0.0005  # seconds between two goes, in which a press has the machine for itself
_WHOLE: Final = b"\n"  # an empty line ends the journal: one that was cut off lacks it
_LOG: Final = logging.getLogger("bridge.web")

_Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]
_Reader: TypeAlias = Callable[[bytes], tuple[Request, requests.Source]]


class Api:
    """The routes on `service`; one per server, on the loop's thread alone."""

    def __init__(self, service: Service, guard: Guard) -> None:
        self._service, self._guard = service, guard
        self._streams: set[Stream] = set()
        self._importing = asyncio.Lock()

    def application(self) -> web.Application:
        """Return the routes as an application, every request guarded."""
        app = web.Application(middlewares=[self._guarded], client_max_size=requests.LARGEST)
        app.add_routes(
            [
                web.get("/api/state", self._state),
                web.get("/api/studio", self._studio),
                web.get("/api/events", self._events),
                web.get("/api/journal", self._journal),
                web.get("/api/ports", self._ports),
                web.get("/api/health", self._health),
                web.get("/api/monitor", self._monitor),
                web.post("/api/action", self._action),
                web.post("/api/request", self._request),
                web.post("/api/import", self._import),
                web.post("/api/teaching", self._teaching),
                web.post("/api/stop", self._stop),
            ]
        )
        app.on_shutdown.append(self._end_streams)
        return app

    @web.middleware
    async def _guarded(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        no = self._guard.check(request.method, request.headers)
        if no is not None:
            return failed(no.status, no.why)
        try:
            return await handler(request)
        except SongbridgeError as error:
            return refused(error)
        except web.HTTPException as error:
            return failed(error.status, _sentence(error, request))
        except (ConnectionError, TimeoutError):
            return failed(408, "the request did not come in whole")
        except Exception:  # noqa: BLE001 - the last wall: a defect goes to the log, not to the asker
            _LOG.exception("a defect while answering %s", request.path)
            return failed(500, "a defect in Songbridge kept this from being answered")

    # --- reading ----------------------------------------------------------------------------------

    async def _state(self, _request: web.Request) -> web.Response:
        return answered(self._service.status())

    async def _studio(self, _request: web.Request) -> web.Response:
        return _json(200, answers.studio_json(*self._service.studio()))

    async def _events(self, request: web.Request) -> web.Response:
        since, last = _number(request, "since", 0), _number(request, "last", 0)
        limit = min(_number(request, "limit", _MOST), _MOST)
        service = self._service
        newest = "last" in request.query
        entries = service.last(min(last, _MOST)) if newest else service.entries(since, limit)
        return answered(answers.events_json(entries, service.studio()[0]))

    async def _journal(self, request: web.Request) -> web.StreamResponse:
        seq, service = _number(request, "since", 0), self._service
        lines = service.lines(seq, _LINES)  # before the head: what can't be read is an error yet
        response = web.StreamResponse(headers={"Content-Type": "application/x-ndjson", **_HEADERS})
        await response.prepare(request)
        while lines:
            await response.write(b"\n".join([*(line for _, line in lines), b""]))
            await asyncio.sleep(_BREATH)
            lines = service.lines(lines[-1][0], _LINES)
        await response.write(_WHOLE)
        return response

    async def _ports(self, _request: web.Request) -> web.Response:
        return answered(self._service.ports())

    async def _health(self, _request: web.Request) -> web.Response:
        return answered(self._service.health())

    # --- asking -----------------------------------------------------------------------------------

    async def _action(self, request: web.Request) -> web.Response:
        return await self._asked(request, requests.read_action)

    async def _request(self, request: web.Request) -> web.Response:
        return await self._asked(request, requests.read_request)

    async def _import(self, request: web.Request) -> web.Response:
        if self._importing.locked():  # so that bodies of this size never add up
            return failed(503, "another import is under way; try again in a moment")
        async with self._importing:
            return await self._asked(request, requests.read_import, requests.LARGEST_IMPORT)

    async def _asked(
        self, request: web.Request, read: _Reader, largest: int = requests.LARGEST
    ) -> web.Response:
        body = await _body(request, largest)
        try:
            wanted, source = read(body)
        except Invalid as error:
            return failed(400, str(error))
        del body
        try:
            answer = await self._decided(wanted, source)
        except TimeoutError:
            return failed(503, "the service is too busy to answer; look at what it did, then retry")
        if not isinstance(answer, Granted):
            return refused(answer)
        said: dict[str, Json] = {"said": answer.said} if answer.said else {}
        return answered({"seq": answer.seq, **said})

    async def _decided(self, wanted: Request, source: str) -> Answer:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Answer] = loop.create_future()

        def settle(answer: Answer) -> None:
            if not future.done():
                future.set_result(answer)

        def reply(answer: Answer) -> None:
            with contextlib.suppress(RuntimeError):  # the server has ended meanwhile
                loop.call_soon_threadsafe(settle, answer)

        self._service.ask(wanted, source, reply)
        async with asyncio.timeout(_PATIENCE):
            return await future

    async def _teaching(self, request: web.Request) -> web.Response:
        body = await _body(request, requests.LARGEST)
        try:
            wanted = read_teach(body)
        except Invalid as error:
            return failed(400, str(error))
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Told | SongbridgeError] = loop.create_future()

        def settle(told: Told | SongbridgeError) -> None:
            if not answer.done():
                answer.set_result(told)

        def reply(told: Told | SongbridgeError) -> None:
            with contextlib.suppress(RuntimeError):  # the server has ended meanwhile
                loop.call_soon_threadsafe(settle, told)

        self._service.teach(wanted, reply)
        async with asyncio.timeout(_PATIENCE):
            told = await answer
        if isinstance(told, SongbridgeError):
            raise told
        return _json(200, msgspec.json.encode(told))

    async def _stop(self, _request: web.Request) -> web.Response:
        self._service.stop()
        return answered({"stopping": True})

    # --- listening --------------------------------------------------------------------------------

    async def _monitor(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/x-ndjson", **_HEADERS})
        stream = Stream(self._service, record="record" in request.query)
        self._streams.add(stream)
        try:
            await response.prepare(request)
            async with contextlib.aclosing(stream.lines()) as lines:
                async for chunk in lines:
                    await response.write(chunk)
        except ConnectionError:  # the reader has gone
            pass
        finally:
            self._streams.discard(stream)
        return response

    async def _end_streams(self, _app: web.Application) -> None:
        for stream in self._streams:
            stream.end()


# --- answers --------------------------------------------------------------------------------------

_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Server": "Songbridge",
    "X-Content-Type-Options": "nosniff",
}


def answered(value: Json | list[dict[str, Json]] | dict[str, Json]) -> web.Response:
    """Return `value` as the JSON of a success."""
    return _json(200, msgspec.json.encode(value))


def failed(status: int, why: str) -> web.Response:
    """Return ``{"error": why}`` with an HTTP status."""
    return _json(status, msgspec.json.encode({"error": why}))


def refused(error: SongbridgeError) -> web.Response:
    """Return the answer to what was not done: 409, or 503 when the journal can't hold it."""
    return failed(409 if isinstance(error, Refused | Invalid) else 503, str(error))


def _json(status: int, body: bytes) -> web.Response:
    headers = {**_HEADERS, "WWW-Authenticate": "Bearer"} if status == 401 else _HEADERS  # noqa: PLR2004 - HTTP's own number
    return web.Response(status=status, body=body, content_type="application/json", headers=headers)


def _sentence(error: web.HTTPException, request: web.Request) -> str:
    path = request.path[:80]
    match error:
        case web.HTTPNotFound():
            return f"there is nothing at {path}"
        case web.HTTPMethodNotAllowed():
            return f"{path} takes {', '.join(sorted(error.allowed_methods))} only"
        case web.HTTPBadRequest():
            return error.text or "the request makes no sense"
        case web.HTTPRequestEntityTooLarge():
            return error.text or "the body is too large"
        case _:
            return HTTPStatus(error.status).phrase


async def _body(request: web.Request, largest: int) -> bytes:
    """Return the whole body. Raises TimeoutError, HTTPRequestEntityTooLarge above `largest` bytes."""
    body, told = bytearray(), request.content_length or 0
    async with asyncio.timeout(_PATIENCE):
        while told <= largest and (piece := await request.content.readany()):
            body += piece
            told = max(told, len(body))
    if told > largest:
        why = f"the body is larger than {largest} bytes"
        raise web.HTTPRequestEntityTooLarge(largest, told, text=why)
    return bytes(body)


def _number(request: web.Request, name: str, default: int) -> int:
    """Return a query parameter. Raises HTTPBadRequest unless it is a whole number from 0."""
    text = request.query.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 15):  # noqa: PLR2004 - more entries are never written
        raise web.HTTPBadRequest(text=f"{name} must be a whole number from 0")
    return int(text)
