from __future__ import annotations

import re
from pathlib import Path

import pytest

from bridge.errors import InvalidFile
from bridge.files import toml
from bridge.files.home import Home
from bridge.files.layouts import layout_from, load_layout, load_layouts
from bridge.messages import Effect
from bridge.surface.fitting import missing
from bridge.surface.layout import Layout
from bridge.surface.roles import LIGHTS, Style
from tests.standins import devices

HEAD = 'schema = 1\nid = "mine"\nname = "Mine"\nrequires = ["grid8x8"]\n'
PROMISED = {"queue-8x8", "pads-4x4", "transport", "notes"}
BIND = '[[bind]]\non = "pad.1-6.*"\ndo = "start {n}"\nshow = "queue"\n'


def read(text: str) -> Layout:
    return layout_from(toml.read(text, "mine.toml"))


def test_the_four_promised_layouts_are_shipped() -> None:
    assert set(load_layouts().layouts) >= PROMISED


def test_a_binding_is_a_press_unless_it_says_otherwise() -> None:
    bind = read(HEAD + BIND).binds[0]
    assert (bind.gesture, bind.optional, bind.hold, bind.show) == ("press", False, None, "queue")


def test_a_hold_may_have_a_time_of_its_own() -> None:
    bind = read(HEAD + '[[bind]]\non = "play"\ngesture = "hold(900ms)"\ndo = "undo"\n').binds[0]
    assert (bind.gesture, bind.hold) == ("hold", 0.9)


def test_several_controls_may_be_listed() -> None:
    bind = read(HEAD + '[[bind]]\non = ["side.1-2", "play"]\ndo = "undo"\n').binds[0]
    assert bind.controls(["play", "side.2", "side.1"]) == ("side.1", "side.2", "play")


def test_a_restyled_state_keeps_what_it_does_not_say() -> None:
    roles = read(HEAD + BIND + '[role.queue]\nrunning = { colour = "green" }\n').roles
    before = LIGHTS["queue"]["running"]
    assert roles["queue"]["running"] == Style("#00FF00", before.level, before.effect)


def test_a_state_may_be_restyled_wholly() -> None:
    text = '[role.queue]\ntodo = { colour = "#123abc", level = 0.5, effect = "pulse" }\n'
    style = read(HEAD + BIND + text).roles["queue"]["todo"]
    assert style == Style("#123ABC", 0.5, Effect.PULSE)


@pytest.mark.parametrize(
    ("text", "line", "key", "why"),
    [
        (HEAD + BIND + 'gestures = "hold"\n', 9, "bind[1].gestures", 'did you mean "gesture"'),
        (HEAD + '[[bind]]\non = "play"\ndo = "togle"\n', 7, "bind[1].do", 'did you mean "toggle"'),
        (HEAD + '[[bind]]\non = "play"\ndo = "toggle 5"\n', 7, "bind[1].do", "takes no argument"),
        (HEAD + '[[bind]]\non = "pad.6-1.*"\ndo = "undo"\n', 6, "bind[1].on", "goes upwards"),
        (HEAD + '[[bind]]\non = []\ndo = "undo"\n', 6, "bind[1].on", "is empty"),
        (HEAD + '[[bind]]\non = "play"\n', 5, "bind[1]", "needed: do, show or both"),
        (HEAD + '[[bind]]\non = "play"\nshow = "queu"\n', 7, "bind[1].show", '"queue"'),
        (HEAD + '[[bind]]\non = "play"\nshow = "fault"\n', 7, "bind[1].show", "allowed: queue"),
        (HEAD + '[[bind]]\non = "play"\nshow = "action"\n', 7, "bind[1].show", "needed: do"),
        (HEAD + '[[bind]]\non = "up"\ndo = "undo"\nshow = "page"\n', 8, "bind[1].show",
         "page next"),
        (HEAD + '[[bind]]\non = "a"\ndo = "undo"\ngesture = "tap"\n', 8, "bind[1].gesture",
         "press"),
        (HEAD + '[[bind]]\non = "a"\ndo = "undo"\ngesture = "hold(9ms)"\n', 8, "bind[1].gesture",
         "150ms"),
        (HEAD + '[[bind]]\non = "a"\ndo = "undo"\ncolour = "gren"\n', 8, "bind[1].colour",
         '"green"'),
        (HEAD + '[[bind]]\non = "a"\ndo = "undo"\ncolour = "#12"\n', 8, "bind[1].colour",
         "#3FA7FF"),
        (HEAD + BIND + '[[bind]]\non = "pad.2.2"\ndo = "undo"\n', 10, "bind[2].on", "already"),
        (HEAD + BIND + "[role.queues]\n", 9, "role.queues", 'did you mean "queue"'),
        (HEAD + BIND + "[role.queue]\ndone = {}\n", 10, "role.queue.done", "no state of queue"),
        (HEAD + BIND + "[role.queue]\ntodo = { level = 2.0 }\n", 10,
         "role.queue.todo.level", "2.0"),
        (HEAD + BIND + '[role.countdown]\nnormal = { colour = "section" }\n', 10,
         "role.countdown.normal.colour", '"section"'),
        (HEAD.replace("1", "2") + BIND, 1, "schema", "reads 1"),
        (HEAD.replace('"mine"', '"My own"') + BIND, 2, "id", "small letters"),
        ('id = "mine"\nname = "Mine"\n', None, "schema", "is missing"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_line_and_key(
    text: str, line: int | None, key: str, why: str
) -> None:
    with pytest.raises(InvalidFile) as refused:
        read(text)
    assert (refused.value.line, refused.value.key) == (line, key)
    assert why in str(refused.value)


def test_an_unknown_scheme_is_refused() -> None:
    with pytest.raises(InvalidFile, match='did you mean "grid8x8"'):
        read(HEAD.replace("grid8x8", "grid8") + BIND)


def test_the_users_own_layout_wins_over_the_shipped_one(tmp_path: Path) -> None:
    own = Home(tmp_path, tmp_path)
    own.layouts.mkdir()
    (own.layouts / "notes.toml").write_text(HEAD.replace("mine", "notes") + BIND)
    found = load_layouts(own)
    assert found.layouts["notes"].name == "Mine"
    assert (set(found.layouts), found.refused) == (set(load_layouts().layouts), ())


def test_a_wrong_layout_of_the_users_takes_no_other_away(tmp_path: Path) -> None:
    own = Home(tmp_path, tmp_path)
    own.layouts.mkdir()
    (own.layouts / "notes.toml").write_text("schema = ")
    found = load_layouts(own)
    assert set(found.layouts) == set(load_layouts().layouts) - {"notes"}
    assert "is not valid TOML" in str(found.refused[0])


def test_ones_own_layout_is_read_anew_and_a_shipped_one_once(tmp_path: Path) -> None:
    own = Home(tmp_path, tmp_path)
    own.layouts.mkdir()
    mine = own.layouts / "mine.toml"
    mine.write_text(HEAD + BIND)
    before = load_layouts(own).layouts
    mine.write_text(HEAD.replace('"Mine"', '"Yours"') + BIND)
    after = load_layouts(own).layouts
    assert (before["mine"].name, after["mine"].name) == ("Mine", "Yours")
    assert before["notes"] is after["notes"]


def test_a_layout_is_called_as_its_file(tmp_path: Path) -> None:
    path = tmp_path / "yours.toml"
    path.write_text(HEAD + BIND)
    with pytest.raises(InvalidFile, match='found "mine"; allowed: "yours"'):
        load_layout(path)


def test_the_layout_in_the_documentation_can_be_read() -> None:
    page = (Path(__file__).parents[2] / "docs" / "layouts.md").read_text("utf-8")
    blocks = re.findall(r"^```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    told = read("".join(block for block in blocks if "[[controller]]" not in block))
    assert {bind.gesture for bind in told.binds} == {"press", "hold", "turn", "chord"}
    assert [layer.how for layer in told.layers] == ["hold", "toggle"]
    assert not missing(told, devices.GRID)
