"""What Bitwig's feedback has told so far: tracks, clips, scenes, cue markers, transport.

From DrivenByMoss' OSC modules (TrackModule, SceneModule, MarkerModule, TransportModule).

It sends what changes, and everything after ``/refresh``, in bundles between ``/update 1`` and
``/update 0``: in between, names and numbers of tracks may not belong together. Booleans come as 0 and
1, colours as ``rgb(r,g,b)``, and texts with everything but ASCII replaced.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bridge.daw.transport import Transport
from bridge.daw.words import LONGEST, one_line

if TYPE_CHECKING:
    from bridge.messages import Osc, OscArg

LARGEST_BANK = 200
"""Tracks, clips, scenes and markers that its bank page size can be set to; 8 unless it is raised."""

RETOLD = 3
"""Values told again as they were, from which on an update is everything: else only changes are told
(AbstractOpenSoundControlWriter.java), so one that was lost on the way can be behind fewer."""

FRAME = "/update"

WANTED: tuple[str, ...] = (
    FRAME,
    "/play",
    "/record",
    "/tempo/raw",
    "/marker/",
    "/scene/",
    *(
        f"/track/{n}/{what}"
        for n in range(1, LARGEST_BANK + 1)
        for what in ("exists", "name", "color", "isGroup", "clip/")
    ),
)
"""Each track has some hundred addresses more (sends, meters) that come all the time."""

_ASCII = str.maketrans(
    {
        "Ä": "Ae", "ä": "ae", "Ö": "Oe", "Œ": "Oe", "ö": "oe", "œ": "oe", "Ü": "Ue", "ü": "ue", "ß": "ss",
        "é": "e", "ê": "e", "ī": "i", "ï": "i", "ā": "a", "→": "->", "♯": "#", "\N{EN DASH}": "-",
        "¼": "1/4", "⅕": "1/5", "⅙": "1/6", "\N{RIGHT SINGLE QUOTATION MARK}": "'", "±": "+-", "ᴾ": "p",
    }
)  # fmt: skip
_BEYOND = 0x10000  # a character from here on is two in Java, and comes as two question marks


def told_as(name: str) -> str:
    """Return the text that Bitwig's feedback has for a track of that name, in lower case."""
    text = one_line(name).translate(_ASCII)
    plain = (c if c.isascii() else "??" if ord(c) >= _BEYOND else "?" for c in text)
    return "".join(plain).casefold()


@dataclass(slots=True)
class _Slot:
    """A track, clip, scene or marker of the bank, as far as it was told. ``said`` is its name."""

    exists: bool | None = None
    name: str = ""
    colour: str = ""
    group: bool = False
    said: str = ""

    def tell(self, what: str, value: OscArg) -> bool:
        """Take in a value; return whether it was known already."""
        match what:
            case "exists" | "hasContent":
                known, self.exists = self.exists, value == 1
                return known is self.exists
            case "name" if isinstance(value, str):
                known, self.said = self.said == value[:LONGEST] != "", value[:LONGEST]
                self.name = one_line(value).casefold()
                return known
            case "color" if isinstance(value, str):
                known, self.colour = self.colour == one_line(value), one_line(value)
                return known
            case "isGroup":
                self.group = value == 1
            case _:
                pass
        return False


class Mirror:
    """``framed`` while an update is under way; ``complete`` once names of tracks were told whole.

    ``dump`` is whether the last update told everything, of which most was known.
    """

    def __init__(self) -> None:
        self.transport = Transport()
        self._armed = False
        self.framed = self.complete = self.dump = False
        self._retold = 0
        self._tracks: dict[int, _Slot] = {}
        self._clips: dict[int, dict[int, _Slot]] = {}
        self._scenes: dict[int, _Slot] = {}
        self._markers: dict[int, _Slot] = {}

    def hear(self, message: Osc) -> bool:
        """Take in one message of any shape; return whether an update has ended with it."""
        value = message.args[0] if message.args else None
        match message.address.split("/"):
            case ["", "update"]:
                return self._frame(value)
            case ["", "track", number, "clip", clip, what] if _number(number):
                self._tell(self._clips.setdefault(_number(number), {}), clip, what, value)
            case ["", "track", number, what]:
                self._tell(self._tracks, number, what, value)
            case ["", "scene", number, what]:
                self._tell(self._scenes, number, what, value)
            case ["", "marker", number, what]:
                self._tell(self._markers, number, what, value)
            case ["", *words]:
                self._hear_transport(words, value)
            case _:
                pass
        return False

    def _tell(self, slots: dict[int, _Slot], number: str, what: str, value: OscArg) -> None:
        if index := _number(number):
            self._retold += slots.setdefault(index, _Slot()).tell(what, value)

    def _frame(self, value: OscArg) -> bool:
        self.framed = value == 1
        if not self.framed:
            self.dump, self._retold = self._retold >= RETOLD, 0
            self.complete = self.complete or any(slot.name for slot in self._tracks.values())
        return not self.framed

    def _hear_transport(self, words: list[str], value: OscArg) -> None:
        match words:
            case ["play"] if isinstance(value, int):
                known = self.transport.recording is not None
                recording = self._armed and value == 1 if known else None
                self.transport = replace(self.transport, playing=value == 1, recording=recording)
            case ["record"] if isinstance(value, int):
                self._armed = value == 1
                recording = self._armed and self.transport.playing is not False
                self.transport = replace(self.transport, recording=recording)
            case ["tempo", "raw"] if isinstance(value, float):
                self.transport = replace(self.transport, tempo=value)
            case _:
                pass

    @property
    def shown(self) -> int:
        """How many tracks there are in the bank."""
        return sum(1 for slot in self._tracks.values() if slot.exists is not False and slot.name)

    def track(self, told: str) -> int:
        """Return the number, from 1, of the first track that is told as `told`; 0 for none."""
        return _first(self._tracks, told)

    def scene(self, told: str) -> int:
        """Return the number of the first scene that is told as `told`; 0 for none."""
        return _first(self._scenes, told)

    def clip(self, track: int, told: str) -> int:
        """Return the number of a track's first clip that is told as `told`; 0 for none.

        None of a group's: its slots tell the colour of the group (SlotImpl.java).
        """
        return 0 if self._tracks[track].group else _first(self._clips.get(track, {}), told)

    def colour(self, address: str) -> str:
        """Return the colour at ``/track/2``, ``/track/2/clip/3`` or ``/scene/3``, empty when untold."""
        slot = None
        match address.split("/"):
            case ["", "track", track, "clip", clip]:
                slot = self._clips.get(int(track), {}).get(int(clip))
            case ["", "track", track]:
                slot = self._tracks.get(int(track))
            case ["", "scene", scene]:
                slot = self._scenes.get(int(scene))
            case _:
                pass
        return slot.colour if slot is not None else ""

    @property
    def markers(self) -> tuple[tuple[int, str], ...]:
        """The cue markers of the bank, to be compared."""
        there = sorted(self._markers.items())
        return tuple((number, slot.name) for number, slot in there if slot.exists)

    @property
    def markers_full(self) -> bool:
        """Whether one more marker might lie beyond what the bank shows."""
        return all(slot.exists for slot in self._markers.values())


def _number(text: str) -> int:
    """Return a number of the bank, 0 for what is none."""
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST_BANK))):
        return 0
    return int(text) if int(text) <= LARGEST_BANK else 0


def _first(slots: dict[int, _Slot], told: str) -> int:
    called = [n for n, slot in slots.items() if slot.name == told and slot.exists is not False]
    return min(called) if called and told else 0
