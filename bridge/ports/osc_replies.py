"""The answers to requests, as INTERFACE names them. Pure."""

from __future__ import annotations

from bridge.messages import Osc


def ok(action: str, seq: int) -> Osc:
    """Return the acknowledgement that `action` is in the journal, as entry number `seq`."""
    return Osc("/songbridge/ok", (action, seq))


def error(address: str, reason: str) -> Osc:
    """Return the answer to a message that was refused; `address` is the one it was sent to."""
    return Osc("/songbridge/error", (address, reason))


def pong(version: str, seq: int) -> Osc:
    """Return the answer to a ping: the version, and the number of the journal's last entry."""
    return Osc("/songbridge/pong", (version, seq))
