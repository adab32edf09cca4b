"""How a DAW is told by MIDI: which messages press and let go, and how that reads in a sentence.

Numbers of Mackie Control buttons are those of the shipped profile (checked against Ardour's sources
and the emulator of the device); MMC commands are those of the MIDI recommended practice RP-013.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
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
"""Buttons for markers, by name; what moves the transport or arms tracks is not among them."""

MMC: Mapping[str, int] = MappingProxyType(
    {"stop": 0x01, "play": 0x02, "record": 0x06, "record-exit": 0x07, "pause": 0x09}
)
"""Commands by name. None of MMC's makes a marker."""

CUTTING = frozenset(("stop", "record-exit", "pause"))
"""Commands that end a take."""

MOVES: Mapping[str, int] = MappingProxyType(
    {"cycle": 86, "drop": 87, "replace": 88, "click": 89}
    | {"rewind": 91, "forward": 92, "stop": 93, "play": 94, "record": 95}
    | {"up": 96, "down": 97, "left": 98, "right": 99, "zoom": 100, "scrub": 101}
    | {"undo": 81, "cancel": 82}
)
"""Buttons that only an action of a rule presses, and none during a take."""

MMC_MOVES: Mapping[str, int] = MappingProxyType({**MMC, "forward": 0x04, "rewind": 0x05})

CHORD = 3
"""Buttons in one chord at most."""

_FULL, _EVERYBODY = 0x7F, 0x7F  # velocity or value; MMC's device number for all


@dataclass(frozen=True, slots=True)
class Press:
    """The messages of a press and of letting go, in order; a command is not let go."""

    down: tuple[bytes, ...]
    up: tuple[bytes, ...]


def _chord(names: tuple[str, ...]) -> Press:
    notes = [({**BUTTONS, **MOVES})[name] for name in names]
    down = tuple(bytes((0x90, note, _FULL)) for note in notes)
    return Press(down, tuple(bytes((0x90, note, 0)) for note in reversed(notes)))


def _mmc(command: int) -> bytes:
    return bytes((0xF0, 0x7F, _EVERYBODY, 0x06, command, 0xF7))


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

    def action(self, words: str) -> Press | None:
        """Return what an action is: buttons, a number, or a command of MMC; None: there is none such."""
        words = words.strip().casefold()
        match self.send:
            case "mackie":
                names = tuple(name.strip() for name in words.split("+"))
                every = {**BUTTONS, **MOVES}
                fit = len(set(names)) == len(names) <= CHORD and all(n in every for n in names)
                return _chord(names) if fit else None
            case "notes" | "cc":
                fit = words.isascii() and words.isdecimal() and len(words) <= len(str(_FULL))
                if not fit or int(words) > _FULL:
                    return None
                one = replace(self, number=int(words))
                return Press(one.press, one.release)
            case "mmc":
                return Press((_mmc(MMC_MOVES[words]),), ()) if words in MMC_MOVES else None
            case _:
                assert_never(self.send)

    @property
    def stop(self) -> Press | None:
        """What stops the transport; None: a note or control change means what the user says."""
        return None if self.send in ("notes", "cc") else self.action("stop")

    @property
    def place(self) -> str:
        """Where the messages go, as a user knows it."""
        return f'"{self.output or CUES}"'

    @property
    def press(self) -> tuple[bytes, ...]:
        """The messages of a press, in order."""
        match self.send:
            case "mackie":
                return _chord(self.buttons).down
            case "notes":
                return (bytes((0x90 | self.channel - 1, self.number, _FULL)),)
            case "cc":
                return (bytes((0xB0 | self.channel - 1, self.number, _FULL)),)
            case "mmc":
                return (_mmc(MMC[self.command]),)
            case _:
                assert_never(self.send)

    @property
    def release(self) -> tuple[bytes, ...]:
        """The messages of letting go, in order; a command of MMC is not let go."""
        match self.send:
            case "mackie":
                return _chord(self.buttons).up
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
