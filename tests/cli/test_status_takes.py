"""`status` says why a box that ran out does not move on."""

from __future__ import annotations

import pytest

from bridge.cli.status import _countdown
from bridge.cli.telling import now_line
from bridge.core.status import status
from tests.standins.desk import SONG, Desk


@pytest.fixture
def desk() -> Desk:
    desk = Desk(None, SONG)
    desk.do("start")
    desk.record()
    return desk


def test_while_a_take_runs_it_says_so(desk: Desk) -> None:
    state = status(desk.view)
    assert _countdown(state["timer"], state["task"]) == "20:00 of 20m · running · recording"  # type: ignore[arg-type] # a dict


def test_what_waits_for_the_take_is_told(desk: Desk) -> None:
    desk.wait(20 * 60 + 65)
    state = status(desk.view)
    words = "overtime · recording: moves on when the take is over"
    assert _countdown(state["timer"], state["task"]) == f"-1:05 of 20m · {words}"  # type: ignore[arg-type] # a dict
    assert now_line(state) == f"now: Write chord progression, -1:05 of 20m, {words}"


def test_an_older_service_that_does_not_tell_is_no_fault(desk: Desk) -> None:
    timer = dict(status(desk.view)["timer"])  # type: ignore[arg-type] # a dict
    task = dict(status(desk.view)["task"])  # type: ignore[arg-type] # a dict
    del timer["held"], timer["recording"], task["planned_s"], task["extended"], task["round"]
    assert _countdown(timer, task) == "20:00 of 20m · running"
