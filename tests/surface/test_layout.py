from __future__ import annotations

from dataclasses import replace

import pytest

from bridge.core.vocabulary import ACTIONS
from bridge.errors import Invalid
from bridge.files.layouts import load_layouts
from bridge.surface import commands, pattern
from bridge.surface.board import board, boards
from bridge.surface.commands import Command, command
from bridge.surface.fitting import choose, clash, fit, missing
from bridge.surface.gestures import Gesture
from bridge.surface.layout import Bind, Layer, Layout
from bridge.surface.places import Shape, album_shape
from bridge.surface.profile import Profile
from tests.standins import devices

SHIPPED = load_layouts().layouts


def bind(on: str, **rest: object) -> Bind:
    return Bind((pattern.parse(on),), **rest)  # type: ignore[arg-type] # fields as the test names them


def layout(*binds: Bind, requires: tuple[str, ...] = ()) -> Layout:
    return Layout("mine", "Mine", frozenset(requires), binds)


@pytest.mark.parametrize(
    ("device", "names"),
    [
        (devices.GRID, ["queue-8x8", "album-8x8", "method-8x8", "order-8x8"]),
        (devices.BARE_GRID, ["queue-8x8", "album-8x8", "method-8x8", "order-8x8"]),
        (devices.PADS, ["pads-4x4", "method-4x4"]),
        (devices.DARK_PADS, ["pads-4x4", "method-4x4"]),
        (devices.KEYS, ["notes"]),
        (devices.LAMPS, ["transport"]),
        (devices.DESK, ["transport"]),
    ],
    ids=lambda value: getattr(value, "id", None),
)
def test_each_device_carries_what_it_provides_for(device: Profile, names: list[str]) -> None:
    assert [one.id for one in fit(SHIPPED.values(), device)] == names


def test_auto_takes_the_layout_that_uses_most_of_the_device() -> None:
    few = Layout("few", "Few", frozenset({"grid8x8"}), (bind("pad.1.1", show="queue"),))
    assert choose({"few": few, **SHIPPED}, "auto", devices.GRID).id == "queue-8x8"


def test_a_layout_of_ones_own_is_taken_by_name() -> None:
    few = Layout("few", "Few", frozenset({"grid8x8"}), (bind("pad.1.1", show="queue"),))
    assert choose({"few": few, **SHIPPED}, "few", devices.GRID) is few


def test_a_layout_that_does_not_fit_says_what_is_lacking_and_what_fits() -> None:
    with pytest.raises(Invalid, match=r"'queue-8x8' needs grid8x8, which desk has not.*transport"):
        choose(SHIPPED, "queue-8x8", devices.DESK)


def test_an_unknown_layout_names_those_that_fit() -> None:
    with pytest.raises(Invalid, match="no layout 'queue'; allowed for pads: auto, pads-4x4"):
        choose(SHIPPED, "queue", devices.PADS)


def test_a_device_that_nothing_fits_is_told_so() -> None:
    with pytest.raises(Invalid, match="no layout fits bare; it provides nothing"):
        choose(SHIPPED, "auto", devices.device("bare", [], []))


def test_a_binding_without_any_control_keeps_a_layout_from_fitting() -> None:
    mine = layout(bind("pad.1.1", show="queue"), bind("fader.1", do=Command("toggle")))
    assert missing(mine, devices.GRID) == ("fader.1",)


def test_an_optional_binding_is_left_out_silently() -> None:
    mine = layout(bind("pad.1.1", show="queue"), bind("fader.1", show="progress", optional=True))
    assert missing(mine, devices.GRID) == ()
    assert "progress" not in board(mine, devices.GRID).lights


def test_the_queue_runs_row_by_row_over_rows_one_to_six() -> None:
    laid = board(SHIPPED["queue-8x8"], devices.GRID)
    assert laid.page == 48
    assert laid.slots["pad.1.1", "press"].place == 1
    assert laid.slots["pad.2.1", "press"].place == 9
    assert laid.slots["pad.6.8", "press"].place == 48
    assert laid.slots["pad.6.8", "hold"].command == Command("select", "{n}")


def test_row_seven_has_the_actions_in_the_promised_order() -> None:
    slots = board(SHIPPED["queue-8x8"], devices.GRID).slots
    row = [slots[f"pad.7.{n}", "press"].command for n in range(1, 9)]
    assert [f"{one.name} {one.argument}".strip() for one in row] == [
        "toggle", "complete", "skip", "later", "extend 5m", "break", "mark", "undo",
    ]  # fmt: skip


def test_pads_hold_has_the_rarer_four() -> None:
    slots = board(SHIPPED["pads-4x4"], devices.PADS).slots
    row = [slots[f"pad.4.{n}", "hold"].command.name for n in range(1, 5)]
    assert row == ["undo", "extend", "mark", "break"]


def test_transport_has_the_promised_actions() -> None:
    slots = board(SHIPPED["transport"], devices.DESK).slots
    done = {control: slot.command.name for (control, _), slot in slots.items()}
    assert done == {
        "play": "toggle", "record": "complete", "forward": "skip", "stop": "later",
        "rewind": "back", "marker": "mark", "cycle": "undo", "encoder.1": "extend",
    }  # fmt: skip


def test_places_go_on_from_one_binding_to_the_next_of_the_same_role() -> None:
    start = Command("start", "{n}")
    mine = layout(
        bind("pad.1.1-4", do=start, show="queue"), bind("side.1-2", do=start, show="queue")
    )
    laid = board(mine, devices.GRID)
    assert [spot.place for spot in laid.lights["queue"]] == [1, 2, 3, 4, 5, 6]
    assert laid.slots["side.2", "press"].place == 6


def test_a_control_without_a_light_keeps_its_place() -> None:
    controls = devices.buttons(["pad.1.1"], 1) + devices.buttons(["pad.1.2"], 2, "rgb")
    mine = layout(bind("pad.1.*", do=Command("start", "{n}"), show="queue"))
    laid = board(mine, devices.device("half", [], controls))
    assert [(spot.name, spot.place) for spot in laid.lights["queue"]] == [("pad.1.2", 2)]


def test_a_hold_time_of_its_own_belongs_to_its_controls_only() -> None:
    mine = layout(
        bind("pad.1.1", gesture="hold", do=Command("undo"), hold=0.9),
        bind("pad.1.2", gesture="hold", do=Command("undo")),
    )
    assert board(mine, devices.GRID).holds == {"pad.1.1": 0.9}


@pytest.mark.parametrize(
    ("text", "gesture", "made"),
    [
        ("toggle", "press", Command("toggle")),
        ("start {n}", "press", Command("start", "{n}")),
        ("song {n}", "double", Command("song", "{n}")),
        ("extend -90s", "press", Command("extend", "-90s")),
        ("extend", "turn", Command("extend")),
        ("page next", "press", Command("page", "next")),
        ("page", "turn", Command("page")),
        ("note back to the verse", "hold", Command("note", "back to the verse")),
    ],
)
def test_a_command_is_read(text: str, gesture: Gesture, made: Command) -> None:
    assert command(text, gesture) == made


@pytest.mark.parametrize(
    ("text", "gesture", "why"),
    [
        ("dance", "press", "no action; the actions are start, "),
        ("compleet", "press", "no action; did you mean 'complete'"),
        ("toggle now", "press", "takes no argument"),
        ("select", "press", "needs its position, for example 'select {n}'"),
        ("stage", "press", "for example 'stage next'"),
        ("note", "press", "needs its text"),
        ("extend soon", "press", "not a duration"),
        ("extend {n}", "press", "queue position"),
        ("start {n}x", "press", "queue position"),
        ("complete", "turn", "can't be turned; allowed with turn are extend, page, song, stage"),
        ("song next", "turn", "goes both ways"),
        ("page 2", "press", "needs next or prev"),
    ],
)
def test_a_command_that_is_wrong_is_refused(text: str, gesture: Gesture, why: str) -> None:
    with pytest.raises(Invalid, match=why.replace("{n}", r"\{n\}")):
        command(text, gesture)


def test_one_control_does_one_thing_for_one_gesture() -> None:
    twice = (bind("pad.1-6.*", do=Command("toggle")), bind("pad.3.4", do=Command("undo")))
    found = clash(twice)
    assert found is not None
    assert found[0] == 1
    assert "press" in found[1]


def test_one_light_shows_one_thing() -> None:
    assert clash((bind("pad.1.1", show="queue"), bind("pad.*.1", show="countdown"))) is not None


def test_other_gestures_and_other_controls_do_not_clash() -> None:
    toggle = Command("toggle")
    assert not clash(
        (
            bind("pad.1.1", do=toggle, show="queue"),
            bind("pad.1.1", do=toggle, gesture="hold"),
            bind("pad.1.2", do=toggle, show="queue"),
            bind("pad.1", do=toggle, show="queue"),
            bind("side.1.1", do=toggle, show="queue"),
        )
    )


def test_every_command_of_the_shipped_layouts_is_an_action_or_a_page() -> None:
    names = {b.do.name for one in SHIPPED.values() for b in one.binds if b.do}
    assert names - set(commands.LOCAL) <= set(ACTIONS)


# --- layers and chords ---

SHIFT = Layer("shift", (pattern.parse("side.8"),))
UNDO = Command("undo")


def layered(*binds: Bind, layer: Layer = SHIFT) -> Layout:
    return Layout("mine", "Mine", frozenset(), binds, layers=(layer,))


def test_a_controller_without_the_control_of_a_layer_is_told_so() -> None:
    mine = layered(bind("pad.1.1", do=UNDO), bind("pad.1.1", do=UNDO, layer="shift"))
    assert missing(mine, devices.GRID) == ()
    assert missing(mine, devices.PADS) == ("side.8",)


def test_an_optional_layer_is_left_out_with_all_its_bindings() -> None:
    optional = replace(SHIFT, optional=True)
    mine = layered(bind("pad.1.1", do=UNDO), bind("side.1", do=UNDO, layer="shift"), layer=optional)
    assert missing(mine, devices.PADS) == ()
    assert [one.layer for one in boards(mine, devices.PADS)] == [""]
    assert [one.layer for one in boards(mine, devices.GRID)] == ["", "shift"]


def test_a_layer_that_is_there_must_have_what_it_binds() -> None:
    mine = layered(bind("pad.1.1", do=UNDO), bind("fader.1", do=UNDO, layer="shift"))
    assert missing(mine, devices.GRID) == ("fader.1",)


def test_a_chord_needs_all_its_controls_unless_it_is_optional() -> None:
    chord = Bind((), "chord", UNDO, chord=("pad.1.1", "side.8"))
    assert missing(layout(chord), devices.PADS) == ("pad.1.1 + side.8",)
    assert missing(layout(replace(chord, optional=True)), devices.PADS) == ()
    assert board(layout(replace(chord, optional=True)), devices.PADS).chords == ()
    laid = board(layout(chord), devices.GRID)
    assert laid.chords == (("pad.1.1", "side.8"),)
    assert laid.slots["pad.1.1+side.8", "chord"].command == UNDO


def test_places_count_in_each_layer_from_one() -> None:
    start = Command("start", "{n}")
    mine = layered(
        bind("pad.1.*", do=start, show="queue"),
        bind("pad.2.1-4", do=start, show="queue", layer="shift"),
    )
    base, shift = boards(mine, devices.GRID)
    assert (base.page, shift.page) == (8, 4)
    assert shift.slots["pad.2.1", "press"].place == 1
    assert shift.covers == {f"pad.2.{n}" for n in range(1, 5)}


def test_what_is_bound_in_another_layer_does_not_clash() -> None:
    assert not clash((bind("pad.1.1", do=UNDO), bind("pad.1.1", do=UNDO, layer="shift")))
    assert clash((bind("pad.1.1", do=UNDO, layer="shift"), bind("pad.1.*", do=UNDO, layer="shift")))


def test_a_chord_and_a_press_of_its_control_do_not_clash() -> None:
    chord = Bind((), "chord", UNDO, chord=("a", "b"))
    assert not clash((chord, bind("a", do=UNDO)))
    assert clash((chord, Bind((), "chord", Command("end"), chord=("b", "a"))))


def test_where_a_control_shows_its_role_is_known_to_what_it_asks() -> None:
    here = Command("song", "{here}")
    mine = layout(bind("pad.1.*", show="album"), bind("pad.2.*", do=here, show="album"))
    slot = board(mine, devices.GRID).slots["pad.2.3", "press"]
    assert (slot.spot, slot.place) == (11, 3)


def test_an_album_in_a_layer_gives_the_base_no_pages_of_an_album() -> None:
    mine = layered(bind("pad.1-2.*", show="album", layer="shift"))
    base, shift = boards(mine, devices.GRID)
    assert album_shape(base) is None
    assert album_shape(shift) == Shape(2, 8)
