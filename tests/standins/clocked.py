"""`python -m tests.standins.clocked LINE CLOCK`: the command line on a clock that a test sets from outside.

``bridge.moment`` is the one place where Songbridge reads its clocks. This process puts `SetClock` there before
anything else of it is loaded, and then runs the real ``bridge.__main__`` in a fork for each command that it is
sent: with the terminal, the environment and the exit code of a process of its own, and without loading it
all a hundred times. Nothing here knows what a command does.

A service waits, in place of `bridge.app.loop.Loop`, in `Steps`: it goes from one of its own deadlines to the
next until the instant that was set, so that everything falls due exactly when it does on a real evening.
"""

from __future__ import annotations

import fcntl
import gc
import importlib
import json
import math
import mmap
import os
import signal
import socket
import struct
import sys
import termios
import traceback
from typing import TYPE_CHECKING, Final, NoReturn

from bridge import moment
from bridge.moment import Moment

if TYPE_CHECKING:
    from bridge.app.inbox import Incoming

BOOTED: Final = 1_600_000_000.0
"""The wall's time at which the steady clock began to count."""

INSTANTS: Final = struct.Struct("=ddQ")
"""What the clock's file holds: the instant that is set, the one that a service has reached, and a step."""

LOADED: Final = (
    "bridge.cli.main", "bridge.cli.local", "bridge.cli.acting", "bridge.cli.telling",
    "bridge.cli.status", "bridge.cli.queue", "bridge.cli.song", "bridge.cli.task",
    "bridge.cli.report", "bridge.app.run",
)  # fmt: skip
"""Modules that are loaded before the first fork; what isn't, each command loads as it always does."""

_FINE = 1024
"""Parts of a second in which this clock goes: each is exact on both clocks, so that no deadline is ever
a rounding error away for good."""

_STRIDE = 30.0  # seconds that the real loop sleeps at most, so that it knows when the machine slept

_GLANCE = 0.002  # seconds between two looks at the clock's file, while a service waits


class SetClock:
    """The clock that a test sets, in a file that this process and the test both see."""

    def __init__(self, file: int) -> None:
        self._seen = mmap.mmap(file, INSTANTS.size)
        self.stands: float | None = None  # where a service is on its way; None: no service here

    @property
    def target(self) -> float:
        """The instant that is set, in seconds since 1970."""
        return float(INSTANTS.unpack_from(self._seen)[0])

    def now(self) -> Moment:
        """Return the instant, in place of `bridge.moment.now`."""
        wall = self.target if self.stands is None else self.stands
        return Moment(wall - BOOTED, wall)

    def reached(self) -> None:
        """Say that everything which was due at the instant that is set has been done."""
        struct.pack_into("=d", self._seen, 8, self.stands or 0.0)


def steps(clock: SetClock) -> type:
    """Return the loop that stands where `clock` stands, in place of the one that waits for real."""
    from bridge.app.loop import Loop  # noqa: PLC0415 - the clock must stand there first

    class Steps(Loop):
        """Takes what comes in at once; otherwise goes on to the next deadline, or waits to be sent on."""

        def _next(self, wake: float | None) -> Incoming | None:
            while (message := self._inbox.take(0.0)) is None:
                due = None if wake is None else math.ceil(wake * _FINE) / _FINE + BOOTED
                stands = clock.now().wall
                if due is not None and due <= stands:
                    return None
                if clock.target <= stands:
                    clock.reached()
                    message = self._inbox.take(_GLANCE)
                    if message is not None:
                        return message
                    continue
                clock.stands = min(clock.target, stands + _STRIDE, due or clock.target)
                return None
            return message

        def _may_wait(self, mono: float) -> bool:  # noqa: ARG002 - the loop's own signature
            return False  # time stands: there is nothing to wait for

    return Steps


class Server:
    """Runs commands one by one or beside each other, each in a fork, as `line` asks for them."""

    def __init__(self, line: socket.socket, clock: SetClock) -> None:
        self._line, self._clock = line, clock

    def run(self) -> None:
        """Serve until the other end of the line is closed."""
        while True:
            data, fds, _, _ = socket.recv_fds(self._line, 1 << 16, 1)
            if not data:
                return
            self._answer(json.loads(data), fds)

    def _answer(self, asked: dict[str, object], fds: list[int]) -> None:
        match asked:
            case {"run": list(words), "environ": dict(environ), "folder": str(folder)}:
                pid = os.fork()
                if pid == 0:
                    self._line.close()
                    self._become(fds[0], [str(word) for word in words], environ, folder)
                os.close(fds[0])
                self._say(pid=pid)
            case {"wait": int(pid)}:
                _, status = os.waitpid(pid, 0)
                self._say(code=os.waitstatus_to_exitcode(status))
            case _:
                raise ValueError(asked)

    def _say(self, **answer: int) -> None:
        self._line.send(json.dumps(answer).encode())

    def _become(
        self, terminal: int, words: list[str], environ: dict[str, str], folder: str
    ) -> NoReturn:
        """Be the command from here on; never return."""
        code = 70
        try:
            _sit_at(terminal)
            os.environ.clear()
            os.environ.update(environ)
            os.chdir(folder)
            sys.argv = ["songbridge", *words]
            if words[:1] == ["up"]:
                self._clock.stands = self._clock.target
            importlib.import_module("bridge.__main__").main()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
            if isinstance(end.code, str):
                sys.stderr.write(f"{end.code}\n")
        except BaseException:  # noqa: BLE001 - a fork must never run on as its parent
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)


def _sit_at(terminal: int) -> None:
    """Let this process have a session and a terminal of its own, as a shell's child has."""
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in range(3):
        os.dup2(terminal, number)
    os.close(terminal)
    for number, mode in ((0, "r"), (1, "w"), (2, "w")):
        stream = open(number, mode, encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115 - the process ends with it
        setattr(sys, ("stdin", "stdout", "stderr")[number], stream)
        setattr(sys, ("__stdin__", "__stdout__", "__stderr__")[number], stream)


def main() -> None:
    """Put the clock where Songbridge looks for it, load the rest, and serve."""
    line, file = (int(number) for number in sys.argv[1:3])
    clock = SetClock(file)
    moment.now = clock.now
    for name in LOADED:
        importlib.import_module(name)
    wiring = importlib.import_module("bridge.app.wiring")
    setattr(wiring, "Loop", steps(clock))  # noqa: B010 - mypy knows no such attribute of a module
    gc.freeze()  # a collection in a fork would copy what all of them share
    Server(socket.socket(fileno=line), clock).run()


if __name__ == "__main__":
    main()
