"""The way to the studio: the running service, or the journal itself. Both give the same answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Protocol

from bridge.cli.remote import RemoteClient
from bridge.errors import Unavailable
from bridge.store.lock import ServiceInfo, running
from bridge.web.role import Granted

if TYPE_CHECKING:  # what the core defines is slow to load
    from bridge.cli.here import Here
    from bridge.core.actions import Request
    from bridge.core.events import Entry
    from bridge.core.model import Studio
    from bridge.core.status import Json


class Client(Protocol):
    """What a command may ask. Every method raises SongbridgeError with a sentence for the user."""

    @property
    def service(self) -> ServiceInfo | None:
        """The running service, None when the journal is used without one."""

    def ask(self, request: Request) -> Granted:
        """Have `request` done. Raises Refused, Invalid or JournalFault when it was not."""

    def status(self) -> dict[str, Json]:
        """Return the state as programs read it."""

    def studio(self) -> tuple[Studio, int]:
        """Return the studio and the number of the entry it stands after."""

    def events(self, since: int, limit: int) -> list[dict[str, Json]]:
        """Return at most `limit` (to 1000) entries after number `since`, oldest first."""

    def last(self, count: int) -> list[dict[str, Json]]:
        """Return the newest `count` (to 1000) entries, oldest first."""

    def journal(self) -> Iterable[Entry]:
        """Yield every entry, oldest first; also of years, within about a second."""

    def ports(self) -> list[dict[str, Json]]:
        """Return the MIDI ports: name, direction, controller, why."""

    def health(self) -> list[dict[str, Json]]:
        """Return the service's own findings for `doctor`."""

    def monitor(self, *, record: bool = False) -> Iterator[dict[str, Json]]:
        """Yield what comes in and goes out, until the service ends; with `record`, for a file."""


@contextmanager
def connect(here: Here, *, writing: bool) -> Iterator[Client]:
    """Give the client for this home to a ``with``; see `Here.client`."""
    with ExitStack() as stack:
        yield _service(here) or _journal(here, stack, writing=writing)


def _service(here: Here) -> Client | None:
    info = running(here.home.data_dir)
    return None if info is None else RemoteClient(info, here)


def _journal(here: Here, stack: ExitStack, *, writing: bool) -> Client:
    from bridge.cli.local import LocalClient  # noqa: PLC0415 - no engine is needed beside a service

    try:
        return stack.enter_context(LocalClient.opened(here, writing=writing))
    except Unavailable:
        # A service may have been starting when it was looked for.
        service = _service(here)
        if service is None:
            raise
        return service
