"""Which port goes to which controller, purely: wishes in, claims out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bridge.ports.midi_api import Port
    from bridge.ports.midi_events import Wanted

MOST = 8
"""Controllers of one kind at once."""


@dataclass(slots=True)
class Claims:
    """Who gets which port now; ``more`` are the keys of wishes of which there should be one more.

    ``denied`` says of a wish why it does not get a port whose name fits: the port, and the reason.
    """

    ports: dict[str, Port] = field(default_factory=dict)
    more: list[str] = field(default_factory=list)
    denied: dict[str, tuple[Port, str]] = field(default_factory=dict)


class Assigning:
    """Wishes in the order in which they may choose, and where each was last.

    A device that comes back under the name it had is the controller that it was; else the first
    wish that is free gets it. `why_not` says why a wish may not have a port whose name fits, empty
    when it may; `siblings` tells whether two ports are of one device, which is one controller.
    """

    def __init__(
        self,
        why_not: Callable[[Wanted, Port], str],
        siblings: Callable[[Port, Port], bool] = lambda _one, _other: False,
    ) -> None:
        self._why_not, self._siblings = why_not, siblings
        self._wishes: tuple[Wanted, ...] = ()
        self._fits: dict[str, tuple[Wanted, ...]] = {}
        self._last: dict[str, str] = {}

    def want(self, wishes: Iterable[Wanted]) -> None:
        """Set all wishes."""
        self._wishes, self._fits = tuple(wishes), {}

    def fits(self, port: Port) -> tuple[Wanted, ...]:
        """Return the wishes that the port's name fits."""
        if port.raw not in self._fits:
            self._fits[port.raw] = tuple(w for w in self._wishes if w.matches_in(port.raw))
        return self._fits[port.raw]

    def contested(self, port: Port) -> bool:
        """Tell whether devices of two kinds may be there, and an answer would tell them apart."""
        kinds = {wish.kind for wish in self.fits(port)}
        return len(kinds) > 1 and any(wish.answers for wish in self.fits(port))

    def claims(self, ports: Sequence[Port], held: Mapping[str, Port]) -> Claims:
        """Return who gets which of `ports`; `held` are opened already, by the key of their wish."""
        claims = Claims()
        free = [port for port in ports if port not in held.values()]
        for port in free:  # first those that are where they were
            self._claim(port, held, claims, again=True)
        for port in free:
            if port not in claims.ports.values():
                self._claim(port, held, claims, again=False)
        self._last.update({key: port.name for key, port in claims.ports.items()})
        return claims

    def _claim(self, port: Port, held: Mapping[str, Port], claims: Claims, *, again: bool) -> None:
        wishes = self._allowed(port, claims)
        many = next((w for w in wishes if w.more), None)
        if many is not None and self._served(port, many.kind, {**held, **claims.ports}):
            many, wishes = None, [w for w in wishes if not w.more]
        wishes = [w for w in wishes if not w.more or many is None or w.kind == many.kind]
        open_ = [w for w in wishes if w.key not in held and w.key not in claims.ports]
        chosen = next((w for w in open_ if not again or self._last.get(w.key) == port.name), None)
        if chosen is not None:
            claims.ports[chosen.key] = port
        elif not again and many is not None and self._room(many.kind):
            claims.more.append(many.key)

    def _allowed(self, port: Port, claims: Claims) -> list[Wanted]:
        allowed = []
        for wish in self.fits(port):
            if reason := self._why_not(wish, port):
                claims.denied.setdefault(wish.key, (port, reason))
            else:
                allowed.append(wish)
        return allowed

    def _served(self, port: Port, kind: str, taken: Mapping[str, Port]) -> bool:
        """Tell whether the device has been given to a wish of that kind by another of its ports."""
        keys = {wish.key for wish in self._wishes if wish.kind == kind}
        return any(key in keys and self._siblings(port, other) for key, other in taken.items())

    def _room(self, kind: str) -> bool:
        return sum(1 for wish in self._wishes if wish.kind == kind) < MOST
