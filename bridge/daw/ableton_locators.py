"""Markers in Live: read the locators, toggle, read again, name the new one, verify.

Nothing is ever sought: the locator is dropped at the playhead. A locator that is not ours is never
renamed, and is not toggled where it can be seen beforehand; where Live's snapping meets one all the
same, ``/live/song/undo`` brings it back, except during a recording, which an undo would take.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, TypeAlias

from bridge.daw.ableton_ask import PATIENCE, Answer, Ask, Talk, Wait
from bridge.daw.ableton_names import LIST, SET_NAME, TICK, Names, Ours, around, show
from bridge.daw.ableton_reach import (
    SAME,
    Playing,
    Point,
    difference,
    in_reach,
    joined,
    points,
    quantum,
)
from bridge.daw.words import LONGEST
from bridge.messages import Osc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bridge.daw.ableton_state import Known

TOGGLE = "/live/song/cue_point/add_or_delete"
UNDO = "/live/song/undo"

_GET = "/live/song/get/"
_LOOK = Ask(
    tuple(
        Osc(_GET + name)
        for name in (
            "cue_points", "is_playing", "record_mode", "session_record", "tempo",
            "clip_trigger_quantization", "signature_numerator", "signature_denominator",
            "loop", "loop_start", "loop_length",
        )
    )
)  # fmt: skip
_LIST = Ask((Osc(LIST),))
_STATE = tuple(Osc(_GET + name) for name in ("is_playing", "record_mode", "session_record"))
_TOGGLE = Ask((Osc(LIST), Osc(TOGGLE), Osc(LIST), *_STATE), risky=True)
_UNDO = Ask((Osc(UNDO), Osc(LIST)), risky=True)

FRESH = PATIENCE
"""Seconds that a cue may wait; later, its locator would stand in a wrong place."""
AGAIN = 0.25
"""Seconds between two looks while a locator of somebody else is in reach."""
ONE_PRESS = 0.05
"""Seconds within which two cues are of one press ("done: …" and what begins then): one locator."""
TOGETHER = 5.0
"""The same for two cues at one playhead while it stands, wherever the grid put the first."""

_Look: TypeAlias = "tuple[Point | None, Point | None]"


class Locators:
    """The markers of one Live."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._names = Names(known)

    def mark(self, name: str, told: float) -> Talk:
        """Place a locator for the cue `name` that was told at that instant (mono seconds)."""
        if self._known.locators is False:
            yield show(name)
            return
        found = yield from self._look(told)
        if found is None:
            yield from self._names.fail(name, "did not list its locators")
            return
        met, theirs = found
        ours = None if met is None else self._names.ours(met)
        if met is not None and ours is not None:
            yield from self._join(met, ours, name, told)
        elif theirs is not None:
            yield from self._names.fail(
                name, f'has a locator of yours there ("{theirs.name}"), kept as it is'
            )
        else:
            yield from self._drop(name, told)

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

    def _drop(self, name: str, told: float) -> Talk:
        answer = yield _TOGGLE
        if _is_unknown(answer):
            self._known.locators = False
            yield show(name)
            return
        before, after = around(answer)
        if before is None or after is None:
            yield from self._names.fail(name, "did not list its locators after placing one")
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
            yield from self._names.give(place, Ours(name, answer.playhead, told), name)
        elif went:
            how = _playing(answer)
            yield from self._restore(
                went[0], name, before, told, no_undo=how.rolling and how.recording
            )
        else:
            yield from self._names.fail(name, _because("placed no locator", answer))

    def _restore(
        self, lost: Point, name: str, before: Sequence[Point], told: float, *, no_undo: bool
    ) -> Talk:
        """Undo a toggle that deleted; ``no_undo`` during a recording."""
        what = f'removed the locator "{lost.name}" at beat {lost.time:g} in place of setting one'
        if no_undo:
            why = f"{what}, during a recording that an undo would take: set it again"
            yield from self._names.fail(name, why)
            return
        answer = yield _UNDO
        after = points(answer.last(LIST))
        if after is not None and difference(before, after)[1]:
            yield Wait(TICK)
            later = yield _LIST
            after = points(later.last(LIST))
        if after is None or difference(before, after)[1]:
            yield from self._names.fail(
                name, f"{what}, and Undo did not bring it back: set it again"
            )
        elif (ours := self._names.ours(lost)) is not None:
            yield from self._join(lost, ours, name, told)
        else:
            yield from self._names.fail(name, f"{what}; it is back")

    def _join(self, place: Point, ours: Ours, name: str, told: float) -> Talk:
        """Give the locator that we set here before one more name; a toggle would delete it."""
        answer = yield _LIST
        listed = points(answer.last(LIST)) or ()
        still = next((p for p in listed if (p.name, p.time) == (place.name, place.time)), None)
        if still is None:
            yield from self._names.fail(name, "no longer has the locator that was to get this name")
        else:
            full = joined(name, ours.full, LONGEST)
            yield from self._names.give(still, Ours(full, answer.playhead, told), name)


def _playing(answer: Answer) -> Playing:
    def is_on(name: str) -> bool:
        return bool(answer.number(_GET + name, 0.0))

    start = answer.number(_GET + "loop_start", 0.0)
    return Playing(
        rolling=is_on("is_playing"),
        recording=is_on("record_mode") or is_on("session_record"),
        tempo=min(999.0, answer.number(_GET + "tempo", 120.0)),
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
