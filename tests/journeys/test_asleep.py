"""Nobody is there: every controller goes dark, and the first touch only brings the lights back."""

from __future__ import annotations

import pytest

from bridge.app.findings import devices
from bridge.core.actions import Action
from bridge.files.config_controllers import ControllerConfig, LightsConfig
from bridge.moment import Moment
from bridge.surface.surface import Asks
from tests.standins.desk import SONG
from tests.standins.emulators.launchpad import LaunchpadMiniMk3
from tests.standins.emulators.launchpad_mk2 import LaunchpadMk2
from tests.standins.emulators.nanokontrol import NanoKontrol2
from tests.standins.studio import Studio

MINI, MK2, NANO = "Launchpad Mini MK3 LPMiniMK3 MI", "Launchpad MK2", "nanoKONTROL2 MIDI 1"
AFTER = 900.0
FIRST_PAD = 81


class Room:
    """A service with a Launchpad and a keyboard without lights, and nobody there."""

    def __init__(self) -> None:
        lights = LightsConfig(scroll=False, sleep=AFTER)
        keys = ControllerConfig("generic-keys", port="Keystation")
        self.studio = Studio([SONG], lights=lights, controllers=[ControllerConfig(), keys])
        self.pads = LaunchpadMiniMk3()
        self.studio.plug(MINI, self.pads)

    def empty(self) -> None:
        self.studio.wait(AFTER + 1.0)

    def hit(self, led: int) -> None:
        self.studio.bytes_in(MINI, *self.pads.press(led))
        self.studio.wait(0.1)
        self.studio.bytes_in(MINI, *self.pads.release(led))
        self.studio.wait(0.1)

    def states(self) -> list[object]:
        rows = self.studio.session.controllers.status(self.studio.midi.states())
        return [row["state"] for row in rows if isinstance(row, dict)]


@pytest.fixture
def room() -> Room:
    return Room()


def test_lights_go_out_and_status_says_so(room: Room) -> None:
    assert room.pads.all_lit()
    room.empty()
    assert room.pads.all_lit() == {}
    assert not room.pads.awake
    assert "asleep" in room.states()


def test_a_dark_controller_is_well_to_the_doctor(room: Room) -> None:
    room.empty()
    midi = room.studio.midi
    found = list(devices(room.studio.session.controllers, midi.states(), midi.ports()))
    (mini,) = [one for one in found if "Mini" in str(one["what"])]
    assert mini == {"level": "ok", "what": "Novation Launchpad Mini MK3: asleep", "mend": ""}


def test_the_first_press_on_a_dark_controller_only_wakes_it_and_the_next_acts(room: Room) -> None:
    room.empty()
    room.hit(FIRST_PAD)
    assert room.studio.state == "idle"
    assert room.pads.awake
    assert room.pads.all_lit()
    assert "asleep" not in room.states()
    room.hit(FIRST_PAD)
    assert room.studio.state == "running"


def test_a_press_that_woke_is_no_hold_either(room: Room) -> None:
    room.empty()
    before = [row.title for row in room.studio.view.queue()]
    room.studio.bytes_in(MINI, *room.pads.press(FIRST_PAD + 1))
    room.studio.wait(2.0)
    room.studio.bytes_in(MINI, *room.pads.release(FIRST_PAD + 1))
    room.studio.wait(1.0)
    assert room.studio.state == "idle"
    assert [row.title for row in room.studio.view.queue()] == before


def test_what_was_held_since_before_is_let_go_in_the_dark(room: Room) -> None:
    room.studio.bytes_in(MINI, *room.pads.press(FIRST_PAD + 1))
    surface = next(one.surface for one in room.studio.session.controllers.all if one.up)
    heard: list[bytes] = []
    feed = surface.feed

    def listening(data: bytes, moment: Moment) -> Asks:
        heard.append(data)
        return feed(data, moment)

    surface.feed = listening  # type: ignore[method-assign] # listens
    room.empty()
    room.studio.bytes_in(MINI, *room.pads.release(FIRST_PAD + 1))
    assert heard
    assert not room.pads.awake


def test_a_controller_without_lights_always_acts_and_wakes_the_others(room: Room) -> None:
    room.studio.plug("Keystation 49", NanoKontrol2())
    room.empty()
    room.studio.bytes_in("Keystation 49", bytes((0x90, 36, 100)), bytes((0x80, 36, 0)))
    room.studio.wait(0.1)
    assert room.studio.state == "running"
    assert room.pads.awake


def test_a_knob_that_woke_a_device_does_nothing_until_the_hand_has_let_go() -> None:
    studio = Studio([SONG], lights=LightsConfig(scroll=False, sleep=AFTER))
    nano = NanoKontrol2()
    studio.plug(NANO, nano)
    studio.do("start")
    studio.do("pause")
    budget = studio.view.timer.budget
    studio.wait(AFTER + 1)
    for value in range(10, 30):
        studio.bytes_in(NANO, bytes((0xBF, 16, value)))
        studio.wait(0.01)
    assert studio.view.timer.budget == budget
    studio.wait(1.0)
    for value in range(30, 90):
        studio.bytes_in(NANO, bytes((0xBF, 16, value)))
        studio.wait(0.01)
    assert studio.view.timer.budget > budget


@pytest.mark.parametrize("by", ["command", "osc", "refused"])
def test_whoever_acts_from_elsewhere_brings_the_lights_back(room: Room, by: str) -> None:
    room.empty()
    match by:
        case "command":
            room.studio.do("start")
        case "osc":
            room.studio.osc_in(Action("start"))
        case _:
            room.studio.do("complete")
    room.studio.wait(0.1)
    assert room.pads.awake
    assert room.pads.all_lit()


def test_lights_stay_while_a_task_runs_and_go_out_when_it_was_given_up(room: Room) -> None:
    room.studio.do("start")
    room.studio.wait(19 * 60.0)
    assert room.pads.all_lit()
    room.studio.wait(24 * 3600.0)
    assert room.studio.state == "away"
    assert room.pads.all_lit() == {}


def test_whoever_plugs_in_a_device_is_there(room: Room) -> None:
    room.empty()
    other = LaunchpadMk2()
    room.studio.plug(MK2, other)
    room.studio.wait(0.5)
    assert other.all_lit()
    assert room.pads.all_lit()


def test_the_service_wakes_a_device_when_it_ends(room: Room) -> None:
    room.empty()
    room.studio.midi.leave()
    assert room.pads.awake
    assert not room.pads.programmer


def test_a_title_runs_over_the_pads_until_one_of_them_is_pressed() -> None:
    studio = Studio([SONG], lights=LightsConfig(scroll=True, sleep=0.0))
    pads = LaunchpadMiniMk3()
    studio.plug(MINI, pads)
    studio.do("start")
    studio.wait(0.2)
    assert pads.texts == [b"Write chord progression"]
    assert pads.scrolls(studio.moment.mono)
    studio.bytes_in(MINI, *pads.press(98))
    studio.wait(0.05)
    assert not pads.scrolls(studio.moment.mono)
    studio.do("complete")
    studio.wait(0.05)
    assert len(pads.texts) == 2
