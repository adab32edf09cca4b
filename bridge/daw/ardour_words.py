"""How the link to Ardour stands, in sentences for whoever makes music with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.daw.ardour_selecting import OWN_SLOT, SLOTS
from bridge.daw.ardour_tracks import Painter, Skill

if TYPE_CHECKING:
    from bridge.daw.target import DawSettings, LinkState

_STATES: dict[LinkState, str] = {
    "unknown": "looking for Ardour at {daw}",
    "ready": "Ardour at {daw} answers{session}: {markers}; {colours}; it has no place for a status"
    " text",
    "silent": "no answer from Ardour at {daw}: is it running with a session open, and is Open Sound"
    " Control (OSC) on under Edit > Preferences > Control Surfaces?",
    "trouble": "Ardour at {daw} is there but did not say that it took a cue; it may hang, or"
    " wait for an answer in a window of its own",
}
_COLOURS: dict[Skill, str] = {
    Skill.UNTRIED: "track colours go to its Lua actions 1 to {slots}",
    Skill.PROVEN: "tracks are coloured",
    Skill.MISSING: "no track colours, for none of its Lua actions answered (docs/daws.md has them;"
    " they need Ardour's window)",
}
_NAMED = "markers are placed and named"
_NAMELESS = "markers are placed without their names, which need Ardour 6.6 or newer"
_OWN = "; their own colours come back with its Lua action {slot}, which did not answer"
_UNKNOWN = '; it has no track "{track}"'
_LOST = '; not done, or not surely: {count}, the last was "{lost}"'


def sentence(
    state: LinkState, ours: DawSettings, session: str, painter: Painter, *, names: bool
) -> str:
    """Return one sentence for `state`; ``names`` False: this Ardour takes none."""
    colours = _COLOURS[painter.skill].format(slots=len(SLOTS))
    named = f' (session "{session}")' if session else ""
    markers = _NAMED if names else _NAMELESS
    text = _STATES[state].format(daw=ours.address, session=named, markers=markers, colours=colours)
    if state == "ready":
        text += _OWN.format(slot=OWN_SLOT) if painter.stuck else ""
        text += _UNKNOWN.format(track=painter.unknown) if painter.unknown else ""
    return text


def losses(count: int, lost: str) -> str:
    """Return what follows about cues that were given up; empty when there are none."""
    return _LOST.format(count=count, lost=lost) if count else ""
