"""A press that a hand has begun is worked out before it is let go."""

from __future__ import annotations

from bridge.core.actions import Action, Presence
from bridge.core.foresight import Foresight
from tests.standins.desk import SONG, Desk


def test_what_is_awaited_comes_first() -> None:
    desk = Desk(None, SONG)
    foresight = Foresight(desk.engine)
    assert foresight.ponder(desk.moment, [Presence(), Action("start", 2)])
    assert foresight.recall(Action("start", 2), desk.moment, "pad") is not None


def test_what_stays_awaited_is_worked_out_once() -> None:
    desk = Desk(None, SONG)
    foresight = Foresight(desk.engine)
    held = [Action("start", 2), Action("start", 9)]
    rounds = 0
    while foresight.ponder(desk.moment, held):
        rounds += 1
        assert rounds < 20
    assert foresight.recall(Action("start", 9), desk.moment, "pad") is None
