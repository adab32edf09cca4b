"""Who gets feedback, and until when. Pure; time is an argument."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridge.errors import Refused
from bridge.ports.osc_peers import Peer

if TYPE_CHECKING:
    from collections.abc import Iterable

LAPSE = 300.0
"""Seconds after which a subscription ends without another (INTERFACE: 5 minutes)."""

MOST_SUBSCRIBERS = 64
"""Subscriptions at once, so that nobody can make the service send without end."""


@dataclass(slots=True)
class _Subscription:
    owner: Peer
    lapses_at: float


class Subscribers:
    """The peers of ``[[osc.feedback]]``, which never lapse, and those who subscribed."""

    def __init__(self, fixed: Iterable[Peer] = ()) -> None:
        self._fixed = tuple(dict.fromkeys(fixed))
        self._subscribed: dict[Peer, _Subscription] = {}

    def __bool__(self) -> bool:
        """Tell whether anybody gets feedback: nothing needs to be worked out otherwise."""
        return bool(self._fixed or self._subscribed)

    @property
    def targets(self) -> tuple[Peer, ...]:
        """Where feedback goes, each place once."""
        return (*self._fixed, *(peer for peer in self._subscribed if peer not in self._fixed))

    def add(self, peer: Peer) -> None:
        """Take `peer` in for good."""
        self._fixed = tuple(dict.fromkeys((*self._fixed, peer)))

    def subscribe(self, peer: Peer, port: int | None, mono: float) -> Peer:
        """Subscribe `peer`, or that UDP port of its host, for `LAPSE` seconds; return the target.

        Raises `Refused` when there are `MOST_SUBSCRIBERS`.
        """
        target = _target(peer, port)
        self.advance(mono)
        if target not in self._subscribed and len(self._subscribed) >= MOST_SUBSCRIBERS:
            raise Refused(f"{MOST_SUBSCRIBERS} subscribers are served already; unsubscribe one")
        self._subscribed[target] = _Subscription(peer, mono + LAPSE)
        return target

    def unsubscribe(self, peer: Peer, port: int | None = None) -> None:
        """End the subscription of that port or, without, all that `peer` made."""
        if port is not None:
            self._subscribed.pop(_target(peer, port), None)
        else:
            self._subscribed.pop(peer, None)
            self.gone(peer)

    def gone(self, peer: Peer) -> None:
        """End what `peer`, whose connection has ended, had subscribed."""
        for target in self._owned(peer):
            del self._subscribed[target]

    def answering(self, peer: Peer) -> tuple[Peer, ...]:
        """Return where a refresh that `peer` asks for goes: where it subscribed, or to itself."""
        return self._owned(peer) or (peer,)

    def wake(self) -> float | None:
        """Return the steady instant at which the next subscription lapses."""
        return min((one.lapses_at for one in self._subscribed.values()), default=None)

    def advance(self, mono: float) -> None:
        """End what has lapsed."""
        lapsed = [peer for peer, one in self._subscribed.items() if one.lapses_at <= mono]
        for peer in lapsed:
            del self._subscribed[peer]

    def _owned(self, peer: Peer) -> tuple[Peer, ...]:
        return tuple(target for target, one in self._subscribed.items() if one.owner == peer)


def _target(peer: Peer, port: int | None) -> Peer:
    return peer if port is None else Peer("udp", peer.host, port)
