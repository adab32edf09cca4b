"""MIDI ports looked at without a service: what is there, who answers, and which profile takes it."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from bridge.app import recognition
from bridge.app.reloading import make_controllers
from bridge.app.tapping import Taps
from bridge.core.status import Json
from bridge.ports.midi import MidiPorts
from bridge.ports.midi_events import Another, DeviceState, MidiEvent, PortInfo, Wanted
from bridge.surface import matching

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bridge.app.controllers import Controllers
    from bridge.files.config import Config
    from bridge.files.home import Home

    Midi = Callable[[Callable[[MidiEvent], None], str], MidiPorts]

LONGEST = 3.0
"""Seconds for which devices are waited for; a silent one takes about half a second."""

_LOOK = 0.05
_RESTING = ("absent", "busy", "ready", "unknown", "trouble")


@dataclass(frozen=True, slots=True)
class Sight:
    """What was there: by which MIDI system (empty: none), and why there is none (empty when there is)."""

    api: str
    ports: list[PortInfo]
    states: Mapping[str, DeviceState]
    no_midi: str
    controllers: Controllers

    @property
    def rows(self) -> list[dict[str, Json]]:
        """The rows of `songbridge ports`."""
        on = matching.platform(sys.platform)
        return recognition.rows(self.ports, self.controllers, on, opens=False)


def look(config: Config, home: Home, make: Midi = MidiPorts) -> Sight:
    """Open what a service would open, ask who is there, and let go: no session, no light.

    Raises `Invalid` or `InvalidFile` for a wrong configuration, profile or layout.
    """
    controllers = make_controllers(config, home, Taps())
    inbox: SimpleQueue[MidiEvent] = SimpleQueue()
    midi = make(inbox.put, config.midi_api)
    try:
        midi.want(_asking(controllers.wanted))
        ports = midi.ports()
        until = time.monotonic() + LONGEST
        while _more(midi, inbox, controllers) and time.monotonic() < until:
            time.sleep(_LOOK)
            ports = midi.ports()
        state = midi.state()
        return Sight(
            state.api, ports, midi.states(), "" if state.api else state.reason, controllers
        )
    finally:
        midi.close()


def _asking(wanted: tuple[Wanted, ...]) -> list[Wanted]:
    """Return the wishes without what would change or paint a device."""
    return [replace(one, enter=(), leave=(), settle=0.0, source=None) for one in wanted]


def _more(midi: MidiPorts, inbox: SimpleQueue[MidiEvent], controllers: Controllers) -> bool:
    """Tell whether somebody is still being asked, or one more of a kind was found."""
    found = False
    while True:
        try:
            event = inbox.get_nowait()
        except Empty:
            break
        if isinstance(event, Another):
            midi.want(_asking(controllers.another(event.like)))
            found = True
    return found or any(state.state not in _RESTING for state in midi.states().values())
