"""Who may ask: checks on a request's headers before anything else is looked at.

A page on a foreign site can make a browser send requests here. Three things keep it out: the name
under which we are asked must be ours (a foreign name that was made to point at us is not), a
browser's ``Origin`` must be our own page's, and what changes anything must be sent as JSON, which a
foreign form can't do.
"""

from __future__ import annotations

import hmac
import ipaddress
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass

_HOST = re.compile(r"(?:\[([0-9A-Fa-f:.]{2,45})\]|([A-Za-z0-9_.-]{1,253}))(?::([0-9]{1,5}))?")
_BEARER = "bearer "


@dataclass(frozen=True, slots=True)
class No:
    """A request that is turned away: the HTTP status, and why."""

    status: int
    why: str


class Guard:
    """The checks of one server, which listens on `host`; an empty `token` asks for none."""

    def __init__(self, host: str, token: str = "") -> None:
        self._names = {"localhost", host.lower()}
        address = _ip(host)
        self._any = address is not None and address.is_unspecified
        if self._any:
            mine = socket.gethostname().lower()
            self._names |= {mine, f"{mine}.local"}
        self._token = token.encode()

    def check(self, method: str, headers: Mapping[str, str]) -> No | None:
        """Return why a request is turned away, None when it may be answered."""
        host = headers.get("Host", "")
        if not self._ours(host):
            return No(403, "asked under a foreign name; use the address that the service shows")
        origin = headers.get("Origin")
        if origin is not None and origin.lower() != f"http://{host.lower()}":
            return No(403, "asked by a page of another site")
        if not self._known(headers.get("Authorization", "")):
            return No(401, "the token is missing or wrong; set SONGBRIDGE_TOKEN to the service's")
        kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if method == "POST" and kind != "application/json":
            return No(415, "the body must be sent as Content-Type: application/json")
        return None

    def _ours(self, host: str) -> bool:
        parts = _HOST.fullmatch(host)
        if parts is None:
            return False
        name = (parts[1] or parts[2]).lower()
        if name in self._names:
            return True
        address = _ip(name)
        # An address can't be made to point elsewhere, as a name can.
        return address is not None and (self._any or address.is_loopback)

    def _known(self, authorization: str) -> bool:
        if not self._token:
            return True
        given = authorization[len(_BEARER) :] if authorization.lower().startswith(_BEARER) else ""
        return hmac.compare_digest(given.encode(errors="surrogateescape"), self._token)


def _ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
