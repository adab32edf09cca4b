"""A toggle that deleted a locator: how it comes back.

``/live/song/undo`` brings it back as it was. With the record button on, an undo could take the take:
then the button for locators is pressed once more, where it is sure to meet the same place, and the
locator gets its name again.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from bridge.daw.ableton_ask import Answer, Ask, Wait
from bridge.daw.ableton_names import LIST, TICK, rename
from bridge.daw.ableton_reach import SAME, difference, landings, points
from bridge.messages import Osc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bridge.daw.ableton_reach import Playing, Point

UNDO = "/live/song/undo"
TOGGLE = "/live/song/cue_point/add_or_delete"

_UNDO = Ask((Osc(UNDO), Osc(LIST)), risky=True)
_AGAIN = Ask((Osc(LIST), Osc(TOGGLE), Osc(LIST)), risky=True)
_LIST = Ask((Osc(LIST),))


BACK = "it is back"


def undo(before: Sequence[Point]) -> Generator[Ask | Wait, Answer, str]:
    """Undo; return what became of the locators that were there `before`, in words for `status`."""
    answer = yield _UNDO
    after = points(answer.last(LIST))
    if after is None or difference(before, after)[1]:
        yield Wait(TICK)
        answer = yield _LIST
        after = points(answer.last(LIST))
    if after is None or difference(before, after)[1]:
        return "Undo did not bring it back: set it again"
    return BACK


def is_sure_to_meet(lost: Point, playhead: float, how: Playing) -> bool:
    """Tell whether a toggle that is sent now lands where the last one did.

    A song that stands lets it act on the very same place, wherever that is.
    """
    if not how.rolling:
        return True
    return all(
        abs(since - lost.time) < SAME and abs(until - lost.time) < SAME
        for since, until in landings(playhead, how)
    )


def set_again(lost: Point, before: Sequence[Point]) -> Generator[Ask | Wait, Answer, str]:
    """Set the locator `lost` anew and name it; return what became of it, in words for `status`."""
    answer = yield _AGAIN
    new = _at(lost, answer)
    if new is None:
        yield Wait(TICK)
        new = _at(lost, (yield _LIST))
    if new is None:
        return "it could not be set again while the record button is on: set it again"
    answer = yield rename(new.index, lost.name)
    after = points(answer.last(LIST))
    if after is None or difference(before, after)[1]:
        return f'it is set again, but is called "{new.name}" now'
    return BACK


def _at(lost: Point, answer: Answer) -> Point | None:
    listed = points(answer.last(LIST)) or ()
    return next((point for point in listed if abs(point.time - lost.time) < SAME), None)
