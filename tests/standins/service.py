"""A running service as a child process: started, asked by OSC and HTTP, ended or killed by its id."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from bridge import moment as clock
from bridge.app.keeping import Keeping
from bridge.core.actions import ImportSong, SongDraft
from bridge.core.events import Entry
from bridge.core.settings import Settings
from bridge.store.lock import running
from bridge.store.sqlite import SqliteJournal
from tests.standins.jack_device import wait_until
from tests.standins.osc_caller import OscCaller
from tests.standins.patience import PATIENCE
from tests.standins.urgency import urgent

ANYWHERE = '[osc]\nlisten = "127.0.0.1:0"\n[http]\nlisten = "127.0.0.1:0"\n'
"""A configuration with free ports."""

BEGIN = 30.0
"""Seconds that a start may take on a machine that is busy with other things."""


def plan(home: Path, *songs: SongDraft) -> None:
    """Put songs into a home that no service has."""
    keeping = Keeping(SqliteJournal.open(home / "journal.db"), Settings())
    keeping.wake_up(clock.now())
    for song in songs:
        keeping.ask(ImportSong(song), clock.now(), "cli")
    keeping.close(clock.now())


def entries(home: Path) -> list[Entry]:
    """Return all that the journal of an ended service holds."""
    journal = SqliteJournal.open(home / "journal.db")
    try:
        return journal.since(0, 1_000_000)
    finally:
        journal.close()


class Service:
    """``songbridge up`` on `home`, as often as it is started.

    ``lines`` is everything it said on either stream, over all its lives. ``wrapper`` stands before
    the command, ``environ`` is laid over this process's.
    """

    def __init__(
        self,
        home: Path,
        config: str = "",
        *,
        wrapper: Iterable[str] = (),
        environ: dict[str, str] | None = None,
    ) -> None:
        self.home, self.lines = home, list[str]()
        self._wrapper, self._environ = tuple(wrapper), environ or {}
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None
        home.mkdir(parents=True, exist_ok=True)
        self.write(ANYWHERE + config)

    @property
    def config(self) -> Path:
        return self.home / "config.toml"

    def write(self, text: str) -> None:
        """Save another configuration as editors do: all at once."""
        fresh = self.config.with_suffix(".new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(self.config)

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    # --- life and death ---

    def start(self) -> None:
        """Start, and wait until it answers a ping."""
        self.spawn()
        if not wait_until(self._answers, BEGIN):
            self.end()
            raise AssertionError(f"the service did not start: {self.lines}")

    def spawn(self) -> None:
        """Start without waiting."""
        command = [sys.executable, "-m", "bridge", "up", "--home", str(self.home)]
        self._process = subprocess.Popen(
            [*self._wrapper, *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "NO_COLOR": "1", **self._environ},
        )
        urgent(self._process.pid)
        self._reader = threading.Thread(target=self._read, args=(self._process,), daemon=True)
        self._reader.start()

    def _answers(self) -> bool:
        if not self.alive:
            return True  # the caller sees that it isn't
        info = running(self.home)
        if info is None or info.pid != self.pid or "osc" not in info.addresses:
            return False
        with OscCaller(self.osc) as caller:
            return caller.ping(0.2)

    def send_signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def wait(self, within: float = PATIENCE) -> int:
        """Wait until it has ended; return its exit code."""
        assert self._process is not None
        code = self._process.wait(within)
        if self._reader is not None:
            self._reader.join(PATIENCE)
        if self._process.stdout is not None:
            self._process.stdout.close()
        return code

    def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """End it by a signal; return its exit code and the seconds it took."""
        begun = time.monotonic()
        self.send_signal(number)
        code = self.wait()
        return code, time.monotonic() - begun

    def kill(self) -> None:
        """End it without a word (SIGKILL)."""
        assert self._process is not None
        self._process.kill()
        self.wait()

    def end(self) -> None:
        """Leave nothing running: politely first, for jackd hangs on clients that were killed."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self.wait(10.0)
        except subprocess.TimeoutExpired:
            self.kill()

    def _read(self, process: subprocess.Popen[str]) -> None:
        for line in process.stdout or ():
            self.lines.append(line.rstrip("\n"))

    def said(self, words: str, within: float = PATIENCE) -> bool:
        """Wait until a line with `words` was said."""
        return wait_until(lambda: any(words in line for line in list(self.lines)), within)

    # --- asking ---

    @property
    def addresses(self) -> dict[str, str]:
        info = running(self.home)
        assert info is not None, f"no service runs: {self.lines}"
        return dict(info.addresses)

    @property
    def osc(self) -> tuple[str, int]:
        host, _, port = self.addresses["osc"].rpartition(":")
        return host, int(port)

    def status(self) -> dict[str, Any]:
        """Return what ``GET /api/state`` says."""
        host, _, port = self.addresses["http"].rpartition(":")
        connection = http.client.HTTPConnection(host, int(port), timeout=PATIENCE)
        try:
            connection.request("GET", "/api/state")
            answer: dict[str, Any] = json.load(connection.getresponse())
        finally:
            connection.close()
        return answer

    def shows(self, true: Callable[[dict[str, Any]], object], within: float = PATIENCE) -> bool:
        """Wait until `true` of the status."""
        return wait_until(lambda: bool(true(self.status())), within)
