"""Who speaks OSC with the service, and what comes in from them. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from bridge.messages import Osc
    from bridge.moment import Moment
    from bridge.ports.osc_requests import Request


@dataclass(frozen=True, slots=True)
class Peer:
    """Where a message came from, and where an answer goes.

    ``host`` is a numeric address. ``connection`` numbers TCP connections from 1, never the same
    twice in one process; it is 0 for UDP.
    """

    kind: Literal["udp", "tcp"]
    host: str
    port: int
    connection: int = 0

    def __str__(self) -> str:
        """Return ``host:port`` as a user would write it."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class OscTap(Protocol):
    """Who is told of the traffic that no `OscIn` tells of; on any thread, must not block or raise."""

    def __bool__(self) -> bool:
        """Tell whether anybody listens; nothing is told otherwise."""

    def osc_idle(self, peer: Peer, text: str, at: Moment) -> None:
        """Take a message to one of our addresses that asks for nothing, or for what isn't there."""

    def osc_out(self, peer: Peer, message: Osc) -> None:
        """Take an answer that went out."""


@dataclass(frozen=True, slots=True)
class OscIn:
    """A request that came in; ``address`` is the one it was sent to, with patterns resolved.

    ``at`` is when it arrived or, with a time tag in the future, when it fell due.
    """

    peer: Peer
    request: Request
    address: str
    at: Moment


@dataclass(frozen=True, slots=True)
class PeerGone:
    """A TCP connection has ended: its subscriptions end with it."""

    peer: Peer


@dataclass(frozen=True, slots=True)
class LinkIn:
    """A message that came in on the DAW link ``key``, of one of the prefixes it asked for."""

    key: str
    message: Osc
    at: Moment


@dataclass(frozen=True, slots=True)
class Refusal:
    """Nobody listened where a message was sent on the DAW link ``key``.

    ``message`` is None where the system doesn't say which one of those sent last.
    """

    key: str
    message: Osc | None
