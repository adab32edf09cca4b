"""This checkout against another one of the same machine, round by round in turns: has a press become slower?

``BENCH_AGAINST`` names the other checkout (``git worktree add FOLDER COMMIT``). Both run on homes of
their own with the same songs; only the service is the other's, device and clock are these.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.bench import home
from tests.bench.answering import asker
from tests.bench.figures import Versus
from tests.bench.pressing import PRESSES, floor, ours
from tests.bench.rig import Ours, Rig, jack, rig_on, songs

_ROUNDS, _EACH = 12, 60
_NAMES = ("mark", "toggle", "later")
_OSC = "osc"


def against() -> list[str]:
    """Pad to cue and OSC to acknowledgement here, as ratios to the other checkout and to the floor."""
    other = os.environ.get("BENCH_AGAINST")
    if not other:
        return ["BENCH_AGAINST names the checkout to compare with; it is not set"]
    versus = {name: Versus(f"{name}: here / there", bare="there") for name in (*_NAMES, _OSC)}
    bare = {name: Versus(f"{name}: here / floor") for name in (*_NAMES, _OSC)}
    with home.folder() as ours_at, home.folder() as theirs_at, jack() as pad:
        here, there = (rig_on(pad, at, songs(400)) for at in (ours_at, theirs_at))
        for number in range(_ROUNDS):
            _floors(here, bare)
            turns = (_here(here, versus, bare), _there(there, Path(other), versus))
            for turn in turns if number % 2 else reversed(turns):
                turn()
    return [
        line
        for both in zip(versus.values(), bare.values(), strict=True)
        for v in both
        for line in v.lines()
    ]


def _floors(bench: Rig, bare: dict[str, Versus]) -> None:
    with bench.floor() as program, asker(program.port) as once:
        for name, result in bare.items():
            floor(result, once if name == _OSC else program.press, _EACH)


def _here(bench: Rig, versus: dict[str, Versus], bare: dict[str, Versus]) -> Callable[[], None]:
    def turn() -> None:
        with bench.ours() as service, asker(service.port) as once:
            for name, result in versus.items():
                ours(result, _way(name, service, once), _EACH)
                bare[name].ours.append(result.ours[-1])

    return turn


def _there(bench: Rig, other: Path, versus: dict[str, Versus]) -> Callable[[], None]:
    def turn() -> None:
        with bench.ours(other) as service, asker(service.port) as once:
            for name, result in versus.items():
                floor(result, _way(name, service, once), _EACH)

    return turn


def _way(name: str, service: Ours, once: Callable[[], float | None]) -> Callable[[], float | None]:
    return once if name == _OSC else partial(PRESSES[name], service)
