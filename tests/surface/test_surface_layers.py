"""Layers on a surface: what a press asks for, what lights show, and what is held meanwhile."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.core.actions import Action, Presence, SongDraft, TaskDraft
from bridge.core.view import View
from bridge.messages import DARK, Look
from bridge.moment import Moment
from bridge.surface.commands import Command, command
from bridge.surface.layout import Bind, Layer, Layout
from bridge.surface.pattern import parse
from bridge.surface.surface import Asks, Surface
from tests.standins import devices
from tests.standins.desk import Desk

START = Moment(100.0, 1_790_000_000.0)
SHIFT, LOCK = 64, 65  # side.1 and side.2 of the grid


def at(seconds: float) -> Moment:
    return START.later(seconds)


def pad(row: int, column: int) -> int:
    return 8 * (row - 1) + column - 1


def down(number: int) -> bytes:
    return bytes((0x90, number, 127))


def up(number: int) -> bytes:
    return bytes((0x90, number, 0))


NEXT, PREV = bytes((0xB0, 92, 127)), bytes((0xB0, 91, 127))


def actions(asks: Asks) -> list[tuple[str, object]]:
    return [(a.action.name, a.action.argument) for a in asks if isinstance(a.action, Action)]


def bind(on: str, do: str = "", layer: str = "", **rest: object) -> Bind:
    made = command(do, str(rest.get("gesture", "press"))) if do else None
    return Bind((parse(on),), do=made, layer=layer, **rest)  # type: ignore[arg-type] # fields as the test names them


LAYERS = (
    Layer("shift", (parse("side.1"),), colour="#FFFFFF"),
    Layer("lock", (parse("side.2"),), "toggle", "#00FF00"),
)
LAYOUT = Layout(
    "mine",
    "Mine",
    frozenset(),
    (
        bind("pad.1-6.*", "start {n}", show="queue"),
        bind("pad.7.1", "toggle", show="action", colour="#00FF00"),
        bind("pad.7.2", "complete", show="action"),
        bind("pad.7.2", "mark", gesture="hold"),
        bind("pad.8.*", show="countdown"),
        bind("down", "page next", show="page"),
        bind("up", "page prev", show="page"),
        bind("pad.7.1", "undo", "shift", show="action", colour="#0000FF"),
        bind("pad.7.2", "skip", "shift"),
        bind("pad.1.1-4", "select {n}", "lock", show="queue"),
        bind("pad.7.1", "later", "lock"),
    ),
    layers=LAYERS,
)


def surface(layout: Layout = LAYOUT) -> Surface:
    made = Surface(devices.GRID, layout)
    made.render(queue(), at(0))
    return made


def queue(tasks: int = 100) -> View:
    return Desk(None, SongDraft("Big", tasks=tuple(TaskDraft(f"{n}") for n in range(tasks)))).view


def press(one: Surface, number: int, seconds: float = 0.0) -> list[tuple[str, object]]:
    asks = one.feed(down(number), at(seconds)) + one.feed(up(number), at(seconds + 0.08))
    return actions(asks)


# --- what is asked ---


def test_a_layer_is_active_while_its_control_is_held() -> None:
    one = surface()
    assert press(one, pad(7, 1)) == [("toggle", None)]
    told = one.feed(down(SHIFT), at(1))
    assert [type(ask.action) for ask in told] == [Presence]
    assert press(one, pad(7, 1), 1.1) == [("undo", None)]
    assert one.feed(up(SHIFT), at(2)) == ()
    assert press(one, pad(7, 1), 3) == [("toggle", None)]


def test_what_switches_a_layer_or_a_page_says_so_in_words() -> None:
    one, told = surface(), list[str]()
    for seconds, data in enumerate((down(SHIFT), up(SHIFT), down(LOCK), down(LOCK), NEXT)):
        told += [ask.stays for ask in one.feed(data, at(seconds))]
    assert told == ["layer shift", "layer lock", "layer lock off", "page next"]


def test_a_layer_is_switched_on_and_off_by_a_press() -> None:
    one = surface()
    press(one, LOCK)
    assert press(one, pad(7, 1), 1) == [("later", None)]
    press(one, LOCK, 2)
    assert press(one, pad(7, 1), 3) == [("toggle", None)]


def test_what_a_layer_does_not_bind_stays_as_it_was() -> None:
    one = surface()
    one.feed(down(SHIFT), at(0))
    assert press(one, pad(2, 3)) == [("start", 11)]


def test_of_two_active_layers_the_one_written_last_lies_on_top() -> None:
    one = surface()
    press(one, LOCK)
    one.feed(down(SHIFT), at(1))
    assert press(one, pad(7, 1), 1.1) == [("later", None)]
    assert press(one, pad(7, 2), 1.3) == [("skip", None)]


def test_a_control_that_a_layer_binds_has_nothing_else_there() -> None:
    one = surface()
    one.feed(down(SHIFT), at(0))
    assert actions(one.feed(down(pad(7, 2)), at(0.1))) == [("skip", None)]  # at once: no hold here
    assert one.wake() is None
    assert one.feed(up(pad(7, 2)), at(2)) == ()


# --- what is held while a layer changes ---


def test_a_press_ends_in_the_layer_in_which_it_began() -> None:
    one = surface()
    one.feed(down(pad(7, 2)), at(0))
    one.feed(down(SHIFT), at(0.1))
    assert actions(one.feed(up(pad(7, 2)), at(0.2))) == [("complete", None)]


def test_a_hold_ends_in_the_layer_in_which_it_began() -> None:
    one = surface()
    one.feed(down(pad(7, 2)), at(0))
    one.feed(down(SHIFT), at(0.1))
    wake = one.wake()
    assert wake == at(0.6).mono
    assert actions(one.advance(at(0.6))) == [("mark", None)]
    assert one.feed(up(pad(7, 2)), at(0.7)) == ()


def test_a_hold_that_was_due_is_told_before_the_layer_changes() -> None:
    one = surface()
    one.feed(down(pad(7, 2)), at(0))
    assert actions(one.feed(down(SHIFT), at(0.7))) == [("mark", None)]


def test_a_press_of_a_layer_that_has_ended_does_nothing_when_it_comes_up() -> None:
    one = surface()
    one.feed(down(SHIFT), at(0))
    one.feed(down(pad(7, 2)), at(0.1))
    one.feed(up(SHIFT), at(0.2))
    assert one.feed(up(pad(7, 2)), at(0.3)) == ()
    assert one.awaited() == ()
    assert one.wake() is None


def test_a_press_that_may_become_a_hold_is_awaited_in_its_layer() -> None:
    one = surface()
    one.feed(down(pad(7, 2)), at(0))
    one.feed(down(SHIFT), at(0.1))
    assert actions(one.awaited()) == [("complete", None)]


def test_unplugging_forgets_a_layer_that_was_held_but_not_one_that_was_switched_on() -> None:
    one = surface()
    one.feed(down(SHIFT), at(0))
    one.forget()
    assert press(one, pad(7, 1), 1) == [("toggle", None)]
    press(one, LOCK, 2)
    one.forget()
    assert press(one, pad(7, 1), 3) == [("later", None)]


def test_a_knob_that_was_moved_in_a_layer_without_it_does_not_jump() -> None:
    turn, shown = ("knob.1", "extend"), ("knob.1", "")
    binds = (bind(*turn, gesture="turn"), bind(*shown, "shift", show="progress"))
    switch = Layer("shift", (parse("marker"),))
    one = Surface(devices.LAMPS, Layout("k", "K", frozenset(), binds, layers=(switch,)))
    for message in (bytes((0xB0, 16, 0)), down(60), bytes((0xB0, 16, 127)), up(60)):
        assert actions(one.feed(message, at(0))) == []
    assert actions(one.feed(bytes((0xB0, 16, 126)), at(1))) == []
    assert actions(one.feed(bytes((0xB0, 16, 120)), at(2))) == [("extend", "-1m")]


HANDS = st.lists(
    st.tuples(st.sampled_from([SHIFT, LOCK, pad(7, 1), pad(7, 2), pad(1, 1)]), st.booleans()),
    max_size=40,
)


@given(HANDS)
def test_whatever_hands_did_all_let_go_leaves_nothing_undecided(
    hands: list[tuple[int, bool]],
) -> None:
    one, now = Surface(devices.GRID, LAYOUT), 0.0
    presses = 0
    for number, is_down in hands:
        now += 0.07
        one.feed(down(number) if is_down else up(number), at(now))
        presses += is_down and number == LOCK
    for number in (SHIFT, LOCK, pad(7, 1), pad(7, 2), pad(1, 1)):
        one.feed(up(number), at(now + 0.1))
    one.advance(at(now + 9))
    assert one.wake() is None
    expected = ("later", None) if presses % 2 else ("toggle", None)
    assert press(one, pad(7, 1), now + 10) == [expected]


# --- what is shown ---


def looks(one: Surface, view: View | None = None) -> dict[str, Look]:
    return dict(one.render(view or queue(), at(0)).looks)


def test_a_layer_shows_its_own_and_lets_the_rest_shine_through() -> None:
    one = surface()
    before = looks(one)
    one.feed(down(SHIFT), at(0))
    shifted = looks(one)
    assert shifted["pad.7.1"].colour == "#0000FF"
    assert shifted.get("pad.7.2", DARK) == DARK  # bound there, and shows nothing
    assert {n: v for n, v in shifted.items() if n not in ("pad.7.1", "pad.7.2", "side.1")} == {
        n: v for n, v in before.items() if n not in ("pad.7.1", "pad.7.2", "side.1")
    }
    one.feed(up(SHIFT), at(1))
    assert looks(one) == before


def test_the_control_of_a_layer_shows_whether_it_is_active() -> None:
    one = surface()
    styles = LAYOUT.styles("layer")
    assert looks(one)["side.1"] == styles["ready"].look("#FFFFFF")
    assert looks(one)["side.2"] == styles["ready"].look("#00FF00")
    press(one, LOCK)
    assert looks(one)["side.2"] == styles["active"].look("#00FF00")
    assert looks(one)["side.1"] == styles["ready"].look("#FFFFFF")


def test_a_fault_shows_on_the_countdown_only_whatever_layer_is_active() -> None:
    one = surface()
    one.feed(down(SHIFT), at(0))
    healthy = looks(one)
    one.fault(on=True)
    changed = {name for name, look in looks(one).items() if look != healthy[name]}
    assert changed == {f"pad.8.{n}" for n in range(1, 9)}


def test_a_refusal_blinks_in_a_layer_too() -> None:
    one = surface()
    one.feed(down(SHIFT), at(0))
    one.refused("pad.7.1", at(0))
    assert one.render(queue(), at(0.1)).looks["pad.7.1"].colour == "#FF0000"


def test_a_layout_without_layers_paints_as_before() -> None:
    plain = replace(LAYOUT, layers=(), binds=tuple(b for b in LAYOUT.binds if not b.layer))
    with_layers = looks(surface())
    assert looks(surface(plain)) == {
        name: look for name, look in with_layers.items() if not name.startswith("side")
    }


# --- pages ---


def test_each_layer_with_a_queue_has_pages_of_its_own() -> None:
    one = surface()
    one.feed(NEXT, at(0))
    assert press(one, pad(1, 1)) == [("start", 49)]
    press(one, LOCK)
    one.render(queue(), at(0))
    assert press(one, pad(1, 1)) == [("select", 1)]
    one.feed(NEXT, at(1))
    one.feed(NEXT, at(1))
    assert one.page == 2
    assert press(one, pad(1, 2)) == [("select", 10)]
    press(one, LOCK)
    assert one.page == 1
    assert press(one, pad(1, 1)) == [("start", 49)]


def test_pages_turn_the_queue_that_shines_through_a_layer() -> None:
    one = surface()
    one.feed(down(SHIFT), at(0))
    one.feed(NEXT, at(0))
    assert press(one, pad(1, 1)) == [("start", 49)]
    one.feed(PREV, at(1))
    assert press(one, pad(1, 1), 1) == [("start", 1)]


def test_the_lights_of_pages_tell_of_the_queue_that_is_turned() -> None:
    one, view = surface(), queue(8)  # one page of 48, two of 4
    assert looks(one, view)["down"] == DARK
    press(one, LOCK)
    assert looks(one, view)["down"] != DARK
    one.feed(NEXT, at(1))
    assert (looks(one, view)["down"], one.page) == (DARK, 1)
    assert looks(one, view)["up"] != DARK


def test_a_task_that_begins_brings_the_first_page_of_a_layer_back() -> None:
    desk = Desk(None, SongDraft("Big", tasks=tuple(TaskDraft(f"{n}") for n in range(100))))
    one = Surface(devices.GRID, LAYOUT)
    press(one, LOCK)
    one.render(desk.view, at(0))
    one.feed(NEXT, at(0))
    desk.do("start", 50)
    one.render(desk.view, at(1))
    assert one.page == 0


# --- chords on a surface ---

STRIKE = Layout(
    "strike",
    "Strike",
    frozenset(),
    (
        bind("side.1", "undo"),
        bind("side.2", "skip", show="action"),
        Bind((), "chord", Command("end"), chord=("side.1", "side.2")),
        bind("pad.1.1", "toggle"),
    ),
)


def test_a_chord_asks_for_its_own_and_a_single_finger_for_its_own() -> None:
    one = Surface(devices.GRID, STRIKE)
    assert one.feed(down(64), at(0)) == ()
    assert actions(one.awaited()) == [("undo", None), ("end", None)]
    told = one.feed(down(65), at(0.03))
    assert actions(told) == [("end", None)]
    assert told[0].control == "side.1+side.2"
    assert one.feed(up(64), at(0.1)) + one.feed(up(65), at(0.1)) == ()
    one.feed(down(64), at(1))
    wake = one.wake()
    assert wake == pytest.approx(at(1.05).mono)
    assert actions(one.advance(at(1.05))) == [("undo", None)]


def test_a_control_outside_of_every_chord_acts_at_once() -> None:
    one = Surface(devices.GRID, STRIKE)
    assert actions(one.feed(down(pad(1, 1)), at(0))) == [("toggle", None)]


def test_a_chord_that_was_refused_blinks_on_all_its_controls() -> None:
    one = Surface(devices.GRID, STRIKE)
    one.refused("side.1+side.2", at(0))
    assert one.render(queue(1), at(0.1)).looks["side.2"].colour == "#FF0000"
