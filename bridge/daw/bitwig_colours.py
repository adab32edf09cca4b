"""Colours of tracks, clips and scenes in Bitwig: the newest of each waits, their own come back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridge.daw.bitwig_originals import Originals, alike, rgb
from bridge.daw.bitwig_places import Spot, find
from bridge.daw.bitwig_waiting import BREATH, DUMP, LATER, MOST_TRACKS, PATIENCE
from bridge.daw.places import scene_in
from bridge.messages import Osc

if TYPE_CHECKING:
    from bridge.daw.bitwig_state import State
    from bridge.messages import Colour


@dataclass(slots=True)
class Colouring:
    """A place that is to take a colour, or its own one ``back``; ``spot`` None: not sent yet."""

    colour: str
    since: float
    due: float
    back: bool = False
    spot: Spot | None = None


class Colours:
    """Those that wait, and what was there before; `State` knows the Bitwig they are for."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._waiting: dict[str, Colouring] = {}
        self.originals = Originals()

    def __len__(self) -> int:
        """Return how many wait, or are not confirmed yet."""
        return len(self._waiting)

    def paint(self, name: str, colour: Colour, now: float) -> list[Osc]:
        """Give what is called `name` a colour, "#RRGGBB", once it is known where it is."""
        return self._want(name, Colouring(rgb(colour), now, LATER))

    def restore(self, now: float) -> list[Osc]:
        """Give back their own colours to all places that were coloured."""
        self._waiting = {name: waits for name, waits in self._waiting.items() if waits.spot}
        out = []
        for name in self.originals.kept:
            out += self._want(name, Colouring(self.originals.own(name), now, LATER, back=True))
        return out

    def _want(self, name: str, waits: Colouring) -> list[Osc]:
        state = self._state
        if state.deaf or not name:
            return []
        if len(self._waiting) >= MOST_TRACKS and name not in self._waiting:
            oldest = next(iter(self._waiting))
            del self._waiting[oldest]
            state.drop(oldest)
        self._waiting.pop(name, None)
        self._waiting[name] = waits
        if not state.there:
            return []
        waits.due = waits.since + DUMP
        if state.mirror.framed:
            return []  # numbers may be about to change: the end of the update decides
        return self._send(name, waits.since) or state.meet(waits.since)

    def _send(self, name: str, now: float) -> list[Osc]:
        """Send a colour that waits for its place, where that is known."""
        waits, mirror = self._waiting[name], self._state.mirror
        spot = find(mirror, name, itself=waits.back)
        if spot is None:
            return []
        before = mirror.colour(spot.address)
        hand = waits.back and not self.originals.is_ours(spot.name, before)
        if alike(before, waits.colour) or hand:  # it would not tell; or it is a hand's own
            self._done(name, spot)
            return []
        if before and not waits.back:
            self.originals.note(spot.name, before, waits.colour)
        waits.spot, waits.since, waits.due = spot, now, now + PATIENCE
        return [Osc(spot.colour, (waits.colour,))]

    # --- feedback ---------------------------------------------------------------------------------

    def whole(self, now: float, *, fresh: bool) -> list[Osc]:
        """Use what an update brought; a fresh Bitwig is told again what the last may not have got."""
        out = []
        for name, waits in list(self._waiting.items()):
            if fresh:
                waits.spot = None
            if waits.spot is None:
                waits.due = min(waits.due, now + DUMP)
                out += self._send(name, now)
            elif alike(self._state.mirror.colour(waits.spot.address), waits.colour):
                self._done(name, waits.spot)
        return out

    def _done(self, name: str, spot: Spot) -> None:
        if self._waiting.pop(name).back:
            self.originals.forget(spot.name)
        self._state.well("track", "scene", "colour")

    # --- time -------------------------------------------------------------------------------------

    def wake(self) -> float:
        """Return when patience with one of them ends."""
        return min((waits.due for waits in self._waiting.values()), default=LATER)

    def advance(self, now: float) -> list[Osc]:
        """Ask, or give up, what is due."""
        out = []
        for name, waits in list(self._waiting.items()):
            if self._state.there and now >= waits.due:
                out += self._judge(name, waits, now)
        return out

    def _judge(self, name: str, waits: Colouring, now: float) -> list[Osc]:
        """Decide on a colour of which no feedback came, or whose place was not found."""
        state = self._state
        if waits.spot is None and (out := self._send(name, now)):
            return out  # the end of an update was lost on the way
        if name not in self._waiting:
            return []
        if state.heard <= waits.since and not (state.mirror.complete and waits.spot is None):
            ask = state.answered_or_gone(waits.since, now)
            waits.due = max(state.asked + DUMP, now + BREATH)
            return ask
        self._give_up(name, waits)
        return []

    def _give_up(self, name: str, waits: Colouring) -> None:
        del self._waiting[name]
        self._state.drop(name)
        if waits.spot is not None:
            place = waits.spot.place
            self._state.fault("colour", f'{place.sort} "{place}"')
            return
        self._state.fault("scene" if scene_in(name) else "track", name)
        if waits.back:
            self.originals.forget(name)  # it was renamed, or is gone

    def gone(self) -> None:
        """Wait for the next Bitwig."""
        for waits in self._waiting.values():
            waits.spot, waits.due = None, LATER
