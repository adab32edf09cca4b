from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.errors import Refused
from bridge.moment import Moment
from bridge.ports.osc_schedule import HORIZON, Schedule

NOW = Moment(100.0, 1_800_000_000.0)


def test_what_is_due_already_does_not_wait() -> None:
    schedule: Schedule[str] = Schedule()
    assert not schedule.add(NOW.wall, "now", NOW)
    assert not schedule.add(0.0, "long ago", NOW)
    assert schedule.wake() is None


def test_what_lies_ahead_comes_out_when_it_is_due_and_not_before() -> None:
    schedule: Schedule[str] = Schedule()
    assert schedule.add(NOW.wall + 2, "two", NOW)
    assert schedule.add(NOW.wall + 1, "one", NOW)
    assert schedule.wake() == 101.0
    assert schedule.advance(NOW.later(0.999)) == []
    assert schedule.advance(NOW.later(1.0)) == ["one"]
    assert schedule.wake() == 102.0
    assert schedule.advance(NOW.later(50.0)) == ["two"]
    assert len(schedule) == 0


def test_a_wall_clock_that_is_set_meanwhile_changes_nothing() -> None:
    schedule: Schedule[str] = Schedule()
    schedule.add(NOW.wall + 2, "two", NOW)
    assert schedule.advance(Moment(101.0, NOW.wall + 3600)) == []
    assert schedule.advance(Moment(102.0, NOW.wall - 3600)) == ["two"]


def test_a_time_tag_beyond_the_horizon_is_refused_with_how_far_it_is() -> None:
    schedule: Schedule[str] = Schedule()
    assert schedule.add(NOW.wall + HORIZON, "last", NOW)
    with pytest.raises(Refused, match="61 s ahead; at most 60 s"):
        schedule.add(NOW.wall + HORIZON + 1, "too far", NOW)


def test_no_more_wait_than_there_is_room_for() -> None:
    schedule: Schedule[int] = Schedule(capacity=2)
    schedule.add(NOW.wall + 1, 1, NOW)
    schedule.add(NOW.wall + 1, 2, NOW)
    with pytest.raises(Refused, match="2 requests with time tags wait already"):
        schedule.add(NOW.wall + 1, 3, NOW)


@given(st.lists(st.integers(1, 5)))
def test_what_is_due_at_one_instant_keeps_its_order(dues: list[int]) -> None:
    schedule: Schedule[tuple[int, int]] = Schedule()
    for number, due in enumerate(dues):
        schedule.add(NOW.wall + due, (due, number), NOW)
    assert schedule.advance(NOW.later(10)) == sorted(zip(dues, range(len(dues)), strict=True))
