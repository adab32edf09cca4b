"""`songbridge up`: the service in the foreground, until a signal or a request ends it."""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path

from bridge import __version__
from bridge.app import reloading
from bridge.app.inbox import Incoming, Reload, Stop
from bridge.app.wiring import assembled
from bridge.files.home import Home

SWITCH = 0.0005
"""Seconds a busy thread may keep the others waiting: a flood on one port must not delay a press."""

_LOG_SIZE = 1 << 20  # bytes

_YOUNG = 50_000  # new objects between two collections: a press makes some dozens, all freed at once


def run(home: Home, say: Callable[[str], None]) -> int:
    """Run the service on `home` until it is told to end; return the exit code.

    ``say`` is given one line at a time for a human or a log. On the main thread only: it sets signal
    handlers. Raises Unavailable, Invalid, InvalidFile or JournalFault when it can't start.
    """
    home.ensure()
    _log_to(home.log)
    config = reloading.read(home)
    sys.setswitchinterval(SWITCH)
    with assembled(home, config, say) as running:
        _on_signals(running.put)
        say(f"Songbridge {__version__} is up; home {home.data_dir}")
        say(f"OSC on {running.osc} (UDP and TCP), HTTP on {running.http}, process {os.getpid()}")
        settle_memory()
        running.loop.run()
    say("Songbridge has ended; every controller was left in its own mode")
    return 0


def _log_to(file: Path) -> None:
    """Keep what went wrong inside for whoever mends it; a home without room goes without."""
    handler = RotatingFileHandler(file, maxBytes=_LOG_SIZE, backupCount=1, delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger = logging.getLogger("bridge")
    logger.addHandler(handler)
    logger.propagate = False
    logging.raiseExceptions = False  # a full disk is told by the journal, not by the log


def settle_memory() -> None:
    """Keep the collector from looking at what lives as long as the service does."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, 20, 100)


def _on_signals(put: Callable[[Incoming], None]) -> None:
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: put(Stop()))
    if hasattr(signal, "SIGHUP"):
        hung_up = Stop() if _has_terminal() else Reload()
        signal.signal(signal.SIGHUP, lambda *_: put(hung_up))


def _has_terminal() -> bool:
    """Tell whether a hang-up means that the terminal was closed; to a service it means to reload."""
    return any(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
