"""Where in Bitwig's bank lies what a task's ``track`` names.

Names are compared as its feedback tells them. The slots of a group tell the group's colour in place
of their own (SlotImpl.java), so a clip of a group could never be confirmed: the group is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridge.daw.bitwig_mirror import told_as
from bridge.daw.places import Place, clips_in, scene_in

if TYPE_CHECKING:
    from bridge.daw.bitwig_mirror import Mirror


@dataclass(frozen=True, slots=True)
class Spot:
    """A place and the addresses of it as they were when it was looked for: ``/track/2/clip/3``."""

    place: Place
    address: str

    @property
    def name(self) -> str:
        """Its name in the notation of a task's ``track``."""
        return str(self.place)

    @property
    def colour(self) -> str:
        """The address of its colour (TrackModule.java, SceneModule.java)."""
        return f"{self.address}/color"


def find(mirror: Mirror, wanted: str, *, itself: bool = False) -> Spot | None:
    """Return where `wanted` is; of a clip that isn't shown the track, unless it must be ``itself``."""
    if track := mirror.track(told_as(wanted)):
        return Spot(Place("track", wanted), f"/track/{track}")
    if name := scene_in(wanted):
        scene = mirror.scene(told_as(name))
        return Spot(Place("scene", name), f"/scene/{scene}") if scene else None
    return _clip(mirror, wanted, itself=itself)


def _clip(mirror: Mirror, wanted: str, *, itself: bool) -> Spot | None:
    on = [(place, mirror.track(told_as(place.track))) for place in clips_in(wanted)]
    for place, track in on:
        if track and (clip := mirror.clip(track, told_as(place.name))):
            return Spot(place, f"/track/{track}/clip/{clip}")
    tracks = [Spot(Place("track", place.track), f"/track/{track}") for place, track in on if track]
    return tracks[0] if tracks and not itself else None
