"""MIDI ports looked at without a service: what is there, and which profile would take it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bridge.core.status import Json
from bridge.files.profiles import load_profiles
from bridge.ports.midi import MidiPorts
from bridge.surface import matching

if TYPE_CHECKING:
    from bridge.files.home import Home
    from bridge.ports.midi_events import PortInfo
    from bridge.surface.profile import Profile


def look(api: str) -> tuple[list[PortInfo], str]:
    """Return the ports, and why there is no MIDI (empty when there is)."""
    midi = MidiPorts(lambda _event: None, api)
    try:
        ports = midi.ports()
        state = midi.state()
        return ports, "" if state.api else state.reason
    finally:
        midi.close()


def ports(home: Home, api: str) -> list[dict[str, Json]]:
    """Return the rows of `songbridge ports`."""
    profiles = load_profiles(home).profiles.values()
    return [_row(port, tuple(profiles)) for port in look(api)[0]]


def _row(port: PortInfo, profiles: tuple[Profile, ...]) -> dict[str, Json]:
    on = matching.platform(sys.platform)
    found = next((p for p in profiles if matching.matches(p, port.name, on, port.direction)), None)
    return {
        "name": port.name,
        "direction": port.direction,
        "controller": found.id if found else "",
        "why": f"matches {found.name}" if found else "no profile matches",
    }
