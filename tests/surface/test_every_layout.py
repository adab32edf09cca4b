"""Any layout on any profile that fits: it renders, becomes MIDI, and can be told apart by looking.

Profiles and layouts are those that are shipped, whichever they are, and drawn ones: a drawn profile
has lights of a shipped one under other names, so every driver meets layouts nobody wrote for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations
from typing import TypeAlias

import pytest
from hypothesis import assume, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from bridge.core.model import Section, Song, Studio, Task, Timer, TimerState
from bridge.core.settings import Settings
from bridge.core.view import View
from bridge.files.layouts import load_layouts
from bridge.files.profiles import load_profiles
from bridge.messages import DARK, Colour, Effect, Look
from bridge.moment import Moment
from bridge.surface.commands import Command
from bridge.surface.drivers import Driver, driver_for
from bridge.surface.fitting import fit
from bridge.surface.frame import Frame, Scroll
from bridge.surface.layout import Bind, Layout
from bridge.surface.lights import Painter
from bridge.surface.pattern import parse
from bridge.surface.profile import Control, Profile
from bridge.surface.render import Renderer
from bridge.surface.roles import LIGHTS, NOT_SHOWN, OWN, SECTION, SONG, TEXTS, Style
from bridge.surface.surface import Surface
from tests.standins.midi_bytes import is_message
from tests.standins.studios import AT, COLOURS, TITLES, views

LAYOUTS = load_layouts().layouts
PROFILES = load_profiles().profiles
LIT = [profile for profile in PROFILES.values() if profile.leds.driver != "none"]
PAIRS = [(layout, one) for one in PROFILES.values() for layout in fit(LAYOUTS.values(), one)]


def named(value: object) -> str | None:
    return getattr(value, "id", None)


EVERYWHERE = pytest.mark.parametrize(("layout", "profile"), PAIRS, ids=named)
ON_LIGHTS = pytest.mark.parametrize("profile", LIT, ids=named)

Seen: TypeAlias = tuple[object, object]
"""What an eye sees of lights: their bytes in the lit and in the dark half of the host's beat."""

_SURFACES: dict[tuple[str, str], Surface] = {}


def surface_of(layout: Layout, profile: Profile) -> Surface:
    """One for all examples: what it remembers must not change what it paints."""
    key = (layout.id, profile.id)
    if key not in _SURFACES:
        _SURFACES[key] = Surface(profile, layout)
    return _SURFACES[key]


# --- it renders, and becomes MIDI ---


def told(profile: Profile, frame: Frame) -> list[bytes]:
    """Return every message that tells a device which knows nothing the whole of `frame`."""
    driver = driver_for(profile)
    cells: dict[int, bytes] = {}
    for control in lights(profile):
        cells.update(driver.light(control, frame.looks.get(control.name, DARK)))
    for display in profile.displays.values():
        cells.update(driver.text(display, frame.texts.get(display.name, "")))
    parcels = driver.pack(list(cells.items()))
    assert {address for parcel in parcels for address in parcel.addresses} == set(cells)
    return [parcel.data for parcel in parcels]


def lights(profile: Profile) -> list[Control]:
    return [control for control in profile.controls.values() if control.light.kind != "none"]


def painted(profile: Profile, *frames: Frame) -> list[bytes]:
    """Return what the device is sent for one picture after the other, two seconds each."""
    painter, now = Painter(profile), 10.0
    messages: list[bytes] = []
    for frame in frames:
        painter.show(frame)
        end = now + 2.0
        while (wake := painter.wake()) is not None and max(now, wake) < end:
            now = max(now, wake)
            messages += painter.due(Moment(now, AT))
        now = end
    return messages


def check(profile: Profile, *frames: Frame) -> None:
    for frame in frames:
        check_frame(profile, frame)
    foreign = [data for data in painted(profile, *frames) if not is_message(data)]
    assert [data.hex(" ") for data in foreign] == []


def check_frame(profile: Profile, frame: Frame) -> None:
    assert set(frame.looks) <= {control.name for control in lights(profile)}
    assert all(0 <= look.level <= 1 for look in frame.looks.values())
    assert all(len(text) <= profile.displays[name].width for name, text in frame.texts.items())
    assert [data.hex(" ") for data in told(profile, frame) if not is_message(data)] == []


@EVERYWHERE
@examples(max_examples=8, deadline=None)
@given(view=views(), page=st.integers(0, 3), fault=st.booleans(), data=st.data())
def test_any_studio_is_painted_and_becomes_midi(
    layout: Layout, profile: Profile, *, view: View, page: int, fault: bool, data: st.DataObject
) -> None:
    renderer = Renderer(surface_of(layout, profile).board)
    refused = data.draw(st.sets(st.sampled_from(sorted(profile.controls)), max_size=2))
    check(
        profile,
        renderer.frame(view, page, refused, fault=fault),
        renderer.frame(MOMENTS["running"]),
    )
    seconds = renderer.next_change(view)
    assert seconds is None or seconds > 0


@ON_LIGHTS
def test_a_picture_is_sent_and_then_nothing_but_what_moves(profile: Profile) -> None:
    names = [one.name for one in lights(profile) if one.light.kind != "meter"]
    frame = Frame(dict.fromkeys(names, Look("#3FA7FF")), dict.fromkeys(profile.displays, "8"))
    once, twice = painted(profile, frame), painted(profile, frame, replace(frame))
    assert once
    assert all(map(is_message, once))
    assert once == twice or driver_for(profile).refresh


# --- drawn layouts on drawn profiles ---

_NAMES = (
    *(f"pad.{row}.{column}" for row in range(1, 6) for column in range(1, 7)),
    *(f"{name}.{number}" for name in ("side", "encoder", "track") for number in range(1, 5)),
    "play", "stop", "up", "down",
)  # fmt: skip
_PATTERNS = (
    "pad.*.*", "pad.1.*", "pad.2-5.*", "pad.*.3", "side.*", "encoder.1-3", "track.2", "play",
    "stop", "up", "down", "pad.1.1", "strip.*.upper", "strip.*.lower", "timecode",
)  # fmt: skip
_NEEDS = {
    "page": Command("page", "next"), "action": Command("toggle"),
    "songs": Command("song", "{n}"), "queue": Command("start", "{n}"),
}  # fmt: skip
"""What a role's binding does, where it must or would mostly do something."""

STYLES = st.builds(
    Style,
    st.sampled_from([OWN, SECTION, SONG]) | COLOURS,
    st.floats(0, 1),
    st.sampled_from(Effect),
)


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    """Some lights of a shipped profile, as controls of any names."""
    model = draw(st.sampled_from(LIT))
    taken = draw(
        st.lists(st.sampled_from(lights(model)), min_size=1, max_size=len(_NAMES), unique=True)
    )
    names = draw(st.permutations(_NAMES))
    controls = {name: replace(one, name=name) for name, one in zip(names, taken, strict=False)}
    return replace(model, id="drawn", controls=controls, provides=frozenset())


@st.composite
def binds(draw: st.DrawFn) -> Bind:
    show = draw(st.sampled_from(sorted(set(LIGHTS) - NOT_SHOWN | set(TEXTS))))
    on = draw(st.lists(st.sampled_from(_PATTERNS), min_size=1, max_size=3, unique=True))
    return Bind(
        tuple(map(parse, on)), do=_NEEDS.get(show), show=show, colour=draw(COLOURS), optional=True
    )


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """A layout that fits everything; a control may well show several roles, the last one wins."""
    restyled = {
        role: {
            state: draw(STYLES) for state in draw(st.sets(st.sampled_from(sorted(LIGHTS[role]))))
        }
        for role in draw(st.sets(st.sampled_from(sorted(LIGHTS)), max_size=3))
    }
    some = draw(st.lists(binds(), min_size=1, max_size=8))
    return Layout("drawn", "Drawn", frozenset(), tuple(some), restyled)


@examples(max_examples=80, deadline=None)
@given(
    layout=layouts(),
    profile=profiles(),
    view=views(),
    page=st.integers(0, 2),
    fault=st.booleans(),
    scroll=st.none() | st.builds(Scroll, TITLES, COLOURS, st.just(1)),
)
def test_any_layout_on_any_profile_is_painted_and_becomes_midi(
    *, layout: Layout, profile: Profile, view: View, page: int, fault: bool, scroll: Scroll | None
) -> None:
    renderer = Renderer(Surface(profile, layout).board)
    first = renderer.frame(view, page, list(profile.controls)[:1], fault=fault)
    check(profile, first, replace(renderer.frame(MOMENTS["overtime"]), scroll=scroll), Frame())
    seconds = renderer.next_change(view)
    assert seconds is None or seconds > 0


# --- what an eye tells apart ---


def seen(driver: Driver, controls: Iterable[Control], looks: Mapping[str, Look]) -> Seen:
    """Return what lit and dark halves of the beat look like on those lights."""
    lit, unlit = [], []
    for control in controls:
        look = looks.get(control.name, DARK)
        lit.append(driver.light(control, look))
        moves = look.effect in (Effect.BLINK, Effect.PULSE)
        dark = moves and driver.needs_host_blink(control, look)
        unlit.append(driver.light(control, DARK if dark else look))
    return str(lit), str(unlit)


def same(pictures: Mapping[str, Seen]) -> list[tuple[str, str]]:
    """Return the names of pictures that look the same."""
    return [(a, b) for a, b in combinations(pictures, 2) if pictures[a] == pictures[b]]


_BARS = ("ring", "meter", "strip")


def states(profile: Profile, control: Control) -> list[list[str]]:
    """Return the groups of states of a queue's light that must look different from each other."""
    colours = profile.leds.lamps.get(control.light.lamps)
    several = colours is not None and (len(colours.solid) > 1 or bool(colours.dim))
    if control.light.kind == "rgb":
        return [["running", "overtime", "vacant", "todo", "paused"]]
    if control.light.kind == "palette" or several:
        return [["running", "overtime", "vacant", "todo"], ["running", "overtime", "paused"]]
    return [["running", "overtime", "vacant"], ["running", "todo"], ["running", "paused"]]


@ON_LIGHTS
@pytest.mark.parametrize(
    "colour", ["#3FA7FF", "#C77DFF", "#FFB000", "#2EC4B6", "#FFFFFF", "#FF0000"]
)
def test_states_of_a_task_look_different_on_each_light(profile: Profile, colour: Colour) -> None:
    driver, styles = driver_for(profile), LIGHTS["queue"]
    for control in lights(profile):
        if control.light.kind in _BARS:
            continue
        for group in states(profile, control):
            looks = {state: {control.name: styles[state].look(colour)} for state in group}
            pictures = {state: seen(driver, [control], look) for state, look in looks.items()}
            assert same(pictures) == [], control


def test_pads_of_the_apc_tell_a_paused_task_from_one_that_waits() -> None:
    """It lifts the least levels, since the pads look off there; the two must not meet."""
    profile = PROFILES["akai-apc-mini-mk2"]
    pad, driver = profile.controls["pad.1.1"], driver_for(profile)
    looks = [LIGHTS["queue"][state].look("#3FA7FF") for state in ("paused", "todo", "set-aside")]
    assert len({seen(driver, [pad], {"pad.1.1": look}) for look in looks}) == 3


@ON_LIGHTS
@examples(max_examples=60, deadline=None)
@given(colour=COLOURS, data=st.data())
def test_in_any_colour_a_task_that_runs_ran_over_or_is_done_looks_different(
    profile: Profile, colour: Colour, data: st.DataObject
) -> None:
    assume(max(int(colour[n : n + 2], 16) for n in (1, 3, 5)) > 0x20)
    driver = driver_for(profile)
    control = data.draw(st.sampled_from(lights(profile)))
    assume(control.light.kind not in _BARS)
    looks = {
        state: LIGHTS["queue"][state].look(colour) for state in ("running", "overtime", "vacant")
    }
    pictures = {
        state: seen(driver, [control], {control.name: look}) for state, look in looks.items()
    }
    assert same(pictures) == []


def view_of(timer: Timer, *, left: float = 500.0, at_zero: str = "keep-counting") -> View:
    """One task of a box of 1000 s, with `left` to go; none for a timer at rest."""
    task = Task("song.1", "Write chords", "composition", 1000.0, 1000.0, boxed=1000.0 - left)
    song = Song("song", "Song", "mixing", sections=(Section("composition", "#3FA7FF"),))
    timed = timer.task is not None
    studio = Studio(
        {"song": replace(song, tasks={task.id: task} if timed else {})},
        queue=(task.id,) if timed else (),
        song="song",
        timer=timer,
    )
    return View(studio, 1, Settings(at_zero=at_zero), AT)  # type: ignore[arg-type] # one of its members


MOMENTS = {
    "running": view_of(Timer(TimerState.RUNNING, "song.1", since=AT)),
    "overtime": view_of(Timer(TimerState.OVERTIME, "song.1", since=AT, up_at=AT), left=0.0),
    "done": view_of(Timer()),
}


@EVERYWHERE
def test_running_overtime_and_done_look_different_on_the_whole(
    layout: Layout, profile: Profile
) -> None:
    surface = surface_of(layout, profile)
    shown = [spot.name for spots in surface.board.lights.values() for spot in spots]
    if not shown:
        assert not surface.board.lights
        return
    assert same(pictures_of(surface, shown)) == []


@EVERYWHERE
def test_running_overtime_and_done_look_different_on_the_countdown(
    layout: Layout, profile: Profile
) -> None:
    surface = surface_of(layout, profile)
    for role in ("countdown", "progress", "spent", "queue"):
        spots = surface.board.lights.get(role, ())
        if spots:
            pictures = pictures_of(surface, [spot.name for spot in spots])
            assert same(pictures) == [], role


def pictures_of(surface: Surface, names: Iterable[str]) -> dict[str, Seen]:
    """Return what those lights look like in each of `MOMENTS`."""
    profile, renderer = surface.board.profile, Renderer(surface.board)
    driver = driver_for(profile)
    controls = [profile.controls[name] for name in names]
    return {
        name: seen(driver, controls, renderer.frame(view).looks) for name, view in MOMENTS.items()
    }


def test_what_an_eye_sees_tells_a_blinking_lamp_from_a_lit_and_a_dark_one() -> None:
    """The measure itself: without it the tests above could not fail."""
    profile = PROFILES["korg-nanokontrol2"]
    play, driver = profile.controls["play"], driver_for(profile)
    looks = [DARK, Look("#FFFFFF"), Look("#FFFFFF", 1.0, Effect.BLINK), Look("#FFFFFF", 0.9)]
    pictures = [seen(driver, [play], {"play": look}) for look in looks]
    assert len(set(pictures)) == 3
    assert pictures[1] == pictures[3]
