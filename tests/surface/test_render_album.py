"""The album, the goals, and how much of each box is used, as lights."""

from __future__ import annotations

from itertools import combinations

import pytest

from bridge.core.actions import Action, Presence, SetGoal, SongDraft, TaskDraft
from bridge.core.settings import DEFAULT_STAGES, Settings
from bridge.files.layouts import load_layouts
from bridge.messages import DARK, Effect, Look
from bridge.surface.colour import apart, parsed
from bridge.surface.commands import Command
from bridge.surface.fitting import fit
from bridge.surface.frame import Frame
from bridge.surface.layout import Bind, Layout
from bridge.surface.paint_album import SONG_COLOURS
from bridge.surface.palettes import PALETTES, Palette
from bridge.surface.pattern import parse
from bridge.surface.profile import Display, Profile
from bridge.surface.roles import COLOURS, open_colours
from bridge.surface.schemes import CONTROLS
from bridge.surface.surface import Surface
from tests.standins import devices
from tests.standins.desk import SONG, Desk

LAYOUTS = load_layouts().layouts

KEYED = devices.device(
    "keyed",
    ["grid8x8"],
    devices.buttons(
        [*CONTROLS["grid8x8"], "session", "note", "custom", "capture_midi", "track.1"], 0, "rgb"
    ),
)
"""A grid with function buttons that have names."""

ALBUM = ("Sea", "Fog", "Ice", "Sun")
"""A song at each stage, in the order of the stages."""


def desk(*titles: str) -> Desk:
    stages = dict(zip(ALBUM, DEFAULT_STAGES, strict=True))
    return Desk(None, *(SongDraft(title, stage=stages[title]) for title in titles))


def showing(role: str, device: Profile = devices.GRID, on: str = "pad.*.*", **more: str) -> Surface:
    bind = Bind((parse(on),), show=role, colour=COLOURS[more.get("colour", "white")])
    return Surface(device, Layout("mine", "Mine", frozenset(), (bind,)))


def frame(surface: Surface, desk: Desk) -> Frame:
    return surface.render(desk.view, desk.moment)


# --- the album ---


def test_each_stage_has_two_columns_of_a_grid() -> None:
    looks = frame(showing("album"), desk(*ALBUM)).looks
    assert [name for name, look in looks.items() if look != DARK] == [
        "pad.1.1", "pad.1.3", "pad.1.5", "pad.1.7",
    ]  # fmt: skip


def test_the_song_in_hand_pulses_others_are_lit_and_finished_ones_dim() -> None:
    studio = desk(*ALBUM)
    studio.do("song", "fog")
    looks = frame(showing("album"), studio).looks
    assert [looks[f"pad.1.{n}"].effect for n in (1, 3, 5, 7)] == [
        Effect.SOLID, Effect.PULSE, Effect.SOLID, Effect.SOLID,
    ]  # fmt: skip
    assert looks["pad.1.3"].level > looks["pad.1.1"].level > looks["pad.1.7"].level > 0


def test_a_song_keeps_its_colour_from_stage_to_stage() -> None:
    studio = desk("Sea", "Fog")
    surface = showing("album")
    before = frame(surface, studio).looks["pad.1.1"]
    studio.do("stage", "finished")
    looks = frame(surface, studio).looks
    assert looks["pad.1.1"] == DARK
    assert looks["pad.1.7"] == before


def test_songs_can_be_told_apart_by_their_colours() -> None:
    least = min(apart(parsed(a), parsed(b)) for a, b in combinations(SONG_COLOURS, 2))
    assert least > 0.01
    red = parsed(COLOURS["red"])
    assert all(apart(parsed(colour), red) > 0.01 for colour in SONG_COLOURS)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=list(PALETTES))
def test_seven_songs_can_be_told_apart_on_devices_with_a_palette(palette: Palette) -> None:
    assert len({palette.nearest(parsed(colour)) for colour in SONG_COLOURS[:7]}) == 7


def test_more_songs_than_colours_begin_with_the_first_again() -> None:
    songs = [SongDraft(f"Song {n}") for n in range(len(SONG_COLOURS) + 1)]
    looks = frame(showing("album"), Desk(None, *songs)).looks
    lit = [look.colour for look in looks.values() if look != DARK]
    assert lit == [*SONG_COLOURS, SONG_COLOURS[0]]


def test_pages_of_the_album_are_shown_by_the_arrows() -> None:
    songs = [SongDraft(f"Song {n}") for n in range(17)]
    studio = Desk(None, *songs)
    binds = (
        Bind((parse("pad.*.*"),), show="album"),
        Bind((parse("up"),), do=Command("page", "prev"), show="page"),
        Bind((parse("down"),), do=Command("page", "next"), show="page"),
    )
    surface = Surface(devices.GRID, Layout("mine", "Mine", frozenset(), binds))
    looks = frame(surface, studio).looks
    assert [looks[name] != DARK for name in ("up", "down")] == [False, True]
    surface.feed(bytes((0xB0, 92, 127)), studio.moment)
    looks = frame(surface, studio).looks
    assert [looks[name] != DARK for name in ("up", "down")] == [True, False]
    assert [name for name, look in looks.items() if look != DARK] == ["up", "pad.1.1"]


def test_a_press_takes_up_the_song_that_lies_there() -> None:
    studio = desk(*ALBUM)
    surface = Surface(devices.GRID, LAYOUTS["album-8x8"])
    surface.render(studio.view, studio.moment)
    (ask,) = surface.feed(bytes((0x90, 4, 127)), studio.moment)
    assert ask.action == Action("song", "ice")
    (nothing,) = surface.feed(bytes((0x90, 5, 127)), studio.moment)
    assert nothing.action == Presence()
    assert frame(surface, studio).looks["pad.1.6"].effect is Effect.BLINK


@pytest.mark.parametrize(
    "device", [devices.GRID, devices.STEPS, devices.KEY_GRID], ids=lambda d: d.id
)
def test_from_the_queue_the_album_is_one_button_away_and_back(device: Profile) -> None:
    able = fit(LAYOUTS.values(), device)
    assert [one.id.partition("-")[0] for one in able if not one.aside] == ["queue", "album"]
    for layout in able:
        pressed = [bind.do for bind in layout.binds if bind.do and bind.gesture == "press"]
        leaving = {do for do in pressed if do.name == "layout"}
        assert leaving == {Command("layout", "next")}


@pytest.mark.parametrize(
    ("role", "words"),
    [("album", ("song",)), ("goal", ("own",)), ("spent", ("section",)), ("countdown", ())],
)
def test_a_layout_may_leave_to_a_role_the_colours_that_it_fills_in(
    role: str, words: tuple[str, ...]
) -> None:
    assert open_colours(role) == words


# --- the goals ---


def test_a_goal_is_the_brighter_the_further_it_is() -> None:
    studio = Desk(None)
    surface = showing("goal", on="pad.1.1-4", colour="yellow")
    assert set(frame(surface, studio).looks.values()) == {DARK}
    levels = []
    for done in (0.0, 0.3, 0.9, 1.0):
        studio.ask(SetGoal(2, "three songs by spring", done))
        looks = frame(surface, studio).looks
        levels.append(looks["pad.1.2"].level)
        assert looks["pad.1.1"] == looks["pad.1.3"] == looks["pad.1.4"] == DARK
    assert levels == sorted(set(levels))
    assert levels[0] > 0
    assert looks["pad.1.2"] == Look(COLOURS["yellow"])


def test_a_control_that_tells_a_goal_shows_that_one() -> None:
    studio = Desk(None)
    studio.ask(SetGoal(2, "an EP", 1.0))
    surface = Surface(KEYED, LAYOUTS["queue-8x8"])
    looks = frame(surface, studio).looks
    assert [looks[name] != DARK for name in ("note", "custom", "capture_midi")] == [
        False,
        True,
        False,
    ]


def test_a_lamp_is_lit_by_a_goal_that_is_reached() -> None:
    studio = Desk(None)
    lamps = devices.device("lamps", [], devices.buttons(["a"], 1, "mono"))
    surface = showing("goal", lamps, on="a")
    lit = []
    for done in (0.99, 1.0):
        studio.ask(SetGoal(1, "an EP", done))
        lit.append(frame(surface, studio).looks["a"].level >= 0.6)
    assert lit == [False, True]


@pytest.mark.parametrize(
    ("width", "text"),
    [(7, "ThrSngs"), (30, "40% three songs by spring"), (25, "40% three songs by spring")],
)
def test_a_goal_is_written_out_on_a_display(width: int, text: str) -> None:
    studio = Desk(None)
    studio.ask(SetGoal(1, "three songs by spring", 0.4))
    names = ("strip.1.lower", "strip.2.lower", "strip.3.lower", "strip.4.lower")
    strips = devices.device("strips", [], [], [Display(name, width) for name in names])
    surface = showing("goal", strips, on="strip.1-4.lower")
    assert frame(surface, studio).texts == {names[0]: text} | dict.fromkeys(names[1:], "")


# --- how much of each box is used ---


TWO = SongDraft(
    "Two",
    tasks=(TaskDraft("One", "mixing", 240.0), TaskDraft("Two", "mixing", 480.0)),
)


def used(desk: Desk, surface: Surface) -> list[float]:
    looks = frame(surface, desk).looks
    return [round(looks.get(f"ring.{n}", DARK).level * 24) for n in (1, 2, 3)]


def test_a_ring_tells_of_each_task_how_much_of_its_box_is_used() -> None:
    studio, surface = Desk(None, TWO), showing("spent", devices.KNOBS, on="ring.*")
    assert used(studio, surface) == [0, 0, 0]
    studio.do("start")
    assert used(studio, surface) == [1, 0, 0]
    studio.wait(125)
    assert used(studio, surface) == [13, 0, 0]
    studio.do("start", 2)
    studio.wait(20)
    assert used(studio, surface) == [2, 13, 0]
    studio.do("pause")
    assert used(studio, surface) == [1, 13, 0]


def test_in_a_break_the_ring_stands_where_it_was() -> None:
    studio, surface = Desk(None, TWO), showing("spent", devices.KNOBS, on="ring.*")
    studio.do("start")
    studio.wait(120)
    studio.do("break", "8m")
    at_once = used(studio, surface)
    assert surface.next_change(studio.view, studio.moment) is None
    studio.wait(60)
    assert used(studio, surface) == at_once == [12, 0, 0]


def test_a_box_that_ran_out_is_a_full_ring_that_blinks() -> None:
    studio = Desk(Settings(at_zero="keep-counting"), TWO)
    studio.do("start")
    studio.wait(300)
    look = frame(showing("spent", devices.KNOBS, on="ring.*"), studio).looks["ring.1"]
    assert look == Look(COLOURS["red"], 1.0, Effect.BLINK)


def test_a_ring_moves_on_when_the_surface_says() -> None:
    studio, surface = Desk(None, TWO), showing("spent", devices.KNOBS, on="ring.*")
    studio.do("start")
    at = surface.next_change(studio.view, studio.moment)
    assert at is not None
    assert at - studio.moment.mono == pytest.approx(10.0, abs=0.01)


def test_behind_a_display_stands_the_colour_of_the_tasks_section_whatever_its_state() -> None:
    studio, surface = Desk(None, SONG), showing("section", on="pad.1.1-4")
    before = frame(surface, studio).looks
    studio.do("start")
    assert frame(surface, studio).looks == before
    assert list(before.values()) == [
        Look("#3FA7FF"), Look("#C77DFF"), Look("#FFB000"), DARK,
    ]  # fmt: skip
