"""Several layouts on one controller: changing between them, and what lives on."""

from __future__ import annotations

import pytest

from bridge.core.actions import Action, Presence, SongDraft, TaskDraft
from bridge.core.view import View
from bridge.errors import Invalid
from bridge.messages import DARK
from bridge.moment import Moment
from bridge.surface.commands import command
from bridge.surface.fitting import Choice, choice, whatever_fits
from bridge.surface.gestures import Gesture
from bridge.surface.layout import Bind, Layer, Layout
from bridge.surface.pattern import parse
from bridge.surface.surface import Asks, Surface
from tests.standins import devices
from tests.standins.desk import Desk

START = Moment(100.0, 1_790_000_000.0)
NEXT, PREV, TO_C, TO_D = 64, 65, 66, 67  # side.1 to side.4


def at(seconds: float) -> Moment:
    return START.later(seconds)


def down(number: int) -> bytes:
    return bytes((0x90, number, 127))


def up(number: int) -> bytes:
    return bytes((0x90, number, 0))


def actions(asks: Asks) -> list[tuple[str, object]]:
    return [(a.action.name, a.action.argument) for a in asks if isinstance(a.action, Action)]


def bind(on: str, do: str, gesture: Gesture = "press", show: str = "") -> Bind:
    return Bind((parse(on),), gesture, command(do, gesture), show)


SWITCHES = (
    bind("side.1", "layout next", show="action"),
    bind("side.2", "layout prev"),
    bind("side.3", "layout c"),
    bind("side.4", "layout d"),
)


def layout(name: str, *binds: Bind, layers: tuple[Layer, ...] = ()) -> Layout:
    return Layout(name, name.upper(), frozenset(), (*SWITCHES, *binds), layers=layers)


A = layout(
    "a",
    bind("pad.1.1", "toggle", show="action"),
    bind("pad.1.2", "mark"),
    bind("pad.1.2", "undo", "hold"),
    bind("pad.1.3", "skip"),
    bind("pad.1.3", "end", "double"),
    bind("pad.2.*", "start {n}", show="queue"),
    bind("down", "page next"),
)
B = layout(
    "b",
    bind("pad.1.1", "complete", show="action"),
    bind("pad.1.2", "later"),
    bind("pad.3.*", "select {n}", show="queue"),
)
C = layout("c", bind("pad.1.1", "back", show="action"))
ALL = {"a": A, "b": B, "c": C}


def surface(*asked: str) -> Surface:
    wanted = asked[0] if len(asked) == 1 else asked
    return Surface(devices.GRID, choice(ALL, wanted, devices.GRID))


def queue(tasks: int = 20) -> View:
    return Desk(None, SongDraft("Big", tasks=tuple(TaskDraft(f"{n}") for n in range(tasks)))).view


def press(one: Surface, number: int, seconds: float = 0.0) -> list[tuple[str, object]]:
    asks = one.feed(down(number), at(seconds)) + one.feed(up(number), at(seconds + 0.08))
    return actions(asks)


# --- which there are ---


def test_one_layout_is_followed_by_all_others_that_fit() -> None:
    assert [one.id for one in choice(ALL, "c", devices.GRID).ring] == ["c", "a", "b"]
    assert [one.id for one in choice(ALL, "auto", devices.GRID).ring] == ["a", "b", "c"]


def test_a_list_is_gone_through_as_it_is_written() -> None:
    assert [one.id for one in choice(ALL, ("c", "a"), devices.GRID).ring] == ["c", "a"]


def test_a_list_names_what_does_not_fit() -> None:
    with pytest.raises(Invalid, match=r"'a' needs side\.1.*, which pads has not"):
        choice(ALL, ("a", "b"), devices.PADS)
    with pytest.raises(Invalid, match="there is no layout 'x'"):
        choice(ALL, ("a", "x"), devices.GRID)


def test_a_controller_that_happens_to_be_there_takes_what_fits_it() -> None:
    pads = Layout("pads", "Pads", frozenset({"grid4x4"}), (bind("pad.1.1", "toggle"),))
    every = {**ALL, "pads": pads}
    on_pads = whatever_fits(every, ("a", "pads"), devices.PADS)
    assert on_pads is not None
    assert [one.id for one in on_pads.ring] == ["pads"]
    fallen_back = whatever_fits(every, "a", devices.PADS)
    assert fallen_back is not None
    assert [one.id for one in fallen_back.ring] == ["pads"]
    assert whatever_fits(ALL, "a", devices.PADS) is None


# --- changing ---


def test_next_and_prev_go_round() -> None:
    one, seen = surface("a", "b", "c"), []
    for number in (NEXT, NEXT, NEXT, PREV):
        told = one.feed(down(number), at(0))
        one.feed(up(number), at(0.1))
        assert [type(ask.action) for ask in told] == [Presence]
        seen.append(one.layout)
    assert seen == ["b", "c", "a", "c"]


def test_a_layout_may_be_named() -> None:
    one = surface("a", "b")
    press(one, TO_C)
    assert one.layout == "c"
    press(one, NEXT, 1)
    assert one.layout == "a"  # back into the list, at its head


def test_changing_to_what_is_not_there_is_refused() -> None:
    one = surface("a", "b")
    press(one, TO_D)
    assert one.layout == "a"
    assert one.wake() is not None  # it blinks


def test_next_of_only_one_is_refused() -> None:
    one = Surface(devices.GRID, A)
    press(one, NEXT)
    assert one.layout == "a"
    assert one.render(queue(), at(0.1)).looks["side.1"].colour == "#FF0000"


def test_after_the_change_pads_ask_and_show_what_the_new_layout_says() -> None:
    one = surface("a", "b")
    before = one.render(queue(), at(0))
    assert press(one, 0) == [("toggle", None)]
    press(one, NEXT, 1)
    assert press(one, 0, 2) == [("complete", None)]
    after = one.render(queue(), at(3))
    assert before.looks["pad.2.1"] != DARK
    assert "pad.2.1" not in after.looks
    assert after.looks["pad.3.1"] == before.looks["pad.2.1"]
    press(one, PREV, 4)
    assert one.render(queue(), at(5)) == before


def test_an_encoder_may_go_through_the_layouts() -> None:
    knob = Bind((parse("encoder.1"),), "turn", command("layout", "turn"))
    two = {name: Layout(name, name, frozenset(), (knob,)) for name in ("a", "b")}
    one = Surface(devices.DESK, choice(two, ("a", "b"), devices.DESK))
    one.feed(bytes((0xB0, 16, 1)), at(0))
    assert one.layout == "b"
    one.feed(bytes((0xB0, 16, 0x41)), at(1))
    assert one.layout == "a"


def test_a_new_layout_begins_at_the_first_page_with_no_layer() -> None:
    shift = layout("a", bind("down", "page next"), bind("pad.2.*", "start {n}"))
    layered = layout("b", layers=(Layer("lock", (parse("pad.8.8"),), "toggle"),))
    one = Surface(devices.GRID, Choice("a", (shift, layered), {"a": shift, "b": layered}))
    one.render(queue(), at(0))
    one.feed(bytes((0xB0, 92, 127)), at(0))
    assert one.page == 1
    press(one, NEXT)
    press(one, 63, 1)
    press(one, NEXT, 2)
    assert one.page == 0
    press(one, NEXT, 3)
    assert one.render(queue(), at(4)).looks["pad.8.8"].level < 1


# --- what hands hold meanwhile ---


def test_what_is_held_while_the_layout_changes_is_forgotten() -> None:
    one = surface("a", "b")
    one.feed(down(1), at(0))
    press(one, NEXT, 0.1)
    assert one.wake() is None
    assert one.feed(up(1), at(0.3)) == ()
    assert press(one, 1, 1) == [("later", None)]


def test_a_tap_that_only_waited_for_a_second_one_still_counts() -> None:
    one = surface("a", "b")
    one.feed(down(2), at(0))
    one.feed(up(2), at(0.05))
    assert actions(one.feed(down(NEXT), at(0.1))) == [("skip", None)]
    assert one.layout == "b"


def test_what_falls_due_with_a_change_is_still_asked_of_the_old_layout() -> None:
    change = Bind((parse("pad.8.1"),), "hold", command("layout next", "hold"))
    old = layout("a", change, *A.binds[len(SWITCHES) :])
    one = Surface(devices.GRID, Choice("a", (old, B), {"a": old, "b": B}))
    one.feed(down(56), at(0))
    one.feed(down(1), at(0.01))
    assert actions(one.advance(at(1))) == [("undo", None)]
    assert one.layout == "b"


# --- what lives on ---


HELD = layout(
    "held",
    bind("pad.1.4", "layout next", "hold"),
    bind("pad.1.5", "skip"),
    layers=(Layer("shift", (parse("pad.1.6"),)),),
)
THEN = layout("then", bind("pad.1.5", "later"), bind("pad.1.6", "mark"))


@pytest.mark.parametrize(("pressed", "asked"), [(4, ("later", None)), (5, ("mark", None))])
def test_a_press_after_a_hold_that_changes_the_layout_is_of_the_new_one(
    pressed: int, asked: tuple[str, object]
) -> None:
    """Also where the thread wakes late, so that the press itself tells that the hold is over."""
    one = Surface(devices.GRID, Choice("held", (HELD, THEN), {"held": HELD, "then": THEN}))
    one.feed(down(3), at(0.0))
    assert actions(one.feed(down(pressed), at(0.7))) == [asked]
    assert one.layout == "then"


def test_the_chosen_layout_outlives_the_plug() -> None:
    one = surface("a", "b")
    press(one, NEXT)
    one.forget()
    assert one.layout == "b"


def test_the_chosen_layout_outlives_a_reload() -> None:
    one, fresh = surface("a", "b"), surface("a", "b")
    press(one, NEXT)
    fresh.resume(one)
    assert fresh.layout == "b"


def test_a_layout_that_is_gone_gives_way_to_the_first() -> None:
    one, fresh = surface("a"), Surface(devices.GRID, Choice("a", (A,), {"a": A}))
    press(one, TO_C)
    fresh.resume(one)
    assert fresh.layout == "a"


def test_what_the_configuration_newly_asks_for_wins_over_what_was_chosen() -> None:
    one, fresh = surface("a", "b"), surface("c", "b")
    press(one, NEXT)
    fresh.resume(one)
    assert fresh.layout == "c"


def test_a_layout_that_nobody_chose_follows_what_is_best_now() -> None:
    one = Surface(devices.GRID, Choice("auto", (B,), ALL))
    fresh = Surface(devices.GRID, Choice("auto", (A, B), ALL))
    fresh.resume(one)
    assert fresh.layout == "a"
