"""What a gesture may ask for: the actions, and what concerns only this controller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeAlias

from bridge.core import durations
from bridge.core.vocabulary import ACTIONS, Spec
from bridge.errors import Invalid

PAGE = "page"
"""``page next`` and ``page prev`` turn through the queue on this controller."""

LAYOUT = "layout"
"""``layout next``, ``layout prev`` and ``layout ID`` change what this controller shows and does."""

TELL = "tell"
"""``tell task``, ``nudge``, ``feed`` and ``tell goal 2`` show a text on this controller for some seconds."""

LOCAL = (PAGE, LAYOUT, TELL)
"""The commands that stay on the surface."""

PLACE = "{n}"
"""Stands for the control's place among those of its role, counted on from the page before."""

HERE = "{here}"
"""Stands for what the control shows: the song under a pad of the album."""

GOAL = "goal"
"""``tell goal N``: the text of one of the three goals."""

GOALS = 3
"""The goals in sight, numbered from 1."""

WAYS = ("next", "prev")
"""What goes through a row: songs, stages, pages, layouts."""

TURNS = ("extend", PAGE, "song", "stage", LAYOUT)
"""What an encoder, a knob or a fader can do; all but ``extend`` go both ways."""

_NUMBERED = ("task", "position", "song")
_CHOICES = ("rut",)
"""Actions of which ``{n}`` takes the one at that place, though they take other words as well."""

CARRIED = "move"
"""``move {n}`` takes two presses: one takes the task up, the next puts it down."""

TOLD = ("task", "nudge", "feed")
"""What ``tell`` shows, beside goals."""

Bound: TypeAlias = str
"""The gesture that a command is bound to; only ``turn`` makes a difference here."""


@dataclass(frozen=True, slots=True)
class Command:
    """What a gesture asks for: an action, or one of `LOCAL` with its argument.

    The argument is ``{n}``, ``{here}``, a text, or empty.
    """

    name: str
    argument: str = ""


def command(text: str, gesture: Bound, actions: Mapping[str, Spec] = ACTIONS) -> Command:
    """Return the command that `text` writes, for that gesture. Raises `Invalid`."""
    name, _, rest = text.strip().partition(" ")
    argument = " ".join(rest.split()) if name in LOCAL else rest.strip()
    if name not in LOCAL and name not in actions:
        raise Invalid(f"{name[:80]!r} is no action; {_near(name, (*actions, *LOCAL))}")
    if gesture == "turn" and name not in TURNS:
        raise Invalid(f"{name!r} can't be turned; allowed with turn are {', '.join(TURNS)}")
    if gesture == "turn" and name != "extend":
        _check_turned(name, argument)
    elif name in LOCAL:
        _CHECKS[name](argument)
    else:
        _check_action(actions[name], argument)
    return Command(name, argument)


def _near(name: str, known: Sequence[str]) -> str:
    close = get_close_matches(name[:40], known, n=1)
    return f"did you mean {close[0]!r}?" if close else f"the actions are {', '.join(known)}"


def _check_turned(name: str, argument: str) -> None:
    if argument:
        raise Invalid(f"turning {name!r} goes both ways and takes no argument, found {argument!r}")


def _check_page(argument: str) -> None:
    if argument not in WAYS:
        raise Invalid(f"{PAGE!r} needs next or prev, found {argument!r}")


def _check_layout(argument: str) -> None:
    if not argument or " " in argument:
        raise Invalid(f"{LAYOUT!r} needs next, prev or a layout's id, found {argument!r}")


def _check_tell(argument: str) -> None:
    what, _, number = argument.partition(" ")
    which = (PLACE, *(str(n + 1) for n in range(GOALS)))
    if argument not in TOLD and not (what == GOAL and number in which):
        words = ", ".join(TOLD)
        raise Invalid(
            f"{TELL!r} needs {words}, goal 1 to goal {GOALS}, or goal {PLACE}; found {argument!r}"
        )


_CHECKS = {PAGE: _check_page, LAYOUT: _check_layout, TELL: _check_tell}


def _check_action(spec: Spec, argument: str) -> None:
    name = spec.name
    if spec.argument == "none" and argument:
        raise Invalid(f"{name!r} takes no argument, found {argument!r}")
    if spec.required and not argument:
        raise Invalid(f"{name!r} needs its {spec.argument}, for example {_example(spec)!r}")
    _check_stand_ins(spec, argument)
    if spec.argument == "duration" and argument:
        durations.parse(argument)


def _check_stand_ins(spec: Spec, argument: str) -> None:
    counts = spec.argument in _NUMBERED or spec.name in _CHOICES
    if PLACE in argument and (argument != PLACE or not counts):
        raise Invalid(
            f"{PLACE} is a queue position or a song's; found {spec.name!r} with {argument!r}"
        )
    if HERE in argument and (argument != HERE or spec.argument != "song"):
        raise Invalid(
            f"{HERE} is a song that a control shows; found {spec.name!r} with {argument!r}"
        )


def _example(spec: Spec) -> str:
    return {
        "position": f"{spec.name} {PLACE}",
        "song": f"{spec.name} {PLACE}",
        "stage": f"{spec.name} next",
    }.get(spec.argument, f"{spec.name} …")
