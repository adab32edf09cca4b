from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.core import durations
from bridge.core.actions import Action, Presence, SongDraft, TaskDraft
from bridge.core.view import View
from bridge.files.layouts import load_layouts
from bridge.messages import DARK, Effect
from bridge.moment import Moment
from bridge.surface import surface as surfaces
from bridge.surface.commands import Command
from bridge.surface.layout import Bind, Layout
from bridge.surface.pattern import parse
from bridge.surface.surface import Asks, Surface
from tests.standins import devices
from tests.standins.desk import Desk

LAYOUTS = load_layouts().layouts
START = Moment(100.0, 1_790_000_000.0)


def at(seconds: float) -> Moment:
    return START.later(seconds)


def down(number: int) -> bytes:
    return bytes((0x90, number, 127))


def up(number: int) -> bytes:
    return bytes((0x90, number, 0))


def pad(row: int, column: int) -> int:
    """The note of a pad of `devices.GRID`."""
    return 8 * (row - 1) + column - 1


def actions(asks: Asks) -> list[tuple[str, object]]:
    return [(a.action.name, a.action.argument) for a in asks if isinstance(a.action, Action)]


def grid() -> Surface:
    return Surface(devices.GRID, LAYOUTS["queue-8x8"])


def long_queue(tasks: int = 100) -> View:
    return Desk(None, SongDraft("Big", tasks=tuple(TaskDraft(f"{n}") for n in range(tasks)))).view


def press(surface: Surface, number: int, seconds: float = 0.0) -> list[tuple[str, object]]:
    """Down and up again: what both of them ask for."""
    asks = surface.feed(down(number), at(seconds)) + surface.feed(up(number), at(seconds + 0.08))
    return actions(asks)


# --- presses ---


def test_a_pad_of_row_seven_acts_the_moment_it_goes_down() -> None:
    surface = grid()
    assert actions(surface.feed(down(pad(7, 1)), at(0))) == [("toggle", None)]
    assert surface.feed(up(pad(7, 1)), at(0.1)) == ()


def test_an_argument_of_the_layout_goes_along() -> None:
    assert press(grid(), pad(7, 5)) == [("extend", "5m")]


def test_a_queue_pad_starts_its_task_when_it_was_no_hold() -> None:
    assert press(grid(), pad(2, 3)) == [("start", 11)]


def test_a_queue_pad_that_is_held_selects_and_nothing_else() -> None:
    surface = grid()
    assert surface.feed(down(pad(2, 3)), at(0)) == ()
    wake = surface.wake()
    assert wake is not None
    assert actions(surface.advance(Moment(wake, 0.0))) == [("select", 11)]
    assert surface.feed(up(pad(2, 3)), at(2)) == ()
    assert surface.wake() is None


def test_an_ask_says_which_control_it_came_from() -> None:
    assert grid().feed(down(pad(7, 8)), at(0))[0].control == "pad.7.8"


def test_a_side_button_takes_up_its_song() -> None:
    assert press(grid(), 66) == [("song", 3)]


def test_what_the_profile_does_not_know_is_nothing() -> None:
    surface = grid()
    for data in (b"", b"\xf8", b"\xfe", bytes((0xB0, 7, 7)), bytes((0x95, 1, 1)), b"\xf0\x01\xf7"):
        assert surface.feed(data, at(0)) == ()


def test_an_unbound_control_tells_that_somebody_is_there_but_not_at_every_move() -> None:
    surface = Surface(devices.LAMPS, LAYOUTS["transport"])
    asks = [surface.feed(bytes((0xB0, 16, n)), at(n / 100)) for n in range(120)]
    told = [ask for each in asks for ask in each]
    assert [type(ask.action) for ask in told] == [Presence, Presence]


# --- pages ---


def test_the_arrows_page_through_the_queue() -> None:
    surface, view = grid(), long_queue()
    surface.render(view, at(0))
    assert isinstance(surface.feed(bytes((0xB0, 92, 127)), at(0))[0].action, Presence)
    assert surface.page == 1
    assert press(surface, pad(1, 1)) == [("start", 49)]
    surface.feed(bytes((0xB0, 91, 127)), at(1))
    assert press(surface, pad(1, 1), 2) == [("start", 1)]


def test_paging_ends_where_the_queue_ends() -> None:
    surface, view = grid(), long_queue()
    surface.render(view, at(0))
    for _ in range(9):
        surface.feed(bytes((0xB0, 92, 127)), at(0))
    assert surface.page == 2
    surface.render(long_queue(50), at(1))
    assert surface.page == 1


def test_songs_do_not_page() -> None:
    surface, view = grid(), long_queue()
    surface.render(view, at(0))
    surface.feed(bytes((0xB0, 92, 127)), at(0))
    assert press(surface, 64) == [("song", 1)]


def test_a_task_that_begins_brings_the_first_page_back() -> None:
    desk = Desk(None, SongDraft("Big", tasks=tuple(TaskDraft(f"{n}") for n in range(100))))
    surface = grid()
    surface.render(desk.view, desk.moment)
    surface.feed(bytes((0xB0, 92, 127)), at(0))
    desk.do("start", 50)
    frame = surface.render(desk.view, desk.moment)
    assert surface.page == 0
    assert frame.looks["pad.1.1"].effect is Effect.PULSE


# --- turning ---


def test_clicks_are_minutes() -> None:
    surface = Surface(devices.DESK, LAYOUTS["transport"])
    assert actions(surface.feed(bytes((0xB0, 16, 3)), at(0))) == [("extend", "3m")]
    assert actions(surface.feed(bytes((0xB0, 16, 0x42)), at(1))) == [("extend", "-2m")]


def knob(do: Command) -> Surface:
    bind = Bind((parse("knob.1"),), gesture="turn", do=do)
    return Surface(devices.LAMPS, Layout("mine", "Mine", frozenset(), (bind,)))


def test_a_knob_with_two_ends_counts_how_far_it_was_turned() -> None:
    surface = knob(Command("extend", "30s"))
    positions = enumerate((64, 65, 70, 74, 64))
    turned = [actions(surface.feed(bytes((0xB0, 16, n)), at(second))) for second, n in positions]
    assert turned == [[], [], [("extend", "30s")], [("extend", "30s")], [("extend", "-1m")]]


@given(st.lists(st.integers(0, 127), min_size=1))
def test_a_knob_that_comes_back_has_extended_by_nothing(positions: list[int]) -> None:
    surface = knob(Command("extend", "1m"))
    minutes = 0.0
    asks = [surface.feed(bytes((0xB0, 16, position)), at(0)) for position in [0, *positions, 0]]
    for each in (*asks, surface.advance(at(1))):
        minutes += sum(durations.parse(str(argument)) for _, argument in actions(each))
    assert minutes == 0


def test_turning_changes_song_and_page_by_its_direction() -> None:
    surface = knob(Command("song"))
    turned = [actions(surface.feed(bytes((0xB0, 16, n)), at(0))) for n in (0, 10, 0)]
    assert turned == [[], [("song", "next")], [("song", "prev")]]


# --- refusals and faults ---


def test_a_refused_control_blinks_red_for_a_moment() -> None:
    surface, view = grid(), long_queue(3)
    surface.refused("pad.1.5", at(0))
    assert surface.render(view, at(0.1)).looks["pad.1.5"].effect is Effect.BLINK
    assert surface.wake() == surface.next_change(view, at(0.1)) == at(surfaces.REFUSED).mono
    assert surface.advance(at(surfaces.REFUSED)) == ()
    assert surface.render(view, at(surfaces.REFUSED)).looks["pad.1.5"] == DARK
    assert surface.wake() is surface.next_change(view, at(1)) is None


def test_the_next_change_is_told_on_the_steady_clock() -> None:
    desk = Desk(None, SongDraft("Song", tasks=(TaskDraft("Mix", budget=320.0),)))
    desk.do("start")
    changes = grid().next_change(desk.view, desk.moment)
    assert changes == pytest.approx(desk.moment.mono + 10, abs=0.01)
    late = grid().next_change(desk.view, desk.moment.later(4))
    assert late == pytest.approx(desk.moment.mono + 10, abs=0.01)


def test_a_fault_shows_until_it_is_over() -> None:
    surface, view = grid(), long_queue(3)
    healthy = surface.render(view, at(0))
    surface.fault(on=True)
    assert surface.render(view, at(1)).looks["pad.8.1"].effect is Effect.BLINK
    surface.fault(on=False)
    assert surface.render(view, at(2)) == healthy


def test_a_picture_that_stands_is_the_very_same_frame() -> None:
    desk = Desk(None, SongDraft("Song", tasks=(TaskDraft("Mix"),)))
    surface = grid()
    before = surface.render(desk.view, desk.moment)
    assert surface.render(desk.view, desk.moment) is before
    desk.do("start")
    assert surface.render(desk.view, desk.moment) != before


# --- unplugged ---


def test_a_pad_that_was_down_when_the_plug_was_pulled_is_forgotten() -> None:
    surface = grid()
    surface.feed(down(pad(1, 1)), at(0))
    surface.refused("pad.1.2", at(0))
    assert surface.forget() == ()
    assert surface.wake() is None
    assert surface.advance(at(5)) == ()


def test_after_the_plug_a_knob_may_stand_elsewhere() -> None:
    surface = knob(Command("extend"))
    surface.feed(bytes((0xB0, 16, 0)), at(0))
    surface.forget()
    assert surface.feed(bytes((0xB0, 16, 127)), at(1)) == ()


@given(st.lists(st.binary(max_size=4), max_size=50))
def test_no_bytes_make_it_raise(messages: list[bytes]) -> None:
    surface = Surface(devices.DESK, LAYOUTS["transport"])
    for n, data in enumerate(messages):
        surface.feed(data, at(n / 10))
        surface.echo.herald([data], at(n / 10).mono)


def test_a_press_that_may_become_a_hold_is_awaited_until_it_is_decided() -> None:
    surface = grid()
    surface.feed(down(pad(1, 2)), at(0))
    assert actions(surface.awaited()) == [("start", 2)]
    assert actions(surface.feed(up(pad(1, 2)), at(0.08))) == [("start", 2)]
    assert surface.awaited() == ()


# --- a turn is one thing ---


def spin(
    surface: Surface, clicks: int, seconds: float, begun: float = 0.0
) -> list[tuple[str, object]]:
    """Turn encoder 1 of the desk click by click, `seconds` apart, and rest."""
    told: list[tuple[str, object]] = []
    for n in range(clicks):
        now = at(begun + n * seconds)
        told += actions(surface.advance(now))
        told += actions(surface.feed(bytes((0xB0, 16, 1)), now))
    wake = surface.wake()
    return told if wake is None else told + actions(surface.advance(Moment(wake, 0.0)))


def test_a_slow_turn_is_its_first_click_and_then_the_rest() -> None:
    surface = Surface(devices.DESK, LAYOUTS["transport"])
    assert spin(surface, 5, 0.12) == [("extend", "1m"), ("extend", "4m")]
    assert surface.wake() is None


def test_a_fast_turn_goes_further() -> None:
    surface = Surface(devices.DESK, LAYOUTS["transport"])
    assert spin(surface, 10, 0.02) == [("extend", "1m"), ("extend", "41m")]


def test_a_binding_says_how_much_a_fast_click_counts() -> None:
    bind = Bind(
        (parse("encoder.1"),), gesture="turn", do=Command("extend", "30s"), acceleration=1.0
    )
    surface = Surface(devices.DESK, Layout("mine", "Mine", frozenset(), (bind,)))
    assert spin(surface, 11, 0.02) == [("extend", "30s"), ("extend", "5m")]


@pytest.mark.parametrize("name", ["page", "song", "stage"])
def test_what_is_no_time_is_never_sped_up(name: str) -> None:
    bind = Bind((parse("encoder.1"),), gesture="turn", do=Command(name))
    surface = Surface(devices.DESK, Layout("mine", "Mine", frozenset(), (bind,)))
    told = spin(surface, 10, 0.02)
    assert told == ([] if name == "page" else [(name, "next")] * 10)
    assert surface.wake() is None


def test_what_a_hand_does_next_comes_after_the_turn() -> None:
    surface = Surface(devices.DESK, LAYOUTS["transport"])
    for n in range(3):
        surface.feed(bytes((0xB0, 16, 1)), at(n * 0.12))
    assert actions(surface.feed(down(91), at(0.3))) == [("extend", "2m"), ("toggle", None)]


def test_a_turn_that_was_made_before_the_plug_was_pulled_counts() -> None:
    surface = Surface(devices.DESK, LAYOUTS["transport"])
    for n in range(3):
        surface.feed(bytes((0xB0, 16, 1)), at(n * 0.12))
    assert actions(surface.forget()) == [("extend", "2m")]
    assert surface.wake() is None
