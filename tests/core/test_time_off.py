"""Time off: which days are meant, silence meanwhile, a welcome afterwards."""

from __future__ import annotations

from datetime import date

import pytest

from bridge.core import days
from bridge.core.advice import advice
from bridge.core.status import status
from bridge.errors import Refused
from tests.standins.desk import SONG, START, Desk

DAY = 24 * 3600.0
MIDNIGHT = START - 20 * 3600.0
TODAY = date(2026, 9, 21)  # a Monday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tomorrow", date(2026, 9, 22)),
        ("Friday", date(2026, 9, 25)),
        ("mon", date(2026, 9, 28)),
        ("3 days", date(2026, 9, 24)),
        ("1 week", date(2026, 9, 28)),
        ("5", date(2026, 9, 26)),
        ("2026-12-24", date(2026, 12, 24)),
    ],
)
def test_a_day_is_meant(text: str, day: date) -> None:
    assert days.meant(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("soon", "'soon' is no day; allowed are 3 days"),
        ("m", "is no day"),
        ("0 days", "is not ahead"),
        ("2026-09-21", "is not ahead"),
        ("2028-01-01", "more than a year ahead"),
        ("99 weeks", "more than a year ahead"),
        ("", "is no day"),
    ],
)
def test_what_is_no_day_ahead_is_refused(text: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        days.meant(text, TODAY)


@pytest.mark.parametrize(
    ("words", "begins", "until"),
    [
        ("", START, MIDNIGHT + DAY),
        ("until friday", START, MIDNIGHT + 4 * DAY),
        ("friday", START, MIDNIGHT + 4 * DAY),
        ("from wednesday until 2026-10-01", MIDNIGHT + 2 * DAY, MIDNIGHT + 10 * DAY),
        ("from friday", MIDNIGHT + 4 * DAY, MIDNIGHT + 5 * DAY),
    ],
)
def test_time_off_is_planned(words: str, begins: float, until: float) -> None:
    desk = Desk(None, SONG)
    desk.do("off", words)
    off = desk.view.off
    assert off is not None
    assert (off.begins, off.until) == (begins, until)


def test_what_runs_is_put_down_and_the_sitting_ends() -> None:
    desk = Desk(None, SONG)
    desk.do("start")
    desk.wait(60)
    desk.do("off", "until friday")
    assert (desk.state, desk.engine.studio.sitting) == ("idle", None)
    assert desk.view.nudges == ("time off until friday",)
    desk.do("undo")
    assert (desk.current, desk.view.off) == ("Write chord progression", None)


def test_the_first_start_is_welcomed_back_with_what_waits() -> None:
    desk = Desk(None, SONG)
    desk.do("off", "until friday")
    desk.wait(6 * DAY)
    entries = desk.do("start")
    said = advice(entries, desk.engine.studio, desk.settings)
    assert said[0] == "welcome back after 6 days; 3 tasks wait, first Write chord progression"
    assert status(desk.view)["off"] is None
    desk.do("end")
    assert "TimeOffEnded" not in [type(e.fact).__name__ for e in desk.do("start")]


def test_planned_days_are_no_days_away() -> None:
    desk = Desk(None, SONG)
    desk.do("start")
    desk.do("end")
    desk.do("off", "10 days")
    desk.wait(11 * DAY)
    desk.do("start")
    desk.do("end")
    desk.wait(6 * DAY)
    told = [type(e.fact).__name__ for e in desk.do("start")]
    assert desk.told().count("RutSensed") == 1  # the six days that nobody planned
    assert "RutSensed" in told


def test_time_off_ahead_can_be_taken_back_by_its_name() -> None:
    desk = Desk(None, SONG)
    with pytest.raises(Refused, match="no time off is planned"):
        desk.do("off", "end")
    desk.do("off", "from friday until sunday")
    assert desk.view.is_off is False
    desk.do("start")
    assert desk.view.off is not None
    desk.do("off", "end")
    assert desk.view.off is None


def test_days_follow_the_zone() -> None:
    east = days.days_in(2 * 3600)
    assert days.days_in(0).day(MIDNIGHT - 1) == date(2026, 9, 20)
    assert east.day(MIDNIGHT - 1) == TODAY
    assert east.begins(TODAY) == MIDNIGHT - 2 * 3600
