"""What the world hears of each fact: cues for DAWs, headlines for people and programs."""

from __future__ import annotations

from typing import get_args

from bridge.core import events
from bridge.core.cue_words import DONE, RESTING, UP
from bridge.core.events import Fact
from bridge.core.react import _NAMES, event, react
from bridge.core.settings import Settings
from bridge.messages import Cue, Marker, StatusText, TrackColour
from tests.standins.desk import SONG, Desk

COMPOSITION, SOUND_DESIGN = "#3FA7FF", "#C77DFF"


def cues(desk: Desk, name: str, argument: str | int | None = None) -> list[Cue]:
    entries = desk.do(name, argument)
    return [cue for entry in entries for cue in react(entry, desk.engine.studio)]


def test_a_start_marks_the_place_in_the_sections_colour_and_colours_the_track() -> None:
    desk = Desk(None, SONG)

    assert cues(desk, "start", 2) == [
        Marker("Design sound for bassline", SOUND_DESIGN),
        TrackColour("Bass", SOUND_DESIGN),
        StatusText("Design sound for bassline (25m)"),
    ]


def test_a_task_without_a_track_colours_none() -> None:
    assert not [c for c in cues(Desk(None, SONG), "start") if isinstance(c, TrackColour)]


def test_a_completion_tells_the_end_and_the_next_start_in_that_order() -> None:
    desk = Desk(None, SONG)
    desk.do("start", 2)
    markers = [c.name for c in cues(desk, "complete") if isinstance(c, Marker)]

    assert markers == ["done: Design sound for bassline", "Write chord progression"]


def test_a_box_that_grows_and_what_is_taken_back_give_the_track_its_present_colour() -> None:
    desk = Desk(Settings(auto_start=False, at_zero="keep-counting"), SONG)
    desk.do("start", 2)
    desk.wait(26 * 60)
    seen = []
    for asked in (("extend", "30s"), ("extend", "10m"), ("complete",), ("undo",), ("undo",)):
        before = len(desk.journal)
        desk.do(*asked)
        told = [c for e in desk.journal[before:] for c in react(e, desk.engine.studio)]
        seen += [(asked[0], c.colour) for c in told if isinstance(c, TrackColour)]
    assert seen == [
        ("extend", UP), ("extend", SOUND_DESIGN), ("complete", DONE), ("undo", SOUND_DESIGN),
        ("undo", UP),
    ]  # fmt: skip


def test_the_track_shows_done_time_up_and_set_aside() -> None:
    desk = Desk(Settings(auto_start=False), SONG)
    desk.do("start", 2)
    desk.wait(25 * 60 + 10)
    told = [c for e in desk.journal for c in react(e, desk.engine.studio)]
    colours = [c.colour for c in told if isinstance(c, TrackColour)]
    desk.do("start", "northern-lights.2")

    assert colours == [SOUND_DESIGN, UP, RESTING]
    assert [c for c in cues(desk, "complete") if isinstance(c, TrackColour)] == [
        TrackColour("Bass", DONE)
    ]


def test_a_mark_is_named_by_its_text_or_by_the_task() -> None:
    desk = Desk(None, SONG)
    desk.do("start")

    assert cues(desk, "mark", "chorus") == [Marker("chorus", COMPOSITION)]
    assert cues(desk, "mark") == [Marker("Write chord progression", COMPOSITION)]


def test_what_only_moves_in_the_queue_is_no_cue() -> None:
    desk = Desk(None, SONG)

    assert [cues(desk, n, a) for n, a in (("select", 3), ("stage", "next"), ("note", "x"))] == [
        [], [], [],
    ]  # fmt: skip


def test_every_fact_but_attention_has_a_word_of_its_own() -> None:
    assert set(get_args(Fact)) - set(_NAMES) == {events.Attended}
    assert len(set(_NAMES.values())) == len(_NAMES)


def test_a_headline_names_the_task_or_what_it_is_about() -> None:
    desk = Desk(None, SONG)
    entries = [*desk.do("start"), *desk.do("note", "brighter"), *desk.do("stage", "next")]
    told = [event(entry, desk.engine.studio) for entry in entries]

    assert [(e.name, e.task, e.title) for e in told if e] == [
        ("sitting-began", "", ""),
        ("started", "northern-lights.1", "Write chord progression"),
        ("noted", "", "brighter"),
        ("stage", "", "arrangement"),
    ]


def test_a_headline_is_the_same_whatever_is_under_way_when_it_is_read() -> None:
    desk = Desk(None, SONG)
    desk.do("start")
    entries = [*desk.do("mark", "drop here"), *desk.do("pause"), *desk.do("resume")]
    desk.do("start", 3)
    told = [event(entry, desk.engine.studio) for entry in entries]

    assert [(e.name, e.task, e.title) for e in told if e] == [
        ("marked", "northern-lights.1", "drop here"),
        ("paused", "northern-lights.1", "Write chord progression"),
        ("resumed", "northern-lights.1", "Write chord progression"),
    ]
