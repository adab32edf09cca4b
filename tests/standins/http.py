"""A rough HTTP client for tests: any header, any body, no manners."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any


@dataclass
class Reply:
    status: int
    body: bytes
    headers: dict[str, str]

    @property
    def json(self) -> Any:  # noqa: ANN401 - JSON has any shape
        return json.loads(self.body)

    @property
    def error(self) -> str:
        return str(self.json["error"])


class Caller:
    """Calls one server; ``headers`` go with every call and may be overridden."""

    def __init__(self, address: tuple[str, int], **headers: str) -> None:
        self.address = address
        self.headers = headers

    def get(self, path: str, **headers: str) -> Reply:
        return self.call("GET", path, None, headers)

    def post(self, path: str, body: object, **headers: str) -> Reply:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.call("POST", path, data, {"Content-Type": "application/json", **headers})

    def call(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Reply:
        connection = HTTPConnection(*self.address, timeout=20)
        try:
            connection.request(method, path, body, {**self.headers, **headers})
            answer = connection.getresponse()
            return Reply(answer.status, answer.read(), dict(answer.headers))
        finally:
            connection.close()

    def raw(self, data: bytes) -> bytes:
        """Send bytes as they are; return all that comes until the server hangs up."""
        with socket.create_connection(self.address, timeout=20) as line:
            line.sendall(data)
            answer = b""
            while part := line.recv(4096):
                answer += part
            return answer
