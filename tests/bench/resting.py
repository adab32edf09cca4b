"""What the service costs while nobody presses anything, a device and JACK being there."""

from __future__ import annotations

import time

import psutil

from tests.bench.figures import single
from tests.bench.rig import Ours, rig, songs

SECONDS, CORE, MEMORY = 20.0, 0.5, 60.0
"""How long is looked; percent of a core; MiB."""


def idle() -> list[str]:
    """Nothing runs."""
    with rig(songs(50), started=False) as bench, bench.ours() as ours:
        return _figures(ours, "idle", bounded=True)


def running() -> list[str]:
    """A task runs: the countdown bar moves, the pad pulses."""
    with rig(songs(50)) as bench, bench.ours() as ours:
        return _figures(ours, "task running", bounded=False)


def worked() -> list[str]:
    """Idle again, after a thousand presses."""
    with rig(songs(50)) as bench, bench.ours() as ours:
        for _ in range(500):
            ours.service.request("/songbridge/later")
            ours.service.request("/songbridge/toggle")
            ours.service.request("/songbridge/toggle")
        ours.service.request("/songbridge/pause")
        return _figures(ours, "idle after 1,500 actions", bounded=True)


def _figures(ours: Ours, name: str, *, bounded: bool) -> list[str]:
    process = psutil.Process(ours.service.process.pid)
    time.sleep(2.0)
    before, begun = process.cpu_times(), time.monotonic()
    switches = process.num_ctx_switches().voluntary
    time.sleep(SECONDS)
    after, passed = process.cpu_times(), time.monotonic() - begun
    core = 100 * (after.user + after.system - before.user - before.system) / passed
    woken = (process.num_ctx_switches().voluntary - switches) / passed
    memory = process.memory_info().rss / 2**20
    return [
        single(f"{name}: of a core", f"{core:.2f} %, main thread woken {woken:.1f}/s", f"{CORE} %", core <= CORE if bounded else None),
        single(f"{name}: memory", f"{memory:.1f} MiB", f"{MEMORY:.0f} MiB", memory <= MEMORY),
    ]
