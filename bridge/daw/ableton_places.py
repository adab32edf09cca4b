"""Where in Live lies what a task's ``track`` names, and how AbletonOSC addresses it.

The main track and the returns, and clips of the arrangement, can't be addressed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridge.daw.places import clips_in
from bridge.messages import Osc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bridge.daw.ableton_ask import Answer
    from bridge.daw.places import Place
    from bridge.messages import OscArg

TRACKS = "/live/song/get/track_names"
SCENES = "/live/song/get/scenes/name"
CLIPS = "/live/track/get/clips/name"
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with its indexes in Live's lists as they were when it was looked for."""

    place: Place
    at: tuple[int, ...]

    @property
    def lists(self) -> tuple[Osc, ...]:
        """The getters of the lists that this spot was found in."""
        match self.place.sort:
            case "track":
                return (Osc(TRACKS),)
            case "clip":
                return Osc(TRACKS), Osc(CLIPS, self.at[:1])
            case "scene":
                return (Osc(SCENES),)

    @property
    def reads(self) -> tuple[Osc, ...]:
        """The getters of its colour."""
        colour = Osc(f"/live/{self.place.sort}/get/color", self.at)
        if self.place.sort == "scene":  # Scene.color_index: "Can be None for no color"
            return colour, Osc("/live/scene/get/color_index", self.at)
        return (colour,)

    def sets(self, colour: int | None) -> Osc:
        """Return the setter of its colour; None, for a scene, is none."""
        if colour is None:
            return Osc(f"/live/{self.place.sort}/set/color_index", (*self.at, None))
        return Osc(f"/live/{self.place.sort}/set/color", (*self.at, colour))

    def stands(self, answer: Answer) -> list[bool]:
        """Tell of each time that the lists were read in `answer` whether the place was there."""
        tracks, scenes = answer.all(TRACKS), answer.all(SCENES)
        match self.place.sort:
            case "track":
                return [_nth(names, self.at[0]) == self.place.name for names in tracks]
            case "scene":
                return [_nth(names, self.at[0]) == self.place.name for names in scenes]
            case "clip":
                clips = [args[1:] for args in answer.all(CLIPS) if args[:1] == self.at[:1]]
                return [
                    (_nth(names, self.at[0]), _nth(slots, self.at[1]))
                    == (self.place.track, self.place.name)
                    for names, slots in zip(tracks, clips, strict=False)
                ]

    def colours(self, answer: Answer) -> list[int | None]:
        """Return its colour (0x00RRGGBB) each time that it was read in `answer`, None for none."""
        reads = [self._values(answer, message.address) for message in self.reads]
        if len(reads) == 1:
            return [value & 0xFFFFFF for value in reads[0] if type(value) is int]
        return [
            None if index is None or type(value) is not int else value & 0xFFFFFF
            for value, index in zip(*reads, strict=False)
        ]

    def _values(self, answer: Answer, address: str) -> list[OscArg]:
        length = len(self.at)
        return [
            args[length]
            for args in answer.all(address)
            if args[:length] == self.at and len(args) == length + 1
        ]


def _nth(names: Sequence[OscArg], index: int) -> OscArg:
    return names[index] if index < len(names) else None


def texts(args: Sequence[OscArg] | None) -> list[str] | None:
    """Return the names of an answer, "" for an empty slot; None where it can't be names."""
    if args is None or not all(name is None or isinstance(name, str) for name in args):
        return None
    return [name if isinstance(name, str) else "" for name in args]


def clip_on(tracks: Sequence[str], wanted: str) -> tuple[int, str] | None:
    """Return the track's index and the clip's name where `wanted` is a clip on one of `tracks`."""
    places = clips_in(wanted)
    places.sort(key=lambda place: not is_one(tracks, place.track))  # a full name before a beginning
    for place in places:
        found = find(tracks, place.track, "tracks")
        if isinstance(found, int):
            return found, place.name
    return None


def is_one(names: Sequence[str], wanted: str) -> bool:
    """Tell whether one of `names` is called so, upper or lower case."""
    return wanted.casefold() in [name.casefold() for name in names]


def find(names: Sequence[str], wanted: str, what: str) -> int | str:
    """Return the index of what is called `wanted`, or a sentence that says why there is none.

    Case doesn't matter; a name that only begins so counts when it is the only one. ``what`` is the
    word for several of them.
    """
    key = wanted.casefold()
    exact = [n for n, name in enumerate(names) if key and name.casefold() == key]
    if exact:
        return next((n for n in exact if names[n] == wanted), exact[0])
    begins = [n for n, name in enumerate(names) if key and name.casefold().startswith(key)]
    if len(begins) == 1:
        return begins[0]
    if not begins:
        return "Live has none of that name; name one so, or correct the task's track"
    some = ", ".join(f'"{names[n]}"' for n in begins[:_SHOWN])
    return f"{len(begins)} {what} begin so ({some}); give the task the full name"
