"""Carrying a task with two presses: one takes it up, the next puts it down at another place."""

from __future__ import annotations

from dataclasses import dataclass

from bridge.core.actions import Action
from bridge.core.model import Studio
from bridge.messages import Effect, Look
from bridge.surface.frame import Frame

LONGEST = 15.0
"""Seconds for which a task stays in the hand: who has forgotten it by then meant to do something else."""

_IN_HAND = Look("#FFFFFF", 1.0, Effect.BLINK)


@dataclass(frozen=True, slots=True)
class _Held:
    task: str
    title: str
    control: str
    page: int


class Carrying:
    """The task that a hand has taken up on one controller; ``ends`` is a ``mono`` instant, None: none."""

    def __init__(self) -> None:
        self.ends: float | None = None
        self._held: _Held | None = None

    def press(
        self, studio: Studio, index: int, control: str, page: int, now: float
    ) -> Action | str | None:
        """Return the move that a press on the queue place `index` (from 0) makes.

        Else in words what it did by itself, or None where no task lies there to be taken up. Where
        none lies, what is in the hand is put at the end.
        """
        held, order = self._held, studio.order
        if held is None or held.task not in order:
            return self._take(studio, index, control, page, now)
        self.forget()
        if index < len(order) and order[index] == held.task:
            return f"put {held.title} back"
        return Action("move", f"{held.task} {min(index, len(order) - 1) + 1}")

    def _take(self, studio: Studio, index: int, control: str, page: int, now: float) -> str | None:
        self.forget()
        if index >= len(studio.order):
            return None
        task = studio.the(studio.order[index])
        self._held, self.ends = _Held(task.id, task.title, control, page), now + LONGEST
        return f"take up {task.title}"

    def forget(self) -> None:
        """Let go of what is in the hand; it stays where it was."""
        self._held = self.ends = None

    def advance(self, now: float) -> None:
        """Let go of what was held too long."""
        if self.ends is not None and self.ends <= now:
            self.forget()

    def over(self, frame: Frame, page: int) -> Frame:
        """Return `frame` with the task in the hand blinking, where its page is shown."""
        held = self._held
        if held is None or held.page != page or held.control not in frame.looks:
            return frame
        return Frame({**frame.looks, held.control: _IN_HAND}, frame.texts, frame.scroll)
