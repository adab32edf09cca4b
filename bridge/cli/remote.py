"""The studio through the running service, over its HTTP interface."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import TYPE_CHECKING, Any, Final

import msgspec

from bridge.errors import Invalid, JournalFault, Refused, SongbridgeError, Unavailable
from bridge.store.lock import ServiceInfo
from bridge.web.role import Granted

if TYPE_CHECKING:
    from bridge.cli.here import Here
    from bridge.core.actions import Request
    from bridge.core.events import Entry
    from bridge.core.model import Studio
    from bridge.core.status import Json

_PATIENCE = 15.0  # seconds; the service itself gives up after ten
_TOKEN: Final = "SONGBRIDGE_TOKEN"  # noqa: S105 - the name of the variable, not a token
_HERE: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where a service on all addresses is reached
_ERRORS: Final[dict[int, type[SongbridgeError]]] = {400: Invalid, 409: Refused, 503: JournalFault}


class RemoteClient:
    """Asks the service that `info` describes; one connection per question."""

    def __init__(self, info: ServiceInfo, here: Here) -> None:
        self.service = info
        self._person = here.person
        self._token = here.environ.get(_TOKEN, "") or info.addresses.get("token", "")
        self._address = info.addresses.get("http", "")
        host, _, port = self._address.rpartition(":")
        if not port.isdigit():
            raise Unavailable("the service is just starting; try again in a moment")
        host = host.strip("[]")
        self._host, self._port = _HERE.get(host, host), int(port)

    def ask(self, request: Request) -> Granted:
        """Have `request` done; see `Client`."""
        from bridge.core.actions import signed  # noqa: PLC0415 - looking needs no requests
        from bridge.web import requests  # noqa: PLC0415 - as above

        body = requests.write_request(signed(request, self._person), "cli")
        if len(body) > requests.LARGEST_IMPORT:
            most = requests.LARGEST_IMPORT >> 20
            raise Refused(f"that is more than {most} MiB at once; bring it in in several parts")
        large = isinstance(request, requests.IMPORTS)
        answer = self._json("POST", "/api/import" if large else "/api/request", body)
        return Granted(answer["seq"], answer.get("said", ""))

    def status(self) -> dict[str, Json]:
        """Return the state; see `Client`."""
        state: dict[str, Json] = self._json("GET", "/api/state")
        return {**state, "service": "running"}

    def studio(self) -> tuple[Studio, int]:
        """Return the studio; see `Client`."""
        from bridge.web.answers import read_studio  # noqa: PLC0415 - only lists need the studio

        body = self._call("GET", "/api/studio")
        try:
            return read_studio(body)
        except msgspec.MsgspecError as error:
            raise self._strange() from error

    def events(self, since: int, limit: int) -> list[dict[str, Json]]:
        """Return entries; see `Client`."""
        rows: list[dict[str, Json]] = self._json("GET", f"/api/events?since={since}&limit={limit}")
        return rows

    def last(self, count: int) -> list[dict[str, Json]]:
        """Return the newest entries; see `Client`."""
        rows: list[dict[str, Json]] = self._json("GET", f"/api/events?last={count}")
        return rows

    def journal(self) -> Iterator[Entry]:
        """Yield every entry; see `Client`."""
        from bridge.store.codec import CODEC  # noqa: PLC0415 - only figures need the facts

        lines = self._call("GET", "/api/journal").split(b"\n")
        if lines[-2:] != [b"", b""]:
            raise Unavailable(f"the journal from {self._address} was cut off; try again")
        return map(CODEC.read, lines[:-2])

    def ports(self) -> list[dict[str, Json]]:
        """Return the MIDI ports; see `Client`."""
        rows: list[dict[str, Json]] = self._json("GET", "/api/ports")
        return rows

    def health(self) -> list[dict[str, Json]]:
        """Return the service's findings; see `Client`."""
        rows: list[dict[str, Json]] = self._json("GET", "/api/health")
        return rows

    def teach(self, body: bytes) -> bytes:
        """Ask for something about a lesson (`bridge.web.teaching`); return the answer's JSON."""
        return self._call("POST", "/api/teaching", body)

    def monitor(self, *, record: bool = False) -> Generator[dict[str, Json], None, None]:
        """Yield traffic; see `Client`."""
        path = "/api/monitor?record=1" if record else "/api/monitor"
        connection, response = self._send("GET", path, None)
        try:
            if response.status != 200:  # noqa: PLR2004 - HTTP's own number
                raise self._error(response.status, response.read())
            while line := response.readline():
                if line.strip():
                    yield msgspec.json.decode(line)
        except (OSError, HTTPException):
            return  # the service has ended
        finally:
            connection.close()

    # --- HTTP -------------------------------------------------------------------------------------

    def _json(self, method: str, path: str, body: bytes | None = None) -> Any:  # noqa: ANN401 - the caller knows the shape
        try:
            return msgspec.json.decode(self._call(method, path, body))
        except msgspec.MsgspecError as error:
            raise self._strange() from error

    def _call(self, method: str, path: str, body: bytes | None = None) -> bytes:
        status, answer = self._answer(method, path, body)
        if status != 200:  # noqa: PLR2004 - HTTP's own number
            raise self._error(status, answer)
        return answer

    def _answer(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        connection, response = self._send(method, path, body)
        try:
            return response.status, response.read()
        except (OSError, HTTPException) as error:
            raise self._silent(error) from error
        finally:
            connection.close()

    def _send(
        self, method: str, path: str, body: bytes | None
    ) -> tuple[HTTPConnection, HTTPResponse]:
        connection = HTTPConnection(self._host, self._port, timeout=_PATIENCE)
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        try:
            connection.request(method, path, body, headers)
            return connection, connection.getresponse()
        except (OSError, HTTPException, UnicodeError) as error:
            connection.close()
            raise self._silent(error) from error

    def _error(self, status: int, body: bytes) -> SongbridgeError:
        try:
            why = str(msgspec.json.decode(body, type=dict[str, str])["error"])
        except (msgspec.MsgspecError, KeyError):
            return self._strange()
        return _ERRORS.get(status, Unavailable)(why)

    def _silent(self, error: Exception) -> Unavailable:
        if isinstance(error, TimeoutError):
            return Unavailable(
                f"the service (process {self.service.pid}) did not answer in time;"
                " `songbridge log` shows whether it was done"
            )
        return Unavailable(
            f"the service (process {self.service.pid}) does not answer at {self._address}"
            f" ({error}); end that process and start `songbridge up` again"
        )

    def _strange(self) -> Unavailable:
        return Unavailable(
            f"what answers at {self._address} does not speak as this Songbridge does;"
            " end the service and start `songbridge up` again"
        )
