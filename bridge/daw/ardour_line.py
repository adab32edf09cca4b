"""What goes to Ardour in order: markers and actions, each with a question behind it as its receipt.

Ardour answers neither, but one thread of its takes all messages in order, and answers
``/transport_frame``: the answer says that what came before it was taken.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridge.messages import Osc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bridge.daw.transport import Transport

ADD = "/add_marker"
ACT = "/access_action"
FRAME = Osc("/transport_frame")

PATIENCE = 5.0
"""Seconds that an answer may take; its median is 0.0001 s. Longer than Ardour's silence may be, so
that an Ardour that ended is gone, not in trouble."""
WINDOW = 32
"""Cues on their way at once: two datagrams each, of the 256 that Ardour's socket can hold."""
MOST_WAITING = 512
"""Cues that wait, each some 0.0002 s once Ardour answers."""


@dataclass(frozen=True, slots=True)
class Said:
    """A marker of that name, or an action; ``at`` is when it was told, or sent."""

    name: str
    at: float
    marker: bool = True

    @property
    def messages(self) -> list[Osc]:
        """What it is on the wire."""
        return [Osc(ADD if self.marker else ACT, (self.name,)), FRAME]

    @property
    def nameless(self) -> list[Osc]:
        """What it is to an Ardour that takes no names (before 6.6)."""
        return [Osc(ADD), FRAME] if self.marker else self.messages


class Line:
    """What waits and what is on its way.

    ``dropped`` counts what was given up, ``lost`` is the last of that; ``trouble``: the last one
    that was sent got no answer. ``names`` False: this Ardour takes no names.
    """

    __slots__ = ("_asked", "_keep", "_queue", "dropped", "lost", "names", "trouble")

    def __init__(self, keep: float) -> None:
        self._keep = keep
        self._queue: deque[Said] = deque()
        self._asked: deque[tuple[Said | None, float]] = deque()
        self.dropped, self.lost = 0, ""
        self.trouble, self.names = False, True

    @property
    def pending(self) -> int:
        """How many wait or are under way."""
        return len(self._queue) + sum(1 for _ in self._sent())

    def take(self, said: Said, *, there: bool) -> list[Osc]:
        """Send it now where that keeps the order, else let it wait."""
        if there and not self._queue and len(self._asked) < WINDOW:
            return self._send(said, said.at)
        if len(self._queue) >= MOST_WAITING:
            self._drop(self._queue.popleft())
        self._queue.append(said)
        return []

    def go_on(self, now: float, transport: Transport) -> list[Osc]:
        """Send on what waited, as far as there is room on the way.

        No action is sent into a take that began meanwhile, so one waits until Ardour has told of its
        transport, which it does when it is greeted.
        """
        out: list[Osc] = []
        while self._queue and len(self._asked) < WINDOW:
            said = self._queue[0]
            if not said.marker and transport.recording is None and now < said.at + PATIENCE:
                break
            self._queue.popleft()
            if not said.marker and transport.recording:
                self._drop(said)
            else:
                out += self._send(said, now)
        return out

    def greeted(self, now: float) -> None:
        """Take note that the question of a greeting is under way, and nothing else."""
        self._asked.clear()
        self._asked.append((None, now))

    def answered(self) -> Said | None:
        """Take an answer; return what it is the receipt for, None for a greeting or nothing."""
        said = self._asked.popleft()[0] if self._asked else None
        if said is not None:
            self.trouble = False
        return said

    def wake(self, *, there: bool) -> Iterator[float]:
        """Yield when something is to be given up."""
        if self._asked:
            yield self._asked[0][1] + PATIENCE
        if self._queue and not there:
            yield self._queue[0].at + self._keep

    def expire(self, now: float, *, there: bool) -> None:
        """Give up what got no answer, and what waited too long for an Ardour that is not there."""
        while self._asked and now >= self._asked[0][1] + PATIENCE:
            said, _ = self._asked.popleft()
            if said is not None:
                self.trouble = True
                self._drop(said)
        while self._queue and not there and now >= self._queue[0].at + self._keep:
            self._drop(self._queue.popleft())

    def gone(self) -> None:
        """Count what was under way: nobody knows whether Ardour took it, or saved it."""
        for said in self._sent():
            self._drop(said)
        self._asked.clear()
        self.trouble, self.names = False, True

    def forget_names(self, missing: Iterable[str]) -> None:
        """Send markers without names from now on; those of these names were not made."""
        self.names = False
        for name in missing:
            self.refuse(name)

    def refuse(self, name: str) -> None:
        """Count what is not sent at all."""
        self.dropped += 1
        self.lost = name

    def _send(self, said: Said, now: float) -> list[Osc]:
        self._asked.append((said, now))
        return said.messages if self.names else said.nameless

    def _sent(self) -> Iterator[Said]:
        return (said for said, _ in self._asked if said is not None)

    def _drop(self, said: Said) -> None:
        self.refuse(said.name)
