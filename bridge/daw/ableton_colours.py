"""Colours of tracks, clips and scenes in Live: found by name, their own remembered and given back.

Live shows the nearest of its 70 colours, so what is read back is not what was set. Indexes may change
between two ticks: name and colour are read right before and after each change, in one tick with it,
and what went to the wrong place is put right.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from bridge.daw.ableton_ask import Answer, Ask, Talk, Wait
from bridge.daw.ableton_places import (
    CLIPS,
    SCENES,
    TRACKS,
    Spot,
    clip_on,
    find,
    is_one,
    texts,
)
from bridge.daw.places import SORTS, Place, scene_in
from bridge.messages import Osc

if TYPE_CHECKING:
    from bridge.daw.ableton_state import Known
    from bridge.messages import Colour

MOST_KEPT = 256
_MOST_ALIKE = 32
_TRIES = 2
_NONE = "none"
_RGB = range(0x1000000)
_MOVED = "its place changed meanwhile"
_UNLISTED = "Live did not list its {what}"

_Found: TypeAlias = Generator[Ask | Wait, Answer, "Spot | str"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A place's own colour (None: none), and what Live made of ours."""

    own: int | None
    ours: int | None


class Colours:
    """The colours of one Live that Songbridge changed."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._kept: dict[Place, Kept] = {}
        self.originals: Mapping[str, str] = MappingProxyType({})

    @property
    def changed(self) -> bool:
        """Whether something has our colour in place of its own."""
        return bool(self._kept)

    def recall(self, originals: Mapping[str, str]) -> None:
        """Take back what `originals` was before a restart; what can't be right is passed over."""
        for key, value in list(originals.items())[:MOST_KEPT]:
            place, kept = _place(key), _kept(value)
            if place is None or kept is None:
                continue
            if place.sort == "scene" or None not in (kept.own, kept.ours):
                self._kept[place] = kept
        self._tell()

    # --- painting ---

    def paint(self, wanted: str, colour: Colour) -> Talk:
        """Give what is called `wanted` a colour, "#RRGGBB"."""
        why, own = _MOVED, list[int | None]()
        for _attempt in range(_TRIES):
            spot = yield from self._find(wanted)
            if spot == _MOVED:
                continue
            if isinstance(spot, str):
                why = spot
                break
            answer = yield from self._set(spot, int(colour[1:], 16))
            if answer.errors and all(spot.stands(answer)):
                why = answer.error
                break
            stood, colours = spot.stands(answer), spot.colours(answer)
            own += colours[:1] if stood[:1] == [True] else []
            if stood and all(stood) and len(colours) > 1:
                self._keep(spot.place, own[0], colours[-1])
                self._known.well("track")
                return
            yield from self._put_right(spot, answer)
        self._known.lose((f"colour of {wanted}",))
        self._known.fault("track", f'no colour for "{wanted}": {why}')

    def _set(self, spot: Spot, colour: int | None) -> Generator[Ask | Wait, Answer, Answer]:
        around = (*spot.lists, *spot.reads), (*spot.reads, *spot.lists)
        return (yield Ask((*around[0], spot.sets(colour), *around[1]), risky=True))

    def _put_right(self, spot: Spot, answer: Answer) -> Talk:
        """Give what stood in the place's stead its colour of before."""
        stood, colours = spot.stands(answer), spot.colours(answer)
        if stood and not stood[0] and len(colours) > 1 and colours[0] != colours[-1]:
            yield Ask((spot.sets(colours[0]),), risky=True)

    # --- giving back ---

    def restore(self) -> Talk:
        """Give everything its own colour back, unless somebody changed it since or it is gone."""
        for place, kept in list(self._kept.items()):
            spots = yield from self._spots(place)
            seen = 0
            for spot in spots:
                answer = yield Ask((*spot.lists, *spot.reads), risky=True)
                colours = spot.colours(answer)[:1]
                if colours == [kept.ours]:
                    yield from self._give_back(spot, kept)
                    break
                seen += len(colours)
            else:
                if seen:  # somebody coloured it since
                    self._forget(place)

    def _give_back(self, spot: Spot, kept: Kept) -> Talk:
        answer = yield from self._set(spot, kept.own)
        if not answer.errors and all(spot.stands(answer)):
            self._forget(spot.place)
            return
        yield from self._put_right(spot, answer)
        self._known.fault("track", f'Live did not take back the colour of "{spot.place}"')

    # --- finding ---

    def _find(self, wanted: str) -> _Found:
        """Return where `wanted` is, or why it is nowhere."""
        tracks = texts((yield Ask((Osc(TRACKS),))).last(TRACKS))
        if tracks is None:
            return _UNLISTED.format(what="tracks")
        if not is_one(tracks, wanted):
            if scene := scene_in(wanted):
                return (yield from self._scene(scene))
            if clip := clip_on(tracks, wanted):
                return (yield from self._clip(tracks, *clip))
        found = find(tracks, wanted, "tracks")
        if isinstance(found, str):
            return found
        return Spot(Place("track", tracks[found]), (found,))

    def _scene(self, name: str) -> _Found:
        scenes = texts((yield Ask((Osc(SCENES),))).last(SCENES))
        if scenes is None:
            return _UNLISTED.format(what="scenes")
        found = find(scenes, name, "scenes")
        return found if isinstance(found, str) else Spot(Place("scene", scenes[found]), (found,))

    def _clip(self, tracks: list[str], track: int, name: str) -> _Found:
        answer = yield Ask((Osc(TRACKS), Osc(CLIPS, (track,))), risky=True)
        if texts(answer.last(TRACKS)) != tracks:
            return _MOVED
        listed = answer.last(CLIPS)
        clips = None if listed is None else texts(listed[1:])
        if clips is None:
            return f'Live did not list the clips of "{tracks[track]}"'
        found = find(clips, name, "clips")
        if isinstance(found, str):
            return f'on "{tracks[track]}" {found}'
        return Spot(Place("clip", clips[found], tracks[track]), (track, found))

    def _spots(self, place: Place) -> Generator[Ask | Wait, Answer, list[Spot]]:
        """Return everything that is called like `place`; nothing where another set is open."""
        list_of = SCENES if place.sort == "scene" else TRACKS
        names = texts((yield Ask((Osc(list_of),))).last(list_of)) or []
        wanted = place.track if place.sort == "clip" else place.name
        indexes = [n for n, name in enumerate(names) if name == wanted]
        if place.sort != "clip":
            return [Spot(place, (n,)) for n in indexes]
        if not indexes:
            return []
        answer = yield Ask(tuple(Osc(CLIPS, (n,)) for n in indexes[:_MOST_ALIKE]), risky=True)
        return [
            Spot(place, (int(track), slot))
            for track, *slots in answer.all(CLIPS)
            if isinstance(track, int)
            for slot, name in enumerate(slots)
            if name == place.name
        ]

    # --- what is kept ---

    def _keep(self, place: Place, own: int | None, ours: int | None) -> None:
        before = self._kept.pop(place, None)
        if before is not None and before.ours == own:
            own = before.own
        while len(self._kept) >= MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[place] = Kept(own, ours)
        self._tell()

    def _forget(self, place: Place) -> None:
        self._kept.pop(place, None)
        self._tell()

    def _tell(self) -> None:
        self.originals = MappingProxyType(
            {
                json.dumps(
                    [place.sort, place.name, place.track]
                ): f"{_hex(own.own)} {_hex(own.ours)}"
                for place, own in self._kept.items()
            }
        )


def _hex(colour: int | None) -> str:
    return _NONE if colour is None else f"{colour:06X}"


def _place(key: str) -> Place | None:
    try:
        sort, name, track = json.loads(key)
    except (ValueError, TypeError, RecursionError):
        return None
    if sort not in SORTS or not isinstance(name, str) or not isinstance(track, str):
        return None
    return Place(sort, name, track)


def _kept(value: str) -> Kept | None:
    try:
        own, ours = (None if word == _NONE else int(word, 16) for word in value.split())
    except ValueError:
        return None
    right = all(colour is None or colour in _RGB for colour in (own, ours))
    return Kept(own, ours) if right else None
