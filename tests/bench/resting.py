"""What the service costs while nobody presses anything, a device and JACK being there."""

from __future__ import annotations

import time
from dataclasses import dataclass

import psutil

from tests.bench.figures import single
from tests.bench.rig import rig, songs

SECONDS, CORE, MEMORY = 20.0, 0.5, 60.0
"""How long is looked; percent of a core; MiB."""


def idle() -> list[str]:
    """Nothing runs; a bare program with the same two ports at JACK beside it."""
    with rig(songs(50), started=False) as bench:
        with bench.floor() as floor:
            bare = _spent(floor.process.pid)
        with bench.ours() as ours:
            return _lines("idle", _spent(ours.service.process.pid), bare, CORE)


def running() -> list[str]:
    """A task runs: the countdown bar moves, the pad pulses."""
    with rig(songs(50)) as bench:
        with bench.floor() as floor:
            bare = _spent(floor.process.pid)
        with bench.ours() as ours:
            return _lines("task running", _spent(ours.service.process.pid), bare, None)


def worked() -> list[str]:
    """Idle again, after 1,500 actions."""
    with rig(songs(50)) as bench:
        with bench.floor() as floor:
            bare = _spent(floor.process.pid)
        with bench.ours() as ours:
            for _ in range(500):
                for action in ("later", "toggle", "toggle"):
                    ours.service.request(f"/songbridge/{action}")
            ours.service.request("/songbridge/pause")
            return _lines("idle, 1,500 actions later", _spent(ours.service.process.pid), bare, CORE)


@dataclass(frozen=True)
class Spent:
    """Percent of a core; MiB of memory without, and of, what JACK's server shares with its clients."""

    core: float
    own: float
    shared: float


def _spent(pid: int) -> Spent:
    process = psutil.Process(pid)
    time.sleep(2.0)
    before, begun = process.cpu_times(), time.monotonic()
    time.sleep(SECONDS)
    after, passed = process.cpu_times(), time.monotonic() - begun
    core = 100 * (after.user + after.system - before.user - before.system) / passed
    maps = process.memory_maps()
    shared = sum(part.rss for part in maps if "/jack" in part.path and "/shm/" in part.path)
    return Spent(core, (process.memory_info().rss - shared) / 2**20, shared / 2**20)


def _lines(name: str, ours: Spent, bare: Spent, core: float | None) -> list[str]:
    more = ours.core - bare.core
    held = None if core is None else more <= core
    used = f"{more:.2f} % more than the {bare.core:.2f} % that two bare ports at JACK take"
    fits = f"{ours.own:.1f} MiB, and {ours.shared:.0f} MiB that JACK shares with every client"
    return [
        single(f"{name}: of a core", used, f"{CORE} %", held),
        single(f"{name}: memory", fits, f"{MEMORY:.0f} MiB", ours.own <= MEMORY),
    ]
