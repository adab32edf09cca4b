"""What a controller's bytes mean: the profile's values. Knows bytes, never tasks.

Channels are written 1 to 16, None matches any. Names of controls are the virtual names of the
interface (``pad.1.1``, ``side.3``, ``encoder.2``, ``play``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Message: TypeAlias = Literal["note", "cc", "pitchbend", "none"]
Kind: TypeAlias = Literal["button", "encoder", "fader", "light"]
Turning: TypeAlias = Literal["absolute", "twos", "sign", "offset64"]
LightKind: TypeAlias = Literal[
    "none", "rgb", "palette", "enum", "mono-blink", "mono", "ring", "meter", "strip"
]


@dataclass(frozen=True, slots=True)
class Light:
    """How a control's light is reached; the driver knows what to send there.

    ``lamps`` names the table of values (`Leds.lamps`) of an ``enum`` light. ``channel`` is 1 to 16.
    ``colour`` is the one that a lamp has which is only on or off. A ``strip`` light is the colour
    behind a scribble strip.
    """

    kind: LightKind
    message: Message = "note"
    number: int = 0
    channel: int = 1
    lamps: str = ""
    colour: str = ""


NO_LIGHT = Light("none", "none")


@dataclass(frozen=True, slots=True)
class Control:
    """One thing on a controller, by its virtual name, with the message that it sends.

    ``also`` are other numbers by which some templates or sources know it: heard as well.
    """

    name: str
    kind: Kind
    message: Message
    number: int
    channel: int | None = 1
    turning: Turning = "absolute"
    light: Light = NO_LIGHT
    also: tuple[int, ...] = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        """All numbers that it is heard by."""
        return (self.number, *self.also)


@dataclass(frozen=True, slots=True)
class Display:
    """A text display: ``strip.1.upper`` (a scribble strip's line), ``timecode``.

    ``width`` is in characters; ``offset`` is where its text begins among those of its driver.
    """

    name: str
    width: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class PortPatterns:
    """Regular expressions per platform, searched case-sensitively in the normalised port name.

    ``linux``, ``macos`` and ``windows`` name the input; where the output differs it has its own.
    """

    linux: str = ""
    macos: str = ""
    windows: str = ""
    linux_out: str = ""
    macos_out: str = ""
    windows_out: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """What is sent when the device is opened and left; ``settle`` seconds pass after opening.

    ``gap`` seconds pass after each of these messages, for a device that can't take them at once.
    ``sleep`` and ``wake`` darken and light the whole device while nobody is there. ``renew_on`` are
    patterns of SysEx by which it tells that it was in another mode, so that all it was told is gone.
    """

    enter: tuple[bytes, ...] = ()
    leave: tuple[bytes, ...] = ()
    settle: float = 0.0
    sleep: tuple[bytes, ...] = ()
    wake: tuple[bytes, ...] = ()
    renew_on: tuple[str, ...] = ()
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Pace:
    """What a device can take: `burst` messages, then `gap` seconds of rest; `fps` frames a second.

    ``rate`` is in messages a second (0: no limit), ``batch`` the LED specs in one SysEx.
    """

    burst: int = 0
    gap: float = 0.0
    fps: float = 25.0
    rate: float = 0.0
    batch: int = 1


@dataclass(frozen=True, slots=True)
class Lamps:
    """The values (0 to 127) of lights with a handful of colours, by the colours' names.

    ``dim``, ``blink`` and ``pulse`` are what the device itself can do; empty where it can't. The
    names are those of layouts (``roles.COLOURS``).
    """

    off: int = 0
    solid: Mapping[str, int] = field(default_factory=dict)
    dim: Mapping[str, int] = field(default_factory=dict)
    blink: Mapping[str, int] = field(default_factory=dict)
    pulse: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Leds:
    """The LED protocol: a driver's name under ``surface/drivers``, its palette, and its habits.

    ``lamps`` are the tables of ``enum`` lights by name.
    """

    driver: str = "none"
    palette: str = ""
    pace: Pace = Pace()
    resend_on_release: bool = False
    header: bytes = b""
    lamps: Mapping[str, Lamps] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profile:
    """One device model: its ports, session, controls by name, displays and LED protocol.

    ``identity`` are the patterns of its answers to an identity request, ``|`` between them; ``ask``
    is its own request, where it doesn't answer the universal one.
    ``single_source`` says in sentences what only one source confirms, ``notes`` what its owner must
    know.
    """

    id: str
    name: str
    provides: frozenset[str]
    ports: PortPatterns
    controls: Mapping[str, Control]
    displays: Mapping[str, Display] = field(default_factory=dict)
    session: Session = Session()
    leds: Leds = Leds()
    drop: frozenset[str] = frozenset()
    identity: str = ""
    ask: bytes = b""
    confidence: str = ""
    vendor: str = ""
    sources: tuple[str, ...] = ()
    single_source: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """One thing a control did: ``down`` and ``up`` of a button, or a ``turn``.

    ``amount`` is the velocity 0 to 1 of a down, the signed clicks of a relative turn, or the new
    position 0 to 1 of an absolute one (``relative`` tells which).
    """

    control: str
    what: Literal["down", "up", "turn"]
    amount: float = 1.0
    relative: bool = False
