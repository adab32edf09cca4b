"""Commands that depend on the picture: `song {here}`; and texts that are told on the spot."""

from __future__ import annotations

import pytest

from bridge.core.actions import Action, Presence, SetGoal, SongDraft, TaskDraft
from bridge.core.view import View
from bridge.messages import Effect
from bridge.moment import Moment
from bridge.surface.commands import command
from bridge.surface.layout import Bind, Layout
from bridge.surface.pattern import parse
from bridge.surface.places import FULL, album
from bridge.surface.profile import Display
from bridge.surface.surface import Asks, Surface
from bridge.surface.telling import TOLD
from tests.standins import devices
from tests.standins.desk import Desk

START = Moment(100.0, 1_790_000_000.0)


def at(seconds: float) -> Moment:
    return START.later(seconds)


def down(number: int) -> bytes:
    return bytes((0x90, number, 127))


def actions(asks: Asks) -> list[tuple[str, object]]:
    return [(a.action.name, a.action.argument) for a in asks if isinstance(a.action, Action)]


def bind(on: str, do: str = "", show: str = "", colour: str = "#FFFFFF") -> Bind:
    return Bind((parse(on),), "press", command(do, "press") if do else None, show, colour)


ALBUM = Layout("album", "Album", frozenset(), (bind("pad.*.*", "song {here}", "album"),))


def studio(*stages: str) -> Desk:
    songs = [SongDraft(f"Song {n}", stage) for n, stage in enumerate(stages)]
    return Desk(None, *songs)


def press(one: Surface, number: int) -> list[tuple[str, object]]:
    return actions(one.feed(down(number), at(0)) + one.feed(bytes((0x90, number, 0)), at(0.05)))


# --- song {here} ---


def test_an_album_stays_where_it_is_when_a_task_begins() -> None:
    """Only a queue goes home: what begins stands at its top."""
    songs = [SongDraft(f"Song {n}", "mixing", tasks=(TaskDraft("Sing"),)) for n in range(20)]
    desk = Desk(None, *songs)
    turned = Layout("album", "Album", frozenset(), (*ALBUM.binds, bind("down", "page next")))
    one = Surface(devices.GRID, turned)
    one.render(desk.view, at(0))
    one.feed(bytes((0xB0, 92, 127)), at(0))
    desk.do("start")
    one.render(desk.view, at(1))
    assert one.page == 1


def test_a_pad_of_the_album_takes_up_the_song_that_it_shows() -> None:
    desk = studio("idea incubation", "arrangement", "mixing", "arrangement")
    one = Surface(devices.GRID, ALBUM)
    one.render(desk.view, at(0))
    shown = {place: song.id for place, song in enumerate(album(desk.view, FULL, 0)) if song}
    assert len(shown) == 4
    for place, song in shown.items():
        assert press(one, place) == [("song", song)]


def test_a_pad_on_which_no_song_lies_is_refused_and_blinks() -> None:
    desk = studio("mixing")
    one = Surface(devices.GRID, ALBUM)
    one.render(desk.view, at(0))
    empty = next(p for p, song in enumerate(album(desk.view, FULL, 0)) if song is None)
    told = one.feed(down(empty), at(0))
    assert [type(ask.action) for ask in told] == [Presence]
    row, column = divmod(empty, 8)
    look = one.render(desk.view, at(0.1)).looks[f"pad.{row + 1}.{column + 1}"]
    assert look.effect is Effect.BLINK


def test_before_the_first_picture_nothing_lies_anywhere() -> None:
    assert press(Surface(devices.GRID, ALBUM), 0) == []


def test_a_hand_gets_what_the_eye_saw() -> None:
    desk = studio("idea incubation")
    one = Surface(devices.GRID, ALBUM)
    before = desk.view
    one.render(before, at(0))
    desk.do("stage", "mixing")
    assert press(one, 0) == [("song", before.songs[0].id)]
    one.render(desk.view, at(1))
    assert press(one, 0) == []


# --- tell ---

TELLING = Layout(
    "telling",
    "Telling",
    frozenset(),
    (
        bind("play", "tell task"),
        bind("stop", "tell goal 2", colour="#FF00C0"),
        Bind((parse("record"), parse("forward"), parse("rewind"), parse("cycle")), "press",
             command("tell goal {n}", "press")),
        bind("strip.*.lower", show="title"),
        bind("timecode", show="countdown"),
    ),
)  # fmt: skip
PLAY, STOP, RECORD, FORWARD, REWIND, CYCLE = 91, 92, 93, 94, 95, 96


def goals() -> Desk:
    desk = Desk(None, SongDraft("Song", tasks=(TaskDraft("Write chords"), TaskDraft("Mix"))))
    desk.ask(SetGoal(1, "Finish the EP"))
    desk.ask(SetGoal(2, "Play it live in March"))
    return desk


def told(one: Surface, view: View, number: int) -> str:
    asks = one.feed(down(number), at(0))
    assert [type(ask.action) for ask in asks] == [Presence]
    scroll = one.render(view, at(0.1)).scroll
    return scroll.text if scroll else ""


def test_transport_buttons_of_the_stand_in_are_where_this_test_has_them() -> None:
    numbers = {name: c.number for name, c in devices.DESK.controls.items() if c.kind == "button"}
    names = ("play", "stop", "record", "forward", "rewind", "cycle")
    assert tuple(numbers[n] for n in names) == (PLAY, STOP, RECORD, FORWARD, REWIND, CYCLE)


def test_goals_and_the_task_are_told() -> None:
    desk = goals()
    desk.do("start")
    one = Surface(devices.DESK, TELLING)
    one.render(desk.view, at(0))
    assert told(one, desk.view, PLAY) == "Write chords"
    assert told(one, desk.view, STOP) == "Play it live in March"
    assert told(one, desk.view, RECORD) == "Finish the EP"
    assert told(one, desk.view, FORWARD) == "Play it live in March"


def test_a_task_is_told_in_its_sections_colour_and_a_goal_in_the_bindings() -> None:
    desk = goals()
    desk.do("start")
    one = Surface(devices.DESK, TELLING)
    one.render(desk.view, at(0))
    one.feed(down(PLAY), at(0))
    first = one.render(desk.view, at(0)).scroll
    one.feed(down(STOP), at(1))
    second = one.render(desk.view, at(1)).scroll
    assert first is not None
    assert second is not None
    assert (first.colour, second.colour) == ("#3FA7FF", "#FF00C0")
    assert first.number != second.number


@pytest.mark.parametrize("number", [PLAY, REWIND, CYCLE])
def test_what_there_is_not_to_tell_is_refused(number: int) -> None:
    desk = goals()  # no task is under way, there is no third goal, and never a fourth
    one = Surface(devices.DESK, TELLING)
    one.render(desk.view, at(0))
    assert told(one, desk.view, number) == ""
    assert one.wake() is not None


def test_the_titles_give_way_to_the_text_and_come_back() -> None:
    desk = goals()
    one = Surface(devices.DESK, TELLING)
    before = one.render(desk.view, at(0))
    one.feed(down(STOP), at(0))
    during = one.render(desk.view, at(0.1))
    assert "".join(during.texts[f"strip.{n}.lower"].ljust(7) for n in range(1, 9)).strip() == (
        "Play it live in March"
    )
    assert one.wake() == one.next_change(desk.view, at(1)) == at(TOLD).mono
    assert one.advance(at(TOLD)) == ()
    assert one.render(desk.view, at(TOLD)).texts == before.texts
    assert one.wake() is None


def test_a_text_that_runs_over_the_lights_ends_with_the_next_press() -> None:
    desk = goals()
    one = Surface(devices.DESK, TELLING)
    one.render(desk.view, at(0))
    one.feed(down(STOP), at(0))
    assert one.render(desk.view, at(TOLD)).scroll is not None  # it takes as long as it takes
    one.feed(down(CYCLE), at(4))
    assert one.render(desk.view, at(4)).scroll is None


def test_a_display_for_the_task_shows_the_text_alone() -> None:
    controls = list(devices.DESK.controls.values())
    wide = devices.device("wide", ["transport"], controls, [Display("screen", 12)])
    binds = (bind("stop", "tell goal 2"), bind("screen", show="task"))
    one = Surface(wide, Layout("wide", "Wide", frozenset(), binds))
    view = goals().view
    one.render(view, at(0))
    one.feed(down(STOP), at(0))
    assert one.render(view, at(0)).texts == {"screen": "PlyItLvInMrc"}


def test_what_is_told_is_the_same_picture_until_it_is_over() -> None:
    desk = goals()
    one = Surface(devices.DESK, TELLING)
    one.render(desk.view, at(0))
    one.feed(down(STOP), at(0))
    assert one.render(desk.view, at(0.1)) is one.render(desk.view, at(0.2))


def test_a_device_that_is_unplugged_is_told_nothing_more() -> None:
    desk = goals()
    one = Surface(devices.DESK, TELLING)
    one.render(desk.view, at(0))
    one.feed(down(STOP), at(0))
    one.forget()
    assert one.render(desk.view, at(0.1)).scroll is None
    assert one.wake() is None
