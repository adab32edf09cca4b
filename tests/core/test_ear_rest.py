"""Rest for the ears, by section: offered or begun, never during a take."""

from __future__ import annotations

from typing import Literal

import pytest

from bridge.core.actions import SongDraft, TaskDraft
from bridge.core.ear_rest import EarRule
from bridge.core.settings import Settings
from tests.standins.desk import Desk

MINUTE = 60.0
SONG = SongDraft(
    "Moss",
    tasks=(TaskDraft("Mix drums (2h)", "mixing"), TaskDraft("Write hook (2h)", "composition")),
)


def desk(how: Literal["offer", "begin"] = "offer") -> Desk:
    desk = Desk(Settings(ear_rules=(EarRule("Mixing", 600.0, 3000.0),), ear_rest=how), SONG)
    desk.do("start")
    return desk


def test_a_break_is_offered_once_and_taken_without_a_length() -> None:
    mixing = desk()
    mixing.wait(50 * MINUTE)
    assert mixing.told()[-1] == "EarRestDue"
    assert "50m of Mixing without a rest" in mixing.view.nudges[0]
    mixing.wait(30 * MINUTE)
    assert mixing.told().count("EarRestDue") == 1
    mixing.do("break")
    assert (mixing.state, mixing.left) == ("break", 10 * MINUTE)


def test_after_the_break_it_counts_anew() -> None:
    mixing = desk()
    mixing.wait(51 * MINUTE)
    mixing.do("break", "1m")
    mixing.wait(49 * MINUTE)
    assert mixing.told().count("EarRestDue") == 1
    mixing.wait(3 * MINUTE)
    assert mixing.told().count("EarRestDue") == 2


def test_a_break_may_begin_by_itself_and_goes_on_afterwards() -> None:
    mixing = desk("begin")
    mixing.wait(50 * MINUTE + 1)
    assert (mixing.state, mixing.left) == ("break", 10 * MINUTE - 1)
    mixing.wait(10 * MINUTE)
    assert (mixing.state, mixing.current) == ("running", "Mix drums")
    mixing.wait(49 * MINUTE)
    assert mixing.told().count("EarRestDue") == 1


def test_a_break_that_began_by_itself_is_taken_back() -> None:
    mixing = desk("begin")
    mixing.wait(50 * MINUTE + 1)
    mixing.do("undo")
    assert (mixing.state, mixing.current) == ("running", "Mix drums")


@pytest.mark.parametrize("how", ["offer", "begin"])
def test_a_take_is_never_cut(how: Literal["offer", "begin"]) -> None:
    mixing = desk(how)
    mixing.wait(40 * MINUTE)
    mixing.record()
    mixing.wait(30 * MINUTE)
    assert (mixing.state, mixing.told().count("EarRestDue")) == ("running", 0)
    mixing.record(on=False)
    mixing.wait(1)
    assert mixing.told().count("EarRestDue") == 1
    assert [entry.at for entry in mixing.journal] == sorted(e.at for e in mixing.journal)


def test_other_work_does_not_count_and_a_pause_rests_the_ears() -> None:
    mixing = desk()
    mixing.wait(40 * MINUTE)
    mixing.do("start", "moss.2")
    mixing.wait(4 * MINUTE)
    mixing.do("start", "moss.1")
    mixing.wait(9 * MINUTE)
    mixing.do("pause")
    mixing.wait(6 * MINUTE)
    mixing.do("resume")
    mixing.wait(40 * MINUTE)
    assert "EarRestDue" not in mixing.told()
    mixing.wait(11 * MINUTE)
    assert "EarRestDue" in mixing.told()


def test_short_interruptions_are_no_rest() -> None:
    mixing = desk()
    mixing.wait(40 * MINUTE)
    mixing.do("start", "moss.2")
    mixing.wait(4 * MINUTE)
    mixing.do("start", "moss.1")
    mixing.wait(10 * MINUTE)
    assert mixing.told()[-1] == "EarRestDue"


def test_who_sleeps_is_offered_a_rest_and_put_into_none() -> None:
    mixing = desk("begin")
    mixing.sleep(60 * MINUTE)
    assert "BreakBegan" not in mixing.told()


def test_without_a_rule_nothing_is_due() -> None:
    plain = Desk(None, SONG)
    plain.do("start")
    plain.wait(119 * MINUTE)
    assert "EarRestDue" not in plain.told()


def test_a_rule_that_would_never_let_go_is_none() -> None:
    rules = (EarRule("mixing", 0.0, 3000.0),)
    mixing = Desk(Settings(ear_rules=rules, ear_rest="begin"), SONG)
    mixing.do("start")
    mixing.wait(60 * MINUTE)
    assert "EarRestDue" not in mixing.told()
