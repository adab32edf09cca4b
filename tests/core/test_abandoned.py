"""A sitting that nobody ended is over since the last sign of life, and counts like any other."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bridge.core import rut
from bridge.core.abandoned import AFTER, GRAIN
from bridge.core.events import SittingEnded
from bridge.core.figures_reckoning import figures
from bridge.core.settings import Settings
from bridge.core.sitting_account import account
from bridge.core.sitting_past import sittings as past
from bridge.core.worklog import sittings
from tests.standins.desk import SONG, START, Desk

MINUTE, HOUR = 60.0, 3600.0


@pytest.fixture
def desk() -> Desk:
    return Desk(None, SONG)


def ends(desk: Desk) -> list[float]:
    """When sittings ended, in minutes since the start."""
    return [(e.at - START) / MINUTE for e in desk.journal if isinstance(e.fact, SittingEnded)]


def test_a_paused_sitting_that_was_left_ends_at_the_last_sign_of_life(desk: Desk) -> None:
    desk.do("start")
    desk.wait(5 * MINUTE)
    desk.do("pause")
    desk.wait(AFTER)
    assert ends(desk) == []
    desk.wait(GRAIN)
    assert ends(desk) == [5 + GRAIN / MINUTE]
    assert (desk.state, desk.current) == ("paused", "Write chord progression")


def test_who_comes_back_goes_on_where_it_was_left_in_a_sitting_of_its_own(desk: Desk) -> None:
    desk.do("start")
    desk.wait(5 * MINUTE)
    desk.do("pause")
    desk.restart(off_for=14 * HOUR)
    desk.do("toggle")
    assert (desk.state, desk.left) == ("running", 15 * MINUTE)
    sitting = desk.engine.studio.sitting
    assert sitting is not None
    assert (sitting.began_at, sitting.worked) == (desk.moment.wall, 0.0)


def test_who_went_away_during_a_task_left_a_sitting_too(desk: Desk) -> None:
    desk.do("start")
    desk.sleep(12 * HOUR)
    assert (desk.state, ends(desk)) == ("away", [20])
    desk.do("toggle")
    assert desk.state == "running"


def test_any_sign_of_life_puts_it_off(desk: Desk) -> None:
    desk.do("start")
    desk.do("pause")
    for _ in range(3):
        desk.wait(3 * HOUR)
        desk.do("note", "still here")
    assert ends(desk) == []
    assert [e.at for e in desk.journal] == sorted(e.at for e in desk.journal)


def test_work_a_break_and_a_take_are_no_end() -> None:
    desk = Desk(Settings(at_zero="keep-counting"), SONG)
    desk.do("start")
    desk.wait(9 * HOUR)
    desk.do("break", "9h")
    desk.wait(9 * HOUR - 1)
    desk.do("pause") if desk.state == "running" else None
    desk.record()
    desk.wait(9 * HOUR)
    assert ends(desk) == []


def test_short_sittings_that_nobody_ended_are_a_sign_of_a_rut(desk: Desk) -> None:
    for _ in range(3):
        desk.do("toggle")
        desk.wait(3 * MINUTE)
        desk.do("pause")
        desk.wait(24 * HOUR)
    assert "short" in rut.signs(desk.engine.studio, desk.moment.wall)
    assert [round(trace.worked / MINUTE) for trace in desk.engine.studio.method.sittings] == [3] * 3


def test_days_away_count_from_a_sitting_that_nobody_ended(desk: Desk) -> None:
    desk.do("start")
    desk.wait(3 * MINUTE)
    desk.do("pause")
    desk.wait(6 * 24 * HOUR)
    assert rut.signs(desk.engine.studio, desk.moment.wall) == ("away",)


def test_undo_lets_it_go_on(desk: Desk) -> None:
    desk.do("start")
    desk.do("pause")
    desk.wait(5 * HOUR)
    desk.do("undo")
    desk.settle()
    assert desk.engine.studio.sitting is not None
    assert len(ends(desk)) == 1


@pytest.mark.parametrize("word", ["complete", "later", "skip", "extend"])
def test_what_is_done_with_the_task_that_was_left_is_of_the_next_sitting(
    desk: Desk, word: str
) -> None:
    desk.do("start")
    desk.wait(5 * MINUTE)
    desk.restart(20 * HOUR)  # the machine went to sleep on it, and woke the next day
    assert (desk.state, len(ends(desk))) == ("away", 1)
    desk.do(word)
    desk.wait(MINUTE)
    desk.do("end")
    first, second = sittings(desk.journal)
    assert (first.over, second.over) == (True, True)
    assert second.worked == MINUTE
    assert len(second.done + second.set_aside + second.skipped) == (word != "extend")


def test_time_that_nobody_was_there_for_lowers_no_later_sitting(desk: Desk) -> None:
    desk.do("start")
    desk.wait(46 * MINUTE)  # the second task began by itself, and ran out unseen
    desk.wait(20 * HOUR)
    desk.do("resume")
    desk.wait(16 * MINUTE)
    sitting = desk.engine.studio.sitting
    assert sitting is not None
    assert account(desk.engine.studio, desk.moment.wall).worked == 16 * MINUTE
    desk.do("end")
    assert [trace.worked for trace in desk.engine.studio.method.sittings] == [
        20 * MINUTE + 10, 16 * MINUTE,
    ]  # fmt: skip


@pytest.mark.parametrize("word", ["end", "start", "prep", "off", "rest"])
def test_what_a_task_ran_unseen_is_taken_off_whatever_is_taken_up_instead(
    desk: Desk, word: str
) -> None:
    desk.do("start")
    desk.wait(46 * MINUTE)
    assert (desk.state, desk.current) == ("away", "Design sound for bassline")
    arguments: dict[str, int | str] = {"start": 3, "rest": "northern-lights"}
    desk.do(word, arguments.get(word))
    assert desk.engine.studio.the("northern-lights.2").spent == 0
    if desk.engine.studio.sitting is not None:
        desk.do("end")
    (sitting,) = sittings(desk.journal)
    assert sitting.worked == 20 * MINUTE + 10
    assert desk.engine.studio.method.sittings[-1].worked == sitting.worked


def test_undo_gives_the_unseen_time_back_to_whoever_was_there_after_all(desk: Desk) -> None:
    desk.do("start")
    desk.wait(46 * MINUTE)
    desk.do("start", 3)
    desk.do("undo")
    desk.do("complete")
    assert desk.engine.studio.the("northern-lights.2").spent == 25 * MINUTE
    desk.do("end")
    assert sittings(desk.journal)[0].worked == 45 * MINUTE + 10


def test_a_sitting_that_is_taken_back_takes_along_what_the_clock_charged_in_it() -> None:
    desk = Desk(Settings(at_zero="wait"), SONG)
    for word in ("start", "toggle"):  # the second goes on with it, and its box runs out anew
        desk.do(word)
        desk.wait(1500)
        desk.do("pause")
        desk.sleep(AFTER + HOUR)
        spent = desk.engine.studio.the("northern-lights.1").spent
        desk.restart()
        desk.do("undo")
        desk.do("undo")
        desk.do("undo")
        assert spent == 20 * MINUTE
        assert desk.engine.studio.the("northern-lights.1").spent == 0
        assert desk.engine.studio.the("northern-lights.1").boxed == 0
        assert sittings(desk.journal) == ()
        assert worked(desk) == 0


def test_who_goes_on_after_a_left_sitting_and_takes_it_back_worked_in_the_first_alone() -> None:
    desk = Desk(Settings(at_zero="wait"), SONG)
    desk.do("start")
    desk.wait(MINUTE)
    desk.do("pause")
    desk.wait(5 * HOUR)
    desk.do("toggle")
    desk.wait(HOUR)
    assert desk.engine.studio.the("northern-lights.1").spent == 20 * MINUTE
    desk.do("undo")
    assert desk.engine.studio.the("northern-lights.1").spent == MINUTE
    assert [one.worked for one in sittings(desk.journal)] == [MINUTE] == [worked(desk)]


@pytest.mark.parametrize(
    ("word", "counts"),
    [("complete", True), ("skip", False), ("later", False), ("extend", False), ("note on", False)],
)
def test_what_ran_unseen_counts_only_where_somebody_says_that_it_was_work(
    word: str, counts: bool
) -> None:
    desk = Desk(None, SONG)
    desk.do("start")
    desk.wait(46 * MINUTE)  # the second task began by itself, and ran out unseen
    desk.wait(20 * HOUR)
    assert (desk.state, len(ends(desk))) == ("away", 1)
    name, _, argument = word.partition(" ")
    desk.do(name, argument or None)
    seen = 20 * MINUTE + 10
    first = seen + 25 * MINUTE * counts
    assert worked(desk) == first
    assert sittings(desk.journal)[0].worked == first
    told = past(desk.journal)[0]
    assert account(told.before, told.ended).worked == first
    desk.do("undo")
    told = past(desk.journal)[0]
    assert account(told.before, told.ended).worked == worked(desk) == seen


def worked(desk: Desk) -> float:
    """What the report has in all, in seconds."""
    return figures(desk.journal, desk.moment.wall, _day).total.worked


def _day(at: float) -> date:
    return datetime.fromtimestamp(at, UTC).date()
