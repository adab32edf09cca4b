"""What the service says to whoever looks at its terminal or log: one line for each thing that changes."""

from __future__ import annotations

from bridge.app.controllers import Controllers
from bridge.ports.midi_events import MidiState, PortDown, PortUp


def of_port(event: PortUp | PortDown | MidiState, controllers: Controllers) -> str:
    """Return the line for a device or a MIDI system that came or went, empty for no news."""
    match event:
        case PortUp(key=key, input=name, output=output, note=note):
            only = "" if output else "; it is heard only, no output is there"
            odd = f"; {note}" if note else ""
            return f"{_name(key, controllers)} is connected ({name}){only}{odd}"
        case PortDown(key=key, reason=reason):
            return f"{_name(key, controllers)} has gone: {reason}"
        case MidiState(state="ready", api=api):
            return f"MIDI works, by {api}"
        case MidiState(reason=reason):
            return f"{reason}; OSC and the command line work without"


def of_journal(before: str, now: str) -> str:
    """Return the line for a journal whose fault was `before` and is `now`, empty for no news."""
    if now and not before:
        return f"nothing can be done until this is mended: {now}"
    return "the journal can be written again" if before and not now else ""


def _name(key: str, controllers: Controllers) -> str:
    return next((c.name for c in controllers.all if c.key == key), key)
