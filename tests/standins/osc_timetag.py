"""Time tags as those write them who send bundles."""

from __future__ import annotations

NTP_EPOCH = 2208988800
"""Seconds from 1900, where time tags count from, to 1970 (RFC 5905)."""


def timetag(instant: float) -> int:
    """Return the time tag of an instant in seconds since 1970, before 2036 (RFC 5905, era 0)."""
    return int((instant + NTP_EPOCH) * (1 << 32))
