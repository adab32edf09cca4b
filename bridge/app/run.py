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
from bridge.app.inbox import Reload, Stop
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
    _on_signals(_end_at_once, _end_at_once)  # a device may be entered before there is a loop
    with assembled(home, config, say) as running:
        hung_up = Stop() if _has_terminal() else Reload()
        _on_signals(lambda: running.put(Stop()), lambda: running.put(hung_up))
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


def _on_signals(end: Callable[[], None], hang_up: Callable[[], None]) -> None:
    """Let signals end the service in good order: whatever ends it, devices go back to their own mode.

    Windows raises SIGBREAK for Ctrl-Break, and when the console is closed or the user logs off; of
    the latter it waits for some seconds at most.
    """
    for name in ("SIGINT", "SIGTERM", "SIGQUIT", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: end())
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda *_: hang_up())


def _end_at_once() -> None:
    """Unwind what has been built so far."""
    raise SystemExit(0)


def _has_terminal() -> bool:
    """Tell whether a hang-up means that the terminal was closed; to a service it means to reload."""
    return any(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
