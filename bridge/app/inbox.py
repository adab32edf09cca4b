"""What waits for the consumer thread, and in which order: hands first, OSC behind them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TypeAlias

from bridge.core.actions import Request
from bridge.errors import Refused
from bridge.messages import HttpAnswer, MidiIn
from bridge.moment import Moment
from bridge.ports.midi_events import Another, MidiState, Played, PortDown, PortUp, Repaint
from bridge.ports.osc_peers import LinkIn, OscIn, PeerGone, Refusal
from bridge.web.role import Answer


@dataclass(frozen=True, slots=True)
class Asked:
    """A request from the page or the command line; ``reply`` is called once with the answer."""

    request: Request
    source: str
    reply: Callable[[Answer], None]


@dataclass(frozen=True, slots=True)
class AnswerIn:
    """What became of an ask to the web interface of the DAW whose link has that ``key``."""

    key: str
    answer: HttpAnswer


@dataclass(frozen=True, slots=True)
class Reload:
    """The configuration may have changed."""


@dataclass(frozen=True, slots=True)
class Do:
    """Something that is to be done on the consumer thread; ``it`` gets the moment."""

    it: Callable[[Moment], None]


@dataclass(frozen=True, slots=True)
class Stop:
    """The service is to end in good order."""


Incoming: TypeAlias = (
    MidiIn
    | PortUp
    | PortDown
    | Repaint
    | Another
    | Played
    | MidiState
    | OscIn
    | PeerGone
    | LinkIn
    | Refusal
    | AnswerIn
    | Asked
    | Reload
    | Do
    | Stop
)

FromOsc: TypeAlias = OscIn | PeerGone | LinkIn
"""What the OSC ports hand over."""

MOST_OSC = 1000
"""OSC messages that wait at once, less than a second's work; what comes on top is turned away."""


class Inbox:
    """Takes from many threads, gives to one. However much OSC comes in, a press waits for one of it.

    ``put``, for all but OSC, never blocks or refuses. It is the queue's own: a press passes here.
    """

    def __init__(self) -> None:
        self._first: SimpleQueue[Incoming | None] = SimpleQueue()
        self._osc: deque[FromOsc] = deque()
        self.put: Callable[[Incoming], None] = self._first.put

    def put_osc(self, message: FromOsc) -> None:
        """Let `message` wait behind everything else. On the OSC ports' one thread; never blocks.

        Raises Refused when too much waits; a connection's end is taken all the same.
        """
        osc = self._osc
        if len(osc) >= MOST_OSC and not isinstance(message, PeerGone):
            raise Refused("too much at once; try again")
        osc.append(message)
        if len(osc) == 1:  # else the consumer has yet to see one, and looks once more after it
            self._first.put(None)

    def empty(self) -> bool:
        """Tell whether nothing waits."""
        return not self._osc and self._first.empty()

    def take(self, timeout: float) -> Incoming | None:
        """Return what comes next; None: nothing came within `timeout` seconds, or hardly any."""
        osc = self._osc
        try:
            message = self._first.get(not osc, timeout)
        except Empty:
            message = None
        if message is not None:
            return message
        return osc.popleft() if osc else None
