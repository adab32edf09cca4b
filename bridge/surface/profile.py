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
    "none", "rgb", "palette", "enum", "mono-blink", "mono", "ring", "meter"
]


@dataclass(frozen=True, slots=True)
class Light:
    """How a control's light is reached; the driver knows what to send there.

    ``colours`` lists the colour names an ``enum`` light has (``red``, ``green``, …), or the single
    colour of a ``mono`` one. ``channel`` is 1 to 16.
    """

    kind: LightKind
    message: Message = "note"
    number: int = 0
    channel: int = 1
    colours: tuple[str, ...] = ()


NO_LIGHT = Light("none", "none")


@dataclass(frozen=True, slots=True)
class Control:
    """One thing on a controller, by its virtual name, with the message that it sends."""

    name: str
    kind: Kind
    message: Message
    number: int
    channel: int | None = 1
    turning: Turning = "absolute"
    light: Light = NO_LIGHT


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
    """What is sent when the device is opened and left; ``settle`` seconds pass after opening."""

    enter: tuple[bytes, ...] = ()
    leave: tuple[bytes, ...] = ()
    settle: float = 0.0


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
class Leds:
    """The LED protocol: a driver's name under ``surface/drivers``, its palette, and its habits."""

    driver: str = "none"
    palette: str = ""
    pace: Pace = Pace()
    resend_on_release: bool = False
    header: bytes = b""


@dataclass(frozen=True, slots=True)
class Profile:
    """One device model: its ports, session, controls by name, displays and LED protocol."""

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
    confidence: str = ""
    vendor: str = ""
    sources: tuple[str, ...] = ()


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
