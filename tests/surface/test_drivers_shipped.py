"""The shipped profiles before the emulated devices: every light they name can really be lit."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge.files.profiles import load_profile
from bridge.messages import Look
from bridge.moment import Moment
from bridge.surface.frame import Frame
from bridge.surface.lights import Painter
from bridge.surface.profile import Profile
from tests.standins.emulators.apc import ApcMiniMk2
from tests.standins.emulators.device import Device
from tests.standins.emulators.launchpad import LaunchpadMiniMk3
from tests.standins.emulators.mackie import MackieControl
from tests.standins.emulators.nanokontrol import NanoKontrol2

_SHIPPED = Path(__file__).parents[2] / "mappings" / "controllers"


def _painted(name: str, device: Device) -> tuple[Profile, int]:
    """Open the device as its profile says, light everything, return how many messages it took."""
    profile = load_profile(_SHIPPED / f"{name}.toml")
    painter, now, count = Painter(profile), 10.0, 0
    for message in profile.session.enter:
        device.receive(message, 0.0)
    texts = {name: "8" * display.width for name, display in profile.displays.items()}
    painter.show(Frame(dict.fromkeys(profile.controls, Look("#3FA7FF")), texts))
    while (wake := painter.wake()) is not None:
        now = max(now, wake)
        for message in painter.due(Moment(now, 0.0)):
            device.receive(message, now)
            count += 1
        if now > 11.0:
            break  # meters are held up for ever
    return profile, count


def _lights(profile: Profile, *kinds: str) -> list[int]:
    return [c.light.number for c in profile.controls.values() if c.light.kind in kinds]


def test_the_launchpad_is_lit_whole_in_one_message() -> None:
    device = LaunchpadMiniMk3()
    profile, messages = _painted("novation-launchpad-mini-mk3", device)
    assert messages == 1
    assert sorted(device.all_lit()) == sorted(_lights(profile, "rgb"))
    assert len(device.all_lit()) == 81


def test_the_apc_loses_none_of_its_lights() -> None:
    device = ApcMiniMk2()
    profile, messages = _painted("akai-apc-mini-mk2", device)
    lights = _lights(profile, "palette", "mono-blink")
    assert messages == len(lights) == 80
    assert all(device.lit(number).effect == "solid" for number in lights)
    assert device.lost == 0


def test_the_nanokontrol_lights_every_lamp_it_has() -> None:
    device = NanoKontrol2()
    profile, messages = _painted("korg-nanokontrol2", device)
    assert messages == len(_lights(profile, "mono"))
    assert all(device.lit(number) for number in _lights(profile, "mono"))
    assert device.ignored == 0


def test_the_mackie_shows_lamps_rings_meters_and_texts() -> None:
    device = MackieControl()
    profile, _ = _painted("mackie-control", device)
    assert all(device.lamp(note) == "on" for note in _lights(profile, "mono-blink"))
    assert [device.ring(pot) for pot in range(1, 9)] == [(2, 11)] * 8
    assert [device.meter(strip, 11.1) for strip in range(1, 9)] == [12] * 8
    assert device.line(1) == device.line(2) == "8" * 56
    assert device.timecode() == "8" * 10
    assert device.ignored == 0


@pytest.mark.parametrize("path", sorted(_SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_profile_can_be_painted(path: Path) -> None:
    profile = load_profile(path)
    painter, told, now = Painter(profile), 0, 10.0
    while (wake := painter.wake()) is not None and now < 20.0:
        now = max(now, wake)
        told += len(painter.due(Moment(now, 0.0)))
    assert painter.wake() is None
    assert bool(told) == (profile.leds.driver != "none")
