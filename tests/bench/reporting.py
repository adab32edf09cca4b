"""A report on a year (50 songs, 5,000 tasks, 60,000 facts), from the command's start to its end."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from bridge.app.keeping import Keeping
from bridge.core.settings import Settings
from bridge.files.home import resolve
from bridge.moment import Moment
from bridge.store.sqlite import SqliteJournal
from tests.bench import home
from tests.bench.figures import Versus, quantile, single
from tests.bench.pressing import PRESSES, floor, ours
from tests.bench.rig import Rig, jack
from tests.standins import year

TIMES, BOUND = 5, 2.0
_ROUNDS = 4
_PACE = 0.02  # seconds between two asks while reports are made


def report() -> list[str]:
    """In a terminal and as a page, without a service and through one; and what an ask waits meanwhile."""
    with home.folder() as folder:
        _fill(folder / "home")
        where = folder / "home"
        lines = [single("python with the plotting library", f"{_plotting():.3f} s", "", None)]
        lines += _kinds(where, folder, "the journal itself")
        with home.service(where) as served:
            lines += _kinds(where, folder, "a service")
            calm = _asked(served, lambda: time.sleep(2.0))
            busy = _asked(served, lambda: _made(where, folder, html=True))
        lines.append(_waits("ask, nothing else to do", calm))
        lines.append(_waits("ask, while a report is made", busy))
        return lines


def presses() -> list[str]:
    """Pad to cue while reports of a year are read from the service, against none being read."""
    result = Versus("pad -> cue, reports / none: mark", 1.5, bare="none")
    with home.folder() as folder, jack() as pad:
        where = folder / "home"
        _fill(where)
        for _ in range(_ROUNDS):
            with Rig(pad, where).ours() as service:
                once = partial(PRESSES["mark"], service)
                floor(result, once)
                with _reading(where, folder) as made:
                    ours(result, once)
                result.note = f"{made[0]} reports"
    return result.lines()


@contextmanager
def _reading(where: Path, folder: Path) -> Iterator[list[int]]:
    """Have reports made, one after the other; how many stands in the list."""
    ended, made = threading.Event(), [0]

    def work() -> None:
        while not ended.is_set():
            _made(where, folder, html=True)
            made[0] += 1

    worker = threading.Thread(target=work)
    worker.start()
    try:
        yield made
    finally:
        ended.set()
        worker.join()


def _kinds(where: Path, folder: Path, way: str) -> list[str]:
    lines = []
    for name, html in (("terminal", False), ("page with pictures", True)):
        took, before = [], os.times()
        for _ in range(TIMES):
            begun = time.perf_counter()
            _made(where, folder, html=html)
            took.append(time.perf_counter() - begun)
        after, middle = os.times(), statistics.median(took)
        worked = after.children_user + after.children_system
        worked -= before.children_user + before.children_system
        value = (
            f"{middle:.3f} s [{min(took):.3f} {max(took):.3f}]  processor {worked / TIMES:.3f} s"
        )
        lines.append(single(f"report, {name}, {way}", value, f"{BOUND} s", middle <= BOUND))
    return lines


def _made(where: Path, folder: Path, *, html: bool) -> None:
    more = ["--html", str(folder / "report.html")] if html else []
    command = [sys.executable, "-m", "bridge", "--home", str(where), "report", *more]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _plotting() -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import bridge.files.report.canvas"], check=True)
    return time.perf_counter() - begun


def _asked(served: home.Service, meanwhile: object) -> list[float]:
    """Ask by OSC for as long as `meanwhile` takes; return how long each answer took, in seconds."""
    worker = threading.Thread(target=meanwhile)  # type: ignore[arg-type] # a call without arguments
    worker.start()
    took = []
    while worker.is_alive():
        begun = time.perf_counter()
        served.request("/songbridge/note", "louder")
        took.append(time.perf_counter() - begun)
        time.sleep(_PACE)
    worker.join()
    return took


def _waits(name: str, took: list[float]) -> str:
    median, worst = quantile(took, 0.5) * 1e6, quantile(took, 0.99) * 1e6
    return single(name, f"median {median:.0f} µs  p99 {worst:.0f} µs  n={len(took)}", "", None)


def _fill(where: Path) -> None:
    where.mkdir()
    entries = year.entries()
    journal = SqliteJournal.open(resolve(where, {}).journal)
    for first in range(0, len(entries), 1000):
        journal.append(entries[first : first + 1000])
    journal.close()
    Keeping(SqliteJournal.open(resolve(where, {}).journal), Settings()).close(
        Moment(0.0, entries[-1].at)
    )
