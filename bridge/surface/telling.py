"""A text that a controller shows for a moment because a hand asked for it: a goal, the task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bridge.core import feeding
from bridge.core.view import View
from bridge.messages import Colour
from bridge.surface.commands import GOAL, PLACE
from bridge.surface.frame import Frame
from bridge.surface.layout import Slot, Spot
from bridge.surface.paint_texts import shorten
from bridge.surface.profile import Display

TOLD = 3.0
"""Seconds for which displays show the text: long enough to read a goal."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be told."""

    text: str
    colour: Colour


def said(slot: Slot, view: View) -> Said | None:
    """Return what a `tell` says now, None where there is nothing: no task, no such goal.

    A task is told in the colour of its section, all else in that of the binding.
    """
    what, _, number = slot.command.argument.partition(" ")
    if what == GOAL:
        index = (slot.place if number == PLACE else int(number)) - 1
        text = view.goals[index].text if index < len(view.goals) else ""
        return Said(text, slot.bind.colour) if text else None
    if what == "task":
        task = view.task
        return Said(task.title, task.colour) if task else None
    waiting = feeding.waiting(view.studio)[:1] if what == "feed" else ()
    text = feeding.told(waiting[0]) if waiting else ""
    if what == "nudge":
        text = view.nudges[0] if view.nudges else ""
    return Said(text, slot.bind.colour) if text else None


class Telling:
    """The text that displays tell, until its ``mono`` instant ``ends``, None: they tell none."""

    def __init__(self) -> None:
        self.ends: float | None = None
        self._text = ""

    def begin(self, text: str, now: float) -> None:
        """Tell this from now on, instead of what was being told."""
        self._text, self.ends = text, now + TOLD

    def advance(self, now: float) -> None:
        """End what has been told long enough."""
        if self.ends is not None and self.ends <= now:
            self.end()

    def end(self) -> None:
        """Tell nothing any more."""
        self.ends = None

    def over(
        self, frame: Frame, spots: Mapping[str, tuple[Spot, ...]], displays: Mapping[str, Display]
    ) -> Frame:
        """Return `frame` with the text laid over it.

        Displays that show the task show it; where there are none, those that show the titles of the
        queue do so together, one after the other.
        """
        if self.ends is None:
            return frame
        if tasks := spots.get("task"):
            texts = {s.name: shorten(self._text, displays[s.name].width) for s in tasks}
        else:
            texts = _along(self._text, spots.get("title", ()), displays)
        return Frame(frame.looks, {**frame.texts, **texts}, frame.scroll)


def _along(text: str, spots: tuple[Spot, ...], displays: Mapping[str, Display]) -> dict[str, str]:
    """Return `text` cut into the displays as they stand beside each other."""
    row = sorted(spots, key=lambda spot: spot.place)
    rest = shorten(text, sum(displays[spot.name].width for spot in row)) if row else ""
    cut = {}
    for spot in row:
        width = displays[spot.name].width
        cut[spot.name], rest = rest[:width].rstrip(), rest[width:]
    return cut
