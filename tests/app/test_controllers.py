"""Which controllers there are, and which of them `status` names."""

from __future__ import annotations

import pytest

from bridge.core.actions import SongDraft, TaskDraft
from bridge.files.config_controllers import ControllerConfig
from tests.standins.emulators.apc import OFF as APC_OFF
from tests.standins.emulators.apc import ApcMiniMk2
from tests.standins.emulators.launchpad import OFF, LaunchpadMiniMk3
from tests.standins.emulators.nanokontrol import NanoKontrol2
from tests.standins.evening import PAD
from tests.standins.hands import Hands
from tests.standins.studio import Studio

PORT = "nanoKONTROL2 MIDI 1"
PADS = "novation-launchpad-mini-mk3"
LONG = SongDraft("Long", tasks=tuple(TaskDraft(f"Task {n}", "mixing") for n in range(1, 101)))


def listed(studio: Studio) -> list[tuple[object, object]]:
    rows = studio.session.controllers.status(studio.midi.states())
    return [(row["profile"], row["state"]) for row in rows if isinstance(row, dict)]


def test_a_controller_that_nobody_asked_for_is_missed_once_it_was_there() -> None:
    studio = Studio()
    assert listed(studio) == []
    studio.plug(PORT, NanoKontrol2())
    ((profile, state),) = listed(studio)
    assert state == "ready"
    for _ in range(2):
        device = studio.unplug(PORT)
        assert listed(studio) == [(profile, "absent")]
        studio.plug(PORT, device)
        assert listed(studio) == [(profile, "ready")]


@pytest.mark.parametrize("ever", [False, True])
def test_a_controller_that_was_asked_for_is_missed_from_the_start(ever: bool) -> None:
    studio = Studio(controllers=[ControllerConfig("korg-nanokontrol2")])
    if ever:
        studio.plug(PORT, NanoKontrol2())
        studio.unplug(PORT)
    assert listed(studio) == [("korg-nanokontrol2", "absent")]


def keys(studio: Studio) -> dict[str, str]:
    rows = studio.session.controllers.status(studio.midi.states())
    return {str(row["key"]): str(row["state"]) for row in rows if isinstance(row, dict)}


def test_a_second_of_a_kind_is_a_controller_of_its_own_that_stays_when_the_first_goes() -> None:
    studio = Studio([LONG])
    left, right = LaunchpadMiniMk3(), LaunchpadMiniMk3()
    first, second = Hands(studio, PAD, left), Hands(studio, f"{PAD} 2 MIDI 2", right)
    assert keys(studio) == {PADS: "ready", f"{PADS}-2": "ready"}
    up, down = 91, 92
    second.press(down)
    assert (left.lit(up) == OFF, right.lit(up) == OFF) == (True, False)
    first.press(83)
    assert studio.current == "Task 3"
    studio.unplug(PAD)
    assert keys(studio) == {PADS: "absent", f"{PADS}-2": "ready"}
    second.press(21)
    assert studio.state == "paused"
    studio.plug(PAD, left)
    assert keys(studio) == {PADS: "ready", f"{PADS}-2": "ready"}
    assert left.all_lit()


def test_one_asked_for_by_name_chooses_before_auto_and_auto_finds_the_others() -> None:
    named = ControllerConfig(PADS, layout="queue-8x8", port="Stage")
    studio = Studio([LONG], controllers=[ControllerConfig(), named])
    Hands(studio, PAD, LaunchpadMiniMk3())
    assert keys(studio) == {PADS: "absent", f"{PADS}-2": "ready"}
    Hands(studio, f"Stage {PAD}", LaunchpadMiniMk3())
    assert keys(studio) == {PADS: "ready", f"{PADS}-2": "ready"}
    states = studio.midi.states()
    assert states[PADS].name == f"Stage {PAD}"


def test_auto_on_a_named_port_takes_only_what_its_profile_fits_there() -> None:
    studio = Studio([LONG], controllers=[ControllerConfig("auto", port="Stage")])
    Hands(studio, PAD, LaunchpadMiniMk3())
    assert keys(studio) == {}
    Hands(studio, f"Stage {PAD}", LaunchpadMiniMk3())
    assert keys(studio) == {PADS: "ready"}


def test_a_device_at_anothers_port_is_unknown_and_not_touched() -> None:
    studio = Studio([LONG])
    device = ApcMiniMk2()
    studio.plug(PAD, device)
    assert keys(studio) == {PADS: "unknown"}
    assert not any(device.lit(number) != APC_OFF for number in range(64))
