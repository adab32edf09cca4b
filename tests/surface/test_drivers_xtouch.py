"""X-Touch's coloured strips, and the X-Touch Mini in both of its modes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bridge.messages import Look
from bridge.surface.lights import Painter
from tests.standins.emulators.xtouch import WHITE as WHITE_STRIP
from tests.standins.emulators.xtouch import XTouch, XTouchMini
from tests.standins.painted import OVERTIME, PAUSED, RUNNING, TODO, WHITE, Painted

MC, STANDARD = "behringer-x-touch-mini-mc", "behringer-x-touch-mini-std"
GREEN, CYAN = 2, 6


def test_strips_show_the_colour_that_looks_most_like_the_section() -> None:
    device = XTouch()
    painted = Painted("behringer-x-touch-mcu", device)
    looks = {"scribble.1": Look("#00FF00"), "scribble.2": TODO, "scribble.3": Look("#000000")}
    painted.show(looks, {"strip.1.upper": "mixing"})
    assert device.colours == [GREEN, CYAN, 0] + [WHITE_STRIP] * 5
    assert device.line(1).startswith("mixing")
    assert device.ignored == 0


def test_all_strips_are_told_at_once_and_only_when_one_changes() -> None:
    device = XTouch()
    painted = Painted("behringer-x-touch-mcu", device)
    looks = dict.fromkeys((f"scribble.{n}" for n in range(1, 9)), TODO)
    painted.show(looks)
    count = painted.sent
    painted.show({**looks, "scribble.5": Look("#00FF00")})
    assert painted.sent == count + 1
    assert device.colours == [CYAN] * 4 + [GREEN] + [CYAN] * 3


def test_a_strip_that_no_layout_binds_can_be_read_and_so_can_one_that_was_left() -> None:
    device = XTouch()
    painted = Painted("behringer-x-touch-mcu", device)
    painted.show({"play": RUNNING}, {"strip.1.upper": "mixing"})
    assert device.colours == [WHITE_STRIP] * 8
    painted.show(dict.fromkeys((f"scribble.{n}" for n in range(1, 9)), Look("#000000")))
    assert device.colours == [0] * 8
    painted.leave()
    assert device.colours == [WHITE_STRIP] * 8
    assert device.lamp(94) == "off"


def test_a_device_with_fewer_strips_is_told_all_eight() -> None:
    device = XTouch()
    painted = Painted("behringer-x-touch-mcu", device)
    gone = {f"scribble.{n}" for n in range(2, 9)}
    controls = {n: c for n, c in painted.profile.controls.items() if n not in gone}
    painted.painter = Painter(replace(painted.profile, controls=controls))
    painted.show({"scribble.1": TODO})
    assert device.colours == [CYAN] + [WHITE_STRIP] * 7


def test_a_strip_of_a_task_that_ran_over_blinks_by_the_host() -> None:
    device = XTouch()
    painted = Painted("behringer-x-touch-mcu", device)
    seen = set()
    for _ in range(6):
        painted.show({"scribble.4": OVERTIME}, seconds=0.25)
        seen.add(device.colours[3])
    assert seen == {0, 1}


@pytest.mark.parametrize("channel", [11, 1, 2])
def test_the_mini_comes_to_mc_mode_on_whatever_global_channel_and_goes_back(channel: int) -> None:
    device = XTouchMini(channel)
    painted = Painted(MC, device)
    assert device.mc
    painted.show({"pad.1.1": RUNNING, "pad.2.8": OVERTIME, "pad.2.1": TODO, "encoder.1": PAUSED})
    lamps = [device.lamp(number) for number in (89, 95, 87, 40)]
    assert lamps == ["on", "blink", "off", "off"]
    assert device.ring(1) == ("fan", 6)
    assert device.ignored == 0
    painted.leave()
    assert not device.mc


@pytest.mark.parametrize("name", [MC, STANDARD])
def test_every_light_of_the_mini_can_be_lit(name: str) -> None:
    device = XTouchMini()
    painted = Painted(name, device)
    painted.show(dict.fromkeys(painted.lights(), Look(WHITE)))
    numbers = [painted.profile.controls[c].light.number for c in painted.lights("mono-blink")]
    assert [device.lamp(number) for number in numbers] == ["on"] * len(numbers)
    assert len(numbers) == (18 if name == MC else 16)
    assert [device.ring(n) for n in range(1, 9)] == [("fan", 11 if name == MC else 13)] * 8
    assert device.ignored == 0


def test_in_standard_mode_lamps_and_rings_blink_by_themselves() -> None:
    device = XTouchMini()
    painted = Painted(STANDARD, device)
    looks = {"pad.1.1": RUNNING, "pad.1.2": OVERTIME, "pad.1.3": TODO, "encoder.2": OVERTIME}
    painted.show(looks, seconds=0.5)
    assert [device.lamp(number) for number in range(4)] == ["on", "blink", "off", "off"]
    assert device.ring(2) == ("fan", 113)
    assert painted.sent == 24


def test_a_mini_in_mc_mode_or_on_layer_b_is_brought_to_standard_mode_and_layer_a() -> None:
    device = XTouchMini()
    device.choose("b")
    device.receive(bytes.fromhex("BA 7F 01"), 0.0)
    painted = Painted(STANDARD, device)
    assert (device.mc, device.layer) == (False, "a")
    painted.show({"pad.1.1": RUNNING})
    assert device.lamp(0) == "on"


def test_what_the_mini_lit_by_itself_is_put_right_when_the_button_is_let_go() -> None:
    device = XTouchMini()
    painted = Painted(STANDARD, device)
    painted.show({"pad.1.2": OVERTIME}, seconds=0.2)
    for control, number in (("pad.1.2", 1), ("pad.1.3", 2)):
        device.press(number)
        assert device.lamp(number) == "on"
        device.release(number)
        painted.painter.released(control)
    painted.run(0.2)
    assert (device.lamp(1), device.lamp(2)) == ("blink", "off")


def test_what_is_lit_comes_back_after_another_layer_or_a_turn() -> None:
    device = XTouchMini()
    painted = Painted(STANDARD, device)
    painted.show({"pad.1.2": OVERTIME, "encoder.1": PAUSED})
    device.choose("b")
    assert device.lamp(1) == "off"
    painted.run(2.1)
    assert device.lamp(1) == "blink"
    device.turn(1, 127)
    painted.run(2.1)
    assert device.ring(1) == ("fan", 6)


def test_a_mini_that_shows_nothing_is_left_in_peace() -> None:
    painted = Painted(STANDARD, XTouchMini())
    painted.show({"pad.1.2": OVERTIME})
    painted.show({})
    assert painted.painter.wake() is None
