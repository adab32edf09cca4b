"""Stages as columns, with limits that hint, and stages that are gone from the configuration."""

from __future__ import annotations

from bridge.core import stages
from bridge.core.actions import ImportSong, SongDraft, TaskDraft
from bridge.core.advice import advice
from bridge.core.settings import Settings
from bridge.core.status import status
from tests.standins.desk import Desk

TWO = Settings(limits=(("arrangement", 1),))
SONGS = (
    SongDraft("Moss", "arrangement", tasks=(TaskDraft("Sing"), TaskDraft("Clap"))),
    SongDraft("Fern"),
    SongDraft("Reed", "finished"),
)


def shown(desk: Desk) -> dict[str, list[tuple[str, str]]]:
    columns = stages.columns(desk.engine.studio, desk.settings)
    return {one.name: [(card.id, card.state) for card in one.cards] for one in columns}


def test_songs_stand_in_their_stages_in_hand_resting_or_finished() -> None:
    desk = Desk(None, *SONGS)
    assert shown(desk) == {
        "idea incubation": [("fern", "in-hand")],
        "arrangement": [("moss", "current")],
        "mixing": [],
        "finished": [("reed", "finished")],
    }
    desk.do("rest", "fern")
    desk.do("prep", "on")  # the pool is no song
    assert shown(desk)["idea incubation"] == [("fern", "resting")]


def test_a_card_says_how_much_is_done() -> None:
    desk = Desk(None, *SONGS)
    desk.do("start")
    desk.do("complete")
    (card,) = stages.columns(desk.engine.studio, desk.settings)[1].cards
    assert (card.done, card.tasks) == (1, 2)


def test_a_stage_that_is_too_full_hints_and_never_refuses() -> None:
    desk = Desk(TWO, *SONGS)
    assert desk.view.nudges == ()
    desk.do("song", "fern")
    entries = desk.do("stage", "arrangement")
    said = "2 songs stand in arrangement, 1 was meant to be"
    assert said in advice(entries, desk.engine.studio, desk.settings)
    assert said in desk.view.nudges
    desk.do("rest", "fern")
    assert said not in desk.view.nudges


def test_a_song_that_moves_on_is_no_time_to_say_again_that_songs_are_too_many() -> None:
    desk = Desk(Settings(in_hand=1), SongDraft("Moss"))
    entries = desk.ask(ImportSong(SongDraft("Fern")))
    (said,) = advice(entries, desk.engine.studio, desk.settings)
    assert said.startswith("2 songs are in hand, 1 was meant to be")
    assert advice(desk.do("stage", "next"), desk.engine.studio, desk.settings) == ()


def test_a_stage_that_was_renamed_is_told_and_loses_nothing() -> None:
    desk = Desk(None, *SONGS)
    before = desk.engine.studio
    renamed = Settings(stages=("sketch", "arrangement", "mixdown", "finished"))
    desk.settings = desk.engine.settings = renamed
    columns = stages.columns(desk.engine.studio, renamed)
    assert [(one.name, one.known) for one in columns] == [
        ("sketch", True),
        ("arrangement", True),
        ("mixdown", True),
        ("idea incubation", False),
        ("finished", True),
    ]
    assert "Fern stands in 'idea incubation', which is no stage any more" in desk.view.nudges[0]
    assert desk.engine.studio is before
    desk.do("song", "fern")
    desk.do("stage", "next")
    assert desk.engine.studio.songs["fern"].stage == "sketch"
    assert desk.view.nudges == ()


def test_programs_read_the_columns_and_how_many_were_meant_to_be() -> None:
    told = status(Desk(TWO, *SONGS).view)
    assert told["in_hand"] == {"songs": 2, "limit": 3}
    assert isinstance(told["stages"], list)
    assert told["stages"][1] == {
        "name": "arrangement",
        "limit": 1,
        "known": True,
        "songs": [{"id": "moss", "title": "Moss", "state": "current", "done": 0, "tasks": 2}],
    }
