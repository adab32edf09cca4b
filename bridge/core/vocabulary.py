"""The stable names of the actions, what argument each takes, and one sentence on each.

Pads, OSC, the command line, the page and the HTTP interface all speak these words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

ArgumentKind: TypeAlias = Literal[
    "none", "task", "position", "duration", "song", "stage", "switch", "text"
]


@dataclass(frozen=True, slots=True)
class Spec:
    """One action of the vocabulary; ``required`` tells that it can't do without its argument.

    ``example`` is one where that of its kind of argument would not do.
    """

    name: str
    argument: ArgumentKind
    summary: str
    required: bool = False
    example: str = ""


_SPECS = (
    Spec("start", "task", "start a task (id or queue position; none: the first in the queue)"),
    Spec("pause", "none", "stop the countdown"),
    Spec("resume", "none", "go on with the countdown"),
    Spec("toggle", "none", "start, pause or go on, whichever fits"),
    Spec("complete", "none", "the current task is done; the next one starts"),
    Spec("skip", "none", "not today: the task leaves the queue until it is brought back"),
    Spec("later", "none", "set the task aside with its spent time; the next one starts"),
    Spec("extend", "duration", "give the current task more time (default 5m; may be negative)"),
    Spec("back", "none", "return to the task before"),
    Spec("undo", "none", "take back the last action, any action"),
    Spec("select", "position", "move a task to the top without starting it", required=True),
    Spec("song", "song", "take up another song (id, next or prev)", required=True),
    Spec("stage", "stage", "move the song in hand to a stage (name, next or prev)", required=True),
    Spec("break", "duration", "take a break"),
    Spec("prep", "switch", "a low day: preparation tasks instead (on, off or toggle)"),
    Spec("mark", "text", "drop a marker in the DAW now"),
    Spec("note", "text", "write a note to the journal at this moment", required=True),
    Spec("end", "none", "end the sitting and write its summary"),
    Spec(
        "order",
        "text",
        "put the queue in order: section, song, energy, short, person, goal",
        required=True,
        example="order energy low",
    ),
    Spec(
        "move",
        "position",
        "move a task in the queue: up, down, top, end or a position (none named: the current)",
        required=True,
        example="move 3 up",
    ),
    Spec(
        "bring",
        "text",
        "bring skipped tasks back: those of former days, all, or one by its id",
        example="bring all",
    ),
    Spec("rest", "song", "lay a song to rest: its tasks leave the queue", example="rest"),
    Spec(
        "wake",
        "song",
        "wake a resting song: its tasks join the queue again",
        required=True,
        example="wake northern-lights",
    ),
    Spec(
        "off",
        "text",
        "time off, now or from a day on, without nagging (none: until tomorrow)",
        example="off until friday",
    ),
    Spec(
        "feed",
        "text",
        "put something to read, hear or watch on the list (or done N, drop N)",
        required=True,
        example="feed listen Kind of Blue",
    ),
    Spec("rut", "text", "ways out of a rut; with a number or word, take one", example="rut 1"),
    Spec(
        "person", "text", "who sits here now (none: whom config.toml names)", example="person Ben"
    ),
    Spec(
        "hand",
        "text",
        "leave a note on the current task for the next one (@NAME: and give it to NAME; done)",
        required=True,
        example="hand @Ben the second take is the keeper",
    ),
)

ACTIONS: Mapping[str, Spec] = {spec.name: spec for spec in _SPECS}
"""Every action by its name."""

NUMBERED = frozenset({"task", "position", "duration", "song"})
"""Kinds of argument for which a bare number is a value, not a button being pressed."""
