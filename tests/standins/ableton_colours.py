"""Colours in the stand-in for Live: of tracks, clips and scenes, each the nearest of 70."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from bridge.messages import OscArg
from tests.standins.ableton_set import PALETTE, Clip, LiveSet, Scene, Track, mismatch, nearest

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    class Core(Protocol):
        """What has a set, and saves it before it is changed."""

        song: LiveSet

        def save(self) -> None: ...


Args: TypeAlias = tuple[OscArg, ...]


class Colours:
    """The addresses of one Live that are about colours."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def addresses(self) -> dict[str, Callable[[Args], Args | None]]:
        """Return a handler for each address."""
        known: dict[str, Callable[[Args], Args | None]] = {
            "/live/track/get/clips/name": self._clip_names,
            "/live/scene/get/color_index": self._scene_index,
            "/live/scene/set/color_index": self._uncolour,
        }
        for sort in ("track", "clip", "scene"):
            known[f"/live/{sort}/get/color"] = self._colour_of(sort)
            known[f"/live/{sort}/set/color"] = self._paint(sort)
        return known

    def _thing(self, sort: str, args: Args) -> Track | Clip | Scene:
        """Return what the first arguments address; indexes are made whole, as AbletonOSC does."""
        things: list[Track] | list[Scene] = (
            self._core.song.tracks if sort != "scene" else self._core.song.scenes
        )
        thing = things[_index(args[0], len(things))]
        if sort != "clip":
            return thing
        assert isinstance(thing, Track)
        clip = thing.slots[_index(args[1], len(thing.slots))]
        if clip is None:
            raise AttributeError("'NoneType' object has no attribute 'color'")
        return clip

    def _colour_of(self, sort: str) -> Callable[[Args], Args]:
        ids = 2 if sort == "clip" else 1
        return lambda args: (*args[:ids], self._thing(sort, args).colour or 0)

    def _paint(self, sort: str) -> Callable[[Args], None]:
        def paint(args: Args) -> None:
            thing, colour = self._thing(sort, args), args[2 if sort == "clip" else 1]
            if type(colour) is not int:
                raise TypeError(mismatch(sort.capitalize(), colour))
            self._core.save()
            thing.colour = nearest(colour)

        return paint

    def _clip_names(self, args: Args) -> Args:
        track = self._thing("track", args)
        assert isinstance(track, Track)
        return (args[0], *(None if clip is None else clip.name for clip in track.slots))

    def _scene_index(self, args: Args) -> Args:
        colour = self._thing("scene", args).colour
        return args[0], None if colour is None else PALETTE.index(colour)

    def _uncolour(self, args: Args) -> None:
        scene = self._thing("scene", args)
        assert isinstance(scene, Scene)
        assert args[1] is None, "no test sets another index"
        scene.colour = None


def _index(value: OscArg, count: int) -> int:
    if not isinstance(value, (int, float, str)):
        raise TypeError("int() argument must be a string, a bytes-like object or a real number")
    if int(value) >= count:
        raise IndexError("Index out of range")
    return int(value)
