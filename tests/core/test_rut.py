"""Signs of a rut told gently, ways out offered, and what helped remembered."""

from __future__ import annotations

import pytest

from bridge.core import rut
from bridge.core.actions import SongDraft, TaskDraft
from bridge.core.advice import advice
from bridge.core.settings import Settings
from bridge.errors import Refused
from tests.standins.desk import Desk

MINUTE, DAY = 60.0, 24 * 3600.0
TEN = SongDraft("Moss", tasks=tuple(TaskDraft(f"Step {n} ({20 - n}m)") for n in range(10)))
OTHER = SongDraft("Fern", tasks=(TaskDraft("Sing (30m)"),))


@pytest.fixture
def desk() -> Desk:
    return Desk(None, TEN, OTHER)


def sit(desk: Desk, *actions: str, minutes: float = 30) -> list[str]:
    """Have a sitting; return the facts that were told."""
    before = len(desk.journal)
    desk.do("start")
    for name in actions:
        desk.do(name)
    desk.wait(minutes * MINUTE)
    desk.do("end")
    return desk.told()[before:]


def test_four_skips_and_nothing_done_are_told_once_a_day(desk: Desk) -> None:
    assert "RutSensed" not in sit(desk, "skip", "skip", "skip", minutes=1)
    told = sit(desk, "skip", "skip", minutes=1)
    assert told.count("RutSensed") == 1
    assert "much was skipped lately" in desk.view.nudges[0]
    assert "RutSensed" not in sit(desk, "skip", "skip", minutes=1)
    desk.wait(DAY)
    assert desk.view.nudges == ()


def test_skips_among_much_that_was_done_are_no_sign(desk: Desk) -> None:
    told = sit(desk, *["complete"] * 4, *["skip"] * 4, minutes=1)
    assert "RutSensed" not in told


def test_many_extensions_are_a_sign(desk: Desk) -> None:
    assert "RutSensed" not in sit(desk, *["extend"] * 4)
    assert "RutSensed" in sit(desk, "extend")


def test_three_short_sittings_are_a_sign_at_the_next(desk: Desk) -> None:
    for _ in range(3):
        assert "RutSensed" not in sit(desk, minutes=5)
        desk.wait(DAY)
    assert "RutSensed" in sit(desk, minutes=5)


def test_days_away_are_a_sign_and_are_told_kindly(desk: Desk) -> None:
    sit(desk)
    desk.wait(6 * DAY)
    entries = desk.do("start")
    said = advice(entries, desk.engine.studio, desk.settings)
    assert said == (
        "it has been a while; that is no failure, and `songbridge rut` offers ways out",
    )


def test_whoever_does_not_want_to_hear_it_hears_nothing() -> None:
    desk = Desk(Settings(rut=False), TEN)
    sit(desk, *["skip"] * 6, minutes=1)
    assert "RutSensed" not in desk.told()


def test_ways_out_are_offered_with_what_each_means(desk: Desk) -> None:
    desk.do("feed", "listen Kind of Blue")
    entries = desk.do("rut")
    assert desk.view.ways == ("break", "small", "prep", "song", "feed", "off")
    assert advice(entries, desk.engine.studio, desk.settings) == (
        "1  a break of 15 minutes, away from the screen",
        "2  one small step: Step 9",
        "3  a low day: preparation instead of music",
        "4  another song: Fern",
        "5  listen Kind of Blue",
        "6  the rest of the day off",
    )


@pytest.mark.parametrize(
    ("way", "state", "current"),
    [
        ("1", "break", "Step 0"),
        ("small", "running", "Step 9"),
        ("song", "running", "Sing"),
        ("prep", "idle", ""),
        ("off", "idle", ""),
    ],
)
def test_a_way_is_taken_in_one_step_and_taken_back(
    desk: Desk, way: str, state: str, current: str
) -> None:
    desk.do("start")
    before = desk.engine.studio
    desk.do("rut", way)
    assert (desk.state, desk.current) == (state, current)
    desk.do("undo")
    assert desk.engine.studio == before


def test_what_helped_comes_first_and_what_did_not_last(desk: Desk) -> None:
    desk.do("rut", "song")
    desk.do("complete")
    desk.do("rut", "break")
    desk.do("rut", "no")
    desk.do("start")
    ways = rut.ways(desk.engine.studio, desk.settings)
    assert ways == ("small", "prep", "off", "break")
    desk.do("rut", "small")
    desk.do("rut", "helped")
    assert rut.ways(desk.engine.studio, desk.settings)[0] == "small"
    desk.restart()
    assert rut.ways(desk.engine.studio, desk.settings)[0] == "small"


def test_a_task_with_little_energy_is_the_small_one() -> None:
    tasks = (TaskDraft("Short (5m)"), TaskDraft("Easy (30m)", energy="low"))
    desk = Desk(None, SongDraft("Moss", tasks=tasks))
    assert rut.smallest(desk.engine.studio, desk.settings) == "moss.2"


def test_what_is_somebody_elses_to_do_is_no_small_step() -> None:
    tasks = (TaskDraft("Sing (5m)", person="Ben"), TaskDraft("Tune (20m)", person="Ada"))
    desk = Desk(Settings(person="Ada"), SongDraft("Moss", tasks=tasks))
    assert rut.smallest(desk.engine.studio, desk.settings) == "moss.2"
    desk.do("person", "Ben")
    assert rut.smallest(desk.engine.studio, desk.settings) == "moss.1"


def test_what_takes_an_hour_is_no_small_step() -> None:
    desk = Desk(None, SongDraft("Moss", tasks=(TaskDraft("Mix it all (1h)"),)))
    assert rut.smallest(desk.engine.studio, desk.settings) is None
    assert "small" not in rut.ways(desk.engine.studio, desk.settings)


def test_what_is_no_way_out_is_refused(desk: Desk) -> None:
    for word in ("feed", "7", "moon"):
        with pytest.raises(Refused, match="is no way out now; there are break, small"):
            desk.do("rut", word)
    with pytest.raises(Refused, match="no way out of a rut is being tried"):
        desk.do("rut", "helped")
