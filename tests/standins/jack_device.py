"""A controller on JACK: an emulator here, its cable's far end in a process of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self

from tests.standins.patience import PATIENCE
from tests.standins.urgency import urgent

CABLE = Path(__file__).with_name("jack_cable.py")
LAUNCHPAD = "Launchpad Mini MK3"
LAUNCHPAD_PORT = "Launchpad Mini MK3 LPMiniMK3 MI"


class Emulator(Protocol):
    """What thinks in the device: bytes in, answers out."""

    def receive(self, data: bytes, at: float) -> list[bytes]:
        """Take one message; return what the device answers."""
        ...

    def press(self, number: int) -> list[bytes]:
        """Return what the device sends when that control goes down."""
        ...

    def release(self, number: int) -> list[bytes]:
        """Return what it sends when that control is let go."""
        ...


@dataclass(frozen=True, slots=True)
class Passed:
    """One message on the cable, when (``time.monotonic``) it passed the device's end."""

    data: bytes
    at: float


class JackDevice:
    """Plugged in on entering, unplugged on leaving.

    The process ends with `unplug`, as a device's ports do; `plug` may give it another client name.
    What passed so far stands in ``received`` and ``sent``, over all plugs. The emulator is called
    on the reading thread.
    """

    def __init__(
        self, emulator: Emulator | None = None, client: str = LAUNCHPAD, port: str = LAUNCHPAD_PORT
    ) -> None:
        self.emulator = emulator
        self.received: list[Passed] = []
        self.sent: list[Passed] = []
        self._client, self._port = client, port
        self._news = threading.Condition()
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None

    def __enter__(self) -> Self:
        self.plug()
        return self

    def __exit__(self, *_: object) -> None:
        self.unplug()

    def plug(self, client: str | None = None) -> None:
        """Start the far end and wait until its ports are there."""
        self._client = client or self._client
        self._process = subprocess.Popen(
            [sys.executable, str(CABLE), self._client, self._port, self._port],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # libjack's complaints when its server dies
            text=True,
        )
        urgent(self._process.pid)
        if not self._process.stdout or not self._process.stdout.readline().startswith("up"):
            raise RuntimeError(f"the cable of {self._client} could not be plugged in")
        self._reader = threading.Thread(target=self._read, args=(self._process,), daemon=True)
        self._reader.start()

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """Stop the far end, as a busy machine does to a client: JACK goes on, and loses its MIDI."""
        if self._process is None:
            raise RuntimeError(f"{self._client} is not plugged in")
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def unplug(self, *, politely: bool = True) -> None:
        """Take the ports away. jackd may hang when a client is killed, so not while it runs."""
        process, self._process = self._process, None
        if process is None or process.stdin is None or self._reader is None:
            return
        process.stdin.close()
        try:
            process.wait(5 if politely else 0)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._reader.join(5)
        if process.stdout:
            process.stdout.close()

    def send(self, *messages: bytes) -> None:
        """Let the device send these."""
        if self._process is None or self._process.stdin is None:
            raise RuntimeError(f"{self._client} is not plugged in")
        self._process.stdin.write("".join(f"{message.hex()}\n" for message in messages))
        self._process.stdin.flush()

    def press(self, number: int) -> None:
        """Press the emulator's control of that number."""
        if self.emulator is not None:
            self.send(*self.emulator.press(number))

    def release(self, number: int) -> None:
        """Let it go."""
        if self.emulator is not None:
            self.send(*self.emulator.release(number))

    def messages(self) -> list[bytes]:
        """Return all that was received so far, in order."""
        with self._news:
            return [passed.data for passed in self.received]

    def wait_until(self, true: Callable[[], bool], within: float = PATIENCE) -> bool:
        """Wait until `true` holds; it is asked again after each message."""
        with self._news:
            return self._news.wait_for(true, within)

    def wait_for(self, data: bytes, times: int = 1, within: float = PATIENCE) -> bool:
        """Wait until a message was received so many times."""
        return self.wait_until(lambda: self.messages().count(data) >= times, within)

    def _read(self, process: subprocess.Popen[str]) -> None:
        for line in process.stdout or ():
            kind, at, *data = line.split()
            self._passed(kind, Passed(bytes.fromhex("".join(data)), float(at)))

    def _passed(self, kind: str, passed: Passed) -> None:
        answers = []
        with self._news:
            (self.received if kind == "r" else self.sent).append(passed)
            if kind == "r" and self.emulator is not None:
                answers = self.emulator.receive(passed.data, passed.at)
            self._news.notify_all()
        if answers and self._process is not None:
            self.send(*answers)


def wait_until(true: Callable[[], bool], within: float = PATIENCE) -> bool:
    """Wait until `true` holds, for what no message tells."""
    deadline = time.monotonic() + within
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.005)
    return True
