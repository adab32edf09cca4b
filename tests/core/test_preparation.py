"""The pool of a low day fills itself."""

from __future__ import annotations

from bridge.core.actions import SongDraft, TaskDraft
from bridge.core.advice import advice
from bridge.core.settings import Settings
from tests.standins.desk import SONG, Desk

DAY = 24 * 3600.0
OWN = Settings(prep_kinds=("samples", "sounds"), prep_tasks=(("Tidy the desk", 600.0),))


def test_the_pool_has_the_kinds_and_the_tasks_that_are_wanted() -> None:
    desk = Desk(OWN, SONG)
    desk.do("prep", "on")
    assert [title.split()[0] for title in desk.queue] == ["Sort", "Design", "Tidy"]
    assert desk.engine.studio.song == "northern-lights"


def test_a_low_day_is_no_time_to_be_told_of_too_many_songs() -> None:
    desk = Desk(Settings(in_hand=1), SONG, SongDraft("Fern"))
    entries = desk.do("prep", "on")
    assert desk.told().count("SongAdded") == 3
    assert advice(entries, desk.engine.studio, desk.settings) == ()


def test_after_a_low_day_the_song_is_in_hand_again_and_not_the_pool() -> None:
    desk = Desk(OWN, SONG)
    desk.do("prep", "on")
    desk.do("start")
    assert desk.engine.studio.song == "preparation"
    desk.do("prep", "off")
    assert desk.engine.studio.song == "northern-lights"
    desk.do("undo")
    assert desk.engine.studio.song == "preparation"


def test_a_done_task_comes_back_after_a_week_and_not_before() -> None:
    desk = Desk(OWN, SONG)
    desk.do("prep", "on")
    desk.do("start")
    desk.do("complete")
    for days, size in ((0, 2), (6, 2), (2, 3)):
        desk.wait(days * DAY)
        desk.do("prep", "off")
        desk.do("prep", "on")
        assert desk.view.queue_size == size
    assert desk.queue[-1].startswith("Sort")


def test_a_skipped_task_does_not_come_twice() -> None:
    desk = Desk(OWN, SONG)
    desk.do("prep", "on")
    desk.do("start")
    desk.do("skip")
    desk.wait(30 * DAY)
    desk.do("prep", "off")
    desk.do("prep", "on")
    desk.do("bring")
    assert sorted(title.split()[0] for title in desk.queue) == ["Design", "Sort", "Tidy"]


def test_what_is_wanted_anew_is_added() -> None:
    desk = Desk(Settings(prep_kinds=("samples",)), SONG)
    desk.do("prep", "on")
    desk.do("prep", "off")
    desk.settings = desk.engine.settings = OWN
    desk.do("prep", "on")
    assert desk.view.queue_size == 3
    desk.do("undo")
    assert len(desk.engine.studio.prep_queue) == 1


def test_whoever_has_preparation_of_their_own_keeps_it() -> None:
    desk = Desk(None, SongDraft("Moss", tasks=(TaskDraft("Label cables", "preparation"),)))
    desk.do("prep", "on")
    assert desk.queue == ["Label cables"]


def test_the_pool_fills_itself_when_a_task_of_it_is_started_from_elsewhere() -> None:
    label = SongDraft("Moss", tasks=(TaskDraft("Label cables", "preparation"),))
    desk = Desk(OWN, label)
    desk.do("start", "moss.1")
    assert desk.view.prep
    assert desk.view.queue_size == 4


def test_a_low_day_that_goes_on_is_refilled_as_tasks_are_done_and_at_the_next_sitting() -> None:
    desk = Desk(OWN, SONG)
    desk.do("prep", "on")
    desk.do("start")
    desk.do("complete")
    desk.do("end")
    desk.wait(8 * DAY)
    desk.do("start")
    assert desk.view.queue_size == 3
    desk.do("pause")
    desk.wait(DAY)
    desk.do("complete")
    assert desk.view.queue_size == 2
    desk.do("pause")
    desk.wait(8 * DAY)
    desk.do("complete")
    assert desk.view.queue_size == 2  # the one that was done eight days ago came back
