"""A JACK server of our own, under its own name, ended by its process id."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import psutil
import pytest

from tests.standins.urgency import urgent

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - where jackd2 keeps its sockets and semaphores
REGISTRY = SHARED_MEMORY / "jack-shm-registry"
DUMMY = ("-d", "dummy", "-r", "48000")

STUBBORN = 3.0
"""Seconds; jackd takes one when a client has just gone, and may hang for ever when one was killed."""

LISTED = 5.0
"""Seconds within which a server that is well lists its ports, however busy the machine is."""
LEFT = 2.0
"""Seconds in which the ports of clients that have ended are gone."""

PREFIX = "songbridge-test"
_numbers = count()


class Jackd:
    """``jackd -d dummy`` that may be killed and started again under the same name.

    ``as_made`` holds until it was ended or stopped.
    """

    def __init__(self, period: int = 64, name: str = "") -> None:
        self.name = name or f"{PREFIX}-{os.getpid()}-{next(_numbers)}"
        self.period = period
        self.as_made = True
        self._killed = False
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, within: float = 10.0) -> None:
        """Start the server and wait until it takes clients."""
        self._killed = False
        self._process = subprocess.Popen(
            ["jackd", "--no-realtime", "-n", self.name, *DUMMY, "-p", str(self.period)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        urgent(self._process.pid)
        deadline = time.monotonic() + within
        while not self._answers():
            if time.monotonic() > deadline or self._process.poll() is not None:
                raise RuntimeError(f"jackd {self.name} did not start")
            time.sleep(0.01)

    @classmethod
    def release_left_behind(cls) -> None:
        """Release the servers of test runs that were killed, for jackd knows eight names at most."""
        for name, run in _registered():
            left = cls(name=name)
            if not psutil.pid_exists(run) and not left._answers():
                left._killed = True
                with suppress(RuntimeError):  # another run releases it just now
                    left.release()

    def _answers(self) -> bool:
        path = SHARED_MEMORY / f"jack_{self.name}_{os.getuid()}_0"
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            return probe.connect_ex(str(path)) == 0

    def has_no_clients(self) -> bool:
        """Tell whether it answers, and soon has no ports but its own."""
        environ = {**os.environ, "JACK_DEFAULT_SERVER": self.name, "JACK_NO_START_SERVER": "1"}
        until = time.monotonic() + LEFT
        try:
            while time.monotonic() < until:
                done = subprocess.run(
                    ["jack_lsp"], env=environ, capture_output=True, timeout=LISTED, check=True
                )
                if all(port.startswith(b"system:") for port in done.stdout.splitlines()):
                    return True
        except (OSError, subprocess.SubprocessError):  # not installed, or it does not answer
            return False
        return False

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """Stop the server's process, which then answers nobody."""
        assert self._process is not None
        self.as_made = False
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End the server as a crash does (SIGKILL)."""
        self.as_made = False
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process, self._killed = None, True

    def stop(self) -> None:
        """End the server as a user does (SIGTERM)."""
        self.as_made = False
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


class Lent:
    """One server after the other, each lent to as many tests as leave it as it was.

    To start one for each test takes a second and a half, most of it until it has ended.
    """

    def __init__(self) -> None:
        self._server: Jackd | None = None

    def one(self, period: int) -> Jackd:
        """Return a server without clients and with that period, as fresh as a new one."""
        server = self._server
        if server is None or not (
            server.as_made and server.period == period and server.has_no_clients()
        ):
            self.release()
            Jackd.release_left_behind()
            self._server = server = Jackd(period)
            server.start()
        return server

    def release(self) -> None:
        """End the one that runs."""
        server, self._server = self._server, None
        if server is not None:
            server.release()


def _registered() -> list[tuple[str, int]]:
    """Return the servers of test runs that jackd holds a place for, each with its run's process id."""
    try:
        known = REGISTRY.read_bytes()
    except OSError:
        return []
    found = re.findall(rf"jack-{os.getuid()}:({PREFIX}-(\d+)-\d+):".encode(), known)
    return [(name.decode(), int(run)) for name, run in found]


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
    point_at(server, monkeypatch)
    try:
        if started:
            server.start()
        yield server
    finally:
        server.release()


def point_at(server: Jackd, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process and its children take `server` for the machine's."""
    monkeypatch.setenv("JACK_DEFAULT_SERVER", server.name)
    monkeypatch.setenv("JACK_NO_START_SERVER", "1")


def need_jackd() -> None:
    """Skip with the reason, or fail in CI, when there is no jackd."""
    if shutil.which("jackd") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("jackd is not installed, and CI must run the live tests: install jackd2")
        pytest.skip("jackd is not installed (Debian, Ubuntu: apt install jackd2)")
