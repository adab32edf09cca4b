"""What is answered."""

from __future__ import annotations

import msgspec
import pytest

from bridge.core.actions import EditTask, SetGoal
from bridge.core.settings import Settings
from bridge.core.status import Json
from bridge.web.answers import events_json, read_studio, studio_json
from tests.standins.desk import SONG, Desk


def headlines(desk: Desk) -> list[Json]:
    return [row["headline"] for row in events_json(desk.journal, desk.engine.studio)]


def test_the_whole_studio_comes_through() -> None:
    desk = Desk(None, SONG)
    desk.do("start")
    desk.do("undo")
    desk.do("prep")
    studio = desk.engine.studio
    assert read_studio(studio_json(studio, 7)) == (studio, 7)


def test_a_broken_studio_is_an_error_of_msgspec() -> None:
    with pytest.raises(msgspec.MsgspecError):
        read_studio(b'{"seq": 1}')


def test_an_evening_reads_like_one() -> None:
    desk = Desk(Settings(auto_start=True), SONG)
    desk.do("start")
    desk.do("pause")
    desk.do("resume")
    desk.do("extend", "-5m")
    desk.do("mark", "drop")
    desk.do("complete")
    desk.do("later")
    desk.do("break", "10m")
    desk.do("undo")
    desk.ask(SetGoal(1, "three songs", 0.5))
    assert headlines(desk) == [
        "song added: Northern Lights (3 tasks)",
        "sitting began",
        "started: Write chord progression",
        "paused: Write chord progression",
        "resumed: Write chord progression",
        "extended: Write chord progression (-5m)",
        "marked: drop",
        "completed: Write chord progression",
        "started: Design sound for bassline (by itself)",
        "set aside: Design sound for bassline",
        "started: Balance drums and bass (by itself)",
        "break (10m)",
        "undone: break",
        "goal: three songs (goal 1, 50%)",
    ]


def test_what_was_taken_back_is_told_in_words_that_people_use() -> None:
    desk = Desk(None, SONG)
    desk.ask(SetGoal(1, "three songs"))
    desk.do("undo")
    desk.ask(EditTask("northern-lights.1", title="Sing"))
    desk.do("undo")
    desk.do("undo")
    assert headlines(desk)[-1] == "undone: bringing a song in"
    assert "undone: changing a task" in headlines(desk)
    assert "undone: goal" in headlines(desk)


def test_an_event_says_where_it_came_from_and_what_it_is_about() -> None:
    desk = Desk(None, SONG)
    desk.do("start", source="osc")
    started = events_json(desk.journal, desk.engine.studio)[-1]
    assert started["seq"] == 3
    assert (started["source"], started["type"], started["event"]) == (
        "osc",
        "task-started",
        "started",
    )
    assert (started["task"], started["song"]) == ("northern-lights.1", "northern-lights")
    assert (started["action"], started["step"]) == ("start", 1)


def test_a_list_that_begins_in_the_middle_names_the_right_task() -> None:
    desk = Desk(None, SONG)
    desk.do("start")
    desk.do("pause")
    desk.do("start", 2)
    paused = events_json(desk.journal[3:4], desk.engine.studio)[0]
    assert paused["headline"] == "paused: Write chord progression"
