"""Layouts of one's own on a service: changing between them, layers, turns, and what status tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge.app.controllers import Controllers
from bridge.app.reloading import make_controllers, read
from bridge.app.tapping import Taps
from bridge.core.actions import SongDraft, TaskDraft
from bridge.errors import InvalidFile
from bridge.files.home import Home
from tests.standins.hands import Hands, Keys
from tests.standins.studio import Studio

PORT = "Pads MIDI 1"
SONG = SongDraft("Song", tasks=tuple(TaskDraft(f"Task {n}") for n in range(1, 9)))
HEAD = 'schema = 1\nid = "{0}"\nname = "{0}"\nrequires = ["grid4x4"]\n'
SWITCH = '[[bind]]\non = "pad.4.4"\ndo = "layout next"\n'
ONE = (
    HEAD.format("one") + SWITCH + '[[layer]]\nname = "shift"\non = "pad.4.1"\n'
    '[[bind]]\non = "pad.1.*"\ndo = "start {n}"\n'
    '[[bind]]\non = "pad.1.*"\nlayer = "shift"\ndo = "select {n}"\n'
    '[[bind]]\nchord = ["pad.3.1", "pad.3.2"]\ndo = "complete"\n'
    '[[bind]]\non = "pad.3.1"\ndo = "skip"\n'
)
TWO = HEAD.format("two") + SWITCH + '[[bind]]\non = "pad.1.1"\ndo = "toggle"\n'
CONFIG = '[[controller]]\nprofile = "generic-pads"\nport = "Pads"\nlayout = ["one", "two"]\n'


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path, tmp_path)
    home.layouts.mkdir()
    (home.layouts / "one.toml").write_text(ONE, "utf-8")
    (home.layouts / "two.toml").write_text(TWO, "utf-8")
    home.config_file.write_text(CONFIG, "utf-8")
    return home


def controllers(home: Home, taps: Taps | None = None) -> Controllers:
    return make_controllers(read(home), home, taps or Taps())


def hands_on(home: Home) -> Hands:
    studio = Studio([SONG])
    studio.session.use(controllers(home, studio.taps), studio.moment)
    studio.run()
    return Hands(studio, PORT, Keys(9))


def note(row: int, column: int) -> int:
    """The note of a pad of `generic-pads`: 36 is at the bottom left."""
    return 36 + 4 * (4 - row) + column - 1


def layout(hands: Hands) -> object:
    (row,) = hands.studio.session.controllers.status(hands.studio.midi.states())
    return row["layout"] if isinstance(row, dict) else None


def test_a_pad_changes_the_layout_and_status_tells(home: Home) -> None:
    hands = hands_on(home)
    assert layout(hands) == "one"
    hands.press(note(1, 2))
    assert hands.studio.current == "Task 2"
    hands.press(note(4, 4))
    assert layout(hands) == "two"
    hands.press(note(1, 1))
    assert hands.studio.state == "paused"


def test_the_chosen_layout_outlives_unplugging_and_reading_the_files_again(home: Home) -> None:
    hands = hands_on(home)
    hands.press(note(4, 4))
    device = hands.studio.unplug(PORT)
    hands.studio.plug(PORT, device)
    hands.studio.wait(3.0)
    assert layout(hands) == "two"
    (home.layouts / "two.toml").write_text(TWO.replace("toggle", "mark"), "utf-8")
    hands.studio.session.use(controllers(home, hands.studio.taps), hands.studio.moment)
    hands.studio.wait(3.0)
    assert layout(hands) == "two"
    home.config_file.write_text(CONFIG.replace('["one", "two"]', '"one"'), "utf-8")
    hands.studio.session.use(controllers(home, hands.studio.taps), hands.studio.moment)
    hands.studio.wait(3.0)
    assert layout(hands) == "one"


def test_a_held_pad_gives_others_another_meaning(home: Home) -> None:
    hands = hands_on(home)
    studio = hands.studio
    hands.send(*hands.device.press(note(4, 1)))
    hands.press(note(1, 3))
    hands.send(*hands.device.release(note(4, 1)))
    assert (studio.state, studio.view.queue()[0].title) == ("idle", "Task 3")
    hands.press(note(1, 3))
    assert studio.current == "Task 2"


def test_two_pads_at_once_are_neither_of_them(home: Home) -> None:
    hands = hands_on(home)
    studio = hands.studio
    hands.press(note(1, 1))
    hands.send(*hands.device.press(note(3, 1)), *hands.device.press(note(3, 2)))
    assert studio.current == "Task 2"
    assert studio.session.engine.studio.the(studio.session.engine.studio.order[0]).title == "Task 2"
    studio.wait(0.2)
    hands.send(*hands.device.release(note(3, 1)), *hands.device.release(note(3, 2)))
    studio.wait(1.0)
    assert studio.current == "Task 2"
    hands.press(note(3, 1))
    assert studio.current == "Task 3"


def test_a_list_with_what_does_not_fit_is_told_with_file_line_and_key(home: Home) -> None:
    home.config_file.write_text(CONFIG.replace("two", "queue-8x8"), "utf-8")
    with pytest.raises(InvalidFile, match="needs grid8x8") as refused:
        controllers(home)
    assert (refused.value.line, refused.value.key) == (4, "controller[1].layout")


def test_a_wrong_layout_further_down_the_list_is_needed_too(home: Home) -> None:
    (home.layouts / "two.toml").write_text("garbage", "utf-8")
    with pytest.raises(InvalidFile, match=r"two\.toml:1"):
        controllers(home)
