"""Pad to light, and pad to a whole new picture; informative, for JACK alone takes up to two cycles."""

from __future__ import annotations

import random
import time

from tests.bench.figures import quantile, single
from tests.bench.pad import OURS
from tests.bench.pressing import TOGGLE
from tests.bench.rig import NOTE_ON, Ours, rig, songs

_DOWN, _UP = 92, 91
_WHOLE = 100  # bytes of a SysEx that paints a good part of the grid


def lights() -> list[str]:
    """From a press to the cycle in which the first light message comes in."""
    with rig(songs(200)) as bench, bench.ours() as ours:
        first = [_lit(ours, bytes((NOTE_ON, TOGGLE, 100)), 0) for _ in range(150)]
        pages = (_DOWN, _UP)
        whole = [_lit(ours, bytes((0xB0, pages[n % 2], 127)), _WHOLE) for n in range(100)]
    return [_line("pad -> light", first), _line("pad -> page of the queue repainted", whole)]


def _line(name: str, took: list[float | None]) -> str:
    seen = [one for one in took if one is not None]
    if not seen:
        return single(name, "no light came", "", None)
    text = f"median {quantile(seen, 0.5) * 1e3:.2f} ms, p99 {quantile(seen, 0.99) * 1e3:.2f} ms"
    return single(name, f"{text}, n={len(seen)} of {len(took)}", "", None)


def _lit(ours: Ours, data: bytes, size: int) -> float | None:
    """Send `data` and its release; return seconds until a light message of at least `size` bytes."""
    time.sleep(random.uniform(0.1, 0.15))
    ours.pad.lit.clear()
    ours.pad.press(OURS, data)
    until = time.perf_counter() + 0.5
    took = None
    while took is None and time.perf_counter() < until:
        time.sleep(0.002)
        took = next((at - ours.pad.sent_at for at, n in list(ours.pad.lit) if n >= size), None)
    ours.pad.press(OURS, bytes((*data[:2], 0)))
    return took
