"""The countdown, from start to zero and beyond."""

from __future__ import annotations

import pytest

from bridge.core.model import TimerState
from bridge.core.settings import Settings
from bridge.errors import Refused
from tests.standins.desk import SONG, START, Desk

MINUTE = 60.0


@pytest.fixture
def desk() -> Desk:
    return Desk(None, SONG)


def test_start_runs_the_first_task_in_the_queue(desk: Desk) -> None:
    desk.do("start")
    desk.wait(5 * MINUTE)

    assert (desk.state, desk.current, desk.left) == (
        "running",
        "Write chord progression",
        15 * MINUTE,
    )


def test_starting_another_pauses_the_first_which_stays_at_the_top(desk: Desk) -> None:
    desk.do("start")
    desk.wait(5 * MINUTE)
    desk.do("start", 3)

    assert desk.queue == [
        "Balance drums and bass",
        "Write chord progression",
        "Design sound for bassline",
    ]
    assert desk.view.queue()[1].spent == 5 * MINUTE


def test_a_paused_task_keeps_its_remainder(desk: Desk) -> None:
    desk.do("start")
    desk.wait(5 * MINUTE)
    desk.do("pause")
    desk.wait(60 * MINUTE)
    desk.do("resume")
    desk.wait(MINUTE)

    assert (desk.state, desk.left) == ("running", 14 * MINUTE)


def test_toggle_does_what_fits(desk: Desk) -> None:
    states = []
    for _ in range(3):
        desk.do("toggle")
        states.append(desk.state)

    assert states == ["running", "paused", "running"]


def test_phases_come_in_their_order(desk: Desk) -> None:
    desk.do("start")
    phases = []
    for wait in (0, 15.9 * MINUTE, 0.2 * MINUTE, 3 * MINUTE, 0.95 * MINUTE):
        desk.wait(wait)
        phases.append(desk.view.timer.phase)

    assert phases == ["normal", "normal", "warning", "danger", "overtime"]


def test_at_zero_it_flashes_for_the_grace_then_sets_aside_and_moves_on(desk: Desk) -> None:
    desk.do("start")
    desk.wait(20 * MINUTE + 5)
    in_grace = (desk.state, desk.current, desk.left)
    desk.wait(5)

    assert in_grace == ("overtime", "Write chord progression", -5)
    assert (desk.state, desk.current) == ("running", "Design sound for bassline")
    assert desk.queue[-1] == "Write chord progression"
    aside = desk.view.queue()[-1]
    assert (aside.state, aside.spent) == ("set-aside", 20 * MINUTE + 10)


def test_more_time_in_the_grace_lets_the_task_run_on(desk: Desk) -> None:
    desk.do("start")
    desk.wait(20 * MINUTE + 5)
    desk.do("extend", "5m")
    desk.wait(MINUTE)

    assert (desk.state, desk.current, desk.left) == (
        "running",
        "Write chord progression",
        4 * MINUTE - 5,
    )


def test_a_task_that_began_by_itself_and_ran_out_unattended_goes_away(desk: Desk) -> None:
    desk.do("start")
    desk.wait(20 * MINUTE + 10 + 25 * MINUTE + 600)

    assert (desk.state, desk.current) == ("away", "Design sound for bassline")
    desk.wait(8 * 3600)
    assert (desk.state, desk.queue[0]) == ("away", "Design sound for bassline")


def test_any_human_sign_keeps_a_task_that_began_by_itself_from_going_away(desk: Desk) -> None:
    desk.do("start")
    desk.wait(20 * MINUTE + 10)
    desk.do("note", "still here")
    desk.wait(25 * MINUTE + 10)

    assert desk.current == "Balance drums and bass"


def test_coming_back_gives_the_unattended_time_back(desk: Desk) -> None:
    desk.do("start")
    desk.wait(20 * MINUTE + 10 + 25 * MINUTE + 3600)
    desk.do("toggle")

    assert (desk.state, desk.left) == ("running", 25 * MINUTE)
    assert desk.view.task is not None
    assert desk.view.task.spent == 0


def test_completing_while_away_keeps_the_time(desk: Desk) -> None:
    desk.do("start")
    desk.wait(20 * MINUTE + 10 + 25 * MINUTE + 3600)
    desk.do("complete")

    done = desk.engine.studio.the("northern-lights.2")
    assert (done.state, done.spent) == ("done", 25 * MINUTE)


def test_a_break_after_having_been_away_takes_the_unattended_time_off(desk: Desk) -> None:
    desk.do("start")
    desk.wait(20 * MINUTE + 10 + 25 * MINUTE + 3600)
    desk.do("break", "5m")
    desk.do("resume")

    assert (desk.state, desk.left) == ("running", 25 * MINUTE)


def test_going_on_in_overtime_is_no_second_end(desk: Desk) -> None:
    desk.do("start")
    desk.wait(20 * MINUTE + 2)
    desk.do("pause")
    desk.wait(MINUTE)
    desk.do("resume")
    desk.wait(9)

    assert (desk.state, desk.told().count("TimeUp")) == ("overtime", 1)
    desk.wait(1)
    assert desk.current == "Design sound for bassline"


def test_wait_stands_at_zero_until_somebody_decides() -> None:
    desk = Desk(Settings(at_zero="wait"), SONG)
    desk.do("start")
    desk.wait(25 * MINUTE)

    assert (desk.state, desk.current, desk.left) == ("overtime", "Write chord progression", 0)


def test_keep_counting_counts_on() -> None:
    desk = Desk(Settings(at_zero="keep-counting"), SONG)
    desk.do("start")
    desk.wait(25 * MINUTE)

    assert (desk.state, desk.left) == ("overtime", -5 * MINUTE)


def test_a_task_that_comes_back_gets_a_new_box_and_keeps_what_it_took(desk: Desk) -> None:
    desk.do("start")
    desk.wait(20 * MINUTE + 10)
    desk.do("start", "northern-lights.1")

    assert desk.left == 20 * MINUTE
    assert desk.view.task is not None
    assert desk.view.task.spent == 20 * MINUTE + 10


def test_later_keeps_the_remainder(desk: Desk) -> None:
    desk.do("start")
    desk.wait(5 * MINUTE)
    desk.do("later")
    desk.do("start", "northern-lights.1")

    assert desk.left == 15 * MINUTE


@pytest.mark.parametrize(("minutes", "round_"), [(5, 1), (20, 2)])
def test_later_in_overtime_counts_as_a_box_that_ran_out(
    desk: Desk, minutes: float, round_: int
) -> None:
    desk.do("start")
    desk.wait(minutes * MINUTE)
    desk.do("later")
    desk.do("start", "northern-lights.1")

    assert desk.view.task is not None
    assert desk.view.task.round == round_


def test_the_only_task_is_not_started_again_by_itself() -> None:
    desk = Desk(None, SONG)
    desk.do("start")
    desk.do("complete")
    desk.do("complete")
    desk.wait(31 * MINUTE)
    desk.do("note", "x")

    assert (desk.state, desk.queue) == ("away", ["Balance drums and bass"])
    desk.do("later")
    assert (desk.state, desk.queue) == ("idle", ["Balance drums and bass"])


def test_a_break_shows_its_own_countdown_and_then_the_task_goes_on(desk: Desk) -> None:
    desk.do("start")
    desk.wait(5 * MINUTE)
    desk.do("break", "10m")
    desk.wait(4 * MINUTE)
    on_break = (desk.state, desk.left, desk.view.timer.progress)
    desk.wait(7 * MINUTE)

    assert on_break == ("break", 6 * MINUTE, pytest.approx(0.4))
    assert (desk.state, desk.left) == ("running", 14 * MINUTE)


def test_suspending_over_the_end_of_a_box_tells_its_true_end_and_goes_away(desk: Desk) -> None:
    desk.do("start")
    desk.wait(5 * MINUTE)
    desk.sleep(8 * 3600)

    assert (desk.state, desk.current) == ("away", "Write chord progression")
    up = next(e for e in desk.journal if type(e.fact).__name__ == "TimeUp")
    assert up.at == START + 20 * MINUTE
    assert len(desk.queue) == 3


def test_a_short_sleep_changes_nothing(desk: Desk) -> None:
    desk.do("start")
    desk.sleep(10 * MINUTE)

    assert (desk.state, desk.left) == ("running", 10 * MINUTE)


@pytest.mark.parametrize("by", [3600.0, -3600.0, 86400.0 * 365, 17.0, -5.0])
def test_a_clock_that_is_set_changes_nothing_but_the_clock(desk: Desk, by: float) -> None:
    desk.do("start")
    desk.wait(5 * MINUTE)
    desk.set_clock(by)
    stepped = (desk.state, desk.left)
    desk.wait(MINUTE)

    assert stepped == ("running", 15 * MINUTE)
    assert (desk.state, desk.left) == ("running", 14 * MINUTE)


def test_a_restart_with_a_running_timer_changes_nothing(desk: Desk) -> None:
    desk.do("start")
    desk.wait(5 * MINUTE)
    desk.restart(off_for=30)

    assert (desk.state, desk.current, desk.left) == (
        "running",
        "Write chord progression",
        15 * MINUTE - 30,
    )


def test_a_restart_long_after_the_end_logs_the_true_end_and_eats_nothing(desk: Desk) -> None:
    desk.do("start")
    desk.wait(5 * MINUTE)
    desk.restart(off_for=12 * 3600)

    assert (desk.state, desk.current, len(desk.queue)) == ("away", "Write chord progression", 3)
    assert [e.at for e in desk.journal if type(e.fact).__name__ == "TimeUp"] == [
        START + 20 * MINUTE
    ]
    desk.do("toggle")
    assert desk.left == 15 * MINUTE


def test_a_restart_with_the_clock_set_back_does_not_lengthen_the_box(desk: Desk) -> None:
    desk.do("start")
    desk.wait(5 * MINUTE)
    desk.restart(off_for=10, clock_set=-86400)

    assert (desk.state, desk.left) == ("running", 15 * MINUTE)


def test_overtime_ends_where_the_machine_went_to_sleep() -> None:
    desk = Desk(Settings(at_zero="keep-counting"), SONG)
    desk.do("start")
    desk.wait(22 * MINUTE)
    desk.sleep(10 * 3600)

    assert desk.state == "away"
    assert desk.engine.studio.the("northern-lights.1").spent == pytest.approx(22 * MINUTE, abs=31)


@pytest.mark.parametrize(
    ("name", "argument", "reason"),
    [
        ("pause", None, "nothing is running"),
        ("resume", None, "no task is paused"),
        ("complete", None, "no task is under way"),
        ("skip", None, "no task is under way"),
        ("later", None, "no task is under way"),
        ("extend", "5m", "no task is under way"),
        ("back", None, "no task before"),
        ("start", 9, "no position 9; it has 1 to 3"),
        ("start", "northern-lights.33", "did you mean 'northern-lights.3'"),
        ("select", None, "needs a queue position"),
        ("song", "next", "no next song"),
        ("stage", "prev", "at the first stage"),
        ("stage", "master", "the stages are"),
        ("prep", "off", "off already"),
        ("note", "", "needs a text"),
        ("mark", None, "no task is under way"),
        ("end", None, "no sitting"),
        ("dance", None, "no action 'dance'"),
        ("complet", None, "did you mean 'complete'"),
        ("break", "0s", "lasts from"),
    ],
)
def test_what_makes_no_sense_now_is_refused_with_its_reason(
    desk: Desk, name: str, argument: str | int | None, reason: str
) -> None:
    before = (desk.engine.studio, list(desk.journal))
    with pytest.raises(Refused, match=reason):
        desk.do(name, argument)

    assert (desk.engine.studio, desk.journal) == before


def test_the_timer_has_the_states_of_the_interface() -> None:
    assert [s.value for s in TimerState] == [
        "idle",
        "running",
        "paused",
        "overtime",
        "break",
        "away",
    ]
