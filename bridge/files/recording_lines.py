"""The lines of a recording: its head, and each thing that can come in. docs/monitor.md shows them all.

``at`` is in seconds after the head's instant. Which key a line has tells what it is (`LINES`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, TypeAlias

import msgspec

from bridge.core.settings import Settings

SCHEMA = 1

DAYS = 7 * 24 * 3600
"""Seconds that a recording may last."""

_At = Annotated[float, msgspec.Meta(ge=0, le=DAYS)]
_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
_Key = Annotated[
    str,
    msgspec.Meta(min_length=1, max_length=200, description="a controller's key in quotation marks"),
]
_Step = Annotated[float, msgspec.Meta(ge=-1e9, le=1e9)]
_Hold = Annotated[float, msgspec.Meta(ge=0, le=3600)]
_Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Arg: TypeAlias = int | float | str | bool | dict[str, str] | None
"""An OSC argument; a blob is ``{"blob": "00 FF"}``."""


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A line in which a misspelt key is an error."""


class Controller(_Strict, frozen=True):
    """A controller that may come; ``up``: it is there when the recording begins.

    ``layouts`` are all that may be chosen on it, the one that is shown first.
    """

    profile: _Name
    layout: _Name = "auto"
    layouts: tuple[str, ...] = ()
    key: str = ""
    up: bool = True


class Lights(_Strict, frozen=True):
    """All controllers' lights: do titles run over them, after how many seconds (0: never) they sleep."""

    scroll: bool = True
    sleep: Annotated[float, msgspec.Meta(ge=0, le=DAYS)] = 900.0


class Listening(_Strict, frozen=True):
    """What the DAWs' transport means: do boxes wait for takes, does play start the timer."""

    takes: bool = True
    plays_start: bool = False


class Daw(_Strict, frozen=True):
    """A DAW of the configuration; where it is does not matter, only whether it can answer."""

    kind: _Name
    name: str = ""
    hears: bool = True


class State(_Strict, frozen=True):
    """The studio as the journal's codec writes it, with the version of that."""

    version: int
    seq: int
    at: float
    body: msgspec.Raw


class Head(_Strict, frozen=True):
    """The first line. ``wall`` is the instant of 0 in seconds since 1970.

    ``east`` is by how many seconds clocks there were ahead of UTC then; it matters for quiet hours.
    ``profile`` and ``layout`` are the short way to one controller, ``songs`` (names of shipped
    examples) to a studio. ``profiles`` and ``layouts`` hold the text of the user's own by id.
    """

    recording: int
    songbridge: str = ""
    wall: Annotated[float, msgspec.Meta(ge=0, le=1e11)] = 1_800_000_000.0
    east: Annotated[int, msgspec.Meta(gt=-86_400, lt=86_400)] = 0
    profile: str = ""
    layout: _Name = "auto"
    controllers: tuple[Controller, ...] = ()
    settings: Settings = Settings()
    lights: Lights = Lights()
    listening: Listening = Listening()
    daws: tuple[Daw, ...] = ()
    listeners: tuple[str, ...] = ()
    songs: tuple[str, ...] | None = None
    profiles: dict[str, str] = {}
    layouts: dict[str, str] = {}
    state: State | None = None


class Midi(_Strict, frozen=True):
    """Bytes from a controller, in hex."""

    at: _At
    midi: Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Fa-f]{2}( ?[0-9A-Fa-f]{2})*$")]
    controller: str = ""


class Press(_Strict, frozen=True, rename={"seconds": "for"}):
    """A control goes down, and up again ``for`` seconds later."""

    at: _At
    press: _Name
    seconds: _Hold = 0.08
    controller: str = ""


class Down(_Strict, frozen=True):
    """A control goes down."""

    at: _At
    down: _Name
    controller: str = ""


class Up(_Strict, frozen=True):
    """A control comes up."""

    at: _At
    up: _Name
    controller: str = ""


class Turn(_Strict, frozen=True):
    """An encoder turns ``by`` clicks, or what has an end goes ``to`` a place from 0 to 1."""

    at: _At
    turn: _Name
    by: Annotated[int, msgspec.Meta(ge=-63, le=63)] | None = None
    to: _Share | None = None
    controller: str = ""


class OscCame(_Strict, frozen=True, rename={"sender": "from"}):
    """A request by OSC."""

    at: _At
    osc: Annotated[str, msgspec.Meta(pattern="^/songbridge/", max_length=200)]
    args: tuple[Arg, ...] = ()
    sender: str = ""


class Typed(_Strict, frozen=True):
    """An action from the command line or the page."""

    at: _At
    do: _Name
    argument: str | int | float | bool | None = None


class AskCame(_Strict, frozen=True):
    """A request from the command line or the page, as ``POST /api/request`` takes it."""

    at: _At
    ask: msgspec.Raw


class DawSaid(_Strict, frozen=True):
    """What a DAW says to its link of that key."""

    at: _At
    daw: _Name
    osc: Annotated[str, msgspec.Meta(pattern="^/")]
    args: tuple[Arg, ...] = ()


class Came(_Strict, frozen=True):
    """A controller is plugged in; without ``out`` it is only heard.

    One that the head does not have says what it is.
    """

    at: _At
    came: _Key
    out: bool = True
    profile: str = ""
    layout: str = "auto"
    layouts: tuple[str, ...] = ()


class Went(_Strict, frozen=True):
    """A controller is unplugged."""

    at: _At
    went: _Key
    why: str = "unplugged"


class Lost(_Strict, frozen=True):
    """A controller may have lost something and is painted from nothing."""

    at: _At
    lost: _Key
    why: str = ""


class Gone(_Strict, frozen=True):
    """An OSC connection has ended."""

    at: _At
    gone: _Name


class ClockSet(_Strict, frozen=True):
    """The wall clock was set by so many seconds."""

    at: _At
    clock: _Step


class LeftOut(_Strict, frozen=True):
    """So many lines are missing: the writer was slower than what happened."""

    at: _At
    left_out: int


class End(_Strict, frozen=True):
    """The recording went on until here, whether or not anything came in."""

    at: _At
    end: bool


Line: TypeAlias = (
    Midi | Press | Down | Up | Turn | OscCame | Typed | AskCame | DawSaid | Came | Went | Lost | Gone
    | ClockSet | LeftOut | End
)  # fmt: skip

LINES: Final[Mapping[str, type[Line]]] = {
    "midi": Midi, "press": Press, "down": Down, "up": Up, "turn": Turn, "daw": DawSaid,
    "osc": OscCame, "do": Typed, "ask": AskCame, "came": Came, "went": Went, "lost": Lost,
    "gone": Gone, "clock": ClockSet, "left_out": LeftOut, "end": End,
}  # fmt: skip
"""By the key that tells what a line is; ``daw`` stands before ``osc``, which it has as well."""


def text_of(line: Head | Line) -> str:
    """Return a line as it is written, with its end."""
    return msgspec.json.encode(line).decode() + "\n"


def state(version: int, seq: int, at: float, body: bytes) -> State:
    """Return the studio's state from the JSON that the journal's codec made."""
    return State(version, seq, at, msgspec.Raw(body))


def ask(at: float, body: bytes) -> AskCame:
    """Return the line of a request from its JSON."""
    return AskCame(at, msgspec.Raw(body))
