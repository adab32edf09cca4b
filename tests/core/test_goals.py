"""Three goals that fill as the tasks toward them are done."""

from __future__ import annotations

import pytest

from bridge.core.actions import AddTask, EditSong, EditTask, SetGoal, TaskDraft
from bridge.core.status import status
from bridge.errors import Invalid, Refused
from tests.standins.desk import SONG, Desk


@pytest.fixture
def desk() -> Desk:
    desk = Desk(None, SONG)
    desk.ask(SetGoal(1, "an EP by May", by="2026-12-24"))
    return desk


def done(desk: Desk, number: int = 1) -> float:
    return desk.view.goals[number - 1].done


def test_a_goal_fills_as_the_tasks_toward_it_are_done(desk: Desk) -> None:
    for task in ("northern-lights.1", "northern-lights.3"):
        desk.ask(EditTask(task, goal=1))
    desk.do("start", "northern-lights.3")
    desk.do("complete")
    assert done(desk) == 0.5
    desk.do("undo")
    assert done(desk) == 0


def test_all_tasks_of_a_song_may_be_toward_a_goal(desk: Desk) -> None:
    desk.ask(EditSong("northern-lights", goal=1))
    desk.do("start")
    desk.do("complete")
    assert done(desk) == pytest.approx(1 / 3)
    desk.ask(AddTask("", TaskDraft("One more")))
    assert done(desk) == 0.25


def test_a_task_of_its_own_goal_counts_there_and_not_for_its_songs(desk: Desk) -> None:
    desk.ask(SetGoal(2, "a live set"))
    desk.ask(EditSong("northern-lights", goal=1))
    desk.ask(EditTask("1", goal=2))
    desk.do("start")
    desk.do("complete")
    assert (done(desk, 1), done(desk, 2)) == (0, 1)


def test_by_hand_wins_until_it_is_let_go(desk: Desk) -> None:
    desk.ask(EditTask("1", goal=1))
    desk.ask(SetGoal(1, done=0.4))
    desk.do("start")
    desk.do("complete")
    assert done(desk) == 0.4
    desk.ask(SetGoal(1, auto=True))
    assert done(desk) == 1


def test_who_clears_a_goal_lets_its_tasks_go(desk: Desk) -> None:
    desk.ask(EditTask("1", goal=1))
    desk.ask(SetGoal(1, ""))
    assert desk.engine.studio.the("northern-lights.1").goal == 0
    desk.do("undo")
    assert desk.engine.studio.the("northern-lights.1").goal == 1


def test_the_status_counts_the_days(desk: Desk) -> None:
    assert status(desk.view)["goals"][0] == {  # type: ignore[index] # a list of objects
        "text": "an EP by May", "done": 0.0, "by": "2026-12-24", "days_left": 94, "by_hand": False,
    }  # fmt: skip


def test_what_cannot_be_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="goal 2 is not set"):
        desk.ask(EditTask("1", goal=2))
    with pytest.raises(Invalid, match="three goals, 1 to 3, and 0"):
        desk.ask(EditTask("1", goal=4))
    with pytest.raises(Invalid, match="'soon' is no date; write year, month and day"):
        desk.ask(SetGoal(1, by="soon"))
    with pytest.raises(Refused, match="changes nothing"):
        desk.ask(SetGoal(1, "an EP by May"))
