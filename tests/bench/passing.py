"""Pass-through: what it costs a press, and how long a message takes through `Songbridge Thru`."""

from __future__ import annotations

import random
import time
from functools import partial

from bridge.ports.midi_thru import NAME
from tests.bench import home
from tests.bench.figures import Versus
from tests.bench.floor import THRU
from tests.bench.pad import BARE, OURS, Pad
from tests.bench.pressing import PRESSES, floor, ours
from tests.bench.rig import GAP, jack, rig_on, songs

_ROUNDS, _EACH = 8, 100
_NAMES = ("mark", "toggle")
_LOST = 0.5
"""Seconds after which a message is lost."""


def thru() -> list[str]:
    """A press with and without pass-through in turns; a message that passes, and one that a callback
    sends on at once.
    """
    versus = {name: Versus(f"{name}: thru on / off", bare="off") for name in _NAMES}
    passed = Versus("a message through Songbridge Thru")
    with home.folder() as first, home.folder() as second, jack() as pad:
        on = rig_on(pad, first, songs(300))
        off = rig_on(pad, second, songs(300), thru=False)
        for _ in range(_ROUNDS):
            with on.floor():
                pad.listen_to(THRU)
                floor(passed, partial(_through, pad, BARE), _EACH)
            with off.ours() as service:
                for name, result in versus.items():
                    floor(result, partial(PRESSES[name], service), _EACH)
            with on.ours() as service:
                for name, result in versus.items():
                    ours(result, partial(PRESSES[name], service), _EACH)
                pad.listen_to(NAME)
                ours(passed, partial(_through, pad, OURS), _EACH)
    return [line for result in (*versus.values(), passed) for line in result.lines()]


def _through(pad: Pad, to: int) -> float | None:
    """Send a control change that no layout uses; return seconds until it has passed, None: lost.

    When the server skipped a cycle meanwhile, it is done again.
    """
    while True:
        time.sleep(random.uniform(*GAP))
        late = pad.late
        pad.passed.clear()
        pad.press(to, bytes((0xB5, random.randrange(120), random.randrange(128))))
        until = time.perf_counter() + _LOST
        while not pad.passed and time.perf_counter() < until:
            time.sleep(0.0005)
        if pad.passed:
            return pad.passed[0][0] - pad.sent_at
        if late == pad.late:
            return None
