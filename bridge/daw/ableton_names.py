"""Names of locators in Live, where it takes them, and the memory of which locators are ours.

``cue_point/set/name`` addresses a locator by its place in the list, which may change between two
ticks: the list is read right before and after, in one tick with the naming.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridge.daw.ableton_ask import Answer, Ask, Talk, Wait
from bridge.daw.ableton_reach import SAME, Point, difference, joined, points
from bridge.messages import Osc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bridge.daw.ableton_state import Known
    from bridge.daw.ableton_waiting import Marks

LIST = "/live/song/get/cue_points"
SET_NAME = "/live/song/cue_point/set/name"
SHOW = "/live/api/show_message"

TICK = 0.15
"""Seconds after which what Live did in one tick shows in the next."""
_MOST_OURS = 256
_READ_ONLY = ("set attribute", "no setter", "read-only", "readonly", "Unknown OSC address")
"""What Live, or AbletonOSC, says where a locator's name can't be set."""


@dataclass(frozen=True, slots=True)
class Ours:
    """A locator that we set: the names it is to tell, newest first, and the playhead (beats) then.

    ``told`` is when (mono seconds) its latest cue was told.
    """

    names: tuple[str, ...]
    playhead: float
    told: float


class Names:
    """The names of one Live's locators."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._ours: dict[tuple[str, float], Ours] = {}  # by the name and time that Live shows

    def ours(self, point: Point) -> Ours | None:
        """Return what is known of a locator that we set; None for one that is not ours, or no more."""
        return self._ours.get((point.name, point.time))

    def give(self, place: Point, ours: Ours, marks: Marks) -> Talk:
        """Name the locator at `place` of the list, which tells the cues `marks` and perhaps more."""
        full = joined(ours.names)
        for attempt in range(2):
            if attempt:
                yield Wait(TICK)
            if self._known.names is False:
                break
            answer = yield rename(place.index, full)
            before, after = around(answer)
            if after is not None and (taken := _taken(after, place, full)) is not None:
                self._known.names = True
                self._remember(taken, ours)
                self._known.well("locator")
                return
            if any(word in answer.error for word in _READ_ONLY):
                self._known.names = False
            moved = None if after is None else _at(after, place.time, place.name)
            if before is None or after is None or moved is None:
                break
            yield from self._give_back(full, before, after)
            place = moved
        yield from self._nameless(place, ours, marks)

    def _give_back(self, full: str, before: Sequence[Point], after: Sequence[Point]) -> Talk:
        """Where the list changed meanwhile and another locator got our name, return its own."""
        for point in difference(before, after)[0]:
            was = [p for p in before if abs(p.time - point.time) < SAME]
            if point.name == full and was:
                yield rename(point.index, was[0].name)

    def _nameless(self, place: Point, ours: Ours, marks: Marks) -> Talk:
        self._remember(place, ours)
        name = joined(marks.names)
        if self._known.names is False:
            self._known.well("locator")
        else:
            self._known.lose(marks.names)
            self._known.fault(
                "locator", f'Live did not take the name "{name}" for its locator "{place.name}"'
            )
        yield show(name)

    def fail(self, marks: Marks, why: str) -> Talk:
        """Give the markers up, and show their names at least."""
        name = joined(marks.names)
        self._known.lose(marks.names)
        self._known.fault("locator", f'no locator for "{name}": Live {why}')
        yield show(name)

    def _remember(self, shown: Point, ours: Ours) -> None:
        key = (shown.name, shown.time)
        self._ours.pop(key, None)
        while len(self._ours) >= _MOST_OURS:
            del self._ours[next(iter(self._ours))]
        self._ours[key] = ours


def show(text: str) -> Ask:
    """Return the ask that shows `text` in Live's status bar."""
    return Ask((Osc(SHOW, (text,)),))


def _at(among: Sequence[Point], time: float, name: str) -> Point | None:
    return next((p for p in among if p.name == name and abs(p.time - time) < SAME), None)


def rename(index: int, name: str) -> Ask:
    """Return the ask that names a locator, with the list right before and after."""
    return Ask((Osc(LIST), Osc(SET_NAME, (index, name)), Osc(LIST)), risky=True)


def around(answer: Answer) -> tuple[tuple[Point, ...], tuple[Point, ...]] | tuple[None, None]:
    """Return the lists right before and after what was asked, None twice where one is missing."""
    lists = [points(args) for args in answer.all(LIST)]
    if len(lists) < 2 or lists[0] is None or lists[-1] is None:  # noqa: PLR2004 - before, after
        return None, None
    return lists[0], lists[-1]


def _taken(among: Sequence[Point], place: Point, full: str) -> Point | None:
    """Return the locator at `place` when it has a new name, be it a little other than asked for."""
    same = [p for p in among if abs(p.time - place.time) < SAME]
    exact = next((p for p in same if p.name == full), None)
    other = (p for p in same if p.index == place.index and p.name != place.name)
    return exact or next(other, None)
