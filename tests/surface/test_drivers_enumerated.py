"""Lights with a handful of colours: what each look becomes, by what the device can do itself."""

from __future__ import annotations

import pytest

from bridge.messages import DARK, Effect, Look
from bridge.surface.drivers.enumerated import Enumerated, Values
from bridge.surface.profile import Control, Lamps, Light

_SOLID = {"green": 1, "red": 3, "yellow": 5}
_BLINK = {"green": 2, "red": 4, "yellow": 6}
_APC = Lamps(0, _SOLID, blink=_BLINK)
_DIMMING = Lamps(12, {"red": 15, "green": 60}, dim={"red": 13, "green": 28}, blink={"red": 11})
_PLAIN = Lamps(0, {"red": 1}, blink={"red": 2})
_STILL = Lamps(0, {"red": 1, "blue": 16})


def _control(lamps: str, message: str = "note") -> Control:
    kind = "enum" if lamps else "mono"
    light = Light(kind, message, 7, 2, lamps)  # type: ignore[arg-type] # both are of their unions
    return Control("pad.1.1", "button", "note", 7, light=light)


@pytest.mark.parametrize(
    ("look", "value"),
    [
        (DARK, 0),
        (Look("#00FF00"), 1),
        (Look("#00FF00", 0.1), 1),  # no dim value: solid
        (Look("#FF0000", 1.0, Effect.BLINK), 4),
        (Look("#00FF00", 1.0, Effect.PULSE), 2),
        (Look("#FF0000", 1.0, Effect.PULSE), 6),  # not in red: that is what ran over
        (Look("#FFA000", 1.0), 5),
        (Look("#FF0000", 1.0, Effect.OFF), 0),
    ],
)
def test_a_look_becomes_the_value_that_comes_nearest(look: Look, value: int) -> None:
    assert Values(_APC).of(look) == value


def test_with_dim_values_a_pulse_is_solid_and_what_waits_is_dim() -> None:
    values = Values(_DIMMING)
    assert values.of(Look("#00FF00", 1.0, Effect.PULSE)) == 60
    assert values.of(Look("#00FF00", 0.25)) == 28
    assert values.of(DARK) == 12


def test_what_the_device_cannot_move_the_host_blinks_and_only_what_ran_over_in_red() -> None:
    driver, control = Enumerated({"pad": _STILL}), _control("pad")
    for effect in (Effect.BLINK, Effect.PULSE):
        assert driver.needs_host_blink(control, Look("#FF0000", 1.0, effect))
    assert not driver.needs_host_blink(control, Look("#FF0000"))
    assert Values(_STILL).of(Look("#FF0000", 1.0, Effect.BLINK)) == 1
    assert Values(_STILL).of(Look("#FF0000", 1.0, Effect.PULSE)) == 16


@pytest.mark.parametrize(
    ("look", "value", "by_the_host"),
    [
        (DARK, 0, False),
        (Look("#3FA7FF", 0.25), 0, False),  # it waits
        (Look("#3FA7FF", 1.0, Effect.PULSE), 1, False),  # it runs
        (Look("#FF0000", 1.0, Effect.BLINK), 2, False),  # it ran over
        (Look("#00FF00"), 1, False),
    ],
)
def test_a_table_of_one_colour_is_a_plain_lamp(
    look: Look, value: int, *, by_the_host: bool
) -> None:
    driver = Enumerated({"red": _PLAIN})
    assert driver.light(_control("red"), look)[0][1][2] == value
    assert driver.needs_host_blink(_control("red"), look) == by_the_host


def test_the_host_blinks_a_plain_lamp_that_can_not_and_only_for_what_ran_over() -> None:
    driver = Enumerated({"red": Lamps(16, {"white": 31})})
    assert driver.needs_host_blink(_control("red"), Look("#FF0000", 1.0, Effect.BLINK))
    assert not driver.needs_host_blink(_control("red"), Look("#FF0000", 1.0, Effect.PULSE))
    assert driver.light(_control("red"), Look("#FF0000", 0.25))[0][1][2] == 16


def test_the_message_goes_to_the_light_s_own_number_and_channel() -> None:
    driver = Enumerated({"pad": _APC})
    assert driver.light(_control("pad"), Look("#FF0000"))[0][1] == bytes((0x91, 7, 3))
    assert driver.light(_control("pad", "cc"), Look("#FF0000"))[0][1] == bytes((0xB1, 7, 3))


def test_a_lamp_without_a_table_is_on_or_off() -> None:
    driver, control = Enumerated({}), _control("")
    assert driver.light(control, Look("#FF0000"))[0][1][2] == 127
    assert driver.light(control, Look("#FF0000", 0.25))[0][1][2] == 0
    assert driver.needs_host_blink(control, Look("#FF0000", 1.0, Effect.BLINK))
