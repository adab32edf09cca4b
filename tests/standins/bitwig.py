"""A stand-in for Bitwig with DrivenByMoss' OSC controller, with its traps.

What it copies (OSCParser, TrackModule, SceneModule, MarkerModule, ActionModule, AbstractModule, SlotImpl,
the writer):
* nothing is acknowledged; a value is told when it changes, between ``/update 1`` and ``/update 0``;
* ``/refresh`` tells everything, noise included; at its own start it does so by itself;
* a bank of 8 tracks, scenes and markers, what lies beyond is neither told nor reached;
* a slot of a group tells the group's colour, whatever its own is;
* colours are floats inside: ``rounding`` is by how much a channel comes back otherwise;
* a colour is ``rgb(r,g,b)`` without a space, anything else is ignored without a word;
* ``/action/N`` does what the user assigned, and nothing where nothing is; N beyond 20 is 20;
* texts are told in ASCII; booleans as 0 and 1;
* a marker gets the next free default name, and can't be named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bridge.messages import Osc, OscArg

if TYPE_CHECKING:
    from collections.abc import Sequence

_COLOUR = re.compile(r"(?:rgb|RGB)\((\d+(?:\.\d+)?),(\d+(?:\.\d+)?),(\d+(?:\.\d+)?)\)")
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "é": "e"}
ACTIONS = 20
INSERT = "insert_arranger_cue_marker_at_play_position"


GREY, BLACK = (128, 128, 128), (0, 0, 0)


@dataclass
class Clip:
    """A clip in the launcher, or a scene."""

    name: str
    colour: tuple[int, int, int] = GREY


@dataclass
class Track:
    """A track of the project, with its slots in the launcher."""

    name: str
    colour: tuple[int, int, int] = GREY
    slots: list[Clip | None] = field(default_factory=list)
    group: bool = False


@dataclass
class BitwigCore:
    """Bitwig without a socket: messages and moments in (seconds), messages out.

    ``latency`` passes before feedback is ready; ``answers`` False loses all of it, ``listens`` False
    ignores every command. ``actions`` are those the user assigned, by number from 1.
    """

    tracks: list[Track] = field(default_factory=lambda: [Track("Drums"), Track("Bass")])
    scenes: list[Clip] = field(default_factory=list)
    actions: dict[int, str] = field(default_factory=lambda: {1: INSERT})
    rounding: int = 0
    page: int = 8
    latency: float = 0.0
    listens: bool = True
    answers: bool = True
    markers: list[str] = field(default_factory=list)
    received: list[Osc] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._told: dict[str, OscArg] = {}
        self._out: list[tuple[float, list[Osc]]] = []
        self.playing = self.recording = False
        self.flush(0.0)  # what it told its start is nobody's any more
        self._out.clear()

    def receive(self, message: Osc, at: float) -> list[Osc]:
        """Take a command; return the feedback that is ready at once."""
        self.received.append(message)
        if self.listens:
            self._command(message, at)
        return self.advance(at)

    def due(self) -> float | None:
        """Return when `advance` has something to say, None for never."""
        return min((at for at, _ in self._out), default=None)

    def advance(self, at: float) -> list[Osc]:
        """Return the feedback that is ready."""
        ready = [message for when, out in self._out if when <= at for message in out]
        self._out = [(when, out) for when, out in self._out if when > at]
        return ready

    def flush(self, at: float, *, dump: bool = False) -> None:
        """Tell what has changed, or everything."""
        told = [
            Osc(address, (value,))
            for address, value in self._values()
            if dump or self._told.get(address) != value
        ]
        self._told = dict(self._values())
        if told and self.answers:
            framed = [Osc("/update", (1,)), *told, Osc("/update", (0,))]
            self._out.append((at + self.latency, framed))

    def play(self, at: float, *, recording: bool = False) -> None:
        """Do what the user does with the space bar."""
        self.playing, self.recording = True, recording
        self.flush(at)

    def _command(self, message: Osc, at: float) -> None:
        value = message.args[0] if message.args else None
        match message.address.split("/")[1:]:
            case ["refresh"]:
                self.flush(at, dump=True)
            case ["action", number] if number.lstrip("-").isdecimal():
                self._act(min(ACTIONS, max(1, int(number))))
            case ["track", number, "color"] if number.isdecimal() and value is not None:
                self._colour(self._track(int(number)), str(value))
            case ["track", number, "clip", clip, "color"] if (
                number.isdecimal() and clip.isdecimal()
            ):
                self._colour(_nth(self._track(int(number)).slots, int(clip)), str(value))
            case ["scene", number, "color"] if number.isdecimal() and value is not None:
                self._colour(_nth(self.scenes[: self.page], int(number)), str(value))
            case ["track", number, "name"] if number.isdecimal() and value is not None:
                self._track(int(number)).name = str(value)
        self.flush(at)

    def _act(self, number: int) -> None:
        if self.actions.get(number) == INSERT:
            self.markers.append(f"Cue Marker {len(self.markers) + 1}")

    def _colour(self, what: Track | Clip | None, text: str) -> None:
        if what is not None and (match := _COLOUR.fullmatch(text)):
            red, green, blue = (abs(round(float(part)) - self.rounding) for part in match.groups())
            what.colour = (red, green, blue)

    def _track(self, number: int) -> Track:
        bank = self.tracks[: self.page]
        return bank[number - 1] if 0 < number <= len(bank) else Track("")

    def _values(self) -> list[tuple[str, OscArg]]:
        values: list[tuple[str, OscArg]] = [
            ("/play", int(self.playing)), ("/record", int(self.recording)), ("/tempo/raw", 120.0),
            ("/beat/str", "1.1.1"),
        ]  # fmt: skip
        for slot in range(self.page):
            marker = self.markers[slot] if slot < len(self.markers) else None
            values += [
                (f"/marker/{slot + 1}/exists", int(marker is not None)),
                (f"/marker/{slot + 1}/name", marker or ""),
                (f"/marker/{slot + 1}/color", "rgb(0,0,0)"),
            ]
        for slot in range(self.page):
            values += self._of_track(slot)
        for slot in range(self.page):
            scene, at = _nth(self.scenes, slot + 1), f"/scene/{slot + 1}"
            values += [
                (f"{at}/exists", int(scene is not None)),
                (f"{at}/name", _ascii(scene.name) if scene else ""),
                (f"{at}/color", _rgb(scene.colour if scene else BLACK)),
            ]
        return values

    def _of_track(self, slot: int) -> list[tuple[str, OscArg]]:
        track = self.tracks[slot] if slot < len(self.tracks) else None
        at = f"/track/{slot + 1}"
        return [
            (f"{at}/exists", int(track is not None)),
            (f"{at}/isGroup", int(track is not None and track.group)),
            (f"{at}/name", _ascii(track.name) if track else ""),
            (f"{at}/volume", 100),
            (f"{at}/send/1/name", "Reverb"),
            *self._of_slots(track, at),
            (f"{at}/color", _rgb(track.colour if track else BLACK)),
        ]

    def _of_slots(self, track: Track | None, at: str) -> list[tuple[str, OscArg]]:
        values: list[tuple[str, OscArg]] = []
        for slot in range(1, self.page + 1):
            clip = _nth(track.slots, slot) if track else None
            own = clip.colour if clip else BLACK
            values += [
                (f"{at}/clip/{slot}/name", _ascii(clip.name) if clip else ""),
                (f"{at}/clip/{slot}/hasContent", int(clip is not None)),
                (f"{at}/clip/{slot}/color", _rgb(track.colour if track and track.group else own)),
            ]
        return values


def _nth(clips: Sequence[Clip | None], number: int) -> Clip | None:
    return clips[number - 1] if 0 < number <= len(clips) else None


def _rgb(colour: tuple[int, int, int]) -> str:
    return "rgb({},{},{})".format(*colour)


def _ascii(text: str) -> str:
    return "".join(c if c.isascii() else _UMLAUTS.get(c, "?") for c in text)
