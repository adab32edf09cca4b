"""Everything that a press needs: a JACK server, the device, the floor and the service, side by side."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bridge.core.actions import Action, ImportSong, Request
from tests.bench import home
from tests.bench.home import PROFILE, Service
from tests.bench.pad import BARE, FLOOR, OURS, Pad
from tests.standins.jack import Jackd

NOTE_ON = 0x90
_MESSAGES = 2  # the session's SysEx, then the picture
_SETTLE = 0.3  # seconds until a start's own work is over
_BLINKS = 20  # messages in that time that are more than the beat of what blinks
_FINGER = 0.05  # seconds that a quick finger stays on a pad
GAP = (0.006, 0.014)
"""Seconds between two presses: longer than anything that a press leaves to do."""


def note(row: int, column: int) -> int:
    """Return the note of a pad, row and column from 1 at the top left (programmer mode)."""
    return 81 - 10 * (row - 1) + column - 1


@dataclass(frozen=True)
class Floor:
    """The bare program: where its cues arrive, where it echoes."""

    pad: Pad
    process: subprocess.Popen[str]
    cues: socket.socket
    port: int

    def press(self) -> float | None:
        """Press; return seconds until the datagram is here, None: it was lost."""
        return _timed(self.pad, BARE, (bytes((NOTE_ON, 60, 100)),), self.cues)


@dataclass(frozen=True)
class Ours:
    """The service with the device in its hands."""

    pad: Pad
    service: Service

    @property
    def port(self) -> int:
        """Where it listens to OSC."""
        return self.service.osc

    def press(self, number: int) -> float | None:
        """Press a pad that acts at once, and let go; return seconds until its first cue."""
        down = (bytes((NOTE_ON, number, 100)),)
        took = _timed(self.pad, OURS, down, self.service.cues)
        self.pad.press(OURS, bytes((NOTE_ON, number, 0)))
        return took

    def tap(self, number: int) -> float | None:
        """Press and release a pad that acts on release; return seconds from there to the cue."""
        both = (bytes((NOTE_ON, number, 100)), bytes((NOTE_ON, number, 0)))
        return _timed(self.pad, OURS, both, self.service.cues)


def _timed(pad: Pad, to: int, messages: tuple[bytes, ...], cues: socket.socket) -> float | None:
    """Send `messages`; return seconds from the last one to a cue, None: there was none.

    When none came and the server skipped a cycle meanwhile, it is done again.
    """
    while True:
        time.sleep(random.uniform(*GAP))
        home.drain(cues)
        late = pad.late
        for message in messages[:-1]:
            pad.press(to, message)
            time.sleep(_FINGER)
        pad.press(to, messages[-1])
        try:
            cues.recv(65536)
        except TimeoutError:
            if late == pad.late:
                return None
        else:
            return time.perf_counter() - pad.sent_at


@contextmanager
def jack(make: Callable[[], Pad] = Pad) -> Iterator[Pad]:
    """Run a JACK server of our own, with the device on it; children are pointed at it."""
    Jackd.release_left_behind()
    server = Jackd()
    os.environ["JACK_DEFAULT_SERVER"] = server.name
    os.environ["JACK_NO_START_SERVER"] = "1"
    server.start()
    try:
        pad = make()
        try:
            yield pad
        finally:
            pad.close()
    finally:
        server.release()


@dataclass(frozen=True)
class Rig:
    """The device, and the home that the service is run on. Floor and service never run together:
    both would wake in each cycle of the server, and the one that is woken first would win.
    """

    pad: Pad
    home: Path
    profile: str = PROFILE
    thru: bool = True

    @contextmanager
    def floor(self) -> Iterator[Floor]:
        """Run the floor."""
        cues, echo = home.ear(), home.free_port()
        command = [sys.executable, "-m", "tests.bench.floor", FLOOR, self.pad.hears]
        process = subprocess.Popen(
            [*command, str(cues.getsockname()[1]), str(echo)], stdout=subprocess.PIPE, text=True
        )
        try:
            if not process.stdout or not process.stdout.readline():
                raise RuntimeError("the floor did not start")
            time.sleep(_SETTLE)
            yield Floor(self.pad, process, cues, echo)
        finally:
            process.terminate()
            process.wait()
            cues.close()

    @contextmanager
    def ours(self, checkout: Path | None = None, more: str = "") -> Iterator[Ours]:
        """Run the service (of another checkout, if that is named; with `more` configuration), and
        wait until it has painted the device and answers its presses.
        """
        self.pad.lit.clear()
        with home.service(
            self.home, checkout, profile=self.profile, thru=self.thru, more=more
        ) as served:
            self._lit()
            yield Ours(self.pad, served)

    def _lit(self) -> None:
        """Wait until the device has been told its picture, and hears no more than what blinks."""
        until, count = time.monotonic() + home.PATIENCE, -_BLINKS
        while len(self.pad.lit) < _MESSAGES or len(self.pad.lit) >= count + _BLINKS:
            if time.monotonic() > until:
                raise RuntimeError("the service did not light the device")
            count = len(self.pad.lit)
            time.sleep(_SETTLE)


@contextmanager
def rig(*requests: Request, started: bool = True) -> Iterator[Rig]:
    """Set up all, on a new home that holds `requests`, with a task running when `started`."""
    with home.folder() as folder, jack() as pad:
        yield rig_on(pad, folder, *requests, started=started)


def rig_on(
    pad: Pad,
    folder: Path,
    *requests: Request,
    started: bool = True,
    profile: str = PROFILE,
    thru: bool = True,
) -> Rig:
    """Return the rig of one more home, new in `folder`, as `rig` does."""
    first = [Action("start")] if started else []
    home.seed(folder, *requests, *first)
    return Rig(pad, folder, profile, thru)


def songs(tasks: int, title: str = "Song 1") -> ImportSong:
    """Return the request that puts so many tasks into the queue."""
    return ImportSong(home.song(tasks, title))
