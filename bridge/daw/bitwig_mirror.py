"""What Bitwig's feedback has told so far: tracks, cue markers, transport (DrivenByMoss' OSC modules).

It sends what changes, and everything after ``/refresh``, in bundles between ``/update 1`` and
``/update 0``: in between, names and numbers of tracks may not belong together. Booleans come as 0 and
1, colours as ``rgb(r,g,b)``, and texts with everything but ASCII replaced.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bridge.daw.transport import Transport
from bridge.daw.words import one_line, track_of

if TYPE_CHECKING:
    from bridge.messages import Osc, OscArg

LARGEST_BANK = 200
"""Tracks and markers that its bank page size can be set to; 8 unless the user raises it."""

FRAME = "/update"

WANTED: tuple[str, ...] = (
    FRAME,
    "/play",
    "/record",
    "/tempo/raw",
    "/marker/",
    *(
        f"/track/{n}/{what}"
        for n in range(1, LARGEST_BANK + 1)
        for what in ("exists", "name", "color")
    ),
)
"""Each track has some hundred addresses more (sends, clips, meters) that come all the time."""

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
    """A track or marker of the bank, as far as it was told."""

    exists: bool | None = None
    name: str = ""
    colour: str = ""


class Mirror:
    """``framed`` while an update is under way; ``complete`` once names of tracks were told whole."""

    def __init__(self) -> None:
        self.transport = Transport()
        self._armed = False
        self.framed = self.complete = False
        self._tracks: dict[int, _Slot] = {}
        self._markers: dict[int, _Slot] = {}

    def hear(self, message: Osc) -> bool:
        """Take in one message of any shape; return whether an update has ended with it."""
        value = message.args[0] if message.args else None
        match message.address.split("/"):
            case ["", "update"]:
                return self._frame(value)
            case ["", "track", number, what]:
                _tell(self._tracks, number, what, value)
            case ["", "marker", number, what]:
                _tell(self._markers, number, what, value)
            case ["", *words]:
                self._hear_transport(words, value)
            case _:
                pass
        return False

    def _frame(self, value: OscArg) -> bool:
        self.framed = value == 1
        if not self.framed:
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

    def track(self, name: str) -> int | None:
        """Return the number, from 1, of the first track of that name; case does not matter.

        ``Bass / Chorus`` is the track "Bass" where none is called so in whole.
        """
        there = {number: slot for number, slot in self._tracks.items() if slot.exists is not False}
        for wanted in (told_as(name), told_as(track_of(name))):
            numbers = [
                number for number, slot in there.items() if slot.name and slot.name == wanted
            ]
            if numbers:
                return min(numbers)
        return None

    def colour(self, number: int) -> str:
        """Return a track's colour as it was told, empty when it was not."""
        slot = self._tracks.get(number)
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


def _tell(slots: dict[int, _Slot], number: str, what: str, value: OscArg) -> None:
    if not (number.isascii() and number.isdecimal() and len(number) <= len(str(LARGEST_BANK))):
        return
    if not 1 <= int(number) <= LARGEST_BANK:
        return
    slot = slots.setdefault(int(number), _Slot())
    match what:
        case "exists":
            slot.exists = value == 1
        case "name" if isinstance(value, str):
            slot.name = one_line(value).casefold()
        case "color" if isinstance(value, str):
            slot.colour = one_line(value)
