"""Which MIDI system works here."""

from __future__ import annotations

import os
from pathlib import Path

import rtmidi

from bridge.ports.midi_api import MidiApi
from bridge.ports.midi_jack import JackServer
from bridge.ports.midi_jack_api import JackApi
from bridge.ports.midi_rtmidi import APIS, RtMidiApi

SEQUENCER = Path("/dev/snd/seq")


def found(choice: str) -> MidiApi | str:
    """Return the MIDI system for `choice` ("auto" or a key of `APIS`), or why there is none.

    "auto" takes the first that works, in the order of `APIS`. Cheap enough to ask every second
    (no server: 0.3 ms); starts no JACK server and prints nothing.
    """
    compiled = [name for name, number in APIS.items() if number in rtmidi.get_compiled_api()]
    wanted = compiled if choice == "auto" else [name for name in compiled if name == choice]
    if not wanted:
        return (
            f"python-rtmidi was built without {'any system' if choice == 'auto' else choice} here"
        )
    reasons = []
    for name in wanted:
        result = _tried(name)
        if not isinstance(result, str):
            return result
        reasons.append(result)
    return "; ".join(reasons)


def _tried(name: str) -> MidiApi | str:
    """Open one MIDI system, or say why it can't be had."""
    if name == "jack":
        server = JackServer.open()
        return JackApi(server) if server else "no JACK server answers"
    if name == "alsa" and not os.access(SEQUENCER, os.R_OK | os.W_OK):
        why = (
            "may not be opened (are you in the group audio?)"
            if SEQUENCER.exists()
            else "is missing"
        )
        return f"the ALSA sequencer {SEQUENCER} {why}"
    try:
        return RtMidiApi(name)
    except rtmidi.RtMidiError as error:
        return f"{name}: {error}"
