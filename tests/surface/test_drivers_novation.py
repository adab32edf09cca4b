"""Novation's controllers as emulated: what was asked is what is lit, nothing ignored and nothing lost."""

from __future__ import annotations

import pytest

from bridge.files.layouts import load_layouts
from bridge.messages import DARK, Effect, Look
from bridge.moment import Moment
from bridge.surface.decode import Decoder
from bridge.surface.echo import Echo
from bridge.surface.surface import Surface
from bridge.surface.sysex import patterns
from tests.standins.easel import Easel
from tests.standins.emulators import launchpad, launchpad_mk2
from tests.standins.emulators.launch_control import LaunchControlXl
from tests.standins.emulators.launchpad import LaunchpadMiniMk3, LaunchpadProMk3, LaunchpadX
from tests.standins.emulators.launchpad_mk1 import LaunchpadMk1
from tests.standins.emulators.launchpad_mk2 import LaunchpadMk2

X, PRO = "novation-launchpad-x", "novation-launchpad-pro-mk3"
MK1, MK2 = "novation-launchpad-mk1", "novation-launchpad-mk2"
XL = "novation-launch-control-xl-mk2"

BLUE, PURPLE, AMBER = Look("#3FA7FF"), Look("#C77DFF"), Look("#FFB000")
OVERTIME = Look("#FF0000", 1.0, Effect.BLINK)
RUNNING = Look("#3FA7FF", 1.0, Effect.PULSE)
TODO = Look("#3FA7FF", 0.25)


@pytest.mark.parametrize(
    ("profile", "device", "lights"),
    [
        (X, LaunchpadX(), 81),
        (PRO, LaunchpadProMk3(), 106),
        (MK2, LaunchpadMk2(), 80),
        (MK1, LaunchpadMk1(waiting=2), 80),
        (XL, LaunchControlXl(), 48),
    ],
)
def test_every_light_can_be_lit_and_darkened(
    profile: str,
    device: LaunchpadX | LaunchpadMk2 | LaunchpadMk1 | LaunchControlXl,
    lights: int,
) -> None:
    easel = Easel(profile, device)
    for looks in (BLUE, RUNNING, AMBER):
        easel.show(looks)
        assert len(device.all_lit()) == lights
    easel.show(DARK)
    assert device.all_lit() == {}
    assert device.ignored == 0


# --- MK3 ------------------------------------------------------------------------------------------


def test_the_pro_shows_a_colour_at_rest_where_something_moved() -> None:
    easel = Easel(PRO, LaunchpadProMk3())
    easel.show({"pad.1.1": RUNNING, "pad.1.2": OVERTIME, "pad.1.3": AMBER})
    assert easel.device.lit(81).effect == "pulse"
    sent = easel.show({"pad.1.1": BLUE, "pad.1.2": BLUE, "pad.1.3": BLUE})
    assert easel.device.lit(81) == easel.device.lit(82) == easel.device.lit(83)
    assert easel.device.lit(81).effect == "solid"
    assert sent[0].count(bytes((3, 83))) == 1
    assert bytes((0, 83, 0)) not in sent[0]  # it was at rest


def test_the_pro_takes_a_lamp_at_rest_for_moving_when_its_state_is_unknown() -> None:
    """A service that was killed may have left it flashing."""
    easel = Easel(PRO, LaunchpadProMk3())
    easel.show({"pad.1.1": RUNNING})
    other = Easel(PRO, easel.device)
    other.show({"pad.1.1": BLUE})
    assert easel.device.lit(81).effect == "solid"


def test_a_whole_picture_of_the_pro_never_has_more_than_106_lights_in_a_message() -> None:
    easel = Easel(PRO, LaunchpadProMk3())
    sent = easel.show(BLUE)
    assert len(sent) == 2  # each light dark, then blue
    assert easel.device.ignored == 0
    easel.show(RUNNING)
    assert len(easel.show(AMBER)) == 2
    assert {lit.effect for lit in easel.device.all_lit().values()} == {"solid"}


# --- MK2 ------------------------------------------------------------------------------------------


def test_the_mk2_flashes_red_over_the_dark_and_not_over_what_was_there() -> None:
    easel = Easel(MK2, LaunchpadMk2())
    easel.show({"pad.1.1": BLUE, "up": BLUE})
    easel.show({"pad.1.1": OVERTIME, "up": OVERTIME, "pad.8.8": OVERTIME})
    red = launchpad_mk2.Lit("flash", 5, None)
    assert easel.device.all_lit() == {81: red, 104: red, 18: red}


def test_the_mk2_takes_all_colours_of_a_picture_in_one_message() -> None:
    easel = Easel(MK2, LaunchpadMk2())
    assert len(easel.show(BLUE)) == 1
    assert set(easel.device.all_lit().values()) == {launchpad_mk2.Lit("solid", (16, 41, 63))}
    assert easel.show(BLUE) == []


# --- the first Launchpads -------------------------------------------------------------------------


def test_a_whole_picture_takes_the_first_launchpad_half_as_many_messages_and_loses_none() -> None:
    easel = Easel(MK1, LaunchpadMk1(waiting=2))
    began = easel.now
    sent = easel.show(AMBER, seconds=0.11)
    assert len(sent) == 41
    assert easel.now - began < 0.12
    assert set(easel.device.all_lit().values()) == {(3, 3)}
    assert len(easel.device.all_lit()) == 80
    assert easel.device.lost == 0


def test_what_changes_while_a_whole_picture_is_under_way_comes_behind_it() -> None:
    easel = Easel(MK1, LaunchpadMk1(waiting=2))
    easel.show(AMBER, seconds=0.03)
    assert 0 < len(easel.device.all_lit()) < 80
    easel.show({"pad.1.1": OVERTIME, "up": AMBER}, seconds=0.02)
    easel.show({"pad.1.1": BLUE, "up": AMBER})
    assert easel.device.all_lit() == {0: (0, 3), 1104: (3, 3)}
    assert easel.device.lost == 0


def test_a_picture_that_is_lost_on_the_way_is_told_again_from_the_beginning() -> None:
    easel = Easel(MK1, LaunchpadMk1(waiting=2))
    easel.show(AMBER, seconds=0.03)
    easel.device.power_cycle()
    easel.enter()
    easel.painter.forget()
    easel.run()
    assert len(easel.device.all_lit()) == 80
    assert easel.device.lost == 0


def test_pages_of_the_queue_turned_fast_end_in_the_last_one() -> None:
    easel = Easel(MK1, LaunchpadMk1(waiting=2))
    easel.show(DARK)
    for turn in range(40):
        easel.show((AMBER, BLUE, TODO, DARK)[turn % 4], seconds=0.01)
    easel.show(PURPLE)
    assert set(easel.device.all_lit().values()) == {(3, 2)}
    assert len(easel.device.all_lit()) == 80
    assert easel.device.lost == 0


def test_the_first_launchpad_blinks_by_the_host_and_leaves_no_light_behind() -> None:
    easel = Easel(MK1, LaunchpadMk1(waiting=2))
    sight = set()
    easel.show({"pad.1.1": OVERTIME, "side.1": RUNNING})
    for _ in range(20):
        easel.run(0.05)
        sight.add(easel.device.lit(0))
        assert easel.device.lit(8) == (0, 3)
    assert sight == {(3, 0), (0, 0)}
    easel.show({"side.1": RUNNING})
    assert easel.device.all_lit() == {8: (0, 3)}


@pytest.mark.parametrize("level", [1.0, 0.5, 0.25])
def test_sections_differ_on_lamps_without_blue_at_every_level(level: float) -> None:
    easel = Easel(MK1, LaunchpadMk1(waiting=2))
    colours = ("#3FA7FF", "#C77DFF", "#FFB000")
    easel.show({f"pad.1.{n}": Look(colour, level) for n, colour in enumerate(colours, 1)})
    assert len(set(easel.device.all_lit().values())) == 3
    red = {(1, 0), (2, 0), (3, 0)}
    assert red.isdisjoint(easel.device.all_lit().values())


def test_levels_are_kept_where_lamps_have_them() -> None:
    easel = Easel(MK1, LaunchpadMk1(waiting=2))
    levels = (0.08, 0.5, 1.0)
    easel.show({f"pad.1.{n}": Look("#00FF00", level) for n, level in enumerate(levels, 1)})
    assert easel.device.all_lit() == {0: (0, 1), 1: (0, 2), 2: (0, 3)}


def test_no_light_of_the_first_launchpad_is_lost_to_what_goes_before_others_on_a_loop() -> None:
    """A lit lamp in the top row looks like a release: its value is below 64."""
    device = LaunchpadMk1(waiting=2)
    easel = Easel(MK1, device)
    bound = frozenset(name for name in easel.profile.controls if name.startswith("pad."))
    easel.painter.announce(Echo(easel.profile, Decoder(easel.profile), bound))
    top = dict.fromkeys(("session", "user_1", "user_2", "mixer", "up", "down"), AMBER)
    wanted = dict.fromkeys(easel.profile.controls, DARK) | top
    easel.show(dict(wanted))
    for turn in range(40):
        wanted[f"pad.1.{turn % 8 + 1}"] = (AMBER, BLUE)[turn // 8 % 2]
        easel.show(dict(wanted), seconds=0.06)
        assert all(device.lit(easel.number(name) + 1000) == (3, 3) for name in top), turn
    assert device.lost == 0


def test_lights_of_the_first_launchpad_that_come_back_on_a_loop_press_nothing() -> None:
    easel = Easel(MK1, LaunchpadMk1(waiting=2))
    surface = Surface(easel.profile, load_layouts().layouts["queue-8x8"])
    easel.painter.announce(surface.echo)
    easel.show(DARK)
    for turn in range(8):
        for data in easel.show({f"pad.1.{turn + 1}": AMBER, "side.1": BLUE}, seconds=0.1):
            assert surface.feed(data, Moment(easel.now, 0.0)) == ()


# --- Launch Control XL ----------------------------------------------------------------------------


def test_the_launch_control_is_brought_to_its_first_factory_template() -> None:
    easel = Easel(XL, LaunchControlXl())
    assert easel.device.template == 8
    assert len(easel.show(AMBER)) == 1


def test_on_another_template_of_the_launch_control_nothing_of_ours_is_shown() -> None:
    easel = Easel(XL, LaunchControlXl())
    easel.show(AMBER)
    easel.device.choose(3)
    easel.show(BLUE)
    assert easel.device.all_lit() == {}


def test_back_from_another_template_everything_is_told_again() -> None:
    easel = Easel(XL, LaunchControlXl())
    easel.show({"pad.1.1": AMBER, "encoder.24": OVERTIME})
    news = patterns(*easel.profile.session.renew_on)
    (gone,), (back,) = easel.device.choose(3), easel.device.choose(8)
    assert (news.match(gone), news.match(back)) == (False, True)
    assert easel.device.all_lit() == {}
    easel.painter.forget()
    easel.run(0.1)
    assert easel.device.all_lit()[24] == (3, 3)


# --- what all of them keep ------------------------------------------------------------------------


def test_a_device_that_was_left_is_dark_and_in_its_own_mode() -> None:
    for name, device in ((X, LaunchpadX()), (PRO, LaunchpadProMk3())):
        easel = Easel(name, device)
        easel.show(RUNNING)
        easel.leave()
        assert not device.programmer
        assert device.all_lit() == {}
    for other in (Easel(MK2, LaunchpadMk2()), Easel(MK1, LaunchpadMk1(waiting=2))):
        other.show(OVERTIME)
        other.leave()
        assert other.device.all_lit() == {}


def test_the_mini_as_before_needs_no_dark_before_a_colour() -> None:
    easel = Easel("novation-launchpad-mini-mk3", LaunchpadMiniMk3())
    easel.show({"pad.1.1": RUNNING})
    assert easel.show({"pad.1.1": Look("#FFFFFF")}) == [
        bytes.fromhex("F0 00 20 29 02 0D 03 03 51 7F 7F 7F F7")
    ]
    assert easel.device.all_lit() == {81: launchpad.Lit("solid", (127, 127, 127))}
