"""What the HTTP interface expects of the service behind it. The service is in ``app``, above.

Everything here may be called from any thread and returns at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

from bridge.errors import SongbridgeError

if TYPE_CHECKING:  # a command that asks the service must not wait for the core to load
    from bridge.core.actions import Request
    from bridge.core.events import Entry
    from bridge.core.model import Studio
    from bridge.core.status import Json
    from bridge.web.teaching import Reply, Teach


@dataclass(frozen=True, slots=True)
class Granted:
    """The change is in the journal; ``seq`` is the number of its last entry.

    ``said`` is what else there is to say to the asker, a sentence a line: where a summary was written,
    that a task seems too big.
    """

    seq: int
    said: str = ""


Answer: TypeAlias = Granted | SongbridgeError
"""Either it is done, or the error that says why not: Refused, Invalid or JournalFault."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """One thing that came in or went out, for `monitor`: ``way`` is ``in`` or ``out``.

    ``channel`` is ``midi``, ``light``, ``port``, ``osc``, ``cue`` (also what DAWs say), ``fact``, ``fault``
    or ``tape``; ``who`` names the controller, peer or DAW; ``text`` is readable; ``data`` has the bytes in
    hex where there are any, or the path that was asked for over HTTP. A ``tape`` has a line of a
    recording in ``more``, under ``line``.
    """

    at: float
    way: str
    channel: str
    who: str
    text: str
    data: str = ""
    more: Mapping[str, Json] = field(default_factory=dict)


class Service(Protocol):
    """The running service as the HTTP interface sees it."""

    def ask(self, request: Request, source: str, reply: Callable[[Answer], None]) -> None:
        """Have `request` decided; `reply` is called once, on the service's own thread."""

    def status(self) -> dict[str, Json]:
        """Return the whole state as programs read it, controllers and DAWs included."""

    def studio(self) -> tuple[Studio, int]:
        """Return the studio and the number of the entry it stands after."""

    def entries(self, since: int, limit: int) -> Sequence[Entry]:
        """Return entries after number `since`, oldest first. Raises JournalFault."""

    def lines(self, since: int, limit: int) -> Sequence[tuple[int, bytes]]:
        """Return entries after number `since` as number and JSON line, oldest first. Raises JournalFault."""

    def last(self, count: int) -> Sequence[Entry]:
        """Return the newest `count` entries, oldest first. Raises JournalFault."""

    def ports(self) -> list[dict[str, Json]]:
        """Return MIDI ports and what was recognised: name, direction, controller, why."""

    def health(self) -> list[dict[str, Json]]:
        """Return what `doctor` can't see from outside: ``level``, ``what``, ``mend``."""

    def tap(self, hear: Callable[[Traffic], None]) -> Callable[[], None]:
        """Let `hear` be told of all traffic, on whichever thread; return what ends that."""

    def record(self, hear: Callable[[Traffic], None]) -> Callable[[], None]:
        """Do as `tap`, and tell the lines of a recording as well, its head first."""

    def teach(self, request: Teach, reply: Reply) -> None:
        """Do what `learn` asks; `reply` is called once, on the service's own thread."""

    def stop(self) -> None:
        """End the service in good order."""
