"""A home on a real disk, with songs in its journal, and the service on it as a child process."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from bridge.app.keeping import Keeping
from bridge.core.actions import Request, SongDraft, TaskDraft
from bridge.core.settings import Settings
from bridge.files.home import resolve
from bridge.messages import Osc
from bridge.moment import now
from bridge.ports.osc_wire import decode, encode
from bridge.store.sqlite import SqliteJournal

_SECTIONS = ("composition", "sound design", "mixing")
_CONFIG = """
[osc]
listen = "127.0.0.1:{osc}"
[http]
listen = "127.0.0.1:{http}"
[midi]
api = "jack"
{thru}[[controller]]
profile = "{profile}"
layout = "queue-8x8"
[[daw]]
kind = "osc"
host = "127.0.0.1:{cues}"
"""
PROFILE = "novation-launchpad-mini-mk3"
PATIENCE = 20.0
"""Seconds until a child that does not answer is given up."""


def free_port() -> int:
    """Return a port that is free on UDP and TCP."""
    while True:
        with socket.socket() as tcp, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
            tcp.bind(("127.0.0.1", 0))
            try:
                udp.bind(tcp.getsockname())
            except OSError:
                continue
            return int(tcp.getsockname()[1])


def ear() -> socket.socket:
    """Return a UDP socket on loopback that waits at most a second."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    sock.bind(("127.0.0.1", 0))
    sock.settimeout(1.0)
    return sock


def drain(sock: socket.socket) -> int:
    """Throw away what waits; return how much that was."""
    count, patience = 0, sock.gettimeout()
    sock.setblocking(False)
    try:
        while True:
            sock.recv(65536)
            count += 1
    except BlockingIOError:
        return count
    finally:
        sock.settimeout(patience)


def song(tasks: int, title: str = "Song 1") -> SongDraft:
    """Return a song of so many tasks of an hour and more, so that no box runs out meanwhile."""
    return SongDraft(
        title,
        tasks=tuple(
            TaskDraft(
                f"Task {n} of {title}", _SECTIONS[n * n // 5 % 3], 36000.0, track=f"Track {n % 12}"
            )
            for n in range(tasks)
        ),
    )


@contextmanager
def keeping(home: Path) -> Iterator[Keeping]:
    """Work on the journal of a home on which no service runs."""
    home.mkdir(exist_ok=True)
    kept = Keeping(SqliteJournal.open(resolve(home, {}).journal), Settings())
    try:
        yield kept
    finally:
        kept.close(now())


def seed(home: Path, *requests: Request) -> None:
    """Have these in the journal."""
    with keeping(home) as kept:
        for request in requests:
            kept.ask(request, now(), "cli")


@dataclass
class Service:
    """A running service: its process, its OSC port, and the socket that cues go to."""

    process: subprocess.Popen[str]
    osc: int
    cues: socket.socket
    ask: socket.socket
    ready_after: float

    def request(self, address: str, *args: str | float) -> Osc:
        """Send a message and return the answer."""
        self.ask.sendto(encode(Osc(address, args)), ("127.0.0.1", self.osc))
        return decode(self.ask.recv(65536))


@contextmanager
def service(
    home: Path,
    checkout: Path | None = None,
    *,
    profile: str = PROFILE,
    thru: bool = True,
    more: str = "",
) -> Iterator[Service]:
    """Run the service on `home` until it answers a ping, and end it afterwards.

    `checkout` is where its code lies, when it is another than this; without `thru` nothing passes;
    `more` stands at the end of its configuration.
    """
    cues, ask, osc = ear(), ear(), free_port()
    home.mkdir(exist_ok=True)
    text = _CONFIG.format(
        osc=osc,
        http=free_port(),
        cues=cues.getsockname()[1],
        profile=profile,
        thru="" if thru else "thru = false\n",
    )
    (home / "config.toml").write_text(text + more)
    begun = time.perf_counter()
    process = _start(home, checkout)
    try:
        try:
            after = _ready(process, ask, osc) - begun
        except RuntimeError as error:
            raise RuntimeError(f"{error}: {(home / 'bench.log').read_text()}") from None
        yield Service(process, osc, cues, ask, after)
    finally:
        process.terminate()
        process.wait(PATIENCE)
        cues.close()
        ask.close()


def _start(home: Path, checkout: Path | None) -> subprocess.Popen[str]:
    if find_spec("bridge.__main__") and not os.environ.get("BENCH_BARE"):
        command = [sys.executable, "-m", "bridge", "--home", str(home), "up"]
    else:
        command = [sys.executable, "-m", "tests.bench.serve", str(home)]
    log = (home / "bench.log").open("w")
    return subprocess.Popen(command, stdout=log, stderr=log, text=True, cwd=checkout)


def _ready(process: subprocess.Popen[str], ask: socket.socket, osc: int) -> float:
    """Ping until a pong comes; return when."""
    ping, until = encode(Osc("/songbridge/ping")), time.perf_counter() + PATIENCE
    ask.settimeout(0.005)
    while time.perf_counter() < until and process.poll() is None:
        ask.sendto(ping, ("127.0.0.1", osc))
        try:
            ask.recv(65536)
        except TimeoutError:
            continue
        at = time.perf_counter()
        time.sleep(0.2)
        drain(ask)
        ask.settimeout(1.0)
        return at
    raise RuntimeError("the service does not answer")


@contextmanager
def folder() -> Iterator[Path]:
    """Give a folder on the disk (not in memory) that goes afterwards; BENCH_DIR says where."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as path:
        yield Path(path)


@contextmanager
def flooded(port: int, rate: float, seconds: float) -> Iterator[list[int]]:
    """Send foreign messages meanwhile; what was sent stands in the list afterwards."""
    sent: list[int] = []
    command = [sys.executable, "-m", "tests.bench.flood", str(port), str(rate), str(seconds)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield sent
        sent.append(int(process.communicate(timeout=seconds + PATIENCE)[0]))
    finally:
        process.kill()
        process.wait()
