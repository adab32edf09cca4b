"""Beats of a Live set as seconds, through its tempo automation.

Between two points the tempo runs in a straight line over beats; after the last and before the first it
stands. Live steps the line in sixteenths: for a set of steep ramps that is a difference of hundredths
of a second, too little for a line in a song map. Curved segments are taken as straight.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence

_MINUTE = 60.0
_SLOWEST, _FASTEST = 1.0, 10_000.0  # beats a minute; Live's own limits are 20 and 999
_LEVEL = 1e-9


class Timeline:
    """Beats to seconds. ``points`` are (beat, beats a minute) in any order; ``tempo`` without any."""

    def __init__(self, tempo: float, points: Sequence[tuple[float, float]]) -> None:
        clean = [
            (max(0.0, beat), _bounded(bpm)) for beat, bpm in sorted(points, key=lambda p: p[0])
        ]
        started = clean or [(0.0, _bounded(tempo))]
        self._beats = [0.0, *(beat for beat, _ in started)]
        self._bpm = [started[0][1], *(bpm for _, bpm in started)]
        self._at = [0.0]
        for i in range(len(self._beats) - 1):
            self._at.append(self._at[i] + self._within(i, self._beats[i + 1] - self._beats[i]))

    def seconds(self, beat: float) -> float:
        """Return when `beat` (from 0) is reached."""
        beat = max(0.0, beat)
        i = max(0, bisect_right(self._beats, beat) - 1)
        return self._at[i] + self._within(i, beat - self._beats[i])

    def _within(self, i: int, beats: float) -> float:
        """Return the seconds from point `i` to `beats` after it."""
        bpm = self._bpm[i]
        if i + 1 >= len(self._beats) or beats <= 0:
            return max(0.0, beats) * _MINUTE / bpm
        length = self._beats[i + 1] - self._beats[i]
        slope = (self._bpm[i + 1] - bpm) / length if length > 0 else 0.0
        if abs(slope) < _LEVEL:
            return beats * _MINUTE / bpm
        return _MINUTE / slope * math.log((bpm + slope * beats) / bpm)


def _bounded(bpm: float) -> float:
    return min(max(bpm, _SLOWEST), _FASTEST)
