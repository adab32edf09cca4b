"""How a DAW is told by MIDI: which messages press and let go, and how that reads in a sentence.

Numbers of Mackie Control buttons are those of the shipped profile (checked against Ardour's sources
and the emulator of the device); MMC commands are those of the MIDI recommended practice RP-013.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias, assert_never

if TYPE_CHECKING:
    from collections.abc import Mapping

Send: TypeAlias = Literal["mackie", "notes", "cc", "mmc"]
"""What goes out for a cue."""

SENDS: tuple[Send, ...] = ("mackie", "notes", "cc", "mmc")

CUES = "Songbridge Cues"
"""The virtual port that a DAW takes as an input."""

BUTTONS: Mapping[str, int] = MappingProxyType(
    {f"push{n}": 31 + n for n in range(1, 9)}
    | {f"f{n}": 53 + n for n in range(1, 9)}
    | {"shift": 70, "option": 71, "control": 72, "alt": 73, "save": 80, "enter": 83}
    | {"marker": 84, "nudge": 85, "user_a": 102, "user_b": 103}
)
"""Buttons by name; what moves the transport or arms tracks is not among them."""

MMC: Mapping[str, int] = MappingProxyType(
    {"stop": 0x01, "play": 0x02, "record": 0x06, "record-exit": 0x07, "pause": 0x09}
)
"""Commands by name. None of MMC's makes a marker."""

CUTTING = frozenset(("stop", "record-exit", "pause"))
"""Commands that end a take."""

CHORD = 3
"""Buttons in one chord at most."""

_FULL, _EVERYBODY = 0x7F, 0x7F  # velocity or value; MMC's device number for all


@dataclass(frozen=True, slots=True)
class MidiWay:
    """What a cue is on the wire.

    ``output`` is the pattern of an existing output's name, empty for our own virtual port. ``buttons``
    are pressed together (``mackie``); ``channel`` 1 to 16 and ``number`` 0 to 127 are those of a note
    or control change; ``command`` is that of MMC.
    """

    send: Send = "mackie"
    output: str = ""
    buttons: tuple[str, ...] = ("marker",)
    channel: int = 16
    number: int = 0
    command: str = ""

    @property
    def place(self) -> str:
        """Where the messages go, as a user knows it."""
        return f'"{self.output or CUES}"'

    @property
    def press(self) -> tuple[bytes, ...]:
        """The messages of a press, in order."""
        match self.send:
            case "mackie":
                return tuple(bytes((0x90, BUTTONS[one], _FULL)) for one in self.buttons)
            case "notes":
                return (bytes((0x90 | self.channel - 1, self.number, _FULL)),)
            case "cc":
                return (bytes((0xB0 | self.channel - 1, self.number, _FULL)),)
            case "mmc":
                return (bytes((0xF0, 0x7F, _EVERYBODY, 0x06, MMC[self.command], 0xF7)),)
            case _:
                assert_never(self.send)

    @property
    def release(self) -> tuple[bytes, ...]:
        """The messages of letting go, in order; a command of MMC is not let go."""
        match self.send:
            case "mackie":
                return tuple(bytes((0x90, BUTTONS[one], 0)) for one in reversed(self.buttons))
            case "notes":
                return (bytes((0x80 | self.channel - 1, self.number, 0)),)
            case "cc":
                return (bytes((0xB0 | self.channel - 1, self.number, 0)),)
            case "mmc":
                return ()
            case _:
                assert_never(self.send)

    @property
    def deed(self) -> str:
        """What a cue does, in words: ``presses MARKER on a Mackie Control``."""
        match self.send:
            case "mackie":
                keys = " + ".join(one.upper() for one in self.buttons)
                return f"presses {keys} of a Mackie Control"
            case "notes":
                return f"plays note {self.number} on channel {self.channel}"
            case "cc":
                return f"sends control change {self.number} on channel {self.channel}"
            case "mmc":
                ends = ", which ends a take" if self.command in CUTTING else ""
                return f"sends the MMC command {self.command}{ends}"
            case _:
                assert_never(self.send)
