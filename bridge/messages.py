"""What travels between the floors: looks, cues, MIDI and OSC messages.

Everything here is a plain value. Colours are ``"#RRGGBB"`` in upper case.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from bridge.moment import Moment

Colour: TypeAlias = str
"""``"#RRGGBB"``."""

OscArg: TypeAlias = "int | float | str | bytes | bool | None"


class Effect(StrEnum):
    """What a light does over time."""

    SOLID = "solid"
    BLINK = "blink"
    PULSE = "pulse"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Look:
    """What one light shows: a colour, a level from 0 to 1, and an effect."""

    colour: Colour
    level: float = 1.0
    effect: Effect = Effect.SOLID


DARK = Look("#000000", 0.0, Effect.OFF)
"""A light that is off."""


@dataclass(frozen=True, slots=True)
class Osc:
    """One OSC message: an address beginning with ``/`` and its arguments."""

    address: str
    args: tuple[OscArg, ...] = ()


@dataclass(frozen=True, slots=True)
class MidiOut:
    """One complete MIDI message for a DAW that is told by MIDI."""

    data: bytes


@dataclass(frozen=True, slots=True)
class HttpAsk:
    """A ``GET`` of ``path`` to a DAW's web interface. The answer to it bears its ``ticket``.

    Whoever sends it gives up after ``patience`` seconds. ``look``: it changes nothing there.
    """

    path: str
    ticket: int
    patience: float
    look: bool = False


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What became of the ask of that ticket: an HTTP ``status`` with its ``text``, or a ``failure``.

    ``nobody``: no connection came about, so nothing has arrived there; ``cut``: it may have arrived,
    and no whole answer came back.
    """

    ticket: int
    status: int = 0
    text: str = ""
    failure: Literal["", "nobody", "cut"] = ""


ToDaw: TypeAlias = Osc | MidiOut | HttpAsk
"""What a DAW is sent: OSC to most, MIDI to those that take nothing else, HTTP to REAPER's script."""


@dataclass(frozen=True, slots=True)
class MidiIn:
    """One complete MIDI message as a device sent it; ``port`` is the key of the opened device."""

    port: str
    data: bytes
    at: Moment


To: TypeAlias = tuple[str, ...]
"""Which DAWs a cue is for, by the names or kinds of their links (names first); empty: all."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A cue: a named, coloured marker at the place where the work happens."""

    name: str
    colour: Colour
    to: To = ()


@dataclass(frozen=True, slots=True)
class TrackColour:
    """A cue: the named DAW track in a colour."""

    track: str
    colour: Colour
    to: To = ()


@dataclass(frozen=True, slots=True)
class StatusText:
    """A cue: a short text for the DAW's status line."""

    text: str
    to: To = ()


@dataclass(frozen=True, slots=True)
class StopTransport:
    """A cue: the DAW stops playing. A DAW that records is never told."""

    to: To = ()


@dataclass(frozen=True, slots=True)
class RestoreColours:
    """A cue: every track that was coloured gets its own colour back."""

    to: To = ()


@dataclass(frozen=True, slots=True)
class RunAction:
    """A cue: the DAW does an action of its own, by the DAW's name or number for it."""

    action: str
    to: To = ()


Cue: TypeAlias = Marker | TrackColour | StatusText | StopTransport | RestoreColours | RunAction
