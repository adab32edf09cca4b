"""What lights and texts can show: the roles, their states, and how each state looks by default.

A layout gives a control a role (``show = "queue"``) and may restyle any state of it
(``[role.queue]``). Levels run from 0 to 1; the driver degrades what a light can't do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bridge.messages import DARK, Colour, Effect, Look

SECTION = "section"
"""The colour of a task's section."""

OWN = "own"
"""The colour that the binding names (``colour = "green"``), white without."""

SONG = "song"
"""The colour of a song: one of its own, the same wherever it is shown."""

PALE = "pale"
"""The colour of a task's section, half of it white: a task that came back."""

WAY = "way"
"""The colour of a way out of a rut."""

_OPEN = (SECTION, OWN, SONG, PALE, WAY)
"""Words that stand for a colour which the role fills in."""

COLOURS: Mapping[str, Colour] = {
    "white": "#FFFFFF",
    "red": "#FF0000",
    "orange": "#FF6000",
    "amber": "#FFA000",
    "yellow": "#FFE000",
    "green": "#00FF00",
    "cyan": "#00D0FF",
    "blue": "#0040FF",
    "purple": "#8000FF",
    "magenta": "#FF00C0",
    "pink": "#FF6090",
    "off": "#000000",
}
"""The colours that have a name in layouts."""


@dataclass(frozen=True, slots=True)
class Style:
    """How one state of a role looks. ``colour`` is a word that the role fills in, or ``#RRGGBB``."""

    colour: Colour
    level: float = 1.0
    effect: Effect = Effect.SOLID

    def look(self, colour: Colour) -> Look:
        """Return the look of this style, with `colour` where it leaves the colour open."""
        shown = colour if self.colour in _OPEN else self.colour
        if self.colour == PALE:
            shown = _pale(shown)
        if self.level <= 0 or self.effect is Effect.OFF or shown == COLOURS["off"]:
            return DARK
        return Look(shown, self.level, self.effect)


def _pale(colour: Colour) -> Colour:
    """Return the colour with half of it white."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{(part + 0xFF) // 2:02X}" for part in parts)


Styles: TypeAlias = Mapping[str, Style]
"""Styles by the name of the state."""

_UNLIT = Style(COLOURS["off"], 0.0, Effect.OFF)

_COUNTDOWN: Styles = {
    "idle": _UNLIT,
    "normal": Style(COLOURS["green"]),
    "warning": Style(COLOURS["amber"]),
    "danger": Style(COLOURS["red"]),
    "grace": Style(COLOURS["red"], 1.0, Effect.BLINK),
    "overtime": Style(COLOURS["red"], 1.0, Effect.BLINK),
    "take": Style(COLOURS["red"]),
    "paused": Style(COLOURS["white"], 0.4),
    "break": Style(COLOURS["blue"]),
    "away": Style(COLOURS["purple"], 0.4, Effect.PULSE),
}

LIGHTS: Mapping[str, Styles] = {
    "queue": {
        "todo": Style(SECTION, 0.25),
        "set-aside": Style(SECTION, 0.1),
        "again": Style(PALE, 0.2),
        "running": Style(SECTION, 1.0, Effect.PULSE),
        "running-again": Style(PALE, 1.0, Effect.PULSE),
        "paused": Style(SECTION, 0.58),  # still no lit lamp, and more than the least of APC pads
        "overtime": Style(COLOURS["red"], 1.0, Effect.BLINK),
        "break": Style(COLOURS["blue"], 1.0, Effect.PULSE),
        "away": Style(COLOURS["purple"], 0.4, Effect.PULSE),
        "vacant": _UNLIT,
    },
    "action": {
        "ready": Style(OWN, 0.5),
        "asleep": Style(OWN, 0.08),
        "active": Style(OWN),
        "waiting": Style(OWN, 1.0, Effect.BLINK),
        "overtime": Style(OWN),
    },
    "songs": {
        "in-hand": Style(OWN),
        "other": Style(OWN, 0.15),
        "vacant": _UNLIT,
    },
    "album": {
        "in-hand": Style(SONG, 1.0, Effect.PULSE),
        "other": Style(SONG, 0.5),
        "finished": Style(SONG, 0.12),
        "vacant": _UNLIT,
    },
    "goal": {
        "open": Style(OWN, 0.55),
        "done": Style(OWN),
        "vacant": _UNLIT,
    },
    "goal-bar": {
        "empty": Style(OWN, 0.06),
        "filled": Style(OWN, 0.7),
        "done": Style(OWN),
        "late": Style(COLOURS["orange"], 0.7),
        "vacant": _UNLIT,
    },
    "rut": {
        "quiet": Style(OWN, 0.2),
        "signs": Style(OWN, 0.6, Effect.PULSE),
        "offered": Style(OWN),
        "trying": Style(OWN, 0.6),
    },
    "way": {
        "open": Style(WAY, 0.12),
        "offered": Style(WAY, 0.6),
        "helped": Style(WAY),
        "trying": Style(WAY, 1.0, Effect.PULSE),
        "vacant": _UNLIT,
    },
    "nudge": {
        "quiet": Style(OWN, 0.5),
        "said": Style(OWN),
        "pressing": Style(OWN, 1.0, Effect.PULSE),
    },
    "rest": {
        "ready": Style(OWN, 0.5),
        "due": Style(OWN, 1.0, Effect.PULSE),
        "active": Style(OWN),
    },
    "round": {
        "first": Style(OWN, 0.15),
        "again": Style(OWN),
        "none": _UNLIT,
    },
    "resting": {
        "resting": Style(SONG, 0.3),
        "vacant": _UNLIT,
    },
    "page": {
        "more": Style(OWN, 0.6),
        "none": _UNLIT,
    },
    "countdown": _COUNTDOWN,
    "progress": _COUNTDOWN,
    "spent": {
        "todo": Style(SECTION),
        "set-aside": Style(SECTION),
        "running": Style(SECTION),
        "paused": Style(SECTION),
        "overtime": Style(COLOURS["red"], 1.0, Effect.BLINK),
        "break": Style(COLOURS["blue"]),
        "away": Style(COLOURS["purple"], 1.0, Effect.PULSE),
        "vacant": _UNLIT,
    },
    "section": {
        "task": Style(SECTION),
        "vacant": _UNLIT,
    },
    "daw": {
        "ready": Style(COLOURS["green"], 0.6),  # a lamp that is lit, and no more
        "recording": Style(COLOURS["red"]),
        "silent": Style(COLOURS["amber"], 1.0, Effect.PULSE),
        "trouble": Style(COLOURS["red"], 1.0, Effect.BLINK),
        "unknown": Style(COLOURS["white"], 0.2),
        "none": _UNLIT,
    },
    "layer": {
        "active": Style(OWN),
        "ready": Style(OWN, 0.25),
    },
    "refused": {"light": Style(COLOURS["red"], 1.0, Effect.BLINK)},
    "fault": {
        "odd": Style(COLOURS["red"], 1.0, Effect.BLINK),
        "even": Style(COLOURS["white"]),
    },
}
"""The roles of lights.

``queue``     the task at that place of the queue (``vacant``: none there; ``again``: its time was up before)
``action``    what the control does: ``asleep`` where it makes no sense now, ``active`` while it is
              under way, ``waiting`` while toggle would go on with something, ``overtime`` for those
              that answer a box that ran out
``songs``     the songs in hand in their order
``album``     all songs by their stages: a block of columns each, finished ones dim
``goal``      one of the three goals: its level is how far it is, below a lamp's until it is ``done``
``goal-bar``  all lights that tell one goal, as a bar that fills; ``late`` once its date has passed
``rut``       the pad that offers ways out of a rut: ``signs`` of one were told today
``way``       the way out at that place, each in a colour of its own; ``helped`` before, or ``trying``
``nudge``     whether something is said in passing; ``pressing`` is rest for ears, and signs of a rut
``rest``      the pad of breaks: whether ears should rest
``round``     whether the current task came back after its time was up
``resting``   the songs that rest
``page``      whether there is another page that way
``countdown`` a bar of all its lights: what remains; in ``grace`` what remains before it moves on,
              ``take`` while it waits for one to be over
``progress``  every light for itself (a ring, a meter): its level is how far the task is
``spent``     the task at that place of the queue: its level is how much of its box is used
``section``   the task at that place of the queue: the colour of its section alone (behind a display)
``daw``       how the link to a DAW stands: the one of that number in the configuration, or of all of
              them: a take, else the worst; ``none``: there is none
``layer``     the control that switches a layer: whether that layer is active
``refused``   laid over a control for a moment; ``fault`` over the countdown for as long as it lasts
"""

TEXTS: Mapping[str, str] = {
    "title": "the title of the task at that place of the queue",
    "section": "its song and section; @NAME in place of the song where it is somebody else's",
    "song": "the title of the song in hand",
    "task": "the title of the current task",
    "countdown": "12:34, in overtime -0:05",
    "goal": "the text of that goal, how far it is before it where there is room",
    "nudge": "what is said in passing, the most pressing sentence",
    "person": "whose the current task is, where it is somebody's",
}
"""The roles of text displays."""

NOT_SHOWN = frozenset({"layer", "refused", "fault"})
"""Roles that can be restyled but not bound: the surface lays them where they belong."""

SHOWN = frozenset(LIGHTS) - NOT_SHOWN | frozenset(TEXTS)
"""Every role that ``show`` may name."""


def open_colours(role: str) -> tuple[str, ...]:
    """Return the words that `role` fills in with a colour, beside names and ``#RRGGBB``."""
    used = {style.colour for style in LIGHTS[role].values()}
    return tuple(word for word in _OPEN if word in used)
