"""Tasks moved one place, or to a place, by a word."""

from __future__ import annotations

import pytest

from bridge.core.actions import Argument, SongDraft, TaskDraft
from bridge.errors import Refused
from tests.standins.desk import Desk

FOUR = SongDraft("Moss", tasks=tuple(TaskDraft(letter) for letter in "ABCD"))


@pytest.fixture
def desk() -> Desk:
    return Desk(None, FOUR)


@pytest.mark.parametrize(
    ("argument", "queue"),
    [
        ("3 up", "ACBD"),
        ("1 down", "BACD"),
        ("4 top", "DABC"),
        ("moss.1 end", "BCDA"),
        ("2 4", "ACDB"),
        ("3  UP", "ACBD"),
    ],
)
def test_a_task_is_moved_and_taken_back(desk: Desk, argument: str, queue: str) -> None:
    desk.do("move", argument)
    assert "".join(desk.queue) == queue
    desk.do("undo")
    assert "".join(desk.queue) == "ABCD"


def test_nothing_goes_over_the_current_task(desk: Desk) -> None:
    desk.do("start")
    desk.do("move", "3 top")
    assert "".join(desk.queue) == "ACBD"
    with pytest.raises(Refused, match="can stand from position 2 to 4"):
        desk.do("move", "2 up")


@pytest.mark.parametrize(("argument", "queue"), [("down", "BACD"), (3, "BCAD"), ("end", "BCDA")])
def test_the_current_task_is_put_down_with_its_time(
    desk: Desk, argument: Argument, queue: str
) -> None:
    desk.do("start")
    desk.wait(120)
    desk.do("move", argument)
    assert ("".join(desk.queue), desk.current, desk.state) == (queue, "B", "running")
    assert desk.engine.studio.the("moss.1").spent == 120
    desk.do("undo")
    assert (desk.current, desk.state, "".join(desk.queue)) == ("A", "running", "ABCD")


def test_a_paused_task_that_is_moved_lets_nothing_begin(desk: Desk) -> None:
    desk.do("start")
    desk.do("pause")
    desk.do("move", "down")
    assert ("".join(desk.queue), desk.state) == ("BACD", "idle")


def test_a_skipped_task_comes_back_where_it_is_put(desk: Desk) -> None:
    desk.do("start")
    desk.do("skip")
    desk.do("move", "moss.1 end")
    assert "".join(desk.queue) == "BCDA"
    assert desk.current == "B"


@pytest.mark.parametrize(
    ("argument", "reason"),
    [
        (None, "move needs up, down, top, end"),
        ("up", "no task is under way to move"),
        ("1 up", "can stand from position 1 to 4"),
        ("4 down", "can stand from position 1 to 4"),
        ("1 9", "can stand from position 1 to 4"),
        ("1 0", "can stand from position 1 to 4"),
        ("9 up", "no position 9"),
        ("1 left", "'left' is no place in the queue"),
        ("1 2 3", "move needs up"),
        ("1 1", "stands there already"),
    ],
)
def test_what_is_no_move_is_refused(desk: Desk, argument: str | None, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        desk.do("move", argument)
