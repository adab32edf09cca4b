"""A take is never cut: while a DAW records a box that ran out waits, and its overtime is counted."""

from __future__ import annotations

import pytest

from bridge.core.react import event
from bridge.core.settings import Settings
from bridge.core.status import status
from tests.standins.desk import SONG, START, Desk

MINUTE = 60.0
BOX = 20 * MINUTE  # of the first task
HOUR = 3600.0


@pytest.fixture
def desk() -> Desk:
    """A first task that is recorded over its end, by one minute."""
    return recording(Desk(None, SONG))


def recording(desk: Desk) -> Desk:
    desk.do("start")
    desk.wait(BOX - MINUTE)
    desk.record()
    desk.wait(2 * MINUTE)
    return desk


def spent(desk: Desk, title: str = "Write chord progression") -> float:
    return next(row.spent for row in desk.view.queue() if row.title == title)


def told_at(desk: Desk, name: str) -> list[float]:
    return [e.at - START for e in desk.journal if type(e.fact).__name__ == name]


def test_time_is_up_at_its_instant_and_the_box_waits_for_the_take(desk: Desk) -> None:
    assert told_at(desk, "TimeUp") == [BOX]
    desk.wait(HOUR)

    assert (desk.state, desk.current) == ("overtime", "Write chord progression")
    assert desk.left == -(HOUR + MINUTE)
    assert spent(desk) == BOX + HOUR + MINUTE


def test_the_grace_begins_when_the_take_is_over(desk: Desk) -> None:
    desk.record(False)
    desk.wait(9)
    in_grace = (desk.state, desk.current)
    desk.wait(1)

    assert in_grace == ("overtime", "Write chord progression")
    assert (desk.state, desk.current) == ("running", "Design sound for bassline")
    assert told_at(desk, "TaskSetAside") == [BOX + MINUTE + 10]
    assert spent(desk) == BOX + MINUTE + 10


def test_a_take_that_ends_before_the_box_changes_nothing() -> None:
    desk = Desk(None, SONG)
    desk.do("start")
    desk.record()
    desk.wait(5 * MINUTE)
    desk.record(False)
    desk.wait(BOX - 5 * MINUTE + 10)

    assert told_at(desk, "TaskSetAside") == [BOX + 10]


def test_a_take_that_begins_in_the_grace_holds_it_and_the_grace_begins_anew(desk: Desk) -> None:
    desk.record(False)
    desk.wait(8)
    desk.record()
    desk.wait(5 * MINUTE)
    held = desk.current
    desk.record(False)
    desk.wait(10)

    assert held == "Write chord progression"
    assert told_at(desk, "TaskSetAside") == [BOX + 6 * MINUTE + 8 + 10]


def test_a_take_that_begins_before_any_task_holds_the_first_one_all_the_same() -> None:
    desk = Desk(None, SONG)
    desk.record()
    desk.wait(HOUR)
    desk.do("start")
    desk.wait(HOUR)

    assert (desk.state, desk.current) == ("overtime", "Write chord progression")


@pytest.mark.parametrize(
    ("name", "state", "current"),
    [
        ("complete", "running", "Design sound for bassline"),
        ("later", "running", "Design sound for bassline"),
        ("skip", "running", "Design sound for bassline"),
        ("extend", "running", "Write chord progression"),
        ("pause", "paused", "Write chord progression"),
        ("break", "break", "Write chord progression"),
    ],
)
def test_a_hand_is_obeyed_at_once_though_a_take_runs(
    desk: Desk, name: str, state: str, current: str
) -> None:
    desk.do(name)

    assert (desk.state, desk.current) == (state, current)


def test_nobody_is_away_while_a_take_runs() -> None:
    desk = Desk(None, SONG)
    desk.do("start")
    desk.do("complete")
    desk.record(source="clock")  # even of a take that nobody began
    desk.wait(8 * HOUR)

    assert (desk.state, desk.current) == ("overtime", "Design sound for bassline")


def test_to_begin_a_take_is_a_sign_of_somebody() -> None:
    desk = Desk(None, SONG)
    desk.do("start")
    desk.wait(BOX + 10)
    began = desk.view.studio.timer
    desk.record()
    desk.record(False)
    desk.wait(25 * MINUTE + 10)

    assert (began.auto, began.attended) == (True, False)
    assert desk.current == "Balance drums and bass"


def test_a_take_whose_daw_was_lost_is_no_sign_of_anybody() -> None:
    desk = Desk(None, SONG)
    desk.record()
    desk.do("start")
    desk.do("complete", source="clock")
    desk.wait(MINUTE)
    desk.record(False, source="clock")
    desk.wait(HOUR)

    assert desk.state == "away"


def test_overtime_counts_during_a_take_where_it_waits_for_a_decision_otherwise() -> None:
    desk = recording(Desk(Settings(at_zero="wait"), SONG))
    during = spent(desk)
    desk.record(False)
    desk.wait(HOUR)

    assert during == BOX + MINUTE
    assert (desk.state, spent(desk)) == ("overtime", BOX + MINUTE)


def test_a_take_that_begins_while_overtime_waits_is_charged_for_its_length() -> None:
    desk = Desk(Settings(at_zero="wait"), SONG)
    desk.do("start")
    desk.wait(BOX + HOUR)
    desk.record()
    desk.wait(3 * MINUTE)
    desk.record(False)
    desk.wait(HOUR)

    assert spent(desk) == BOX + 3 * MINUTE


def test_overtime_that_counts_on_anyway_counts_through_a_take() -> None:
    desk = recording(Desk(Settings(at_zero="keep-counting"), SONG))
    desk.record(False)
    desk.wait(HOUR)

    assert spent(desk) == BOX + MINUTE + HOUR


def test_a_break_in_a_take_ends_when_it_should_and_the_task_goes_on(desk: Desk) -> None:
    desk.do("extend", "30m")
    desk.do("break", "5m")
    desk.wait(5 * MINUTE)

    assert (desk.state, desk.current) == ("running", "Write chord progression")
    assert desk.view.timer.recording


def test_a_take_that_ends_in_a_break_leaves_no_grace_behind(desk: Desk) -> None:
    desk.do("break", "5m")
    desk.record(False)
    desk.wait(5 * MINUTE + 10)

    assert told_at(desk, "TaskSetAside") == [BOX + 6 * MINUTE + 10]


def test_taking_back_leaves_the_take_as_it_is(desk: Desk) -> None:
    desk.do("complete")
    desk.do("undo")
    desk.wait(HOUR)

    assert (desk.state, desk.current) == ("overtime", "Write chord progression")


def test_a_take_is_nothing_to_be_taken_back(desk: Desk) -> None:
    desk.record(False)
    desk.do("undo")

    assert desk.state == "idle"  # the start


def test_what_is_taken_back_after_the_take_has_its_grace_from_then_on(desk: Desk) -> None:
    desk.do("complete")
    desk.record(False)
    desk.wait(MINUTE)
    desk.do("undo")
    desk.wait(9)
    in_grace = desk.state
    desk.wait(1)

    assert (in_grace, desk.current) == ("overtime", "Design sound for bassline")


def test_overtime_that_waited_is_charged_when_it_is_taken_back_to_in_a_take() -> None:
    desk = Desk(Settings(at_zero="wait"), SONG)
    desk.do("start")
    desk.wait(BOX + MINUTE)
    desk.do("complete")
    desk.record()
    desk.do("undo")
    desk.wait(2 * MINUTE)

    assert spent(desk) == BOX + 2 * MINUTE


def test_overtime_of_a_take_waits_again_when_it_is_taken_back_to_afterwards() -> None:
    desk = recording(Desk(Settings(at_zero="wait"), SONG))
    desk.do("complete")
    desk.record(False)
    desk.do("undo")
    before = spent(desk)
    desk.wait(HOUR)

    assert (desk.state, before, spent(desk)) == ("overtime", BOX + MINUTE, BOX + MINUTE)


def overtime_set_going_by_hand() -> Desk:
    """One minute of overtime that waited for a decision, until a hand let it go on."""
    desk = Desk(Settings(at_zero="wait"), SONG)
    desk.do("start")
    desk.wait(BOX + HOUR)
    desk.do("pause")
    desk.do("resume")
    desk.wait(MINUTE)
    return desk


def test_overtime_that_a_hand_set_going_goes_on_after_a_take() -> None:
    desk = overtime_set_going_by_hand()
    desk.record()
    desk.wait(MINUTE)
    desk.record(False)
    desk.wait(MINUTE)

    assert spent(desk) == BOX + 3 * MINUTE


def test_overtime_that_a_hand_set_going_goes_on_when_something_else_is_taken_back() -> None:
    desk = overtime_set_going_by_hand()
    desk.do("mark", "here")
    desk.do("undo")
    desk.wait(MINUTE)

    assert told_at(desk, "TimeUp") == [BOX]
    assert spent(desk) == BOX + 2 * MINUTE


@pytest.mark.parametrize("by", [-7200.0, 7200.0])
def test_a_clock_that_is_set_during_a_take_bends_nothing(desk: Desk, by: float) -> None:
    desk.set_clock(by)
    desk.wait(MINUTE)
    desk.record(False)
    left = desk.left
    desk.wait(10)

    assert left == -2 * MINUTE
    assert desk.current == "Design sound for bassline"


@pytest.mark.parametrize("by", [-7200.0, 7200.0])
def test_a_clock_that_is_set_in_the_grace_after_a_take_bends_nothing(desk: Desk, by: float) -> None:
    desk.record(False)
    desk.wait(5)
    desk.set_clock(by)
    desk.wait(4)
    in_grace = desk.current
    desk.wait(1)

    assert (in_grace, desk.current) == ("Write chord progression", "Design sound for bassline")


def test_a_take_ends_where_the_machine_went_to_sleep(desk: Desk) -> None:
    desk.sleep(8 * HOUR)

    assert told_at(desk, "TakeEnded") == [BOX + MINUTE]
    assert (desk.state, desk.current) == ("away", "Write chord progression")
    assert spent(desk) == BOX + MINUTE


def test_a_box_that_ran_out_while_a_recording_machine_slept_went_away() -> None:
    desk = Desk(None, SONG)
    desk.do("start")
    desk.record()
    desk.wait(5 * MINUTE)
    desk.sleep(8 * HOUR)
    desk.do("resume")

    assert told_at(desk, "TakeEnded") == [5 * MINUTE]
    assert spent(desk) == 5 * MINUTE


def test_a_take_is_no_sleep_however_long_nothing_else_happens() -> None:
    desk = Desk(None, SONG)
    desk.record()
    desk.wait(8 * HOUR)

    assert desk.view.timer.recording


def test_a_restart_ends_the_take_now_so_that_the_daw_can_say_that_it_goes_on(desk: Desk) -> None:
    desk.restart(off_for=60)
    desk.wait(5)
    held = desk.current
    desk.record()
    desk.wait(HOUR)

    assert (held, desk.current) == ("Write chord progression", "Write chord progression")
    assert told_at(desk, "TakeEnded") == [BOX + 2 * MINUTE]


def test_a_take_left_open_long_ago_ended_when_the_service_did(desk: Desk) -> None:
    desk.restart(off_for=8 * HOUR)

    assert told_at(desk, "TakeEnded") == [BOX + MINUTE]
    assert (desk.state, desk.current) == ("away", "Write chord progression")


def test_a_take_left_open_ends_though_the_clock_was_set_back(desk: Desk) -> None:
    desk.restart(off_for=60, clock_set=-7200)

    assert not desk.view.timer.recording
    assert (desk.state, desk.current) == ("overtime", "Write chord progression")


def test_the_same_news_twice_is_told_once(desk: Desk) -> None:
    assert desk.record() == ()
    desk.record(False)
    assert desk.record(False) == ()


def test_status_tells_that_a_take_runs_and_holds_the_box(desk: Desk) -> None:
    def now() -> tuple[object, object]:
        timer = status(desk.view)["timer"]
        assert isinstance(timer, dict)
        return timer["recording"], timer["held"]

    held = now()
    desk.record(False)
    grace = now()
    desk.do("extend", "10m")
    desk.record()

    assert (held, grace, now()) == ((True, True), (False, False), (True, False))


def test_nothing_is_held_where_nothing_moves_on_anyway() -> None:
    desk = recording(Desk(Settings(at_zero="keep-counting"), SONG))

    assert (desk.view.timer.recording, desk.view.timer.held) == (True, False)


def test_the_headlines_name_the_task_that_is_recorded(desk: Desk) -> None:
    entries = [*desk.record(False), *desk.record()]
    told = [event(entry, desk.engine.studio) for entry in entries]

    assert [(e.name, e.title) for e in told if e] == [
        ("take-ended", "Write chord progression"),
        ("take-began", "Write chord progression"),
    ]
