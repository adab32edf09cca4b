"""What runs over the lights once: the title of the task that has just begun, or what a hand asks."""

from __future__ import annotations

from dataclasses import replace

from bridge.core.model import TimerState
from bridge.core.view import View
from bridge.messages import Colour
from bridge.surface.frame import Frame, Scroll


class Scroller:
    """What runs over one controller; while ``on`` is False, no title does by itself.

    A task that was under way when the controller came has begun already.
    """

    def __init__(self) -> None:
        self.on = False
        self._running: str | None = None
        self._scroll: Scroll | None = None
        self._number = 0

    def end(self) -> None:
        """Let what runs be over: a hand is on the controller, and wants to see the lights."""
        self._scroll = None

    def say(self, text: str, colour: Colour) -> None:
        """Let a text run that a hand has asked for, instead of what runs."""
        self._number += 1
        self._scroll = Scroll(text, colour, self._number)

    def over(self, frame: Frame, view: View) -> Frame:
        """Return `frame` with the text that runs over it, the same one until another task begins."""
        if self.on:
            self._follow(view)
        return frame if self._scroll is None else replace(frame, scroll=self._scroll)

    def _follow(self, view: View) -> None:
        task = view.task
        if task is not None and view.timer.state is TimerState.RUNNING:
            if self._running not in (None, task.id):
                self.say(task.title, task.colour)
            self._running = task.id
        elif self._running is None:
            self._running = ""
