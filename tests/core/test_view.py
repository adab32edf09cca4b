"""What the world may see, and the same for programs."""

from __future__ import annotations

from bridge.core.status import status
from tests.standins.desk import SONG, START, Desk


def test_progress_runs_from_zero_to_one() -> None:
    desk = Desk(None, SONG)
    desk.do("start")
    seen = []
    for wait in (0, 600, 600):
        desk.wait(wait)
        seen.append(desk.view.timer.progress)

    assert seen == [0, 0.5, 1]


def test_ends_at_is_told_only_while_something_counts_down() -> None:
    desk = Desk(None, SONG)
    idle = desk.view.timer.ends_at
    desk.do("start")
    running = desk.view.timer.ends_at
    desk.do("pause")

    assert (idle, running, desk.view.timer.ends_at) == (None, START + 1200, None)


def test_a_row_is_made_only_when_it_is_asked_for() -> None:
    desk = Desk(None, SONG)

    assert [row.title for row in desk.view.queue(1, 2)] == ["Design sound for bassline"]
    assert desk.view.queue_size == 3


def test_during_a_break_the_task_shows_as_paused() -> None:
    desk = Desk(None, SONG)
    desk.do("start")
    desk.do("break", "5m")

    assert desk.view.task is not None
    assert (desk.view.task.state, desk.view.timer.state) == ("paused", "break")


def test_status_has_what_the_interface_promises() -> None:
    desk = Desk(None, SONG)
    desk.do("start", 2)
    desk.wait(30)
    told = status(desk.view)

    assert told["song"] == {
        "id": "northern-lights", "title": "Northern Lights", "stage": "idea incubation",
    }  # fmt: skip
    assert told["task"] == {
        "id": "northern-lights.2", "title": "Design sound for bassline", "song": "northern-lights",
        "section": "sound design", "colour": "#C77DFF", "track": "Bass", "person": "",
        "budget_s": 1500.0, "spent_s": 30.0, "state": "running", "planned_s": 1500.0,
        "extended": 0, "round": 1, "energy": "", "goal": 0, "hand_over": [],
    }  # fmt: skip
    assert told["timer"] == {
        "state": "running", "phase": "normal", "remaining_s": 1470.0, "budget_s": 1500.0,
        "ends_at": START + 1500, "recording": False, "held": False,
    }  # fmt: skip
    assert {"seq", "person", "queue", "goals"} <= set(told)


def test_status_without_anything_has_the_same_keys() -> None:
    empty, full = status(Desk().view), status(Desk(None, SONG).view)

    assert empty.keys() == full.keys()
    assert (empty["song"], empty["task"]) == (None, None)
