"""Programs of live tests that go before others, so that a busy machine takes no MIDI from JACK."""

from __future__ import annotations

from contextlib import suppress

import psutil

NICENESS = -10


def urgent(pid: int) -> None:
    """Let a process that has just begun go first, where that is allowed; threads to come inherit it.

    JACK without a real-time scheduler drops what a client was to send or take in a period that the
    client missed. Where it isn't allowed, only a quiet machine misses none.
    """
    with suppress(psutil.Error, OSError):
        psutil.Process(pid).nice(NICENESS)
