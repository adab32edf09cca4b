"""How often somebody is told that nothing it sends can be read: garbage must not make us shout. Pure."""

from __future__ import annotations

EACH = 4
"""Answers a second to one host, enough for a human who tries things out."""

ALL = 64
"""Answers a second in all: senders of datagrams may be made up."""


class Sparing:
    """Counts answers by host, a second at a time."""

    def __init__(self) -> None:
        self._since = float("-inf")
        self._told: dict[str, int] = {}
        self._all = 0

    def may(self, host: str, mono: float) -> bool:
        """Tell whether `host` may be answered at the mono instant `mono`, and count the answer."""
        if mono - self._since >= 1.0:
            self._since, self._all = mono, 0
            self._told.clear()
        told = self._told.get(host, 0)
        if told >= EACH or self._all >= ALL:
            return False
        self._told[host] = told + 1
        self._all += 1
        return True
