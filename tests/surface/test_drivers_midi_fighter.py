"""The Midi Fighters: colours, movements, and what they recolour by themselves."""

from __future__ import annotations

import pytest

from bridge.messages import Look
from bridge.surface.palettes import PALETTES
from tests.standins.emulators.midi_fighter import ACTIVE, Lit, MidiFighter3d, Twister
from tests.standins.painted import OVERTIME, PAUSED, RED, RUNNING, TODO, WHITE, Painted

TWISTER, FIGHTER = "djtt-midi-fighter-twister", "djtt-midi-fighter-3d"
FOUR = {"pad.1.1": TODO, "pad.1.2": PAUSED, "pad.1.3": RUNNING, "pad.1.4": OVERTIME}


def test_a_twister_shows_hue_brightness_strobe_and_pulse() -> None:
    device = Twister()
    painted = Painted(TWISTER, device)
    painted.show(FOUR)
    blue, red = 15, 85
    assert [device.lit(knob) for knob in range(4)] == [
        Lit(blue, "solid", 27),
        Lit(blue, "solid", 50),
        Lit(blue, "pulse"),
        Lit(red, "strobe"),
    ]
    assert device.lit(4).percent == 0
    assert device.ignored == 0


def test_a_twister_s_knobs_are_dark_although_they_have_a_colour_of_their_own() -> None:
    device = Twister()
    painted = Painted(TWISTER, device)
    assert device.lit(0).percent == 100
    painted.show({})
    assert [device.lit(knob).percent for knob in range(64)] == [0] * 64
    assert not any(device.rings.values())


def test_a_twister_s_ring_is_a_bar_of_the_level() -> None:
    device = Twister()
    painted = Painted(TWISTER, device)
    painted.show({"ring.1": PAUSED, "ring.16": Look(RED)})
    assert (device.rings[0], device.rings[1], device.rings[15]) == (64, 0, 127)


def test_no_knob_of_a_twister_is_lit_by_what_would_move_it() -> None:
    painted = Painted(TWISTER, Twister())
    controls = painted.profile.controls.values()
    turning = [c for c in controls if c.kind == "encoder"]
    assert len(turning) == 80
    assert not [c.name for c in turning if c.light.kind != "none"]


def test_the_wheel_of_hues_goes_through_the_known_ones_without_white() -> None:
    wheel = PALETTES["twister"]
    known = {(0, 0, 255): 1, (0, 255, 255): 22, (0, 255, 0): 43, (255, 255, 0): 64}
    known |= {(255, 0, 0): 85, (255, 0, 255): 107}
    assert {rgb: wheel.nearest(rgb) for rgb in known} == known
    assert 1 <= wheel.nearest((255, 255, 255)) <= 115


@pytest.mark.parametrize(
    ("name", "make", "number"), [(TWISTER, Twister, 3), (FIGHTER, MidiFighter3d, 51)]
)
def test_what_was_recoloured_by_a_press_is_put_right_when_it_is_let_go(
    name: str, make: type[Twister | MidiFighter3d], number: int
) -> None:
    device = make()
    painted = Painted(name, device)
    painted.show(FOUR)
    before = device.lit(number)
    device.press(number)
    assert device.lit(number).colour == ACTIVE
    device.release(number)
    assert device.lit(number).colour == 0 != before.colour
    painted.painter.released("pad.1.4")
    painted.run(0.2)
    assert device.lit(number) == before


def test_a_midi_fighter_3d_shows_bright_and_dim_colours_strobe_and_pulse() -> None:
    device = MidiFighter3d()
    painted = Painted(FIGHTER, device)
    painted.show({**FOUR, "pad.2.1": Look(WHITE, 0.2), "pad.2.2": Look(WHITE)})
    assert [device.lit(note) for note in range(48, 52)] == [
        Lit(79),
        Lit(79),
        Lit(73, "pulse"),
        Lit(13, "strobe"),
    ]
    assert [device.lit(note) for note in (44, 45, 46)] == [Lit(121, "solid", 20), Lit(121), Lit(0)]
    assert (device.ignored, device.bank) == (0, 0)


def test_a_midi_fighter_3d_stops_moving_when_it_is_to_be_still() -> None:
    device = MidiFighter3d()
    painted = Painted(FIGHTER, device)
    painted.show(FOUR)
    painted.show({"pad.1.3": TODO})
    assert (device.lit(50), device.lit(51)) == (Lit(79), Lit(0))


@pytest.mark.parametrize(("name", "make"), [(TWISTER, Twister), (FIGHTER, MidiFighter3d)])
def test_every_light_can_be_lit_and_goes_dark_at_the_end(
    name: str, make: type[Twister | MidiFighter3d]
) -> None:
    device = make()
    painted = Painted(name, device)
    pads = painted.lights("palette")
    painted.show(dict.fromkeys(pads, Look(RED)))
    numbers = [painted.profile.controls[pad].light.number for pad in pads]
    red = Lit(85 if name == TWISTER else 13)
    assert [device.lit(number) for number in numbers] == [red] * 64
    painted.leave()
    assert all(device.lit(n).colour == 0 or device.lit(n).percent == 0 for n in numbers)
    assert device.ignored == 0
