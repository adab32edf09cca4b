from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.core import worklog
from bridge.core.actions import EditSong, HandTask, SetGoal, SongDraft, TaskDraft
from bridge.core.model import Studio
from bridge.core.settings import Settings
from bridge.core.sitting_account import Account, account
from bridge.core.sitting_past import sittings
from bridge.errors import Invalid, Refused
from tests.standins.desk import Desk

SONG = SongDraft(
    "Northern Lights",
    tasks=(
        TaskDraft("Chords", budget=600),
        TaskDraft("Bass", "sound design", 1200),
        TaskDraft("Drums", budget=1200),
        TaskDraft("Vocals", budget=1200, person="Ben"),
        TaskDraft("Mix", "mixing", 1200, person="ben"),
        TaskDraft("Master", "mixing", 1200, person="Cleo"),
    ),
)


@pytest.fixture
def desk() -> Desk:
    return Desk(Settings(person="Ada", auto_start=False, at_zero="keep-counting"), SONG)


def told(desk: Desk) -> Account:
    return account(desk.engine.studio, desk.moment.wall)


def titles(tasks: tuple[object, ...]) -> list[str]:
    return [task.title for task in tasks]  # type: ignore[attr-defined] # TaskTold


def test_each_task_is_told_once_where_it_stands(desk: Desk) -> None:
    desk.do("start", 1)
    desk.wait(300)
    desk.do("later")
    desk.do("start", "northern-lights.1")
    desk.wait(60)
    desk.do("complete")
    desk.do("start", "northern-lights.2")
    desk.wait(500)
    desk.do("later")
    desk.wait(10)
    found = told(desk)
    assert titles(found.done) == ["Chords"]
    assert titles(found.set_aside) == ["Bass"]
    assert titles(found.under_way) == ["Drums"]
    assert [(round(t.spent), t.left and round(t.left)) for t in found.set_aside] == [(500, 700)]


def test_what_took_longer_is_over_time(desk: Desk) -> None:
    desk.do("start", 1)
    desk.wait(700)
    desk.do("complete")
    found = told(desk)
    assert [(t.title, round(t.late)) for t in found.late] == [("Chords", 100)]
    assert round(found.over) == 100


def test_extensions_are_told_by_their_tasks(desk: Desk) -> None:
    desk.do("start", 1)
    desk.do("extend", "5m")
    desk.do("extend", "10m")
    desk.do("extend", "-2m")
    (longer,) = told(desk).longer
    assert (longer.title, longer.times, longer.by) == ("Chords", 2, 900.0)


def test_notes_that_were_left_before_wait_and_those_of_today_are_handed_over(desk: Desk) -> None:
    desk.ask(HandTask("2", "older"))
    desk.wait(60)
    desk.do("start", 1)
    desk.ask(HandTask("northern-lights.2", "newer", "Ben"))
    found = told(desk)
    assert [(one.title, one.note.text, one.note.to) for one in found.handed] == [
        ("Bass", "newer", "Ben")
    ]
    assert [note.text for note in found.next[0].waiting] == ["older"]


def test_goals_that_moved_and_stages_that_were_reached(desk: Desk) -> None:
    desk.ask(SetGoal(1, "the song by May", by="2027-05-01"))
    desk.ask(EditSong("northern-lights", goal=1))
    desk.do("start", 1)
    desk.do("complete")
    desk.ask(SetGoal(2, "an EP"))
    desk.do("stage", "next")
    desk.do("stage", "next")
    found = told(desk)
    assert [(g.text, g.was, round(g.now, 2)) for g in found.goals] == [
        ("the song by May", 0.0, 0.17), ("an EP", None, 0.0),
    ]  # fmt: skip
    assert found.reached == (("Northern Lights", "mixing"),)


def test_the_next_three_and_whom_the_queue_waits_for(desk: Desk) -> None:
    desk.do("start", 1)
    found = told(desk)
    assert [(t.title, t.person) for t in found.next] == [
        ("Bass", ""),
        ("Drums", ""),
        ("Vocals", "Ben"),
    ]
    assert [(o.person, o.title, o.more) for o in found.others] == [
        ("Ben", "Vocals", 1), ("Cleo", "Master", 0),
    ]  # fmt: skip
    desk.do("person", "Ben")
    assert [o.person for o in told(desk).others] == ["Cleo"]


def test_what_was_taken_back_is_not_told(desk: Desk) -> None:
    desk.do("start", 1)
    desk.do("hand", "@Ben a note")
    desk.do("undo")
    desk.do("extend", "5m")
    desk.do("undo")
    desk.do("person", "Ben")
    desk.do("undo")
    desk.do("stage", "next")
    desk.do("undo")
    found = told(desk)
    assert (found.handed, found.longer, found.reached) == ((), (), ())
    assert [share.person for share in found.shares] == ["Ada"]


def test_without_a_sitting_there_is_no_account(desk: Desk) -> None:
    with pytest.raises(Invalid, match="no sitting is under way"):
        told(desk)


# --- past sittings --------------------------------------------------------------------------------


def evening(desk: Desk, minutes: float = 5.0) -> Account:
    desk.do("start")
    desk.wait(60 * minutes)
    desk.do("complete")
    before = told(desk)
    desk.do("end")
    desk.wait(20 * 3600)
    return before


def test_a_past_sitting_is_told_out_of_the_journal_as_it_was_at_its_end(desk: Desk) -> None:
    accounts = [evening(desk), evening(desk, 12)]
    found = sittings(desk.journal)
    assert [account(one.before, one.ended) for one in found] == accounts
    assert all(one.over for one in found)


def test_an_end_that_was_taken_back_and_told_again_is_one_sitting(desk: Desk) -> None:
    evening(desk)
    desk.do("start")
    desk.do("end")
    desk.do("undo")
    desk.wait(600)
    desk.do("complete")
    last = told(desk)
    desk.do("end")
    found = sittings(desk.journal)
    assert len(found) == 2
    assert account(found[-1].before, found[-1].ended) == last


def test_an_end_that_was_only_taken_back_leaves_the_sitting_under_way(desk: Desk) -> None:
    evening(desk)
    desk.do("undo")
    (one,) = sittings(desk.journal)
    assert not one.over


def test_a_sitting_that_was_taken_back_is_none(desk: Desk) -> None:
    desk.do("start")
    desk.do("undo")
    assert sittings(desk.journal) == ()


def test_two_sittings_of_the_same_instant_are_two(desk: Desk) -> None:
    for _ in range(2):
        desk.do("start")
        desk.do("end")
    assert len(sittings(desk.journal)) == len(worklog.sittings(desk.journal)) == 2
    desk.do("undo")
    assert [one.over for one in sittings(desk.journal)] == [True, False]


def test_sittings_have_the_numbers_of_the_list_though_the_clock_was_set_back(desk: Desk) -> None:
    for _ in range(2):
        desk.do("start")
        desk.wait(60)
        desk.do("end")
        desk.set_clock(-600)
    listed = [one.began for one in worklog.sittings(desk.journal)]
    assert [one.began for one in sittings(desk.journal)] == listed
    assert listed != sorted(listed)


def test_a_journal_with_a_gap_is_told_as_far_as_it_goes(desk: Desk) -> None:
    evening(desk)
    evening(desk)
    began = [n for n, entry in enumerate(desk.journal) if entry.action == "end"]
    torn = [*desk.journal[: began[0]], *desk.journal[began[0] + 1 :]]
    found = sittings(torn)
    assert len(found) == 2
    assert found[0].ended <= found[1].began


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["start", "complete", "later", "pause", "end", "end", "undo", "undo", "undo", "person Ben", "+70",
             "+700", "~40000", "hand a note", "off", "clock 600", "restart"]
        ),
        max_size=30,
    )
)  # fmt: skip
def test_the_list_of_sittings_and_their_summaries_count_the_same(words: list[str]) -> None:
    desk = Desk(Settings(person="Ada"), SONG)
    for word in words:
        name, _, argument = word.partition(" ")
        with contextlib.suppress(Refused, Invalid):
            if name[0] in "+~":
                (desk.wait if name[0] == "+" else desk.sleep)(float(name[1:]))
            elif name == "clock":
                desk.set_clock(float(argument))
            elif name == "restart":
                desk.restart(60.0)
            else:
                desk.do(name, argument or None)
    listed, told_again = worklog.sittings(desk.journal), sittings(desk.journal)
    assert [one.over for one in listed] == [one.over for one in told_again]
    assert [one.person for one in listed] == [_began_by(one.before) for one in told_again]
    for one in told_again:
        found = account(one.before, one.ended)
        assert sum(share.worked for share in found.shares) == pytest.approx(found.worked)


def _began_by(studio: Studio) -> str:
    assert studio.sitting is not None
    return studio.sitting.person
