"""Markers in Live: read the locators, toggle, read again, name the new one, verify.

Nothing is ever sought: the locator is dropped at the playhead. A locator that is not ours is never
renamed, and is not toggled where it can be seen beforehand; where Live's snapping meets one all the
same, it is brought back (`bridge.daw.ableton_mend`) and told.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, TypeAlias

from bridge.daw.ableton_ask import Answer, Ask, Talk, Wait
from bridge.daw.ableton_mend import BACK, TOGGLE, is_sure_to_meet, set_again, undo
from bridge.daw.ableton_names import LIST, SET_NAME, TICK, Names, Ours, around, show
from bridge.daw.ableton_reach import (
    FASTEST,
    SAME,
    SLOWEST,
    Playing,
    Point,
    difference,
    fitting,
    in_reach,
    joined,
    points,
    quantum,
)
from bridge.daw.ableton_waiting import ONE_PRESS
from bridge.messages import Osc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bridge.daw.ableton_state import Known
    from bridge.daw.ableton_waiting import Marks

_GET = "/live/song/get/"
_STATE = tuple(
    Osc(_GET + name)
    for name in (
        "is_playing", "record_mode", "session_record", "tempo", "clip_trigger_quantization",
        "signature_numerator", "signature_denominator", "loop", "loop_start", "loop_length",
    )
)  # fmt: skip
_LOOK = Ask((Osc(LIST), *_STATE))
_LIST = Ask((Osc(LIST),))
_TOGGLE = Ask((Osc(LIST), Osc(TOGGLE), Osc(LIST), *_STATE), risky=True)

FRESH = 10.0
"""Seconds after its press that a cue waits for a locator of somebody else to get out of reach; later,
its own would stand in a wrong place."""
AGAIN = 0.25
"""Seconds between two looks while a locator of somebody else is in reach."""
TOGETHER = 5.0
"""Seconds within which two cues at one playhead that stands share a locator, wherever the grid put it."""

_Look: TypeAlias = "tuple[Point | None, Point | None]"


class Locators:
    """The markers of one Live."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._names = Names(known)

    def mark(self, marks: Marks) -> Talk:
        """Place a locator for cues of one press."""
        if self._known.locators is False:
            yield show(joined(marks.names))
            return
        found = yield from self._look(marks.told)
        if found is None:
            yield from self._names.fail(marks, "did not list its locators")
            return
        met, theirs = found
        ours = None if met is None else self._names.ours(met)
        if met is not None and ours is not None:
            yield from self._join(met, ours, marks)
        elif theirs is not None:
            yield from self._names.fail(
                marks, f'has a locator of yours there ("{theirs.name}"), kept as it is'
            )
        else:
            yield from self._drop(marks)

    def probe(self) -> Talk:
        """Find out whether AbletonOSC has locators: without arguments the address changes nothing."""
        answer = yield Ask((Osc(SET_NAME),))
        self._known.locators = not _is_unknown(answer)

    # --- before ---

    def _look(self, told: float) -> Generator[Ask | Wait, Answer, _Look | None]:
        """Return our locator in reach, else somebody else's, once there is no use in waiting."""
        while True:
            answer = yield _LOOK
            listed, how = points(answer.last(LIST)), _playing(answer)
            if listed is None:
                return None
            near = in_reach(listed, answer.playhead, how)
            stands = None if how.rolling else answer.playhead
            ours = next((p for p in listed if self._is_met(p, near, stands, told)), None)
            theirs = near[0] if near else None
            moves_on = how.rolling and answer.at + AGAIN < told + FRESH
            if ours is not None or theirs is None or not moves_on:
                return ours, theirs
            yield Wait(AGAIN)

    def _is_met(
        self, point: Point, near: Sequence[Point], stands: float | None, told: float
    ) -> bool:
        """Tell whether this locator is ours and the right one for a cue told at `told`.

        ``stands`` is the playhead, None while it rolls.
        """
        ours = self._names.ours(point)
        if ours is None:
            return False
        same = stands is not None and abs(ours.playhead - stands) < SAME
        return point in near or told - ours.told < (TOGETHER if same else ONE_PRESS)

    # --- placing ---

    def _drop(self, marks: Marks) -> Talk:
        answer = yield _TOGGLE
        if _is_unknown(answer):
            self._known.locators = False
            yield show(joined(marks.names))
            return
        before, after = around(answer)
        if before is None or after is None:
            yield from self._names.fail(marks, "did not list its locators after placing one")
            return
        came, went = difference(before, after)
        if not came and not went:
            yield Wait(TICK)
            later = yield _LIST
            after = points(later.last(LIST)) or after
            came, went = difference(before, after)
        if came:
            self._known.locators = True
            place = min(came, key=lambda p: abs(p.time - answer.playhead))
            ours = Ours(marks.names, answer.playhead, marks.told)
            yield from self._names.give(place, ours, marks)
        elif went:
            yield from self._mend(went[0], before, answer, marks)
        else:
            yield from self._names.fail(marks, _because("placed no locator", answer))

    def _mend(self, lost: Point, before: Sequence[Point], answer: Answer, marks: Marks) -> Talk:
        """Bring back the locator that a toggle deleted; share it where it is ours."""
        how = _playing(answer)
        if not how.recording:
            became = yield from undo(before)
        elif is_sure_to_meet(lost, answer.playhead, how):
            became = yield from set_again(lost, before)
        else:
            became = "an undo would take the recording: set it again"
        ours = self._names.ours(lost)
        if became == BACK and ours is not None:
            yield from self._join(lost, ours, marks)
            return
        what = f'removed the locator "{lost.name}" at beat {lost.time:g} in place of setting one'
        yield from self._names.fail(marks, f"{what}; {became}")

    def _join(self, place: Point, ours: Ours, marks: Marks) -> Talk:
        """Give the locator that we set here before more names; a toggle would delete it."""
        answer = yield _LIST
        listed = points(answer.last(LIST)) or ()
        still = next((p for p in listed if (p.name, p.time) == (place.name, place.time)), None)
        if still is None:
            yield from self._names.fail(
                marks, "no longer has the locator that was to get this name"
            )
        else:
            names = fitting((*marks.names, *ours.names))
            yield from self._names.give(still, Ours(names, answer.playhead, marks.told), marks)


def _playing(answer: Answer) -> Playing:
    def is_on(name: str, unless: float = 0.0) -> bool:
        return bool(answer.number(_GET + name, unless))

    start = answer.number(_GET + "loop_start", 0.0)
    return Playing(
        rolling=is_on("is_playing"),
        recording=is_on("record_mode", unless=1.0) or is_on("session_record", unless=1.0),
        tempo=min(FASTEST, max(SLOWEST, answer.number(_GET + "tempo", 120.0))),
        quantum=quantum(
            answer.number(_GET + "clip_trigger_quantization", 0.0),
            answer.number(_GET + "signature_numerator", 4.0),
            answer.number(_GET + "signature_denominator", 4.0),
        ),
        loop=(start, start + answer.number(_GET + "loop_length", 0.0)) if is_on("loop") else None,
    )


def _is_unknown(answer: Answer) -> bool:
    return any("Unknown OSC address: /live/song/cue_point/" in error for error in answer.errors)


def _because(what: str, answer: Answer) -> str:
    return f"{what} ({answer.error})" if answer.error else what
