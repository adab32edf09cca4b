"""What the service costs while nobody presses anything, a device and JACK being there."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.bench.figures import single
from tests.bench.rig import Ours, Rig, rig, songs

SECONDS, CORE, MEMORY = 20.0, 0.5, 60.0
"""How long is looked; percent of a core; MiB."""
OFTEN = 100.0
"""Wakings a second above which a thread is one of JACK's: it has 750 periods a second."""


def idle() -> list[str]:
    """Nothing runs; a bare program with the same two ports at JACK beside it."""
    with rig(songs(50), started=False) as bench:
        return _lines("idle", bench, lambda _service: None, CORE)


def running() -> list[str]:
    """A task runs: the countdown bar moves, the pad pulses."""
    with rig(songs(50)) as bench:
        return _lines("task running", bench, lambda _service: None, None)


def worked() -> list[str]:
    """Idle again, after 1,500 actions."""
    with rig(songs(50)) as bench:
        return _lines("idle, 1,500 actions later", bench, _work, CORE)


def _work(service: Ours) -> None:
    for _ in range(500):
        for action in ("later", "toggle", "toggle"):
            service.service.request(f"/songbridge/{action}")
    service.service.request("/songbridge/pause")


@dataclass(frozen=True)
class Spent:
    """Percent of a core for threads of one's own and for JACK's, which wake in every period; MiB of
    memory without, and of, what JACK's server shares with its clients.
    """

    core: float
    jack: float
    own: float
    shared: float


def _spent(pid: int) -> Spent:
    process = psutil.Process(pid)
    time.sleep(2.0)
    before, begun = _threads(process), time.monotonic()
    time.sleep(SECONDS)
    passed = time.monotonic() - begun
    core = jack = 0.0
    for thread, (used, woken) in _threads(process).items():
        used_before, woken_before = before.get(thread, (0.0, 0))
        share = 100 * (used - used_before) / passed
        if (woken - woken_before) / passed > OFTEN:
            jack += share
        else:
            core += share
    maps = process.memory_maps()
    shared = sum(part.rss for part in maps if "/jack" in part.path and "/shm/" in part.path)
    return Spent(core, jack, (process.memory_info().rss - shared) / 2**20, shared / 2**20)


def _threads(process: psutil.Process) -> dict[int, tuple[float, int]]:
    """Return the seconds that each thread has used, and how often it was woken (Linux)."""
    found = {}
    for thread in process.threads():
        status = Path(f"/proc/{process.pid}/task/{thread.id}/status").read_text()
        woken = int(status.partition("\nvoluntary_ctxt_switches:")[2].split()[0])
        found[thread.id] = (thread.user_time + thread.system_time, woken)
    return found


def _lines(name: str, bench: Rig, work: Callable[[Ours], None], core: float | None) -> list[str]:
    with bench.floor() as floor:
        bare = _spent(floor.process.pid)
    with bench.ours() as service:
        work(service)
        ours = _spent(service.service.process.pid)
    held = None if core is None else ours.core <= core
    used = (
        f"{ours.core:.2f} %, and {ours.jack:.2f} % in JACK's two threads (bare {bare.jack:.2f} %)"
    )
    fits = f"{ours.own:.1f} MiB, and {ours.shared:.0f} MiB that JACK shares with every client"
    return [
        single(f"{name}: of a core", used, f"{CORE} %", held),
        single(f"{name}: memory", fits, f"{MEMORY:.0f} MiB", ours.own <= MEMORY),
    ]
