"""How a profile is written: ``mappings/controllers/ID.toml``, schema 1. Types only, no checks.

Controls come three ways: ``[[grid]]`` by a formula, ``[[strip]]`` as a row of numbers, and
``[control.NAME]`` one by one. A ``light`` is reached by the control's own message and number unless
it says otherwise; channels are written 1 to 16.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import msgspec

from bridge.surface.profile import Kind, LightKind, Message, Turning

Seven: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=127)]
Channel: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=16)]
AnyChannel: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=16)] | Literal["any"]
Count: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=128)]
Step: TypeAlias = Annotated[int, msgspec.Meta(ge=-127, le=127)]
Limit: TypeAlias = Annotated[float, msgspec.Meta(ge=0, le=100_000)]
Drop: TypeAlias = Literal["polytouch", "aftertouch", "clock", "sensing", "program", "sysex"]


class LightTable(msgspec.Struct, forbid_unknown_fields=True):
    """``offset`` is added to the control's number; ``message`` is the control's own by default."""

    kind: LightKind
    message: Message | None = None
    channel: Channel = 1
    offset: Step = 0
    lamps: str = ""
    colour: str = ""


class GridTable(msgspec.Struct, forbid_unknown_fields=True):
    """``NAME.1.1`` (top left) to ``NAME.ROWS.COLS``: origin, plus a step a row and a column.

    ``also``, here and below, is added to each number: by that it is heard as well.
    """

    name: str
    rows: Count
    cols: Count
    origin: Seven
    row_step: Step
    col_step: Step
    message: Message = "note"
    channel: AnyChannel = 1
    also: list[Step] = []
    light: LightTable | None = None


class StripTable(msgspec.Struct, forbid_unknown_fields=True):
    """``NAME.1``, ``NAME.2`` …: one of ``numbers``, ``range`` (first and last), ``channels``.

    ``channels`` are for pitch bend, which has no number: one fader on each channel.
    """

    name: str
    numbers: list[Seven] | None = None
    range: tuple[Seven, Seven] | None = None
    channels: list[Channel] | None = None
    kind: Kind = "button"
    message: Message = "note"
    channel: AnyChannel = 1
    turning: Turning = "absolute"
    also: list[Step] = []
    light: LightTable | None = None


class ControlTable(msgspec.Struct, forbid_unknown_fields=True):
    """One control; for ``kind = "light"`` the message and number are the light's."""

    number: Seven = 0
    kind: Kind = "button"
    message: Message = "note"
    channel: AnyChannel = 1
    turning: Turning = "absolute"
    also: list[Step] = []
    light: LightTable | None = None


class DisplayTable(msgspec.Struct, forbid_unknown_fields=True):
    """One text display; with ``count``, several with ``{n}`` in the name, ``width`` apart."""

    name: str
    width: Count
    offset: Annotated[int, msgspec.Meta(ge=0, le=1_023)] = 0
    count: Count = 1


class PortTable(msgspec.Struct, forbid_unknown_fields=True):
    """Regular expressions, searched in the normalised name; ``_out`` where the output differs."""

    linux: str = ""
    macos: str = ""
    windows: str = ""
    linux_out: str = ""
    macos_out: str = ""
    windows_out: str = ""


class SessionTable(msgspec.Struct, forbid_unknown_fields=True):
    """Messages in hexadecimal, sent when the device is opened, left, darkened and woken.

    ``renew_on`` are patterns of what it sends when it comes back from another mode. ``gap_ms`` is
    the rest after each message.
    """

    enter: list[str] = []
    leave: list[str] = []
    sleep: list[str] = []
    wake: list[str] = []
    renew_on: list[str] = []
    settle_ms: Annotated[float, msgspec.Meta(ge=0, le=5_000)] = 0.0
    gap_ms: Annotated[float, msgspec.Meta(ge=0, le=100)] = 0.0


class LampsTable(msgspec.Struct, forbid_unknown_fields=True):
    """``[led.lamps.NAME]``: values by colour, as the device shows them by itself."""

    off: Seven = 0
    solid: dict[str, Seven] = {}
    dim: dict[str, Seven] = {}
    blink: dict[str, Seven] = {}
    pulse: dict[str, Seven] = {}


class LedTable(msgspec.Struct, forbid_unknown_fields=True):
    """The driver under ``surface/drivers``, what it needs, and what the device can take."""

    driver: str = "none"
    palette: str = ""
    header: str = ""
    batch: Annotated[int, msgspec.Meta(ge=1, le=1_000)] = 1
    burst: Annotated[int, msgspec.Meta(ge=0, le=10_000)] = 0
    gap_ms: Limit = 0.0
    rate: Limit = 0.0
    fps: Annotated[float, msgspec.Meta(ge=1, le=100)] = 25.0
    resend_on_release: bool = False
    lamps: dict[str, LampsTable] = {}


class QuirksTable(msgspec.Struct, forbid_unknown_fields=True):
    """What the device floods its port with, to be dropped before anything else looks at it."""

    drop: list[Drop] = []


class ProfileFile(msgspec.Struct, forbid_unknown_fields=True):
    """The whole file."""

    schema: Literal[1]
    id: str
    name: str
    vendor: str = ""
    confidence: Literal["", "high", "medium", "low"] = ""
    provides: list[str] = []
    sources: list[str] = []
    single_source: list[str] = []
    notes: list[str] = []
    identity: str = ""
    ask: str = ""
    port: PortTable = msgspec.field(default_factory=PortTable)
    session: SessionTable = msgspec.field(default_factory=SessionTable)
    grid: list[GridTable] = []
    strip: list[StripTable] = []
    control: dict[str, ControlTable] = {}
    display: list[DisplayTable] = []
    led: LedTable = msgspec.field(default_factory=LedTable)
    quirks: QuirksTable = msgspec.field(default_factory=QuirksTable)
