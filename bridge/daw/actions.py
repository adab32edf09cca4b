"""Which of a rule's actions a DAW can run, as far as its words tell before it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.daw.bitwig_waiting import ACTIONS
from bridge.daw.midi_way import MidiWay
from bridge.daw.reaper_script import is_action

if TYPE_CHECKING:
    from bridge.daw.target import DawSettings

_OF_MIDI = {
    "mackie": 'buttons of a Mackie Control, such as "save" or "option + f1"',
    "notes": "the number of a note, 0 to 127",
    "cc": "the number of a control change, 0 to 127",
    "mmc": "play, record, record-exit, stop, pause, rewind or forward",
}


def instead(ours: DawSettings, action: str) -> str:
    """Return what is allowed where this DAW surely can't run `action`, empty where it may."""
    match ours.kind:
        case "ableton":
            return "none, for Live runs no actions"
        case "bitwig" if action not in ACTIONS:
            return "1 to 20, the actions of its OSC controller"
        case "reaper" if not is_action(action):
            return "the command id of an action, such as 40157 or _RS7d3c"
        case "midi" if (way := ours.midi or MidiWay()).action(action) is None:
            return _OF_MIDI[way.send]
        case _:
            return ""
