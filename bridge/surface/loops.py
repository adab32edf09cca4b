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
_SLOW_WITHIN, _SLOW = 10.0, 64
"""So often within these seconds as well: a circle over a network takes up to 150 ms a round."""
_EVEN = 0.5
"""The largest and the smallest gap of an even row differ by less than this part of their mean."""
_NOTE_ON, _NOTE_OFF, _KIND = 0x90, 0x80, 0xF0
_MOST = 4096


class LoopGuard:
    """Says of each message whether it may pass. Instants are ``mono`` seconds; no clock is read.

    `clicks` are the messages, ``status << 7 | number``, of controls that count clicks; ``down`` are
    the notes, ``channel << 7 | number``, that have passed and not ended.
    """

    def __init__(self, clicks: Collection[int] = ()) -> None:
        self._clicks = frozenset(clicks)
        self.down: set[int] = set()
        self._seen: dict[bytes, deque[float]] = {}
        self._muted: dict[int, float] = {}
        self.cut = 0

    def lets(self, data: bytes, now: float) -> bool:
        """Tell whether `data`, a channel message, may pass at `now`; ``cut`` counts circles."""
        if self._is_up(data):  # no note that has passed may be left sounding, whatever goes round
            return self._in_turn(data)
        place = data[0] << 7 | data[1]
        until = self._muted.get(place)
        if until is not None:
            if now < until:
                return False
            del self._muted[place]
        if not self._in_turn(data):
            return False
        if self._goes_round(data, place, now):
            self.undo(data)
            self._muted[place] = now + MUTE
            self.cut += 1
            return False
        return True

    def ends(self, data: bytes) -> bool:
        """Tell whether `data` ends a note that has passed."""
        return self._is_up(data) and _note(data) in self.down

    def sounding(self) -> list[bytes]:
        """Return what ends every note that has passed and not ended; they count as ended."""
        ends = [bytes((_NOTE_OFF | note >> 7, note & 0x7F, 0)) for note in sorted(self.down)]
        self.down.clear()
        return ends

    def undo(self, data: bytes) -> None:
        """Take back that `data` passed: it got lost behind us."""
        if data[0] & _KIND == _NOTE_ON:
            self.down.discard(_note(data))

    @staticmethod
    def _is_up(data: bytes) -> bool:
        kind = data[0] & _KIND
        return kind == _NOTE_OFF or (kind == _NOTE_ON and not data[2])

    def _in_turn(self, data: bytes) -> bool:
        """Let a note go down only when it is up, and up only when it is down."""
        if data[0] & _KIND not in (_NOTE_ON, _NOTE_OFF):
            return True
        note, down = _note(data), not self._is_up(data)
        if down == (note in self.down):
            return False
        (self.down.add if down else self.down.discard)(note)
        return True

    def _goes_round(self, data: bytes, place: int, now: float) -> bool:
        if len(self._seen) > _MOST:
            self._seen.clear()
        clicks = place in self._clicks
        times = self._seen.setdefault(data, deque(maxlen=_CLICKS if clicks else _SLOW))
        times.append(now)
        if not (_are_even_clicks(times) if clicks else _is_round(times)):
            return False
        times.clear()
        return True


def _note(data: bytes) -> int:
    return (data[0] & 0x0F) << 7 | data[1]


def _are_even_clicks(times: deque[float]) -> bool:
    return len(times) == _CLICKS and times[-1] - times[0] <= _WITHIN and _even(times)


def _is_round(times: deque[float]) -> bool:
    fast = len(times) >= _POSITIONS and times[-1] - times[-_POSITIONS] <= _WITHIN
    return fast or (len(times) == _SLOW and times[-1] - times[0] <= _SLOW_WITHIN)


def _even(times: deque[float]) -> bool:
    gaps = [later - earlier for earlier, later in zip(times, list(times)[1:], strict=False)]
    return max(gaps) - min(gaps) < _EVEN * sum(gaps) / len(gaps)
