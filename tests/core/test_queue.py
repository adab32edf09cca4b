"""The ordered queue over several songs, and what moves in it."""

from __future__ import annotations

import pytest

from bridge.core.actions import (
    Action,
    AddTask,
    EditSong,
    EditTask,
    ImportSong,
    MoveTask,
    Request,
    SongDraft,
    TaskDraft,
)  # fmt: skip
from bridge.core.model import Section, TaskState
from bridge.core.settings import Settings
from bridge.errors import Invalid, Refused
from tests.standins.desk import SONG, Desk

CHORDS, BASS, DRUMS = SONG_TITLES = (
    "Write chord progression",
    "Design sound for bassline",
    "Balance drums and bass",
)
OTHER = SongDraft("Second Song", tasks=(TaskDraft("Record vocals (30m)", "composition"),))


@pytest.fixture
def desk() -> Desk:
    return Desk(None, SONG, OTHER)


def test_songs_queue_up_one_after_the_other(desk: Desk) -> None:
    assert desk.queue == [CHORDS, BASS, DRUMS, "Record vocals"]


def test_select_goes_to_the_top_when_nothing_is_under_way(desk: Desk) -> None:
    desk.do("select", 3)

    assert (desk.queue[0], desk.state) == (DRUMS, "idle")


def test_select_goes_right_under_the_current_task(desk: Desk) -> None:
    desk.do("start")
    desk.do("select", 4)

    assert desk.queue == [CHORDS, "Record vocals", BASS, DRUMS]


def test_complete_starts_the_next_only_with_auto_start() -> None:
    desk = Desk(Settings(auto_start=False), SONG)
    desk.do("start")
    desk.do("complete")

    assert (desk.state, desk.queue) == ("idle", [BASS, DRUMS])


def test_later_starts_the_next_even_without_auto_start() -> None:
    desk = Desk(Settings(auto_start=False), SONG)
    desk.do("start")
    desk.do("later")

    assert (desk.current, desk.queue[-1]) == (BASS, CHORDS)


@pytest.mark.parametrize(
    "bring_back",
    [
        Action("start", "northern-lights.1"),
        Action("select", "northern-lights.1"),
        MoveTask("northern-lights.1", 4),
    ],
)
def test_a_skipped_task_comes_back_by_start_select_or_move(desk: Desk, bring_back: Request) -> None:
    desk.do("start")
    desk.do("skip")
    assert CHORDS not in desk.queue
    desk.ask(bring_back)

    assert CHORDS in desk.queue
    assert desk.engine.studio.the("northern-lights.1").open


def test_a_done_task_cannot_be_started_again(desk: Desk) -> None:
    desk.do("start")
    desk.do("complete")
    with pytest.raises(Refused, match="is done; undo takes that back"):
        desk.do("start", "northern-lights.1")


def test_back_returns_to_the_task_before_and_back_again(desk: Desk) -> None:
    desk.do("start", 1)
    desk.do("start", 3)
    desk.do("back")
    first = desk.current
    desk.do("back")

    assert (first, desk.current) == (CHORDS, DRUMS)


def test_back_passes_over_what_is_done(desk: Desk) -> None:
    desk.do("start", 2)
    desk.do("start", "northern-lights.1")
    desk.do("complete")
    desk.do("start", "northern-lights.3")
    desk.do("back")

    assert desk.current == BASS


def test_a_task_is_added_where_it_is_wanted_but_never_above_the_current_one(desk: Desk) -> None:
    desk.do("start")
    desk.ask(AddTask("second-song", TaskDraft("Comp the takes (15m)", "mixing"), 1))

    assert desk.queue[:2] == [CHORDS, "Comp the takes"]
    added = desk.engine.studio.the("second-song.2")
    assert (added.budget, added.section) == (900, "mixing")


def test_a_tasks_number_is_its_own(desk: Desk) -> None:
    desk.ask(AddTask("second-song", TaskDraft("One")))
    desk.do("undo")
    desk.ask(AddTask("second-song", TaskDraft("Two")))
    desk.ask(AddTask("second-song", TaskDraft("Three")))

    assert [t.title for t in desk.engine.studio.songs["second-song"].tasks.values()] == [
        "Record vocals", "Two", "Three",
    ]  # fmt: skip


def test_an_edited_budget_moves_the_running_countdown(desk: Desk) -> None:
    desk.do("start")
    desk.wait(300)
    desk.ask(EditTask("northern-lights.1", budget=600.0))

    assert desk.left == 300


def test_an_edit_that_makes_room_ends_overtime(desk: Desk) -> None:
    desk.do("start")
    desk.wait(1202)
    desk.ask(EditTask("northern-lights.1", title="Write chords (30m)"))

    assert (desk.state, desk.current) == ("running", "Write chords")


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        (TaskDraft("  "), "needs a title"),
        (TaskDraft("x" * 201), "at most 200"),
        (TaskDraft("Fine", "mastering"), "no section 'mastering'; allowed are 'composition'"),
        (TaskDraft("Fine", budget=30.0), "lasts from 1m to 24h"),
        (TaskDraft("Fine", budget=90000.0), "lasts from 1m to 24h"),
    ],
)
def test_a_task_that_cannot_be_is_refused(desk: Desk, draft: TaskDraft, reason: str) -> None:
    before = desk.engine.studio
    with pytest.raises(Invalid, match=reason):
        desk.ask(AddTask("", draft))

    assert desk.engine.studio is before


def test_names_are_kept_on_one_line_without_control_characters(desk: Desk) -> None:
    desk.ask(AddTask("", TaskDraft("Bass\n\x07drop\t(10m)", track="Ba\x00ss")))
    added = desk.engine.studio.the("northern-lights.4")

    assert (added.title, added.track, added.budget) == ("Bass drop", "Ba ss", 600)


def test_a_finished_song_leaves_the_queue_and_comes_back(desk: Desk) -> None:
    desk.do("start", 2)
    desk.do("stage", "finished")
    gone = (desk.queue, desk.state)
    desk.do("stage", "prev")

    assert gone == (["Record vocals"], "idle")
    assert desk.queue == ["Record vocals", CHORDS, BASS, DRUMS]


def test_the_song_in_hand_follows_the_task_that_starts(desk: Desk) -> None:
    desk.do("start", 4)

    assert desk.view.song is not None
    assert desk.view.song.id == "second-song"


def test_songs_are_taken_up_by_id_place_and_neighbour(desk: Desk) -> None:
    in_hand = []
    for argument in ("second-song", 1, "next", "prev"):
        desk.do("song", argument)
        in_hand.append(desk.engine.studio.song)

    assert in_hand == ["second-song", "northern-lights", "second-song", "northern-lights"]


def test_a_low_day_shows_preparation_instead_and_then_the_queue_again(desk: Desk) -> None:
    desk.do("start")
    desk.wait(60)
    desk.do("prep", "on")
    prep = list(desk.queue)
    desk.do("start")
    desk.do("complete")
    desk.do("prep", "off")

    assert len(prep) == 6
    assert desk.queue[0] == CHORDS
    assert desk.engine.studio.the("northern-lights.1").spent == 60
    assert desk.engine.studio.songs["preparation"].tasks["preparation.1"].state is TaskState.DONE


def test_ones_own_preparation_tasks_are_used_where_there_are_some() -> None:
    song = SongDraft("Tidy", tasks=(TaskDraft("Label stems", "preparation"),))
    desk = Desk(None, song)
    desk.do("prep")

    assert desk.queue == ["Label stems"]


def test_a_song_with_sections_of_its_own_gives_them_colours() -> None:
    song = SongDraft("Vocals", sections=(Section("recording", ""), Section("mixing", "")))
    desk = Desk(None, song)
    colours = {s.name: s.colour for s in desk.engine.studio.songs["vocals"].sections}

    assert colours["mixing"] == "#FFB000"
    assert colours["recording"].startswith("#")


def test_the_same_song_twice_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="there is a song 'northern-lights' already"):
        desk.ask(ImportSong(SONG))


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Northern Lights", "northern-lights"),
        ("  Café del Mar!! ", "cafe-del-mar"),
        ("Tromsø 2 a.m.", "tromso-2-a-m"),
        ("夜", "song-591c"),
        ("Next", "next-song"),
        ("prev?", "prev-song"),
        ("1999", "song-1999"),
        ("99 Luftballons", "99-luftballons"),
    ],
)
def test_a_songs_id_is_a_plain_slug(title: str, slug: str) -> None:
    desk = Desk(None, SongDraft(title))

    assert list(desk.engine.studio.songs) == [slug]


@pytest.mark.parametrize("title", ["Next", "Prev", "2", "1999", "夜"])
def test_every_song_can_be_taken_up_by_its_id(title: str) -> None:
    desk = Desk(None, SongDraft(title), SongDraft("Another"))
    song_id = next(iter(desk.engine.studio.songs))
    desk.do("song", "another")
    desk.do("song", song_id)
    assert desk.engine.studio.song == song_id


def test_tasks_of_a_finished_song_rest(desk: Desk) -> None:
    desk.do("start")
    desk.do("start", 4)
    desk.do("song", "northern-lights")
    desk.do("stage", "finished")
    with pytest.raises(Refused, match="is finished; move it to an earlier stage"):
        desk.do("start", "northern-lights.1")
    with pytest.raises(Refused, match="no task before"):
        desk.do("back")


def test_starting_a_task_of_the_other_queue_shows_that_queue(desk: Desk) -> None:
    desk.do("prep", "on")
    desk.do("start", "northern-lights.2")
    back_at_work = (desk.view.prep, desk.queue[0], desk.current)
    desk.do("start", "preparation.1")

    assert back_at_work == (False, BASS, BASS)
    assert (desk.view.prep, desk.queue[0]) == (True, desk.current)


@pytest.mark.parametrize("names", [("mixing", "Mixing"), ("a", "b", "a")])
def test_a_section_stands_there_once(desk: Desk, names: tuple[str, ...]) -> None:
    sections = tuple(Section(name, "") for name in names)
    with pytest.raises(Invalid, match="more than once"):
        desk.ask(ImportSong(SongDraft("Other", sections=sections)))


def test_edited_sections_get_colours_as_new_ones_do(desk: Desk) -> None:
    names = ("composition", "sound design", "mixing", "vocals")
    desk.ask(EditSong("northern-lights", sections=tuple(Section(n, "") for n in names)))

    assert all(
        s.colour.startswith("#") for s in desk.engine.studio.songs["northern-lights"].sections
    )


@pytest.mark.parametrize(("name", "argument"), [("prep", "on"), ("stage", "finished")])
def test_what_puts_the_running_task_down_says_that_it_is_paused(
    desk: Desk, name: str, argument: str
) -> None:
    desk.do("start")
    desk.wait(60)
    told = [type(entry.fact).__name__ for entry in desk.do(name, argument)]

    assert "TimerPaused" in told
    assert desk.engine.studio.the("northern-lights.1").spent == 60
