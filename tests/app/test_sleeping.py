"""When lights go out: after a while without a sign of anybody, and never while a timer runs."""

from __future__ import annotations

import pytest

from bridge.app.sleeping import Sleeping
from bridge.core.settings import Settings
from tests.standins.desk import SONG, Desk

AFTER = 900.0


@pytest.fixture
def desk() -> Desk:
    return Desk(Settings(at_zero="wait"), SONG)


def asleep(sleeping: Sleeping, desk: Desk) -> bool:
    return sleeping.look(desk.view, desk.moment)


def test_lights_go_out_exactly_when_nobody_was_there_for_so_long(desk: Desk) -> None:
    sleeping = Sleeping(AFTER)
    assert not asleep(sleeping, desk)
    began = desk.moment.mono
    assert sleeping.wake() == began + AFTER
    desk.wait(AFTER - 0.1)
    assert not asleep(sleeping, desk)
    desk.wait(0.1)
    assert asleep(sleeping, desk)
    assert sleeping.wake() is None


def test_they_come_back_with_any_sign_and_go_out_as_long_after_it(desk: Desk) -> None:
    sleeping = Sleeping(AFTER)
    asleep(sleeping, desk)
    desk.wait(AFTER)
    assert asleep(sleeping, desk)
    sleeping.sign(desk.moment.mono)
    assert not asleep(sleeping, desk)
    desk.wait(AFTER - 1)
    assert not asleep(sleeping, desk)
    desk.wait(1)
    assert asleep(sleeping, desk)


def test_they_come_back_with_any_change_of_the_state(desk: Desk) -> None:
    sleeping = Sleeping(AFTER)
    asleep(sleeping, desk)
    desk.wait(AFTER)
    assert asleep(sleeping, desk)
    desk.do("select", 2)
    assert not asleep(sleeping, desk)


@pytest.mark.parametrize("doing", ["start", "break"])
def test_they_stay_while_something_counts_down(desk: Desk, doing: str) -> None:
    sleeping = Sleeping(60.0)
    if doing == "break":
        desk.do("start")
    desk.do(doing)
    for _ in range(4):
        desk.wait(70.0)
        assert not asleep(sleeping, desk)
        assert sleeping.wake() is None


def test_they_stay_in_overtime_that_waits_for_an_answer() -> None:
    desk = Desk(Settings(at_zero="keep-counting"), SONG)
    sleeping = Sleeping(AFTER)
    desk.do("start")
    desk.wait(3600.0)
    assert desk.state == "overtime"
    for _ in range(3):
        assert not asleep(sleeping, desk)
        assert sleeping.wake() is None
        desk.wait(AFTER + 1)


def test_they_go_out_in_a_pause(desk: Desk) -> None:
    sleeping = Sleeping(AFTER)
    desk.do("start")
    asleep(sleeping, desk)
    desk.do("pause")
    assert not asleep(sleeping, desk)
    desk.wait(AFTER)
    assert asleep(sleeping, desk)


def test_zero_is_never(desk: Desk) -> None:
    sleeping = Sleeping(0.0)
    asleep(sleeping, desk)
    desk.wait(100_000.0)
    assert not asleep(sleeping, desk)
    assert sleeping.wake() is None


def test_a_sign_from_before_does_not_turn_time_back(desk: Desk) -> None:
    sleeping = Sleeping(AFTER)
    asleep(sleeping, desk)
    sleeping.sign(desk.moment.mono - 500.0)
    asleep(sleeping, desk)
    desk.wait(AFTER - 1)
    assert not asleep(sleeping, desk)
