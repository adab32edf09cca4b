"""Two people at one desk: who sits here, whose task it is, and what one leaves for the other."""

from __future__ import annotations

import pytest

from bridge.core.actions import (
    Action,
    AddTask,
    EditTask,
    HandTask,
    SongDraft,
    TaskDraft,
    signed,
)  # fmt: skip
from bridge.core.advice import advice
from bridge.core.evolve import evolve
from bridge.core.hand_over import KEPT, LONGEST_NOTE, HandOver, told
from bridge.core.model import Studio
from bridge.core.settings import Settings
from bridge.core.sitting_account import account
from bridge.errors import Invalid, Refused
from bridge.store.codec import CODEC, decode_snapshot, encode_snapshot
from tests.standins.desk import SONG, Desk

ADA = Settings(person="Ada")
FIRST = "northern-lights.1"
SHARED = SongDraft(
    "Northern Lights",
    tasks=(
        TaskDraft("Write chords", budget=1200),
        TaskDraft("Record vocals", budget=1200, person="Ben"),
        TaskDraft("Mix", "mixing", 1200, person="Cleo"),
    ),
)


@pytest.fixture
def desk() -> Desk:
    return Desk(ADA, SHARED)


def persons_of(desk: Desk) -> list[tuple[str, str]]:
    return [(entry.action, entry.person) for entry in desk.journal if entry.step == 0]


def notes(desk: Desk, task: str = FIRST) -> tuple[HandOver, ...]:
    return desk.engine.studio.the(task).hand_over


# --- who sits here --------------------------------------------------------------------------------


def test_entries_bear_the_name_of_whoever_sat_down(desk: Desk) -> None:
    desk.do("start")
    desk.do("person", "Ben")
    desk.do("complete")
    desk.do("person")
    desk.do("note", "mine again")
    assert persons_of(desk)[1:] == [
        ("start", "Ada"), ("person", "Ada"), ("complete", "Ben"), ("person", "Ben"), ("note", "Ada"),
    ]  # fmt: skip
    assert desk.view.person == "Ada"


def test_a_known_name_is_found_whatever_its_case_and_composition(desk: Desk) -> None:
    desk.do("person", "  bEN ")
    assert desk.view.person == "Ben"
    desk.do("person", "Zoë")  # composed
    desk.do("person")
    desk.do("person", "ZOE\u0308")
    assert desk.view.person == "Zoë"


@pytest.mark.parametrize("argument", [None, "", 1, True, "Ada", "ada"])
def test_whoever_sits_here_need_not_sit_down(desk: Desk, argument: object) -> None:
    with pytest.raises(Refused, match="Ada sits here already"):
        desk.do("person", argument)  # type: ignore[arg-type] # what a button sends


def test_without_a_configured_name_a_name_must_be_given() -> None:
    with pytest.raises(Refused, match="person needs a name"):
        Desk(Settings(), SONG).do("person")


def test_a_name_is_bounded_and_printable(desk: Desk) -> None:
    desk.do("person", "B\u202eob\x07 \u200f B")
    assert desk.view.person == "B ob B"
    with pytest.raises(Invalid, match="at most 100 characters"):
        desk.do("person", "B" * 101)


def test_time_goes_to_whoever_sat_there(desk: Desk) -> None:
    desk.do("start")
    desk.wait(300)
    desk.do("person", "Ben")
    desk.wait(120)
    desk.do("person", "Ada")
    desk.wait(60)
    told = account(desk.engine.studio, desk.moment.wall)
    assert [(one.person, round(one.worked)) for one in told.shares] == [("Ada", 360), ("Ben", 120)]


def test_somebody_who_sits_down_does_not_touch_the_countdown_and_undo_neither(desk: Desk) -> None:
    desk.do("start")
    desk.wait(300)
    before = desk.engine.studio.timer
    desk.do("person", "Ben")
    assert desk.engine.studio.timer == before
    desk.wait(100)
    desk.do("undo")
    assert (desk.engine.studio.timer, desk.view.person) == (before, "Ada")
    told = account(desk.engine.studio, desk.moment.wall)
    assert [(one.person, round(one.worked)) for one in told.shares] == [("Ada", 400)]


def test_the_end_of_a_sitting_gives_the_desk_back_and_undo_takes_that_back(desk: Desk) -> None:
    desk.do("person", "Ben")
    desk.do("start")
    desk.wait(60)
    desk.do("end")
    assert desk.view.person == "Ada"
    desk.do("undo")
    assert desk.view.person == "Ben"


def test_one_command_may_be_signed_and_nobody_gets_up_for_it(desk: Desk) -> None:
    desk.do("start")
    entries = desk.ask(signed(Action("complete"), "ben"))
    assert {entry.person for entry in entries} == {"Ben"}
    assert desk.view.person == "Ada"
    desk.do("note", "still me")
    assert desk.journal[-1].person == "Ada"


def test_a_sitting_belongs_to_whoever_begins_it_by_a_signed_command(desk: Desk) -> None:
    desk.ask(signed(Action("start"), "Cleo"))
    desk.wait(60)
    desk.do("pause")
    assert desk.journal[-1].person == "Cleo"
    assert desk.engine.studio.sitting is not None
    assert desk.engine.studio.sitting.person == "Cleo"


def test_nobody_signs_with_a_name_that_can_not_be(desk: Desk) -> None:
    with pytest.raises(Invalid, match="at most 100"):
        desk.ask(signed(Action("start"), "x" * 300))


# --- whose task -----------------------------------------------------------------------------------


def test_a_task_of_somebody_else_is_a_hint_and_no_wall(desk: Desk) -> None:
    entries = desk.do("start", 2, "cli")
    said = advice(entries, desk.engine.studio, ADA)
    assert said == ("Record vocals is Ben's to do; `person Ben` says who sits here",)
    assert said[0] in desk.view.nudges
    desk.do("person", "ben")
    assert said[0] not in desk.view.nudges


def test_tasks_are_given_to_the_person_that_is_known(desk: Desk) -> None:
    desk.ask(AddTask("northern-lights", TaskDraft("Sing", person="BEN")))
    desk.ask(EditTask("1", person=" cleo "))
    task = desk.engine.studio.the
    assert (task("northern-lights.4").person, task(FIRST).person) == ("Ben", "Cleo")


# --- what one leaves for another ------------------------------------------------------------------


def test_a_note_waits_on_the_task_and_is_told_to_whoever_starts_it(desk: Desk) -> None:
    desk.ask(HandTask("2", "the mic is set up", to="ben"))
    desk.do("person", "Ben")
    said = advice(desk.do("start", 2), desk.engine.studio, ADA)
    assert said == ("Ada left for Ben: the mic is set up",)
    assert desk.view.nudges[0] == said[0]


def test_a_note_to_somebody_gives_the_task_away(desk: Desk) -> None:
    desk.ask(HandTask("1", "half of it is there", to="Dora"))
    assert desk.engine.studio.the(FIRST).person == "Dora"
    desk.do("undo")
    assert (desk.engine.studio.the(FIRST).person, notes(desk)) == ("", ())


@pytest.mark.parametrize(
    ("written", "to", "text"),
    [
        ("louder", "", "louder"),
        ("@ben louder", "Ben", "louder"),
        ("@Ben: louder", "Ben", "louder"),
        ("@Emil, louder", "Emil", "louder"),
        ("@mira holm louder", "Mira Holm", "louder"),
    ],
)
def test_a_pad_leaves_a_note_on_the_current_task(written: str, to: str, text: str) -> None:
    desk = Desk(ADA, SHARED)
    desk.ask(EditTask("3", person="Mira Holm"))
    desk.do("start")
    desk.do("hand", written)
    (note,) = notes(desk)
    assert (note.text, note.to, note.by, note.done) == (text, to, "Ada", False)


def test_notes_are_ticked_off_and_kept(desk: Desk) -> None:
    desk.do("start")
    desk.do("hand", "one")
    desk.do("hand", "two")
    desk.do("hand", "done")
    desk.do("hand", "three")
    assert [(note.text, note.done) for note in notes(desk)] == [
        ("three", False), ("two", True), ("one", True),
    ]  # fmt: skip
    desk.ask(HandTask(FIRST, done=True))
    with pytest.raises(Refused, match="nobody left a note"):
        desk.ask(HandTask(FIRST, done=True))


def test_the_oldest_of_many_notes_go(desk: Desk) -> None:
    for number in range(KEPT + 3):
        desk.ask(HandTask(FIRST, str(number)))
    assert [note.text for note in notes(desk)] == [str(n) for n in range(KEPT + 2, 2, -1)]


@pytest.mark.parametrize("text", ["", " \n ", "\x1b\u202e"])
def test_a_note_says_something(desk: Desk, text: str) -> None:
    with pytest.raises(Refused, match="needs a note"):
        desk.ask(HandTask(FIRST, text))


def test_a_note_is_one_line_of_a_bounded_length(desk: Desk) -> None:
    desk.ask(HandTask(FIRST, "one\n\ttwo \x1b[31m\u202ered"))
    assert notes(desk)[0].text == "one two [31m red"
    with pytest.raises(Invalid, match="at most 1000"):
        desk.ask(HandTask(FIRST, "x" * (LONGEST_NOTE + 1)))


def test_without_a_task_under_way_a_hand_over_names_one(desk: Desk) -> None:
    with pytest.raises(Refused, match="songbridge task hand ID NOTE"):
        desk.do("hand", "for whom?")


def test_a_note_by_nobody_is_told_all_the_same() -> None:
    assert told(HandOver("louder")) == "somebody left: louder"


# --- the journal ----------------------------------------------------------------------------------


def test_a_replay_and_a_snapshot_are_the_studio(desk: Desk) -> None:
    desk.do("start")
    desk.do("person", "Ben")
    desk.do("hand", "@Cleo louder")
    desk.do("hand", "done")
    desk.do("extend", "5m")
    desk.do("stage", "next")
    desk.do("undo")
    studio = Studio()
    for entry in desk.journal:
        studio = evolve(studio, CODEC.entry(CODEC.row(entry)))
    assert studio == desk.engine.studio
    kept = decode_snapshot(encode_snapshot(desk.engine.snapshot(desk.moment.wall)))
    assert kept is not None
    assert kept.studio == studio
    desk.restart(10.0)
    desk.do("undo")
    assert desk.engine.studio.sitting is not None
    assert desk.engine.studio.sitting.longer == ()
