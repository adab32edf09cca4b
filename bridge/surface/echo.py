"""Our own lights that come back on a loop (a DAW's MIDI thru, a cable), told from what hands do.

On many devices a lamp that turns on and a press are the same bytes, so neither bytes nor time can
tell them apart: a hand may press just when its lamp flashes. Therefore a message that could be
taken for a press is preceded by a herald: another lamp, which is dark and whose control no finger
holds, is told to be dark. The device sees nothing new. On a loop the herald comes back first, as
the release of a control that is not down. No hand can do that, so whatever comes back behind it is
ours. Without a loop no herald comes back, and nothing is ever ignored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from bridge.messages import DARK
from bridge.surface.decode import Decoder
from bridge.surface.drivers import Cell, driver_for
from bridge.surface.profile import Edge, Profile

ECHO = 0.5
"""Seconds within which a light may come back: a loop-back port takes less than a millisecond, a DAW's
thru up to two buffers (20 ms seen). It may be long, since only what follows its herald is ignored."""

_MOST = 64
"""Times of sending that are remembered: more than any device is told something in that time."""

_UNTOLD: Mapping[int, bytes] = MappingProxyType({})

_CHANNEL_MESSAGE = 3  # bytes of a message that the decoder may know


@dataclass(slots=True)
class _Sent:
    """What resembled presses and went out behind one herald, and what has come back of it.

    ``times`` is how often the herald's message went out with it; ``back``, how often it came back.
    """

    herald: str
    alike: frozenset[bytes]
    until: float
    times: int
    back: int = 0
    used: Counter[bytes] = field(default_factory=Counter)

    @property
    def copies(self) -> int:
        """How often all of this comes back: once for each loop."""
        return -(-self.back // self.times)


class Echo:
    """The heralds of one device, and what came back. `bound` names the controls that a layout uses.

    Threads: the device's output thread calls `resembles` and `herald`, the consumer the rest. A
    device is taken to send a release only for a control that it said was pressed.
    """

    def __init__(self, profile: Profile, decoder: Decoder, bound: AbstractSet[str]) -> None:
        self._profile, self._decode, self._bound = profile, decoder.feed, bound
        self._held: set[str] = set()
        self._lit: frozenset[str] = frozenset()
        self._darkened: dict[str, float] = {}
        self._sent: tuple[_Sent, ...] = ()

    # --- the output thread's ----------------------------------------------------------------------

    def resembles(self, messages: Iterable[bytes]) -> bool:
        """Tell whether one of these would be taken for a press or a turn if it came back."""
        return any(edge.what != "up" for _, edge in self._edges(messages))

    def herald(
        self, messages: Sequence[bytes], now: float, told: Mapping[int, bytes] = _UNTOLD
    ) -> bytes | None:
        """Return what is to be sent before `messages`, which are about to be; None for nothing.

        None as well where no lamp is dark: what comes back then is taken for presses. ``told`` is
        what the device shows, by the driver's addresses: not every lamp that is lit looks pressed.
        """
        edges = self._edges(messages)
        offs = [edge.control for _, edge in edges if edge.what == "up"]
        alike = {data: edge.control for data, edge in edges if edge.what != "up"}
        chosen = self._dark_one({*offs, *alike.values()}, now, told) if alike else ""
        self._lit = self._lit.difference(offs).union(alike.values())
        self._darkened.update(dict.fromkeys((*offs, chosen) if chosen else offs, now))
        if not chosen:
            return None
        kept = [sent for sent in self._sent[1 - _MOST :] if now < sent.until]
        times = 1 + offs.count(chosen)
        self._sent = (*kept, _Sent(chosen, frozenset(alike), now + ECHO, times))
        return self._darkening[chosen]

    def _edges(self, messages: Iterable[bytes]) -> list[tuple[bytes, Edge]]:
        return [
            (data, edge)
            for data in messages
            if len(data) == _CHANNEL_MESSAGE and (edge := self._decode(data)) is not None
        ]

    def _dark_one(self, busy: Collection[str], now: float, told: Mapping[int, bytes]) -> str:
        """Return a control whose lamp is dark; empty where every lamp is lit.

        Best is one whose release would come back for no other reason; among those, one of no use.
        """
        free = [
            control
            for control, cells in self._dark_cells.items()
            if control not in self._lit
            and control not in self._held
            and all(told.get(address, cell) == cell for address, cell in cells)
        ]
        long_ago = (c for c in free if now - self._darkened.get(c, -ECHO) >= ECHO)
        return next((c for c in long_ago if c not in busy), free[0] if free else "")

    @cached_property
    def _darkening(self) -> dict[str, bytes]:
        """By control, what darkens a lamp and would come back as that control's release."""
        offs = [data for cells in self._darks.values() for _, data in cells]
        return {edge.control: data for data, edge in self._edges(offs) if edge.what == "up"}

    @cached_property
    def _dark_cells(self) -> dict[str, Sequence[Cell]]:
        """What each of these is told when it is dark, those of no use first."""
        return {control: self._darks[control] for control in self._darkening}

    @cached_property
    def _darks(self) -> dict[str, Sequence[Cell]]:
        driver = driver_for(self._profile)
        controls = sorted(self._profile.controls.values(), key=lambda c: c.name in self._bound)
        return {control.name: driver.light(control, DARK) for control in controls}

    # --- the consumer's ---------------------------------------------------------------------------

    def is_ours(self, edge: Edge, data: bytes, now: float) -> bool:
        """Tell whether what came in is our own; a release that follows no press means nothing."""
        if edge.what == "up":
            if edge.control not in self._held:
                self._came_back(edge.control, now)
                return True
            self._held.discard(edge.control)
            return False
        if self._sent and self._is_behind_herald(data, now):
            return True
        if edge.what == "down":
            self._held.add(edge.control)
        return False

    def resume(self, before: Echo) -> None:
        """Know what `before`, the same device's until now, knew."""
        self._held, self._sent = before._held, before._sent
        self._lit, self._darkened = before._lit, before._darkened

    def forget(self) -> None:
        """Forget all: the device is gone."""
        self._held.clear()
        self._sent = ()

    def _came_back(self, control: str, now: float) -> None:
        """Count a herald. Where two were the same, both count: better a press less on a loop."""
        for sent in self._sent:
            if sent.herald == control and now < sent.until:
                sent.back += 1

    def _is_behind_herald(self, data: bytes, now: float) -> bool:
        for sent in self._sent:
            if data in sent.alike and sent.used[data] < sent.copies and now < sent.until:
                sent.used[data] += 1
                return True
        return False
