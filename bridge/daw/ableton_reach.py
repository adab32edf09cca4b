"""Locators as AbletonOSC lists them, and where the next one will land.

``/live/song/cue_point/add_or_delete`` is Live's Set button: where a locator stands already, it is
deleted. A new one lands on the playhead, and while the song plays on the global quantisation (Live's
manual; whether on the next or the nearest step is not written down, so both count).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import ceil, isfinite
from typing import TYPE_CHECKING

from bridge.daw.words import LONGEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bridge.messages import OscArg

SAME = 0.01
"""Beats within which two places are one; positions travel as 32-bit floats."""
DELAY = 0.3
"""Seconds from reading the playhead to the toggle at most, as far as Live keeps its ticks of 0.1 s."""
RECORDING_DELAY = 1.0
"""The same during a recording: Live is busier then, and nothing can be undone."""

SHORTEST_BAR, LONGEST_BAR = 0.25, 396.0
"""Beats of 1/16 and 99/1, Live's first and last time signature."""
SLOWEST, FASTEST = 20.0, 999.0
"""Live's tempos, in BPM. What is beyond is no answer of Live's, and would make steps without end."""

_BARS = {1: 8.0, 2: 4.0, 3: 2.0, 4: 1.0}
_BEATS = {
    5: 2.0, 6: 4 / 3, 7: 1.0, 8: 2 / 3, 9: 0.5, 10: 1 / 3, 11: 0.25, 12: 1 / 6, 13: 0.125
}  # fmt: skip
"""Song.clip_trigger_quantization (Live Object Model): 0 none, 1 to 4 in bars, from 5 on half a note
down to a 1/32, each with its triplet."""


@dataclass(frozen=True, slots=True)
class Point:
    """One locator: its place in the list, its name as it is, its time in beats."""

    index: int
    name: str
    time: float


@dataclass(frozen=True, slots=True)
class Playing:
    """What decides where a locator lands; ``quantum`` in beats, 0 for none; ``tempo`` in BPM.

    ``loop`` is the start and end of the loop in beats, None while it is off.
    """

    rolling: bool
    recording: bool
    tempo: float
    quantum: float
    loop: tuple[float, float] | None = None


def points(args: Sequence[OscArg] | None) -> tuple[Point, ...] | None:
    """Return the locators of an answer (name, beats, name, …), None where it can't be one."""
    if args is None or len(args) % 2:
        return None
    found = []
    for index, (name, time) in enumerate(zip(args[::2], args[1::2], strict=True)):
        if not isinstance(name, str) or not isinstance(time, (int, float)) or not isfinite(time):
            return None
        found.append(Point(index, name, float(time)))
    return tuple(found)


def quantum(index: float, numerator: float, denominator: float) -> float:
    """Return the beats of a global quantisation in a time signature."""
    bars = _BARS.get(int(index)) if isfinite(index) else None
    if bars is None:
        return _BEATS.get(int(index), 0.0) if isfinite(index) else 0.0
    bar = numerator * 4.0 / denominator if denominator > 0 else 4.0
    return bars * (bar if SHORTEST_BAR <= bar <= LONGEST_BAR else 4.0)


def in_reach(among: Sequence[Point], playhead: float, how: Playing) -> list[Point]:
    """Return the locators that a toggle could meet, the nearest first."""
    reach = landings(playhead, how)
    met = [p for p in among if any(a - SAME <= p.time <= b + SAME for a, b in reach)]
    return sorted(met, key=lambda p: abs(p.time - playhead))


def landings(playhead: float, how: Playing) -> list[tuple[float, float]]:
    """Return the stretches (beats, from and to) on which a toggle could land that is sent now."""
    if not how.rolling:
        return [(playhead, playhead)]
    delay = RECORDING_DELAY if how.recording else DELAY
    until = playhead + delay * how.tempo / 60.0
    found = _steps(playhead, until, how.quantum)
    if how.loop is not None and playhead < how.loop[1] <= until:
        start, end = how.loop
        found += _steps(start, min(end, start + until - end), how.quantum)
    return found


def _steps(since: float, until: float, step: float) -> list[tuple[float, float]]:
    if step <= 0.0:
        return [(since, until)]
    places = range(_nearest(since / step), ceil(until / step) + 1)
    return [(place * step, place * step) for place in places]


def _nearest(steps: float) -> int:
    return ceil(steps - 0.5)


def difference(before: Sequence[Point], after: Sequence[Point]) -> tuple[list[Point], list[Point]]:
    """Return the locators that came, and those that went; the order of the lists tells nothing."""
    old, new = (Counter((p.name, p.time) for p in which) for which in (before, after))
    return _only(after, new - old), _only(before, old - new)


def _only(among: Sequence[Point], wanted: Counter[tuple[str, float]]) -> list[Point]:
    found = []
    for point in reversed(among):  # of equals, the later one came
        if wanted[point.name, point.time] > 0:
            wanted[point.name, point.time] -= 1
            found.append(point)
    return found


def fitting(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names that fit into one, each once, from the first (the newest) on."""
    kept: list[str] = []
    for name in dict.fromkeys(names):
        if kept and len(joined([*kept, name])) > LONGEST:
            break
        kept.append(name)
    return tuple(kept)


def joined(names: Sequence[str]) -> str:
    """Return one name for several cues at one place."""
    return BETWEEN.join(names)


BETWEEN = " / "
"""Between the names of several cues at one place."""
