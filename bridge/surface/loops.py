"""What passes through to the DAW may come back, over a cable or a loop-back port: cut such a circle.

Nothing on a wire tells a copy from the original, so a circle is known by what hands can't do: the
very same message again and again. Buttons speak in turns, down and up, so a second down in a row is
a copy at once; knobs that tell a position come by the same value a few times a second; only knobs
that count clicks repeat themselves, but not as evenly as a circle does.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection

MUTE = 2.0
"""Seconds for which a message is not passed on when it goes round: by then all copies are lost."""

_WITHIN = 1.0
_POSITIONS, _CLICKS = 24, 40
"""So often within a second is a circle; for clicks, when they also come evenly."""
_EVEN = 0.5
"""The largest and the smallest gap of an even row differ by less than this part of their mean."""
_NOTE_ON, _NOTE_OFF, _KIND = 0x90, 0x80, 0xF0
_MOST = 4096


class LoopGuard:
    """Says of each message whether it may pass. Instants are ``mono`` seconds; no clock is read.

    `clicks` are the messages, ``status << 7 | number``, of controls that count clicks.
    """

    def __init__(self, clicks: Collection[int] = ()) -> None:
        self._clicks = frozenset(clicks)
        self._down: set[int] = set()
        self._seen: dict[bytes, deque[float]] = {}
        self._muted: dict[int, float] = {}
        self.cut = 0

    def lets(self, data: bytes, now: float) -> bool:
        """Tell whether `data`, a channel message, may pass at `now`; ``cut`` counts circles."""
        place = data[0] << 7 | data[1]
        until = self._muted.get(place)
        if until is not None:
            if now < until:
                return False
            del self._muted[place]
        if not self._in_turn(data):
            return False
        if self._goes_round(data, place, now):
            self._muted[place] = now + MUTE
            self.cut += 1
            return False
        return True

    def _in_turn(self, data: bytes) -> bool:
        """Let a note go down only when it is up, and up only when it is down."""
        kind = data[0] & _KIND
        if kind not in (_NOTE_ON, _NOTE_OFF):
            return True
        note = (data[0] & 0x0F) << 7 | data[1]
        down = kind == _NOTE_ON and data[2] > 0
        if down == (note in self._down):
            return False
        (self._down.add if down else self._down.discard)(note)
        return True

    def _goes_round(self, data: bytes, place: int, now: float) -> bool:
        if len(self._seen) > _MOST:
            self._seen.clear()
        most = _CLICKS if place in self._clicks else _POSITIONS
        times = self._seen.setdefault(data, deque(maxlen=most))
        times.append(now)
        if len(times) < most or now - times[0] > _WITHIN:
            return False
        if place in self._clicks and not _even(times):
            return False
        times.clear()
        return True


def _even(times: deque[float]) -> bool:
    gaps = [later - earlier for earlier, later in zip(times, list(times)[1:], strict=False)]
    return max(gaps) - min(gaps) < _EVEN * sum(gaps) / len(gaps)
