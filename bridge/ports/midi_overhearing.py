"""Keyboards that only the DAW uses: that one of them is played says that somebody is there, no more.

Their inputs are opened beside the DAW, where the system lets several programs have a port, and only
those that no controller of ours could want. Nothing they say is kept or passed on.
"""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

from bridge.errors import Unavailable
from bridge.ports.midi_events import Played
from bridge.ports.midi_input import keep_thread_state
from bridge.surface import matching

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from bridge.moment import Moment
    from bridge.ports.midi_api import InPort, MidiApi, Port, Receive
    from bridge.ports.midi_events import Keyboards, Put

EVERY = 1.0
"""Seconds between two signs at least, of all inputs together: a glissando is news once."""

MOST = 16
"""Inputs that are opened at most; on JACK each is a client."""

SHARED = frozenset({"alsa", "jack", "coremidi"})
"""Systems in which a port is not taken from the DAW by being heard. WinMM gives it to one program."""

_CHANNEL_MESSAGES = range(0x80, 0xF0)

# RtMidi's ALSA names end in " CLIENT:PORT"; a2jmidid writes the client's number in brackets. Clients
# from 128 on are programs (alsa/seq.h), 0 and 14 are the system itself and its loop.
_ALSA_CLIENT = re.compile(r"\s(\d+):\d+$|\[(\d+)\]")
_HARDWARE = range(16, 128)
# JACK's clients that stand for hardware, or the direction that bridges write into such names; all
# others are programs, most of them the DAW.
_JACK_BRIDGE = re.compile(r"^(?:system|alsa_midi|a2j|Midi-Bridge)(?:-\d\d)?:|\(capture")
# CoreMIDI's and Windows' loops, and what DAWs call their own outputs ("Logic Pro Virtual Out").
_VIRTUAL = re.compile(r"^IAC\b|loopMIDI|loopBe|\bvirtual\b", re.IGNORECASE)


def is_keyboard(raw: str, api: str) -> bool:
    """Tell whether a device may stand behind an input, by its name: no program, and no loop."""
    if matching.is_loop(raw) or _VIRTUAL.search(raw):
        return False
    if api == "jack" and not _JACK_BRIDGE.search(raw):
        return False
    client = _ALSA_CLIENT.search(raw) if api in ("alsa", "jack") else None
    return client is None or int(client[1] or client[2]) in _HARDWARE


class Overhearing:
    """The inputs that are overheard. ``how`` may be set from any thread, and holds from the next `serve`.

    Threads: `sign` on any; `serve`, `lose` and `close` on the watcher's.
    """

    def __init__(
        self, put: Put, clock: Callable[[], Moment], *, keep: bool = True, how: Keyboards = "never"
    ) -> None:
        self._put, self._clock, self._keep, self.how = put, clock, keep, how
        self._open: dict[Port, InPort] = {}
        self._shut: set[Port] = set()
        self._last = float("-inf")

    def sign(self, name: str, at: Moment) -> None:
        """Tell that something was played there, unless that has just been told."""
        if at.mono - self._last >= EVERY:
            self._last = at.mono
            self._put(Played(name, at))

    def hear(self, name: str, data: Collection[int]) -> None:
        """Take a message of an input: one that hands cause is a sign, a clock is not."""
        if data and next(iter(data)) in _CHANNEL_MESSAGES:
            self.sign(name, self._clock())

    def is_open(self, way: str, port: Port) -> bool:
        """Tell whether that port, ``in`` or ``out``, is overheard now. On any thread."""
        return way == "in" and port in self._open

    def serve(self, api: MidiApi, free: Collection[Port]) -> None:
        """Open those of the ``free`` inputs that may be keyboards, and close all others."""
        listens = self.how == "always" or (self.how == "auto" and api.name in SHARED)
        wanted = [port for port in free if listens and is_keyboard(port.raw, api.name)][:MOST]
        self._shut &= set(wanted)
        for port in [
            one for one, heard in self._open.items() if one not in wanted or not heard.intact()
        ]:
            self._open.pop(port).close()
        for port in wanted:
            if port not in self._open and port not in self._shut:
                self._try(api, port)

    def _try(self, api: MidiApi, port: Port) -> None:
        """Open an input; one that can't be opened is let be until it is plugged in again."""
        self._shut.add(port)
        with contextlib.suppress(Unavailable):
            self._open[port] = api.open_input(port, "overheard", self._receiver(port.name))
            self._shut.discard(port)

    def _receiver(self, name: str) -> Receive:
        def receive(event: tuple[list[int], float], _data: object) -> None:
            if self._keep:
                keep_thread_state()
            self.hear(name, event[0])

        return receive

    def lose(self) -> None:
        """Let go of all inputs without a word: the MIDI system has ended."""
        self._open.clear()
        self._shut.clear()

    def close(self) -> None:
        """Close all inputs."""
        for heard in self._open.values():
            heard.close()
        self.lose()
