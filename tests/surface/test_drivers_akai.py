"""Akai's first APCs, the Key 25 mk2 and the Fire before their emulators: what is wanted is shown."""

from __future__ import annotations

import pytest

from bridge.messages import Effect, Look
from bridge.surface.blinking import HALF_BEAT
from tests.standins.emulators import apc, apc_mk1
from tests.standins.emulators.apc import ApcMiniMk2, ApcMk2OtherPort
from tests.standins.emulators.apc_mk1 import ApcMk1
from tests.standins.emulators.device import IDENTITY_REQUEST
from tests.standins.emulators.fire import BLACK, Fire
from tests.standins.painting import Painting

SECTION, RED, GREEN, WHITE = "#3FA7FF", "#FF0000", "#00FF00", "#FFFFFF"
TODO = Look(SECTION, 0.25)
RUNNING = Look(SECTION, 1.0, Effect.PULSE)
OVERTIME = Look(RED, 1.0, Effect.BLINK)


# --- the first APC mini and APC Key 25 ---


def test_a_first_apc_tells_what_waits_runs_ran_over_and_is_done() -> None:
    device = ApcMk1()
    at = Painting("akai-apc-mini-mk1", device)
    at.show({"pad.1.1": TODO, "pad.1.2": RUNNING, "pad.1.3": OVERTIME})
    assert device.lit(56) == apc_mk1.Lit("green")
    assert device.lit(57) == apc_mk1.Lit("green", blinks=True)
    assert device.lit(58) == apc_mk1.Lit("red", blinks=True)
    assert device.lit(59) == apc_mk1.OFF
    assert device.ignored == 0


@pytest.mark.parametrize("lamp", ["side.1", "track.1"])
def test_its_lamps_of_one_colour_leave_what_waits_dark(lamp: str) -> None:
    device = ApcMk1()
    at = Painting("akai-apc-mini-mk1", device)
    number = at.profile.controls[lamp].light.number
    shown = {}
    for name, look in {"waits": TODO, "runs": RUNNING, "over": OVERTIME}.items():
        at.show({lamp: look})
        shown[name] = device.lit(number)
    colour = "green" if lamp == "side.1" else "red"
    assert shown["waits"] == apc_mk1.OFF
    assert (shown["runs"].colour, shown["runs"].blinks) == (colour, False)
    assert (shown["over"].colour, shown["over"].blinks) == (colour, True)


@pytest.mark.parametrize("colour", ["#0040FF", "#8000FF", "#00D0FF", "#FFA000", "#FF6000", WHITE])
def test_only_red_is_red_on_pads_of_three_colours(colour: str) -> None:
    device = ApcMk1()
    Painting("akai-apc-mini-mk1", device).show({"pad.8.8": Look(colour)})
    assert device.lit(7).colour in {"green", "yellow"}


def test_a_key_25_is_lit_whole() -> None:
    device = ApcMk1(apc_mk1.APC_KEY_25)
    at = Painting("akai-apc-key-25-mk1", device)
    at.show(dict.fromkeys(at.lights, Look(WHITE)))
    assert all(device.lit(number) != apc_mk1.OFF for number in at.numbers)
    assert len(at.numbers) == 40 + 8 + 5
    assert device.ignored == 0


# --- the second generation ---


def test_a_key_25_mk2_is_lit_whole_and_loses_nothing() -> None:
    device = ApcMiniMk2(model=apc.APC_KEY_25)
    at = Painting("akai-apc-key-25-mk2", device)
    at.show(dict.fromkeys(at.lights, Look(WHITE)))
    assert all(device.lit(number).effect == "solid" for number in at.numbers)
    assert len(at.numbers) == 40 + 8 + 5
    at.show({"pad.1.1": RUNNING, "pad.1.2": OVERTIME, "pad.1.3": TODO, "side.1": OVERTIME})
    shown = [device.lit(number).effect for number in (32, 33, 34, 35, 82)]
    assert shown == ["pulse", "blink", "solid", "off", "blink"]
    assert device.lit(34).percent < device.lit(32).percent
    assert device.lost == 0


def test_an_apc_is_as_bright_as_the_look_but_never_so_dim_that_it_seems_off() -> None:
    device = ApcMiniMk2()
    at = Painting("akai-apc-mini-mk2", device)
    levels = {1: 1.0, 2: 0.75, 3: 0.5, 4: 0.25, 5: 0.1}
    at.show({f"pad.1.{n}": Look(SECTION, level) for n, level in levels.items()})
    assert [device.lit(55 + n).percent for n in levels] == [100, 75, 50, 50, 25]


def test_both_ports_of_a_second_apc_say_the_same_about_themselves() -> None:
    for model in (apc.APC_MINI, apc.APC_KEY_25):
        ours, other = ApcMiniMk2(model=model), ApcMk2OtherPort(model)
        answer = ours.receive(IDENTITY_REQUEST, 0.0)
        assert answer == other.receive(IDENTITY_REQUEST, 0.0)
        assert len(answer) == 1
        other.receive(b"\x96\x00\x05", 0.0)
        assert other.ignored == 1


# --- the Fire ---


def test_the_fire_is_lit_whole_and_its_grid_takes_one_message() -> None:
    device = Fire()
    at = Painting("akai-fire", device)
    messages = at.show(dict.fromkeys(at.lights, Look(SECTION)))
    assert sum(data[0] == 0xF0 for data in messages) == 1
    assert all(
        device.pad(row, column) == (31, 83, 127) for row in range(1, 5) for column in range(1, 17)
    )
    assert all(device.lamp(number) > 2 for number in at.numbers_of("enum"))
    assert device.banks() == 4
    assert device.ignored == 0


def test_the_fire_is_sent_only_the_pads_that_changed() -> None:
    device = Fire()
    at = Painting("akai-fire", device)
    at.show({"pad.1.1": TODO})
    (message,) = at.show({"pad.1.1": TODO, "pad.4.16": RUNNING})
    assert message == bytes.fromhex("F0 47 7F 43 65 00 04 3F 1F 53 7F F7")


def test_what_ran_over_is_blinked_for_the_fire_and_what_runs_is_brighter_than_what_waits() -> None:
    device = Fire()
    at = Painting("akai-fire", device)
    at.show({"pad.1.1": TODO, "pad.1.2": RUNNING, "pad.1.3": OVERTIME, "play": OVERTIME})
    assert sum(device.pad(1, 2)) > 3 * sum(device.pad(1, 1)) > 0
    assert device.pad(1, 3) == (127, 0, 0)
    assert device.lamp(51) == 3
    at.wait(HALF_BEAT)
    assert device.pad(1, 3) == BLACK
    assert device.lamp(51) == 0
    assert device.pad(1, 2) != BLACK
    at.wait(HALF_BEAT)
    assert device.pad(1, 3) == (127, 0, 0)
    assert device.ignored == 0


def test_a_lamp_of_the_fire_is_dull_where_something_waits() -> None:
    device = Fire()
    at = Painting("akai-fire", device)
    at.show({"play": Look(GREEN, 0.5), "row_lamp.1": Look(RED, 0.25), "row_lamp.2": Look(RED)})
    assert (device.lamp(51), device.lamp(40), device.lamp(41)) == (1, 1, 3)


def test_the_fire_s_pads_are_found_again_after_it_was_plugged_in_anew() -> None:
    device = Fire()
    at = Painting("akai-fire", device)
    at.show({"pad.2.1": RUNNING})
    device.power_cycle()
    at.painter.forget()
    at.wait(0.1)
    assert device.pad(2, 1) == (31, 83, 127)
