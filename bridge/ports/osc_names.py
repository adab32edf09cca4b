"""Names of hosts, looked up where nobody waits for the answer: a resolver may take seconds."""

from __future__ import annotations

import ipaddress
import logging
from threading import Lock, Thread
from typing import TYPE_CHECKING

from bridge.errors import Unavailable
from bridge.ports import osc_sockets

if TYPE_CHECKING:
    from collections.abc import Callable

_LOG = logging.getLogger(__name__)


def _resolve(host: str) -> str:
    return osc_sockets.resolve(host, 0)[1][0]


class Names:
    """Finds numeric addresses of hosts, on a thread that lives while there is a name to look up.

    ``found`` is called on that thread when a name has an address now, so that who asked may ask
    again; it must not block.
    """

    def __init__(
        self, found: Callable[[], None] = lambda: None, resolve: Callable[[str], str] = _resolve
    ) -> None:
        self._found, self._resolve = found, resolve
        self._known: dict[str, str] = {}
        self._faults: dict[str, str] = {}
        self._asked: dict[str, None] = {}  # the first is being looked up
        self._lock = Lock()

    def address(self, host: str) -> str:
        """Return the numeric address of `host`; a name's is looked up once. Never blocks.

        Raises `Unavailable`, with the sentence for the user, while it is not known; each call lets
        what could not be found be looked for once more.
        """
        if _is_numeric(host):
            return host
        with self._lock:
            if host in self._known:
                return self._known[host]
            self._ask(host)
            raise Unavailable(self._faults.get(host) or f"looking for {host}")

    def forget(self) -> None:
        """Forget all addresses: each is looked up anew when it is asked for."""
        with self._lock:
            self._known.clear()

    def _ask(self, host: str) -> None:
        if host in self._asked:
            return
        self._asked[host] = None
        if len(self._asked) == 1:
            Thread(target=self._look_up, name="names", daemon=True).start()

    def _look_up(self) -> None:
        more = True
        while more:
            host = next(iter(self._asked))
            address, fault = self._answer(host)
            with self._lock:
                self._known.update({host: address} if address else {})
                self._faults[host] = fault
                del self._asked[host]
                more = bool(self._asked)
            if address:
                self._found()

    def _answer(self, host: str) -> tuple[str, str]:
        """Return the address of `host`, or why there is none."""
        try:
            return self._resolve(host), ""
        except Unavailable as error:
            return "", str(error)
        except Exception:  # noqa: BLE001 - whatever a resolver comes up with, the next name is looked up
            _LOG.exception("looking for %s failed; it is tried again", host)
            return "", f"{host} can't be looked up; give its address"


def _is_numeric(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
