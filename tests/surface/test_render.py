from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from bridge.core.actions import SongDraft, TaskDraft
from bridge.core.model import Section, Song, Studio, Task, TaskState, Timer, TimerState
from bridge.core.settings import Settings
from bridge.core.view import View
from bridge.files.layouts import load_layouts
from bridge.files.profiles import load_profiles
from bridge.messages import DARK, Effect, Look
from bridge.surface.board import board
from bridge.surface.fitting import fit
from bridge.surface.frame import Frame
from bridge.surface.layout import Bind, Layout
from bridge.surface.paint_texts import shorten
from bridge.surface.pattern import parse
from bridge.surface.profile import Profile
from bridge.surface.render import Renderer
from bridge.surface.roles import LIGHTS, Style
from tests.standins import devices
from tests.standins.desk import SONG, Desk

LAYOUTS = load_layouts().layouts
PROFILES = (*load_profiles().profiles.values(), *devices.ALL)
FITTING = [(layout, device) for device in PROFILES for layout in fit(LAYOUTS.values(), device)]
EVERYWHERE = pytest.mark.parametrize(
    ("layout", "device"), FITTING, ids=lambda value: getattr(value, "id", None)
)

GRID = Renderer(board(LAYOUTS["queue-8x8"], devices.GRID))
DESK = Renderer(board(LAYOUTS["transport"], devices.DESK))
BAR = [f"pad.8.{n}" for n in range(1, 9)]

AT = 1_790_000_000.0

MADE: dict[tuple[str, str], Renderer] = {}


def renderer_of(layout: Layout, device: Profile) -> Renderer:
    """One for all examples of a property: what it remembers must not change what it paints."""
    key = (layout.id, device.id)
    if key not in MADE:
        MADE[key] = Renderer(board(layout, device))
    return MADE[key]


def running(left: float, *, of: float = 1000.0) -> View:
    """One task of a box of `of` seconds, with `left` to go."""
    return view_of(Timer(TimerState.RUNNING, "song.1", since=AT - (of - left)), budget=of)


def view_of(timer: Timer, *, budget: float = 1000.0, settings: Settings | None = None) -> View:
    task = Task("song.1", "Write chords", "composition", budget, budget)
    other = Task("song.2", "Mix", "mixing", budget, budget)
    song = Song(
        "song", "Song", "arrangement",
        sections=(Section("composition", "#3FA7FF"), Section("mixing", "#FFB000")),
        tasks={task.id: task, other.id: other},
    )  # fmt: skip
    studio = Studio({"song": song}, queue=(task.id, other.id), song="song", timer=timer)
    return View(studio, 1, settings or Settings(), AT)


def bar(frame: Frame) -> list[float]:
    return [round(frame.looks.get(name, DARK).level, 2) for name in BAR]


# --- the queue ---


@pytest.mark.parametrize("state", ["running", "overtime", "paused", "away", "break"])
def test_the_current_task_shows_what_the_timer_does(state: str) -> None:
    timer = Timer(TimerState(state), "song.1", since=AT, up_at=AT, ends_at=AT + 60)
    style = LIGHTS["queue"][state]
    assert GRID.frame(view_of(timer)).looks["pad.1.1"] == style.look("#3FA7FF")


def test_a_waiting_task_is_a_dim_light_in_its_sections_colour() -> None:
    assert GRID.frame(running(500)).looks["pad.1.2"] == Look("#FFB000", 0.25)


def test_what_is_set_aside_is_dimmer_than_what_waits() -> None:
    view = running(500)
    song = view.studio.songs["song"]
    aside = replace(song.tasks["song.2"], state=TaskState.SET_ASIDE)
    frame = GRID.frame(View(view.studio.with_task(aside), 1, Settings(), AT))
    assert frame.looks["pad.1.2"] == Look("#FFB000", 0.1)


def test_where_no_task_is_no_light_is() -> None:
    assert GRID.frame(running(500)).looks["pad.1.3"] == DARK


def test_the_next_page_goes_on_where_the_first_ends() -> None:
    desk = Desk(None, SongDraft("Big", tasks=tuple(TaskDraft(f"{n}") for n in range(50))))
    first, second = GRID.frame(desk.view), GRID.frame(desk.view, page=1)
    lit = [sum(f"pad.{r}.{c}" in f.looks and f.looks[f"pad.{r}.{c}"] != DARK
               for r in range(1, 7) for c in range(1, 9)) for f in (first, second)]  # fmt: skip
    assert lit == [48, 2]
    assert [first.looks[name] == DARK for name in ("up", "down")] == [True, False]
    assert [second.looks[name] == DARK for name in ("up", "down")] == [False, True]


# --- the countdown ---


@pytest.mark.parametrize(
    ("left", "lit"),
    [
        (1000, [1, 1, 1, 1, 1, 1, 1, 1]),
        (999, [1, 1, 1, 1, 1, 1, 1, 1]),
        (500, [1, 1, 1, 1, 0, 0, 0, 0]),
        (470, [1, 1, 1, 1, 0, 0, 0, 0]),
        (468, [1, 1, 1, 0.75, 0, 0, 0, 0]),
        (1, [0.25, 0, 0, 0, 0, 0, 0, 0]),
    ],
)
def test_the_bar_shows_what_remains_and_dims_its_last_light(left: float, lit: list[float]) -> None:
    assert bar(GRID.frame(running(left))) == lit


@pytest.mark.parametrize(
    ("left", "colour"), [(500, "#00FF00"), (150, "#FFA000"), (50, "#FF0000"), (-5, "#FF0000")]
)
def test_the_bar_has_the_colour_of_the_phase(left: float, colour: str) -> None:
    assert GRID.frame(running(left)).looks["pad.8.1"].colour == colour


def test_in_grace_all_that_is_lit_flashes_and_shrinks() -> None:
    over = Timer(TimerState.OVERTIME, "song.1", since=AT - 1004, up_at=AT - 4)
    frame = GRID.frame(view_of(over))
    assert bar(frame) == [1, 1, 1, 1, 1, 0, 0, 0]
    assert {frame.looks[name].effect for name in BAR[:5]} == {Effect.BLINK}


def test_overtime_without_end_blinks_the_whole_bar() -> None:
    over = Timer(TimerState.OVERTIME, "song.1", since=AT - 1004, up_at=AT - 4)
    frame = GRID.frame(view_of(over, settings=Settings(at_zero="keep-counting")))
    assert {frame.looks[name] for name in BAR} == {Look("#FF0000", 1.0, Effect.BLINK)}


def test_a_box_that_waits_for_a_take_is_a_bar_that_stands_still() -> None:
    over = Timer(TimerState.OVERTIME, "song.1", since=AT - 1004, up_at=AT - 4)
    view = view_of(over)
    view.studio = replace(view.studio, take=AT - 60)
    frame = GRID.frame(view)
    assert {frame.looks[name] for name in BAR} == {Look("#FF0000", 1.0)}


def test_after_a_take_the_whole_grace_is_left() -> None:
    over = Timer(TimerState.OVERTIME, "song.1", since=AT - 600, up_at=AT - 600, grace_at=AT - 4)
    frame = GRID.frame(view_of(over))
    assert bar(frame) == [1, 1, 1, 1, 1, 0, 0, 0]


def test_a_break_has_a_bar_of_its_own_colour() -> None:
    rest = Timer(TimerState.BREAK, "song.1", since=AT - 100, ends_at=AT + 100)
    frame = GRID.frame(view_of(rest))
    assert bar(frame) == [1, 1, 1, 1, 0, 0, 0, 0]
    assert frame.looks["pad.8.1"].colour == "#0040FF"


def test_while_nothing_runs_the_bar_is_dark() -> None:
    assert bar(GRID.frame(view_of(Timer()))) == [0] * 8


# --- when it changes by itself ---


def test_nothing_changes_by_itself_while_nothing_runs() -> None:
    for state in ("idle", "paused", "away"):
        timer = Timer(TimerState(state), None if state == "idle" else "song.1", up_at=AT)
        assert GRID.next_change(view_of(timer)) is None
        assert DESK.next_change(view_of(timer)) is None


@pytest.mark.parametrize(
    ("left", "seconds"),
    [(1000, 31.25), (990, 21.25), (201, 1.0), (60.5, 0.5), (1, 1.0)],
)
def test_a_bar_changes_with_its_next_step_or_phase(left: float, seconds: float) -> None:
    assert GRID.next_change(running(left)) == pytest.approx(seconds, abs=0.002)


@pytest.mark.parametrize(("left", "seconds"), [(500, 1.0), (499.25, 0.25), (-0.5, 0.5), (-7, 1.0)])
def test_a_timecode_changes_with_each_second(left: float, seconds: float) -> None:
    state = TimerState.RUNNING if left > 0 else TimerState.OVERTIME
    timer = Timer(state, "song.1", since=AT - 1000 + left, up_at=AT)
    view = view_of(timer, settings=Settings(at_zero="wait"))
    assert DESK.next_change(view) == pytest.approx(seconds, abs=0.002)


@EVERYWHERE
@examples(max_examples=40)
@given(left=st.floats(0.1, 1000), data=st.data())
def test_until_the_next_change_the_picture_stands(
    layout: Layout, device: Profile, left: float, data: st.DataObject
) -> None:
    renderer = renderer_of(layout, device)
    seconds = renderer.next_change(running(left))
    if seconds is not None:
        before = data.draw(st.floats(0, max(0.0, seconds - 0.01)))
        assert renderer.frame(running(left)) == renderer.frame(running(left - before))
        assert seconds < 1000
        if left - seconds > 0:
            assert renderer.frame(running(left)) != renderer.frame(running(left - seconds))


# --- on top ---


def test_what_was_refused_blinks_red() -> None:
    frame = GRID.frame(running(500), refused=["pad.1.3", "fader.1"])
    assert frame.looks["pad.1.3"] == Look("#FF0000", 1.0, Effect.BLINK)
    assert "fader.1" not in frame.looks


def test_a_fault_takes_the_countdown_over() -> None:
    frame = GRID.frame(running(500), fault=True)
    effects = [frame.looks[name].effect for name in BAR]
    assert effects == [Effect.BLINK, Effect.SOLID] * 4


def test_a_fault_shows_even_on_a_single_lamp() -> None:
    renderer = Renderer(board(LAYOUTS["transport"], devices.ONE_LAMP))
    assert renderer.frame(running(500), fault=True).looks["play"].effect is Effect.BLINK


# --- texts ---


def test_strips_tell_the_queue_and_the_timecode_the_countdown() -> None:
    texts = DESK.frame(running(754)).texts
    assert texts["strip.1.lower"] == "WrtChrd"
    assert texts["strip.2.upper"] == "mixing"
    assert texts["strip.3.lower"] == ""
    assert texts["timecode"] == "     12:34"


def test_overtime_counts_on_in_the_timecode() -> None:
    over = Timer(TimerState.OVERTIME, "song.1", since=AT - 1005, up_at=AT - 5)
    assert DESK.frame(view_of(over)).texts["timecode"].strip() == "-0:05"


def test_a_fault_is_written_out_where_the_countdown_was() -> None:
    assert DESK.frame(running(500), fault=True).texts["timecode"].strip() == "FAULT"


def test_a_ring_shows_how_far_the_task_is() -> None:
    levels = [DESK.frame(running(left)).looks["encoder.1"].level for left in (1000, 500, 1)]
    assert levels == [pytest.approx(n, abs=0.05) for n in (0.04, 0.54, 1)]


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Mix", "Mix"),
        ("Balance", "Balance"),
        ("Mix the drums", "MxThDrm"),
        ("Write chord progression", "WrtChrd"),
        ("sound design", "SndDsgn"),
        ("  two   words ", "tw wrds"),
        ("", ""),
    ],
)
def test_a_text_is_shortened_so_that_it_can_still_be_read(text: str, short: str) -> None:
    assert shorten(text, 7) == short


# --- everywhere ---


TIMERS = st.builds(
    Timer,
    state=st.sampled_from(TimerState),
    task=st.sampled_from([None, "song.1", "song.2", "gone.1"]),
    since=st.none() | st.floats(AT - 5000, AT + 5000),
    up_at=st.none() | st.floats(AT - 5000, AT + 5000),
    ends_at=st.none() | st.floats(AT - 5000, AT + 5000),
)


@EVERYWHERE
@examples(max_examples=40)
@given(
    timer=TIMERS,
    page=st.integers(0, 3),
    fault=st.booleans(),
    budget=st.floats(0, 1e5),
    at_zero=st.sampled_from(["move-on", "wait", "keep-counting"]),
    grace=st.floats(0, 100),
)
def test_any_view_can_be_painted_anywhere(
    layout: Layout, device: Profile, *, timer: Timer, page: int, fault: bool, budget: float,
    at_zero: str, grace: float,
) -> None:  # fmt: skip
    renderer = renderer_of(layout, device)
    settings = Settings(at_zero=at_zero, grace=grace)  # type: ignore[arg-type] # drawn from its members
    view = view_of(timer, budget=budget, settings=settings)
    frame = renderer.frame(view, page, refused=list(device.controls)[:2], fault=fault)
    assert set(frame.looks) <= {n for n, c in device.controls.items() if c.light.kind != "none"}
    assert all(0 <= look.level <= 1 for look in frame.looks.values())
    assert all(len(t) <= device.displays[n].width for n, t in frame.texts.items())
    seconds = renderer.next_change(view)
    assert seconds is None or seconds > 0


@pytest.mark.parametrize(
    ("layout", "device"),
    [pair for pair in FITTING if board(*pair).lights],
    ids=lambda value: getattr(value, "id", None),
)
def test_running_overtime_and_done_look_different(layout: Layout, device: Profile) -> None:
    renderer = Renderer(board(layout, device))
    over = Timer(TimerState.OVERTIME, "song.1", since=AT - 1004, up_at=AT - 4)
    pictures = [renderer.frame(view) for view in (running(500), view_of(over), view_of(Timer()))]
    assert len({str(sorted(frame.looks.items())) for frame in pictures}) == 3


def test_a_restyled_role_looks_as_the_layout_says() -> None:
    mine = Layout(
        "mine", "Mine", frozenset(), (Bind((parse("pad.1.*"),), show="queue"),),
        {"queue": {"running": Style("#00FF00", 0.5)}},
    )  # fmt: skip
    frame = Renderer(board(mine, devices.GRID)).frame(running(500))
    assert frame.looks["pad.1.1"] == Look("#00FF00", 0.5)
    assert frame.looks["pad.1.2"] == Look("#FFB000", 0.25)


def test_actions_that_make_no_sense_are_dimmer_than_those_that_do() -> None:
    desk = Desk(None, SONG)
    idle, complete = GRID.frame(desk.view), "pad.7.2"
    desk.do("start")
    busy = GRID.frame(desk.view)
    assert idle.looks[complete].level < busy.looks[complete].level
    assert idle.looks["pad.7.1"].level < busy.looks["pad.7.1"].level


def test_toggle_blinks_while_it_would_go_on_with_something() -> None:
    desk = Desk(None, SONG)
    desk.do("start")
    desk.do("pause")
    assert GRID.frame(desk.view).looks["pad.7.1"].effect is Effect.BLINK


def test_a_strip_names_whose_a_task_is_where_it_is_somebody_elses() -> None:
    tasks = (TaskDraft("Sing", person="Ben"), TaskDraft("Play", person="Ada"), TaskDraft("Mix"))
    desk = Desk(Settings(person="ada"), SongDraft("Moss", tasks=tasks))
    texts = DESK.frame(desk.view).texts
    upper = [texts[f"strip.{n}.upper"] for n in (1, 2, 3)]
    assert [text.startswith("@Ben") for text in upper] == [True, False, False]
