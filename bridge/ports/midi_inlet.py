"""The way in from a DAW that is told by MIDI: a virtual input of our own beside ``Songbridge Cues``.

A DAW that takes our ports for a control surface sends lamps, displays and meters, hundreds a second.
What tells of the transport goes on; of all else one message a second, as a sign that somebody is there.
"""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING

from bridge.daw.midi_ear import tells
from bridge.errors import Unavailable
from bridge.moment import now

if TYPE_CHECKING:
    from collections.abc import Callable

    from bridge.moment import Moment
    from bridge.ports.midi_api import InPort, MidiApi

log = logging.getLogger(__name__)

SIGN = 1.0
"""Seconds between two messages that say nothing but that somebody is there."""


class Inlet:
    """One virtual input. ``hear`` is called on a thread of the MIDI library and must not block.

    Threads: `serve`, `lose` and `close` on the watcher's.
    """

    def __init__(
        self,
        name: str,
        hear: Callable[[bytes, Moment], None],
        clock: Callable[[], Moment] = now,
    ) -> None:
        self._name, self._hear, self._clock = name, hear, clock
        self._port: InPort | None = None
        self._refused = ""
        self._sign_at = float("-inf")

    def serve(self, api: MidiApi) -> None:
        """Open the port where it isn't; a system without virtual ports hears nothing."""
        if self._port is not None or self._refused == api.name:
            return
        try:
            self._port = api.open_virtual_input(self._name, self._receive)
        except Unavailable as error:
            self._refused = api.name
            log.info("what DAWs tell by MIDI is not heard: %s", error)

    def _receive(self, event: tuple[list[int], float], _data: object) -> None:
        message, at = event[0], self._clock()
        if tells(message):
            self._hear(bytes(message), at)
        elif at.mono >= self._sign_at + SIGN:
            self._sign_at = at.mono
            self._hear(bytes(message[:3]), at)

    def lose(self) -> None:
        """Let go of the port without a word: the MIDI system has ended."""
        self._port, self._refused = None, ""

    def close(self) -> None:
        """Close the port."""
        port, self._port = self._port, None
        if port is not None:
            with contextlib.suppress(Unavailable):
                port.close()
