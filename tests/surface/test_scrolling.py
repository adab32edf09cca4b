"""What runs over the lights: the title of a task that begins, once, until a hand is there."""

from __future__ import annotations

import pytest

from bridge.surface.frame import Frame
from bridge.surface.scrolling import Scroller
from tests.standins.desk import SONG, Desk

CHORDS, BASS = "Write chord progression", "Design sound for bassline"


@pytest.fixture
def desk() -> Desk:
    return Desk(None, SONG)


def scroller() -> Scroller:
    made = Scroller()
    made.on = True
    return made


def text(scroller: Scroller, desk: Desk) -> str:
    scroll = scroller.over(Frame(), desk.view).scroll
    return scroll.text if scroll else ""


def test_the_title_of_a_task_that_begins_runs_in_its_sections_colour(desk: Desk) -> None:
    it = scroller()
    assert text(it, desk) == ""
    desk.do("start")
    scroll = it.over(Frame(), desk.view).scroll
    assert scroll is not None
    assert (scroll.text, scroll.colour) == (CHORDS, "#3FA7FF")


def test_the_same_task_gives_the_same_text_and_the_next_another(desk: Desk) -> None:
    it = scroller()
    text(it, desk)
    desk.do("start")
    first = it.over(Frame(), desk.view).scroll
    desk.wait(30.0)
    assert it.over(Frame(), desk.view).scroll is first
    desk.do("complete")
    then = it.over(Frame(), desk.view).scroll
    assert first is not None
    assert then is not None
    assert then.text == BASS
    assert then.number > first.number


def test_going_on_after_a_pause_or_a_break_is_no_beginning(desk: Desk) -> None:
    it = scroller()
    text(it, desk)
    desk.do("start")
    assert text(it, desk) == CHORDS
    it.end()
    for pause, on in (("pause", "resume"), ("break", "resume")):
        desk.do(pause)
        assert text(it, desk) == ""
        desk.do(on)
        assert text(it, desk) == ""


def test_a_hand_on_the_controller_ends_the_text(desk: Desk) -> None:
    it = scroller()
    text(it, desk)
    desk.do("start")
    assert text(it, desk) == CHORDS
    it.end()
    assert text(it, desk) == ""
    desk.do("complete")
    assert text(it, desk) == BASS


def test_a_task_taken_up_again_begins_again(desk: Desk) -> None:
    it = scroller()
    text(it, desk)
    desk.do("start")
    desk.do("later")
    assert text(it, desk) == BASS
    desk.do("back")
    assert text(it, desk) == CHORDS


def test_a_controller_that_comes_to_a_task_under_way_shows_the_lights_at_once(desk: Desk) -> None:
    desk.do("start")
    it = scroller()
    assert text(it, desk) == ""
    desk.do("complete")
    assert text(it, desk) == BASS


def test_nothing_runs_where_it_is_switched_off(desk: Desk) -> None:
    it = Scroller()
    text(it, desk)
    desk.do("start")
    assert text(it, desk) == ""
