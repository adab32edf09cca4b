"""What the consumer thread takes from its inbox, beside what the ports put there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from bridge.core.actions import Request
from bridge.messages import MidiIn
from bridge.ports.midi_events import MidiState, PortDown, PortUp, Repaint
from bridge.ports.osc_peers import LinkIn, OscIn, PeerGone
from bridge.web.role import Answer


@dataclass(frozen=True, slots=True)
class Asked:
    """A request from the page or the command line; ``reply`` is called once with the answer."""

    request: Request
    source: str
    reply: Callable[[Answer], None]


@dataclass(frozen=True, slots=True)
class Reload:
    """The configuration may have changed."""


@dataclass(frozen=True, slots=True)
class Stop:
    """The service is to end in good order."""


Incoming: TypeAlias = (
    MidiIn
    | PortUp
    | PortDown
    | Repaint
    | MidiState
    | OscIn
    | PeerGone
    | LinkIn
    | Asked
    | Reload
    | Stop
)
