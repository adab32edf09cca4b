from __future__ import annotations

import pytest

from bridge.app.demo_clock import FASTEST, FastClock, StillClock
from bridge.moment import Moment


class Life:
    def __init__(self) -> None:
        self.moment = Moment(500.0, 1_790_000_000.0)

    def now(self) -> Moment:
        return self.moment

    def passes(self, seconds: float) -> None:
        self.moment = self.moment.later(seconds)


def fast(speed: float) -> tuple[Life, FastClock]:
    life = Life()
    return life, FastClock(life.now, speed)


def test_it_begins_with_life_and_runs_ahead_on_both_clocks_alike() -> None:
    life, clock = fast(30)
    assert clock.now() == life.now()
    life.passes(2)
    assert clock.now() == Moment(560.0, 1_790_000_060.0)


def test_another_speed_counts_from_now_on_and_never_makes_time_jump() -> None:
    life, clock = fast(30)
    life.passes(2)
    before = clock.now()
    clock.speed = 10
    assert clock.now() == before
    life.passes(1)
    assert clock.now().mono == before.mono + 10


@pytest.mark.parametrize(("asked", "got"), [(0.1, 1.0), (7.0, 7.0), (1e9, FASTEST)])
def test_a_speed_is_kept_within_what_the_service_takes_for_being_awake(
    asked: float, got: float
) -> None:
    assert fast(asked)[1].speed == got


def test_held_back_it_goes_at_lifes_own_pace_and_then_fast_again() -> None:
    life, clock = fast(60)
    clock.hold_back(1.0)
    assert clock.slowed
    life.passes(0.5)
    assert clock.now().mono == pytest.approx(500.5)
    life.passes(1.0)
    assert clock.now().mono == pytest.approx(500 + 1.0 + 0.5 * 60)
    assert not clock.slowed


def test_the_longer_of_two_wishes_to_be_held_back_counts() -> None:
    life, clock = fast(60)
    clock.hold_back(2.0)
    clock.hold_back(0.1)
    life.passes(2.0)
    assert clock.now().mono == pytest.approx(502.0)


def test_it_waits_at_what_is_due_and_goes_on_from_there() -> None:
    life, clock = fast(60)
    clock.stop_at(530.0)
    life.passes(10)
    assert clock.now() == Moment(530.0, 1_790_000_030.0)
    clock.stop_at(None)
    life.passes(1)
    assert clock.now().mono == 590.0


def test_a_stop_in_the_past_holds_it_where_it_is_and_never_sets_it_back() -> None:
    life, clock = fast(60)
    life.passes(1)
    clock.stop_at(510.0)
    life.passes(1)
    assert clock.now().mono == 560.0


def test_the_still_clock_moves_only_when_it_is_moved() -> None:
    clock = StillClock(Moment(1.0, 2.0))
    clock.move(3.5)
    assert clock.now() == Moment(4.5, 5.5)
