"""A JACK server of our own, under its own name, ended by its process id."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psutil
import pytest

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - where jackd2 keeps its sockets and semaphores
DUMMY = ("-d", "dummy", "-r", "48000")

STUBBORN = 1.0
"""Seconds; jackd may hang for ever when it is ended soon after a client was killed."""

PREFIX = "songbridge-test"
_numbers = count()


class Jackd:
    """``jackd -d dummy`` that may be killed and started again under the same name."""

    def __init__(self, period: int = 64, name: str = "") -> None:
        self.name = name or f"{PREFIX}-{os.getpid()}-{next(_numbers)}"
        self._period = period
        self._killed = False
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, within: float = 10.0) -> None:
        """Start the server and wait until it takes clients."""
        self._killed = False
        self._process = subprocess.Popen(
            ["jackd", "--no-realtime", "-n", self.name, *DUMMY, "-p", str(self._period)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + within
        while not self._answers():
            if time.monotonic() > deadline or self._process.poll() is not None:
                raise RuntimeError(f"jackd {self.name} did not start")
            time.sleep(0.01)

    @classmethod
    def release_left_behind(cls) -> None:
        """Release the servers of test runs that were killed, for jackd knows eight names at most."""
        for path in SHARED_MEMORY.glob(f"jack_{PREFIX}-*_{os.getuid()}_0"):
            left = cls(name=path.name.removeprefix("jack_").removesuffix(f"_{os.getuid()}_0"))
            run = int(left.name.removeprefix(f"{PREFIX}-").split("-")[0])
            if not psutil.pid_exists(run) and not left._answers():
                left._killed = True
                left.release()

    def _answers(self) -> bool:
        path = SHARED_MEMORY / f"jack_{self.name}_{os.getuid()}_0"
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            return probe.connect_ex(str(path)) == 0

    def kill(self) -> None:
        """End the server as a crash does (SIGKILL)."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process, self._killed = None, True

    def stop(self) -> None:
        """End the server as a user does (SIGTERM)."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(STUBBORN)
            except subprocess.TimeoutExpired:
                self.kill()
            self._process = None

    def release(self) -> None:
        """End the server and leave nothing behind.

        jackd knows eight servers by name, and a killed one keeps its place until it is started
        under that name and ended as it should.
        """
        self.stop()
        if self._killed:
            self.start()
            self.stop()
        if self._answers():
            raise RuntimeError(f"jackd {self.name} was ended, and still answers")
        for path in SHARED_MEMORY.glob(f"jack_sem.*{self.name}*"):
            path.unlink(missing_ok=True)


@contextmanager
def jack_server(
    monkeypatch: pytest.MonkeyPatch, *, started: bool = True, period: int = 64
) -> Iterator[Jackd]:
    """Run a server and point this process and its children at it.

    Where jackd is not installed the test is skipped, but fails under ``CI=true``.
    """
    need_jackd()
    Jackd.release_left_behind()
    server = Jackd(period)
    monkeypatch.setenv("JACK_DEFAULT_SERVER", server.name)
    monkeypatch.setenv("JACK_NO_START_SERVER", "1")
    try:
        if started:
            server.start()
        yield server
    finally:
        server.release()


def need_jackd() -> None:
    """Skip with the reason, or fail in CI, when there is no jackd."""
    if shutil.which("jackd") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("jackd is not installed, and CI must run the live tests: install jackd2")
        pytest.skip("jackd is not installed (Debian, Ubuntu: apt install jackd2)")
