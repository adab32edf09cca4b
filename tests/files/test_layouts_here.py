"""``{here}`` needs a control that shows a song, in its own binding or in another one."""

from __future__ import annotations

import pytest

from bridge.errors import InvalidFile
from bridge.files import toml
from bridge.files.layouts import layout_from

HEAD = 'schema = 1\nid = "mine"\nname = "Mine"\n'
SHOWN = '[[bind]]\non = "side.1-8"\ndo = "song {{here}}"\nshow = "{}"\n'
HELD = '[[bind]]\non = "side.1-4"\ngesture = "hold"\ndo = "rest {here}"\n'


@pytest.mark.parametrize("role", ["songs", "album", "resting"])
def test_another_gesture_may_mean_what_the_control_shows(role: str) -> None:
    layout = layout_from(toml.read(HEAD + SHOWN.format(role) + HELD, "mine.toml"))
    assert len(layout.binds) == 2


@pytest.mark.parametrize("text", [HELD, SHOWN.format("songs").replace("side", "pad") + HELD])
def test_what_shows_no_song_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(InvalidFile, match=r'needed: show = "album" or "songs" or "resting"') as no:
        layout_from(toml.read(HEAD + text, "mine.toml"))
    assert no.value.key.endswith(".do")


def test_a_layer_does_not_see_what_another_shows() -> None:
    layer = '[[layer]]\nname = "more"\non = "up"\n'
    held = HELD + 'layer = "more"\n'
    with pytest.raises(InvalidFile, match="is what the control shows"):
        layout_from(toml.read(HEAD + layer + SHOWN.format("songs") + held, "mine.toml"))


@pytest.mark.parametrize("do", ["rut {n}", "move {n}", "tell nudge", "tell feed"])
def test_what_the_method_needs_can_be_bound(do: str) -> None:
    text = f'[[bind]]\non = "pad.1.*"\ndo = "{do}"\n'
    assert layout_from(toml.read(HEAD + text, "mine.toml")).binds[0].do is not None


@pytest.mark.parametrize("do", ["rut {n} more", "feed {n}", "move {here}", "tell {n}"])
def test_what_makes_no_sense_is_refused(do: str) -> None:
    with pytest.raises(InvalidFile, match=r"bind\[1\]\.do"):
        layout_from(toml.read(HEAD + f'[[bind]]\non = "pad.1.*"\ndo = "{do}"\n', "mine.toml"))
