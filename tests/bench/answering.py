"""An OSC request to its acknowledgement, against a bare UDP echo; alone, flooded, and under 20,000/s."""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from bridge.messages import Osc
from bridge.ports.osc_wire import encode
from tests.bench import home
from tests.bench.figures import Versus, single
from tests.bench.pad import BARE, OURS
from tests.bench.pressing import ROUNDS, SECONDS, flooded, floor, ours
from tests.bench.rig import GAP, rig, songs

BOUND = 3.0
HEAVY = 20_000
_REQUEST = encode(Osc("/songbridge/toggle"))


def _asked(ask: socket.socket, port: int) -> float | None:
    """Send a request; return seconds until the answer, None: there was none."""
    time.sleep(random.uniform(*GAP))
    home.drain(ask)
    begun = time.perf_counter()
    ask.sendto(_REQUEST, ("127.0.0.1", port))
    try:
        ask.recv(65536)
    except TimeoutError:
        return None
    return time.perf_counter() - begun


def alone() -> list[str]:
    """Request to acknowledgement, nothing else going on."""
    result = Versus("OSC -> acknowledgement", BOUND, bare="echo")
    with rig(songs(200)) as bench:
        for _ in range(ROUNDS):
            with bench.floor() as echo, asker(echo.port) as once:
                floor(result, once)
            with bench.ours() as service, asker(service.port) as once:
                ours(result, once)
    return result.lines()


def flood() -> list[str]:
    """Request to acknowledgement in the flood; each has it in turn."""
    result = Versus("OSC -> acknowledgement, flooded", BOUND, bare="echo")
    with rig(songs(200)) as bench:
        for _ in range(ROUNDS):
            with (
                bench.floor() as echo,
                flooded(bench.pad, BARE, echo.port),
                asker(echo.port) as once,
            ):
                floor(result, once)
            with bench.ours() as service, asker(service.port) as once:  # noqa: SIM117 - one line too long
                with flooded(bench.pad, OURS, service.port) as sent:
                    ours(result, once)
        result.note = f"{sent[-1] / SECONDS:.0f} OSC/s"
    return result.lines()


def heavy(seconds: float = 6.0) -> list[str]:
    """Requests of our own while 20,000 foreign messages a second come in: all must be answered."""
    result, each = Versus("20,000 OSC/s: acknowledgement", bare="echo"), int(seconds * 50)
    with rig(songs(200)) as bench:
        with (
            bench.floor() as echo,
            home.flooded(echo.port, HEAVY, seconds),
            asker(echo.port) as once,
        ):
            floor(result, once, each)
        with bench.ours() as service, asker(service.port) as once:
            with home.flooded(service.port, HEAVY, seconds) as sent:
                ours(result, once, each)
            dropped = _dropped(service.port)
    text = (
        f"{result.lost} of {each}; {sent[-1] / seconds:.0f}/s came, {dropped} dropped by the system"
    )
    return [*result.lines(), single("20,000 OSC/s: own requests lost", text, "0", not result.lost)]


@contextmanager
def asker(port: int) -> Iterator[Callable[[], float | None]]:
    """Give what asks once: a socket of its own, for late answers must not count for others."""
    with closing(home.ear()) as ask:
        yield lambda: _asked(ask, port)


def _dropped(port: int) -> int:
    """Return how many datagrams the system threw away since this socket was full (Linux)."""
    with open("/proc/net/udp", encoding="ascii") as table:  # noqa: PTH123 - not a file
        rows = [line.split() for line in table]
    return sum(int(row[-1]) for row in rows[1:] if row[1].endswith(f":{port:04X}"))
