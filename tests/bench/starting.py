"""From the start of the process to the first answer, with 100,000 facts in the journal."""

from __future__ import annotations

import itertools
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bridge.app.keeping import Keeping
from bridge.core.actions import Action, ImportSong, Request
from bridge.core.engine import Engine
from bridge.core.events import Entry
from bridge.core.settings import Settings
from bridge.errors import Refused
from bridge.files.home import resolve
from bridge.moment import Moment
from bridge.store.sqlite import SqliteJournal
from tests.bench import home
from tests.bench.figures import single

FACTS, TIMES, BOUND = 100_000, 5, 1.0
_HOUR = (
    ("start", 3), ("extend", "5m"), ("mark", None), ("pause", None), ("resume", None),
    ("note", "louder"), ("later", None), ("start", 2), ("toggle", None), ("undo", None),
    ("select", 4), ("break", "5m"), ("resume", None), ("mark", "drop"),
)  # fmt: skip


def ready() -> list[str]:
    """Ready with the snapshots that the service itself leaves, and without any."""
    with home.folder() as folder:
        told, bare = folder / "told", folder / "bare"
        told.mkdir()
        _fill(told)
        shutil.copytree(told, bare)
        _forget_snapshots(bare)
        python, modules = _spawned("pass"), _spawned("import bridge.app.run")
        lines = [
            single("python alone", f"{python:.3f} s", "", None),
            single("python with every module", f"{modules:.3f} s", "", None),
        ]
        for name, where, bound in (("with a snapshot", told, BOUND), ("without one", bare, None)):
            lines.append(
                _line(f"journal and replay, {name}", _timed(partial(_replay, where)), None)
            )
            with home.service(where) as served:  # once, so that the disk's cache is warm for all
                seq = served.request("/songbridge/ping").args[1]
            _forget_snapshots(where) if where == bare else None
            lines.append(_line(f"ready, {seq!r} facts, {name}", _started(where), bound))
    return lines


def _line(name: str, took: list[float], bound: float | None) -> str:
    value = f"{statistics.median(took):.3f} s [{min(took):.3f} {max(took):.3f}]"
    held = None if bound is None else statistics.median(took) <= bound
    return single(name, value, f"{bound} s", held)


def _started(where: Path) -> list[float]:
    took = []
    for _ in range(TIMES):
        if where.name == "bare":
            _forget_snapshots(where)
        with home.service(where) as served:
            took.append(served.ready_after)
    return took


def _timed(do: object) -> list[float]:
    took = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        do()  # type: ignore[operator] # a call without arguments
        took.append(time.perf_counter() - begun)
    return took


def _replay(where: Path) -> None:
    journal = SqliteJournal.open(resolve(where, {}).journal)
    Keeping(journal, Settings())
    journal.close()


def _spawned(code: str) -> float:
    command = [sys.executable, "-c", code]
    return statistics.median(_timed(lambda: subprocess.run(command, check=True)))


def _fill(where: Path) -> None:
    """Write the journal of some years: 20 songs of 50 tasks, worked on every few minutes.

    The last snapshot lies some hundred entries back, as after a power cut.
    """
    journal = SqliteJournal.open(resolve(where, {}).journal)
    engine = Engine(Settings())
    pending: list[Entry] = []
    for entries in _history(engine):
        pending += entries
        if len(pending) > 1000 or engine.seq >= FACTS:
            journal.append(pending)
            pending = []
        if engine.seq // 1000 > (engine.seq - len(entries)) // 1000 and engine.seq < FACTS - 900:
            snapshot = engine.snapshot(entries[-1].at)
    journal.append(pending) if pending else None
    journal.save_snapshot(snapshot)
    journal.close()


def _history(engine: Engine) -> Iterator[tuple[Entry, ...]]:
    at = time.time() - 3e7
    requests: Iterator[Request] = itertools.chain(
        (ImportSong(home.song(50, f"Song {number}")) for number in range(1, 21)),
        itertools.starmap(Action, itertools.cycle(_HOUR * 12 + (("end", None),))),
    )
    for request in requests:
        at += 100.0
        try:
            decision = engine.propose(request, Moment(at, at), "pad")
        except Refused:
            continue
        engine.adopt(decision)
        yield decision.entries
        if engine.seq >= FACTS:
            return


def _forget_snapshots(where: Path) -> None:
    connection = sqlite3.connect(resolve(where, {}).journal)
    with connection:
        connection.execute("DELETE FROM snapshots")
    connection.close()
