"""Files that are saved while a controller is in use: what hands and eyes notice of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bridge.app.reloading import make_controllers, read
from bridge.core.actions import SongDraft, TaskDraft
from bridge.files.home import Home
from bridge.files.shipped import profile_path
from bridge.web.role import Traffic
from tests.standins.emulators.launchpad import PROGRAMMER_OFF, PROGRAMMER_ON, LaunchpadMiniMk3
from tests.standins.hands import Hands
from tests.standins.studio import Studio

PROFILE = "novation-launchpad-mini-mk3"
PORT = "Launchpad Mini MK3:Launchpad Mini MK3 LPMiniMK3 MI 32:1"
SECOND = "Launchpad Mini MK3:Launchpad Mini MK3 LPMiniMK3 MI 36:1"
SONG = SongDraft("Song", tasks=tuple(TaskDraft(f"Task {n}") for n in range(1, 21)))
LAYOUT = (
    'schema = 1\nid = "mine"\nname = "Mine"\nrequires = ["grid8x8"]\n'
    '[[bind]]\non = "pad.1.*"\ndo = "start {n}"\nshow = "queue"\n'
    '[[bind]]\non = "pad.1.*"\ngesture = "hold"\ndo = "select {n}"\n'
    '[[bind]]\non = "pad.2.1"\ndo = "page next"\n'
    '[[bind]]\non = "pad.2.2"\ndo = "start 3"\n[[bind]]\non = "pad.2.2"\ngesture = "double"\n'
    'do = "start 4"\n'
    '[[bind]]\non = "pad.2.3"\ndo = "toggle"\n[[bind]]\non = "pad.2.3"\n'
    'gesture = "release"\ndo = "break"\n'
    '[[layer]]\nname = "more"\non = "pad.2.4"\nhow = "toggle"\n'
    '[[bind]]\non = "pad.3.1"\nlayer = "more"\ndo = "toggle"\n'
)
MORE = LAYOUT + '[[bind]]\non = "pad.8.8"\ndo = "undo"\nshow = "action"\ncolour = "red"\n'
CONFIG = f'[[controller]]\nprofile = "{PROFILE}"\nlayout = "mine"\n'
EXTRA = 'play = { message = "cc", number = 100, channel = 6 }\n'
FIRST, SECOND_PAD, PAGE, DOUBLE, MOMENTARY, LAYER, IN_LAYER = 81, 82, 71, 72, 73, 74, 61
LAMP = 18


class Written(LaunchpadMiniMk3):
    """A Launchpad that keeps what it was sent."""

    def __init__(self) -> None:
        super().__init__()
        self.received: list[bytes] = []

    def receive(self, data: bytes, at: float) -> list[bytes]:
        self.received.append(data)
        return super().receive(data, at)


class Desk:
    """A studio whose files can be saved, and a Launchpad under two hands."""

    def __init__(self, path: Path) -> None:
        self.home = Home(path, path)
        self.home.layouts.mkdir()
        (self.home.layouts / "mine.toml").write_text(LAYOUT, "utf-8")
        self.home.config_file.write_text(CONFIG, "utf-8")
        self.studio = Studio([SONG])
        self.take_up()
        self.pad = Written()
        self.hands = Hands(self.studio, PORT, self.pad)
        self.pad.received.clear()

    def take_up(self) -> None:
        made = make_controllers(read(self.home), self.home, self.studio.taps)
        self.studio.session.use(made, self.studio.moment)
        self.studio.run()

    def save(self, layout: str = MORE, config: str = CONFIG) -> None:
        (self.home.layouts / "mine.toml").write_text(layout, "utf-8")
        self.home.config_file.write_text(config, "utf-8")
        self.take_up()
        self.studio.wait(0.1)

    def change_profile(self, old: str, new: str) -> None:
        """Save one's own copy of the profile with that one change."""
        text = profile_path(PROFILE).read_text("utf-8")
        assert old in text
        self.home.controllers.mkdir()
        (self.home.controllers / f"{PROFILE}.toml").write_text(text.replace(old, new), "utf-8")
        self.save(LAYOUT)

    def down(self, number: int) -> None:
        self.hands.send(*self.pad.press(number))

    def up(self, number: int) -> None:
        self.hands.send(*self.pad.release(number))

    @property
    def page(self) -> int:
        return self.studio.session.controllers[PROFILE].surface.page

    @property
    def selected(self) -> str:
        return self.studio.view.queue(0, 1)[0].title

    @property
    def modes(self) -> list[bytes]:
        return [one for one in self.pad.received if one in (PROGRAMMER_ON, PROGRAMMER_OFF)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_another_layout_changes_the_lights_that_differ_and_nothing_else(desk: Desk) -> None:
    before = desk.pad.all_lit()
    desk.save()
    after = desk.pad.all_lit()
    assert after.pop(LAMP).effect != "off"
    assert after == before
    assert desk.modes == []
    assert len(desk.pad.received) == 1
    desk.save(LAYOUT)
    assert desk.pad.all_lit() == before


def test_a_layout_that_is_the_same_leaves_what_a_hand_holds(desk: Desk) -> None:
    (desk.home.layouts / "other.toml").write_text(LAYOUT.replace('"mine"', '"other"'), "utf-8")
    desk.down(SECOND_PAD)
    desk.studio.wait(0.3)
    desk.save(LAYOUT)
    desk.studio.wait(0.4)
    desk.up(SECOND_PAD)
    assert desk.selected == "Task 2"
    assert desk.pad.received == []


def test_a_new_layout_of_the_folder_can_be_chosen_at_once_and_an_old_one_is_as_it_is_now(
    desk: Desk,
) -> None:
    other = LAYOUT.replace('"mine"', '"other"')
    for text, title in ((other, "Task 3"), (other.replace("start 3", "start 5"), "Task 5")):
        (desk.home.layouts / "other.toml").write_text(text, "utf-8")
        desk.save(LAYOUT + '[[bind]]\non = "pad.8.1"\ndo = "layout other"\n')
        desk.hands.press(11)
        desk.hands.press(DOUBLE)
        desk.studio.wait(0.5)
        assert desk.studio.current == title
        desk.save(LAYOUT, CONFIG.replace('"mine"', '["mine"]'))


def test_what_is_held_and_not_decided_when_the_layout_changes_is_dropped(desk: Desk) -> None:
    desk.down(SECOND_PAD)
    desk.studio.wait(0.3)
    desk.save()
    desk.studio.wait(1.0)
    desk.up(SECOND_PAD)
    assert (desk.studio.state, desk.selected) == ("idle", "Task 1")
    desk.hands.press(SECOND_PAD)
    assert desk.studio.current == "Task 2"


def test_a_release_after_the_layout_has_changed_does_nothing(desk: Desk) -> None:
    desk.hands.press(FIRST)
    desk.down(MOMENTARY)
    assert desk.studio.state == "paused"
    desk.save()
    desk.up(MOMENTARY)
    assert desk.studio.state == "paused"
    desk.down(MOMENTARY)
    assert desk.studio.state == "running"
    desk.up(MOMENTARY)
    assert desk.studio.state == "break"


def test_a_press_that_only_waited_for_a_second_one_has_happened(desk: Desk) -> None:
    desk.hands.press(DOUBLE, hold=0.05)
    assert desk.studio.state == "idle"
    desk.save()
    assert desk.studio.current == "Task 3"


def test_page_and_layers_stay_when_some_bindings_of_a_layout_change(desk: Desk) -> None:
    desk.hands.press(PAGE, LAYER)
    desk.save()
    assert desk.page == 1
    desk.hands.press(FIRST)
    assert desk.studio.current == "Task 9"
    desk.hands.press(IN_LAYER)
    assert desk.studio.state == "paused"


@pytest.mark.parametrize(
    "change",
    [
        lambda desk: desk.save(LAYOUT, CONFIG + 'port = "Launchpad"\n'),
        lambda desk: desk.change_profile("settle_ms = 50", "settle_ms = 60"),
    ],
    ids=["the port", "the session"],
)
def test_what_lies_on_the_wire_has_the_device_left_and_entered(
    desk: Desk, change: Callable[[Desk], None]
) -> None:
    before = desk.pad.all_lit()
    change(desk)
    assert desk.modes == [PROGRAMMER_OFF, PROGRAMMER_ON]
    assert desk.pad.all_lit() == before
    desk.hands.press(FIRST)
    assert desk.studio.current == "Task 1"


def test_a_control_more_in_the_profile_works_at_once_and_the_device_stays_open(desk: Desk) -> None:
    desk.hands.press(FIRST)
    desk.change_profile("logo = {", EXTRA + "logo = {")
    desk.hands.send(bytes((0xB5, 100, 127)))
    desk.save(LAYOUT + '[[bind]]\non = "play"\ndo = "toggle"\n')
    assert desk.studio.state == "running"
    desk.hands.send(bytes((0xB5, 100, 127)))
    assert (desk.studio.state, desk.modes) == ("paused", [])


def test_a_second_device_of_one_kind_stays_open_too(desk: Desk) -> None:
    desk.save(LAYOUT, '[[controller]]\nlayout = "mine"\n')
    second = Written()
    Hands(desk.studio, SECOND, second)
    desk.pad.received.clear()
    second.received.clear()
    desk.save(MORE, '[[controller]]\nlayout = "mine"\n')
    assert second.lit(LAMP) == desk.pad.lit(LAMP)
    assert (len(second.received), len(desk.pad.received)) == (1, 1)


def test_a_fault_shows_on_until_it_is_over(desk: Desk) -> None:
    calm = desk.pad.all_lit()
    desk.studio.session.config_fault = "wrong"
    desk.studio.run()
    shown = desk.pad.all_lit()
    desk.save(LAYOUT)
    assert desk.pad.all_lit() == shown
    desk.studio.session.config_fault = ""
    desk.studio.wait(0.1)
    assert desk.pad.all_lit() == calm


def test_what_no_profile_knows_is_shown_to_who_monitors_and_is_no_press(desk: Desk) -> None:
    heard: list[Traffic] = []
    unknown = bytes((0xB5, 100, 9)), bytes((0xA0, 81, 20)), b"\xf0\x01\x02\xf7", b"\xfa"
    desk.hands.send(*unknown)
    leave = desk.studio.taps.join(heard.append)
    before = desk.studio.session.engine.seq
    desk.hands.send(*unknown, b"\xf8", b"\xfe")
    desk.save()
    desk.hands.send(unknown[0])
    leave()
    desk.hands.send(*unknown)
    told = [one.text for one in heard if (one.channel, one.way) == ("midi", "in")]
    assert told == [
        "control_change channel 6 control 100 value 9",
        "polytouch channel 1 note 81 value 20",
        "sysex",
        "start",
        "control_change channel 6 control 100 value 9",
    ]
    assert desk.studio.session.engine.seq == before
