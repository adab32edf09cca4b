"""Layers, chords and what stays on the controller, as a layout's file writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge.errors import InvalidFile
from bridge.files import toml
from bridge.files.home import Home
from bridge.files.layouts import layout_from, load_layouts
from bridge.surface.commands import Command
from bridge.surface.layout import FASTEST, Layout

HEAD = 'schema = 1\nid = "mine"\nname = "Mine"\n'
LAYER = '[[layer]]\nname = "shift"\non = "side.8"\n'


def read(text: str) -> Layout:
    return layout_from(toml.read(text, "mine.toml"))


def bind(*lines: str) -> str:
    return "\n".join(("[[bind]]", *lines, ""))


def test_a_layer_is_held_unless_it_says_otherwise() -> None:
    (layer,) = read(HEAD + LAYER).layers
    assert (layer.name, layer.how, layer.colour, layer.optional) == (
        "shift",
        "hold",
        "#FFFFFF",
        False,
    )


def test_a_layer_says_how_it_is_switched_and_in_which_colour() -> None:
    more = 'how = "toggle"\ncolour = "green"\noptional = true\n'
    (layer,) = read(HEAD + LAYER + more).layers
    assert (layer.how, layer.colour, layer.optional) == ("toggle", "#00FF00", True)


def test_the_same_control_may_do_another_thing_in_a_layer() -> None:
    text = bind('on = "play"', 'do = "toggle"') + bind(
        'on = "play"', 'do = "undo"', 'layer = "shift"'
    )
    assert [one.layer for one in read(HEAD + LAYER + text).binds] == ["", "shift"]


def test_a_chord_is_a_gesture_of_several_controls() -> None:
    (made,) = read(HEAD + bind('chord = ["left", "pad.1.1"]', 'do = "end"')).binds
    assert (made.chord, made.gesture, made.on, made.do) == (
        ("left", "pad.1.1"),
        "chord",
        (),
        Command("end"),
    )


def test_two_chords_may_share_a_control() -> None:
    text = bind('chord = ["a", "b"]', 'do = "end"') + bind('chord = ["b", "c"]', 'do = "undo"')
    assert len(read(HEAD + text).binds) == 2


def test_turning_time_says_how_much_a_fast_click_counts() -> None:
    turn = ('on = "encoder.1"', 'gesture = "turn"', 'do = "extend"')
    assert read(HEAD + bind(*turn)).binds[0].acceleration == FASTEST
    assert read(HEAD + bind(*turn, "acceleration = 1")).binds[0].acceleration == 1


@pytest.mark.parametrize(
    ("do", "made"),
    [
        ("layout next", Command("layout", "next")),
        ("layout my-pads", Command("layout", "my-pads")),
        ("tell task", Command("tell", "task")),
        ("tell  goal   2", Command("tell", "goal 2")),
        ("tell goal {n}", Command("tell", "goal {n}")),
    ],
)
def test_what_stays_on_the_controller_is_read(do: str, made: Command) -> None:
    assert read(HEAD + bind('on = "play"', f'do = "{do}"')).binds[0].do == made


def test_what_a_pad_shows_may_be_its_argument() -> None:
    made = read(HEAD + bind('on = "pad.*.*"', 'do = "song {here}"', 'show = "album"')).binds[0]
    assert made.do == Command("song", "{here}")


PLAY = 'on = "play"'
UNDO = 'do = "undo"'
TURN = ('on = "encoder.1"', 'gesture = "turn"')
L = LAYER


@pytest.mark.parametrize(
    ("text", "line", "key", "why"),
    [
        ('[[layer]]\nname = "x"\n', 4, "layer[1].on", "is missing"),
        ('[[layer]]\nname = ""\non = "side.8"\n', 5, "layer[1].name", "is empty"),
        (L + 'how = "lock"\n', 7, "layer[1].how", '"hold"'),
        (L + 'colour = "gren"\n', 7, "layer[1].colour", '"green"'),
        (L + 'colours = "green"\n', 7, "layer[1].colours", 'did you mean "colour"'),
        (L + L.replace("8", "7"), 8, "layer[2].name", "a second time"),
        (L + L.replace("shift", "x"), 9, "layer[2].on", "switches the layer 'shift' already"),
        ('[[layer]]\nname = "x"\non = "side.8-1"\n', 6, "layer[1].on", "goes upwards"),
        ("".join(L.replace("8", str(n)).replace("shift", f"{n}") for n in range(1, 10)), 4,
         "layer", "up to 8"),
        (L + bind(PLAY, UNDO, 'layer = "shft"'), 10, "bind[1].layer", 'did you mean "shift"'),
        (bind(PLAY, UNDO, 'layer = "shift"'), 7, "bind[1].layer", "shift"),
        (L + bind('on = "side.*"', UNDO), 8, "bind[1].on", "switches the layer 'shift'"),
        (L + bind('on = "side.8"', 'show = "songs"', 'layer = "shift"'), 8, "bind[1].on",
         "nothing else"),
        (L + bind('chord = ["play", "side.8"]', UNDO), 8, "bind[1].chord", "nothing else"),
        (L + bind(PLAY, UNDO, 'layer = "shift"') + bind(PLAY, 'do = "skip"', 'layer = "shift"'), 12,
         "bind[2].on", "already"),
        (bind(UNDO), 4, "bind[1]", "needed: on, or chord"),
        (bind('chord = ["a", "b"]', PLAY, UNDO), 6, "bind[1].on", "leave on out"),
        (bind('chord = ["a", "b"]', 'gesture = "hold"', UNDO), 6, "bind[1].gesture", "leave"),
        (bind('chord = ["a", "b"]', 'show = "queue"', UNDO), 6, "bind[1].show", "leave"),
        (bind('chord = ["a", "b"]'), 4, "bind[1]", "needed: do"),
        (bind('chord = ["a"]', UNDO), 5, "bind[1].chord", "2 to 4"),
        (bind('chord = ["a", "a"]', UNDO), 5, "bind[1].chord", "different"),
        (bind('chord = ["a", "b", "c", "d", "e"]', UNDO), 5, "bind[1].chord", "2 to 4"),
        (bind('chord = ["a", "pad.*.1"]', UNDO), 5, "bind[1].chord[2]", "one control each"),
        (bind('chord = ["a", "pad..1"]', UNDO), 5, "bind[1].chord[2]", "names no controls"),
        (bind('chord = ["a", "b"]', 'do = "start {n}"'), 6, "bind[1].do", "has no place"),
        (bind('chord = ["a", "b"]', 'do = "song {here}"'), 6, "bind[1].do", "has no place"),
        (bind('chord = ["a", "b"]', UNDO) + bind('chord = ["b", "a"]', 'do = "end"'), 8,
         "bind[2].chord", "already"),
        (bind(PLAY, 'do = "layout"'), 6, "bind[1].do", "next, prev or a layout's id"),
        (bind(PLAY, 'do = "layout a b"'), 6, "bind[1].do", "next, prev or a layout's id"),
        (bind(PLAY, 'do = "layot next"'), 6, "bind[1].do", 'did you mean "layout"'),
        (bind(PLAY, 'do = "tell goal 4"'), 6, "bind[1].do", "goal 1 to goal 3"),
        (bind(PLAY, 'do = "tell"'), 6, "bind[1].do", "needs task"),
        (bind(PLAY, 'do = "song {here}"'), 6, "bind[1].do", 'needed: show = "album"'),
        (bind(PLAY, 'do = "start {here}"', 'show = "album"'), 6, "bind[1].do", "is a song"),
        (bind(PLAY, 'do = "start"', "acceleration = 2"), 7, "bind[1].acceleration", "turn"),
        (bind(*TURN, 'do = "song"', "acceleration = 2"), 8, "bind[1].acceleration", "extend"),
        (bind(*TURN, 'do = "extend"', "acceleration = 11"), 8, "bind[1].acceleration", "11"),
        (bind(*TURN, 'do = "extend"', "acceleration = 0.5"), 8, "bind[1].acceleration", "0.5"),
        (bind(*TURN, 'do = "tell task"'), 7, "bind[1].do", "can't be turned"),
        (bind(PLAY, UNDO) + "[role.layer]\nactve = {}\n", 8, "role.layer.actve", '"active"'),
        (bind(PLAY, 'show = "layer"'), 6, "bind[1].show", "allowed"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_line_and_key(
    text: str, line: int | None, key: str, why: str
) -> None:
    with pytest.raises(InvalidFile) as refused:
        read(HEAD + text)
    assert (refused.value.line, refused.value.key) == (line, key)
    assert why in str(refused.value)


def test_a_switch_may_be_restyled() -> None:
    style = read(HEAD + LAYER + '[role.layer]\nready = { colour = "own", level = 0.5 }\n')
    assert style.roles["layer"]["ready"].level == 0.5


def test_a_change_to_a_layout_that_there_is_not_is_refused(tmp_path: Path) -> None:
    own = Home(tmp_path, tmp_path)
    own.layouts.mkdir()
    mine = own.layouts / "mine.toml"
    mine.write_text(HEAD + bind(PLAY, 'do = "layout queue-8x9"'))
    (wrong,) = load_layouts(own).refused
    assert (wrong.line, wrong.key) == (6, "bind[1].do")
    assert 'did you mean "queue-8x8"' in str(wrong)
    mine.write_text(HEAD + bind(PLAY, 'do = "layout queue-8x8"'))
    assert "mine" in load_layouts(own).layouts
