"""Taking back, any action, a hundred deep, across restarts."""

from __future__ import annotations

import pytest

from bridge.core.actions import (
    AddTask,
    EditSong,
    EditTask,
    ImportSong,
    MoveTask,
    SetGoal,
    SongDraft,
    TaskDraft,
)
from bridge.core.engine import Engine
from bridge.core.model import Studio
from bridge.errors import Refused
from bridge.store.codec import encode_snapshot
from tests.standins.desk import SONG, Desk

MINUTE = 60.0
OTHER = SongDraft("Second Song", tasks=(TaskDraft("Record vocals (30m)"),))


@pytest.fixture
def desk() -> Desk:
    desk = Desk(None, SONG)
    desk.do("start")
    return desk


@pytest.mark.parametrize(
    ("name", "argument"),
    [
        ("pause", None), ("complete", None), ("skip", None), ("later", None), ("extend", "7m"),
        ("start", 2), ("select", 3), ("stage", "next"), ("break", "5m"), ("prep", "on"),
        ("mark", "chorus"), ("note", "brighter"), ("end", None), ("rest", None),
        ("off", "until friday"), ("feed", "listen Kind of Blue"), ("rut", None), ("rut", "prep"),
    ],
)  # fmt: skip
def test_undo_takes_back_any_action_as_it_was_at_that_moment(
    desk: Desk, name: str, argument: str | int | None
) -> None:
    desk.wait(5 * MINUTE)
    before = desk.engine.studio
    desk.do(name, argument)
    desk.do("undo")

    assert desk.engine.studio == before


@pytest.mark.parametrize(
    "request_",
    [
        ImportSong(OTHER),
        AddTask("", TaskDraft("Bounce stems"), 1),
        EditTask("northern-lights.2", title="Bass sound", budget=600.0),
        MoveTask("northern-lights.3", 2),
        SetGoal(1, "EP by May"),
        EditTask("northern-lights.2", energy="low"),
        EditSong("northern-lights", title="Lights"),
    ],
)
def test_undo_takes_back_edits_as_well(desk: Desk, request_: object) -> None:
    before = desk.engine.studio
    desk.ask(request_)  # type: ignore[arg-type] # a union member by construction
    desk.do("undo")

    assert desk.engine.studio == before


def test_undo_takes_back_what_the_clock_did_by_itself(desk: Desk) -> None:
    desk.wait(20 * MINUTE + 12)
    moved_on = desk.current
    desk.do("undo")

    assert (moved_on, desk.current) == ("Design sound for bassline", "Write chord progression")
    assert desk.state == "overtime"


def test_undoing_a_completion_later_charges_the_time_between_to_nobody(desk: Desk) -> None:
    desk.wait(5 * MINUTE)
    desk.do("complete")
    desk.wait(3 * MINUTE)
    desk.do("undo")
    desk.wait(MINUTE)

    assert (desk.current, desk.left) == ("Write chord progression", 14 * MINUTE)


def test_undoing_an_extension_later_leaves_the_clock_running(desk: Desk) -> None:
    desk.wait(5 * MINUTE)
    desk.do("extend", "5m")
    desk.wait(3 * MINUTE)
    desk.do("undo")

    assert desk.left == 12 * MINUTE


def test_undo_is_a_hundred_deep_and_then_refuses() -> None:
    desk = Desk(None, SONG)
    for n in range(120):
        desk.do("note", f"note {n}")
    for _ in range(100):
        desk.do("undo")
    with pytest.raises(Refused, match="nothing to take back"):
        desk.do("undo")


def test_undo_works_across_restarts(desk: Desk) -> None:
    before: list[Studio] = []
    for name, argument in (("extend", "5m"), ("note", "x"), ("later", None), ("complete", None)):
        before.append(desk.engine.studio)
        desk.do(name, argument)
    for studio in reversed(before):
        desk.restart()
        desk.do("undo")
        assert desk.engine.studio == studio


def test_undo_works_from_a_snapshot(desk: Desk) -> None:
    before = desk.engine.studio
    desk.do("complete")
    desk.do("note", "x")
    snapshot = desk.engine.snapshot(desk.moment.wall)
    desk.engine = Engine(desk.settings, snapshot)
    desk.engine.wake_up(desk.moment, desk.moment.wall)
    desk.do("undo")
    desk.do("undo")

    assert desk.engine.studio == before


def test_time_that_was_charged_since_stays_charged(desk: Desk) -> None:
    desk.wait(10 * MINUTE)
    desk.do("extend", "5m")
    desk.wait(15 * MINUTE)
    assert desk.state == "overtime"
    desk.do("undo")
    desk.do("complete")

    assert desk.engine.studio.the("northern-lights.1").spent == 25 * MINUTE


def test_taking_back_words_takes_back_no_time(desk: Desk) -> None:
    desk.ask(EditTask("northern-lights.1", title="Chords"))
    desk.do("mark", "here")
    desk.wait(20 * MINUTE + 1)
    desk.do("undo")
    desk.do("undo")
    desk.do("complete")
    task = desk.engine.studio.the("northern-lights.1")
    sitting = desk.engine.studio.sitting

    assert (task.title, task.spent) == ("Write chord progression", 20 * MINUTE + 1)
    assert sitting is not None
    assert (sitting.marks, sitting.worked) == ((), 20 * MINUTE + 1)


def test_a_break_that_ended_by_itself_is_no_wall_for_undo(desk: Desk) -> None:
    desk.do("note", "before")
    desk.wait(MINUTE)
    desk.do("break", "5m")
    desk.wait(6 * MINUTE)
    taken = []
    for _ in range(3):
        (entry,) = desk.do("undo")
        taken.append(entry.fact.action)  # type: ignore[union-attr] # an Undone

    assert taken == ["break", "note", "start"]


def test_taking_back_the_end_of_a_break_goes_back_into_it(desk: Desk) -> None:
    desk.do("break", "5m")
    desk.wait(2 * MINUTE)
    desk.do("resume")
    desk.wait(MINUTE)
    desk.do("undo")

    assert (desk.state, desk.left) == ("break", 3 * MINUTE)


def test_a_sitting_that_nobody_ends_keeps_ways_back_small() -> None:
    desk = Desk(None, SONG)
    desk.do("start")
    for n in range(1500):
        desk.do("note", f"thought number {n}")
    snapshot = desk.engine.snapshot(desk.moment.wall)

    assert len(encode_snapshot(snapshot)) < 200_000
    assert desk.engine.studio.sitting is not None
    assert len(desk.engine.studio.sitting.notes) == 1000
