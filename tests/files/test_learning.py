"""What `learn` writes into layouts and profiles, byte for byte, and how it is taken back."""

from __future__ import annotations

from typing import Any

import pytest

from bridge.errors import Invalid, InvalidFile
from bridge.files import toml
from bridge.files.layouts import layout_from
from bridge.files.learning import Lesson, Taught, taught
from bridge.files.learning_profile import Draft, Found, draft, with_control
from bridge.files.profiles import load_profiles, profile_from
from bridge.files.shipped import layout_ids, layout_path, profile_path
from bridge.surface.board import board
from bridge.surface.fitting import missing
from bridge.surface.guessing import Sent, grid

PROFILES = load_profiles().profiles
LAUNCHPAD = PROFILES["novation-launchpad-mini-mk3"]
KORG = PROFILES["korg-nanokontrol2"]

LAYOUT = """\
# My layout.
schema = 1
id = "mine"   # as the file
name = "Mine"
requires = ["grid8x8"]

[[bind]]      # the queue
on = "pad.1-2.1-8"
do = "start {n}"   # by place
show = "queue"

[[bind]]
on = "pad.1-2.1-8"
gesture = "hold(900ms)"
do = "select {n}"

# What to do.
[[bind]]
on = ["pad.7.1", "play"]
do = "toggle"
show = "action"
colour = "green"

[[bind]]
on = "pad.8.1-8"
show = "countdown"

# Quieter than usual.
[role.queue]
todo = { level = 0.2 }
"""


def teach(text: str = LAYOUT, profile: Any = LAUNCHPAD, **lesson: Any) -> Taught:  # noqa: ANN401 - a lesson's fields
    return taught(text, "mine.toml", Lesson(**lesson), profile)


NEW = "\n[[bind]]                      # taught with songbridge learn\n"


def test_a_control_that_did_nothing_gets_a_binding_behind_the_last() -> None:
    made = teach(control="session", do="complete")
    bind = (
        f'{NEW}on = "session"\ndo = "complete"\nshow = "action"\ncolour = "cyan"\noptional = true\n'
    )
    after = 'on = "pad.8.1-8"\nshow = "countdown"\n'
    assert made == Taught(LAYOUT.replace(after, after + bind), ())


def test_a_pad_of_a_counting_row_leaves_it_with_all_its_gestures_and_the_rest_moves_up() -> None:
    made = teach(control="pad.1.4", do="undo")
    split = 'on = ["pad.1.1-3", "pad.1.5-8", "pad.2.1-8"]'
    held = 'gesture = "hold(900ms)"\ndo = "select {n}"\n'
    bind = f'{NEW}on = "pad.1.4"\ndo = "undo"\nshow = "action"\ncolour = "white"\noptional = true\n'
    expected = LAYOUT.replace('on = "pad.1-2.1-8"', split).replace(held, held + bind)
    assert made.text == expected
    assert made.before == (
        "press did 'start {n}', as one of pad.1-2.1-8; the rest moves up by one place",
        "hold did 'select {n}', as one of pad.1-2.1-8; the rest moves up by one place",
    )
    slots = board(layout_from(toml.read(made.text, "")), LAUNCHPAD).slots
    assert slots["pad.1.3", "press"].place == slots["pad.1.3", "hold"].place == 3
    assert slots["pad.1.5", "press"].place == slots["pad.1.5", "hold"].place == 4


def test_one_of_several_names_leaves_them_and_what_is_left_is_no_longer_needed() -> None:
    made = teach(control="pad.7.1", do="complete", light="red")
    row = 'on = "play"\ndo = "toggle"\nshow = "action"\ncolour = "green"\noptional = true\n'
    bind = (
        f'{NEW}on = "pad.7.1"\ndo = "complete"\nshow = "action"\ncolour = "red"\noptional = true\n'
    )
    before = 'on = ["pad.7.1", "play"]\ndo = "toggle"\nshow = "action"\ncolour = "green"\n'
    assert made.text == LAYOUT.replace(before, row + bind)


def test_another_gesture_keeps_what_there_is_and_its_light() -> None:
    made = teach(control="pad.7.1", do="undo", gesture="hold")
    bind = f'{NEW}on = "pad.7.1"\ngesture = "hold"\ndo = "undo"\noptional = true\n'
    after = 'on = "pad.8.1-8"\nshow = "countdown"\n'
    assert made == Taught(LAYOUT.replace(after, after + bind), ())


def test_a_light_that_shows_something_stays_unless_a_colour_is_asked_for() -> None:
    kept = teach(control="pad.8.3", do="undo")
    assert 'on = "pad.8.1-8"\nshow = "countdown"\n' in kept.text
    assert f'{NEW}on = "pad.8.3"\ndo = "undo"\noptional = true\n' in kept.text
    lit = teach(control="pad.8.3", do="undo", light="#102030")
    assert 'on = ["pad.8.1-2", "pad.8.4-8"]\nshow = "countdown"\n' in lit.text
    assert 'do = "undo"\nshow = "action"\ncolour = "#102030"\n' in lit.text


def test_a_binding_of_that_control_alone_is_changed_in_place_with_its_comments() -> None:
    text = LAYOUT.replace('on = ["pad.7.1", "play"]', 'on = "pad.7.1"  # mine')
    made = teach(text, control="pad.7.1", do="complete")
    assert made.before == ("press did 'toggle'",)
    old = 'do = "toggle"\nshow = "action"\ncolour = "green"'
    assert made.text == text.replace(old, 'do = "complete"\nshow = "action"\ncolour = "cyan"')
    again = teach(made.text, control="pad.7.1", do="complete")
    assert again.text == made.text


def test_windows_line_ends_and_a_byte_order_mark_stay() -> None:
    text = "\ufeff" + LAYOUT.replace("\n", "\r\n")
    made = teach(text, control="pad.1.4", do="undo").text
    assert made == "\ufeff" + teach(control="pad.1.4", do="undo").text.replace("\n", "\r\n")


def test_a_layout_without_bindings_gets_its_first() -> None:
    text = 'schema = 1\nid = "mine"\nname = "Mine"\n'
    made = teach(text, control="pad.1.1", do="undo", light="keep")
    assert made.text == f'{text}{NEW}on = "pad.1.1"\ndo = "undo"\noptional = true\n'


def test_a_knob_is_taught_to_turn() -> None:
    made = taught(
        layout_path("transport").read_text("utf-8"),
        "transport.toml",
        Lesson("encoder.2", "extend 30s", "turn"),
        KORG,
    )
    assert (
        f'{NEW}on = "encoder.2"\ngesture = "turn"\ndo = "extend 30s"\noptional = true\n'
        in made.text
    )


def test_a_layer_has_bindings_of_its_own() -> None:
    layer = '\n[[layer]]\nname = "more"\non = "user"\n'
    text = LAYOUT.replace("\n[[bind]]      # the", f"{layer}\n[[bind]]      # the")
    made = teach(text, control="pad.1.4", do="undo", layer="more")
    assert made.before == ()
    assert f'{NEW}on = "pad.1.4"\nlayer = "more"\ndo = "undo"\n' in made.text
    assert 'on = "pad.1-2.1-8"\ndo = "start {n}"' in made.text
    with pytest.raises(Invalid, match="no layer 'mroe'; its layers: more"):
        teach(text, control="pad.1.4", do="undo", layer="mroe")


@pytest.mark.parametrize(
    ("lesson", "told"),
    [
        ({"control": "pad.9.9", "do": "undo"}, "has no control 'pad.9.9'"),
        ({"control": "pad.1.1", "do": "undoo"}, "no action"),
        ({"control": "pad.1.1", "do": "undo", "gesture": "turn"}, "can't be turned"),
        (
            {"control": "pad.1.1", "do": "undo", "gesture": "hold", "light": "red"},
            "--gesture press",
        ),
        ({"control": "pad.1.1", "do": "select"}, "needs its position"),
        ({"control": "pad.1.1", "do": "undo", "light": "reddish"}, "can't be changed by itself"),
    ],
)
def test_a_lesson_that_makes_no_sense_is_refused(lesson: dict[str, Any], told: str) -> None:
    with pytest.raises(Invalid, match=told):
        teach(**lesson)


def test_bindings_apart_from_each_other_are_told_and_not_touched() -> None:
    text = 'schema = 1\nid = "mine"\nname = "Mine"\n[[bind]]\non = "pad.1.1"\ndo = "undo"\n'
    text += '[role.queue]\ntodo = { level = 0.2 }\n[[bind]]\non = "pad.1.2"\ndo = "undo"\n'
    with pytest.raises(Invalid, match="don't stand together"):
        teach(text, control="pad.1.3", do="undo")


def test_what_would_not_mean_what_was_taught_is_refused() -> None:
    """Here because the layout does not fit the controller, so nothing in it means anything there."""
    with pytest.raises(Invalid, match="can't be changed by itself"):
        teach(control="play", do="complete", profile=KORG)


def test_a_text_that_is_no_layout_is_refused() -> None:
    with pytest.raises(InvalidFile, match=r"mine\.toml"):
        teach("garbage", control="pad.1.1", do="undo")


@pytest.mark.parametrize("name", layout_ids())
def test_every_control_of_every_shipped_layout_can_be_taught_and_nothing_else_changes(
    name: str,
) -> None:
    """Each on the first profile that carries the layout; pads of a row stand for their row."""
    text = layout_path(name).read_text("utf-8")
    layout = layout_from(toml.read(text, name))
    profile = next(p for p in PROFILES.values() if not missing(layout, p))
    before = board(layout, profile)
    pressed = [n for n, g in before.slots if g == "press" and n in profile.controls]
    for control in pressed[:: max(1, len(pressed) // 6)]:
        made = taught(text, f"{name}.toml", Lesson(control, "note Taught"), profile)
        after = board(layout_from(toml.read(made.text, name)), profile)
        assert after.slots[control, "press"].command.argument == "Taught"
        others = {k: s.command for k, s in before.slots.items() if k[0] != control}
        assert {k: s.command for k, s in after.slots.items() if k[0] != control} == others


# --- profiles -------------------------------------------------------------------------------------


def test_a_control_is_added_behind_the_others_of_a_profile() -> None:
    text = profile_path(LAUNCHPAD.id).read_text("utf-8")
    made = with_control(text, "x.toml", "extra.1", Found(Sent("cc", 2, 20, 127)))
    line = (
        '"extra.1" = { message = "cc", number = 20, channel = 2 }  # taught with songbridge learn\n'
    )
    last = next(row for row in text.splitlines(keepends=True) if row.startswith("logo = "))
    assert made == text.replace(last, last + line)


def test_a_profile_without_named_controls_gets_a_table_of_them() -> None:
    text = profile_path("generic-pads").read_text("utf-8")
    made = with_control(text, "x.toml", "extra", Found(Sent("note", 1, 20, 1)))
    assert made == (
        f"{text}\n[control]\n"
        'extra = { message = "note", number = 20, channel = 1 }  # taught with songbridge learn\n'
    )


def test_a_control_on_a_message_that_is_taken_is_refused() -> None:
    text = profile_path("generic-pads").read_text("utf-8")
    with pytest.raises(InvalidFile, match="both send note 36"):
        with_control(text, "x.toml", "extra", Found(Sent("note", 1, 36, 1)))


def test_a_draft_is_a_profile_that_says_how_it_was_found_out() -> None:
    pads = grid([Sent("note", 10, n, 1) for n in (48, 51, 36, 39)])
    text = draft(
        Draft(
            id="acme-1",
            name='Acme "1"',
            platform="linux",
            port="Acme (1) [x]:a.b",
            port_out="Acme out",
            grid=pads,
            rows={
                "encoder": [Found(Sent("cc", 1, 16, 1), "encoder", "twos")],
                "fader": [Found(Sent("pitchbend", c, 0, 1), "fader") for c in (1, 2)],
            },
            single={"play": Found(Sent("cc", 1, 41, 127)), "side.1": Found(Sent("note", 1, 3, 1))},
            light="note",
        )
    )
    profile = profile_from(toml.read(text, "acme-1.toml"))
    assert profile.name == "Acme '1'"
    assert "grid4x4" in profile.provides
    assert profile.ports.linux == r"^Acme \(1\) \[x\]:a\.b$"
    assert profile.ports.linux_out == "^Acme out$"
    assert profile.controls["pad.4.1"].number == 36
    assert profile.controls["encoder.1"].turning == "twos"
    assert profile.controls["fader.2"].channel == 2
    assert (profile.controls["play"].light.kind, profile.leds.driver) == ("mono", "mono")
    assert "# Worked out from its corners: 48 at the top left, 39 at the bottom right.\n" in text
