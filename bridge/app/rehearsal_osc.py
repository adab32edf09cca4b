"""The OSC of a rehearsal: nothing is sent, everything is heard by who rehearses."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Literal

from bridge.app.tapping import Taps
from bridge.errors import Invalid
from bridge.files.recording_lines import Arg
from bridge.messages import Osc, OscArg, ToDaw
from bridge.ports.osc_peers import Peer

_PEER = re.compile(r"(udp|tcp(?:-([0-9]{1,9}))?) \[?([0-9A-Za-z.:%_-]{1,80}?)\]?:([0-9]{1,5})")
SOMEBODY = Peer("udp", "127.0.0.1", 50000)
"""Who sent what does not say from whom."""


class RehearsalOsc:
    """`bridge.app.roles.OscOut` without sockets."""

    def __init__(self, taps: Taps) -> None:
        self._taps = taps

    def send(self, peer: Peer, data: bytes) -> None:
        """Tell of feedback."""
        self._taps.feedback(peer, data)

    def reply(self, peer: Peer, message: Osc) -> None:
        """Tell of an answer."""
        self._taps.osc_out(peer, message)

    def cue(self, key: str, message: ToDaw) -> bool:  # noqa: ARG002 - the role's signature
        """Send nothing: the session itself tells of cues."""
        return True

    def closed(self) -> Collection[str]:
        """Return nothing: every way is open."""
        return ()

    def link_fault(self, key: str) -> str:  # noqa: ARG002 - the role's signature
        """Return that every way is open."""
        return ""

    def nobody_at(self, key: str) -> str:  # noqa: ARG002 - the role's signature
        """Return that somebody listens."""
        return ""

    def counts(self) -> dict[str, int]:
        """Return nothing: nothing came over a socket."""
        return {}


def peer(text: str) -> Peer:
    """Return the peer that a recording names ``udp 127.0.0.1:9000`` or ``tcp-3 …``; '' is somebody.

    Raises Invalid.
    """
    if not text:
        return SOMEBODY
    found = _PEER.fullmatch(text)
    if found is None:
        raise Invalid(f'found "{text[:80]}"; allowed: a peer such as "udp 127.0.0.1:9000"')
    kind: Literal["udp", "tcp"] = "udp" if found[1] == "udp" else "tcp"
    return Peer(kind, found[3], int(found[4]), int(found[2] or 0))


def arguments(written: Iterable[Arg]) -> tuple[OscArg, ...]:
    """Return OSC arguments as the recording has them. Raises Invalid for a blob that is none."""
    return tuple(_blob(arg) if isinstance(arg, dict) else arg for arg in written)


def _blob(written: dict[str, str]) -> bytes:
    try:
        return bytes.fromhex(written["blob"])
    except (KeyError, ValueError):
        raise Invalid('found a table; allowed as an argument: {"blob": "00 FF"}') from None
