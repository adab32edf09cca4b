"""Devices that repaint themselves, forget, or are easily flooded: BeatStep, MiniLab, Maschine."""

from __future__ import annotations

import pytest

from bridge.errors import Invalid
from bridge.files.profiles import load_profiles
from bridge.messages import Effect, Look
from bridge.surface.blinking import HALF_BEAT
from bridge.surface.decode import Decoder
from bridge.surface.drivers import driver_for
from bridge.surface.profile import Edge, Leds, PortPatterns, Profile
from bridge.surface.sysex import patterns
from tests.standins.emulators.arturia import MINILAB, PADS, ArturiaPads
from tests.standins.emulators.maschine import OFF, Lit, MaschineMikroMk3
from tests.standins.emulators.pads import Pads
from tests.standins.painting import Painting

PROFILES = load_profiles().profiles
SECTION, RED, GREEN, AMBER, WHITE = "#3FA7FF", "#FF0000", "#00FF00", "#FFA000", "#FFFFFF"
TODO = Look(SECTION, 0.25)
RUNNING = Look(SECTION, 1.0, Effect.PULSE)
OVERTIME = Look(RED, 1.0, Effect.BLINK)
BLUE, MAGENTA = 0x10, 0x11

ARTURIA = pytest.mark.parametrize(
    ("name", "device"),
    [("arturia-beatstep", ArturiaPads()), ("arturia-minilab-mk2", ArturiaPads(MINILAB))],
    ids=["beatstep", "minilab"],
)


# --- Arturia ---


@ARTURIA
def test_every_pad_is_lit_and_none_is_lost(name: str, device: ArturiaPads) -> None:
    device.power_cycle()
    at = Painting(name, device)
    messages = at.show(dict.fromkeys(at.lights, Look(RED)))
    assert len(messages) == 16
    assert [device.lit(pad) for pad in PADS] == [1] * 16
    assert (device.lost, device.ignored) == (0, 0)


@ARTURIA
def test_a_pad_that_darkens_itself_is_told_again_when_it_is_let_go(
    name: str, device: ArturiaPads
) -> None:
    device.power_cycle()
    at = Painting(name, device)
    at.show({"pad.1.1": Look(SECTION), "pad.1.2": Look(SECTION)})
    lit = device.lit(0x70)
    device.press(0x70)
    device.release(0x70)
    assert device.lit(0x70) == 0
    at.painter.released("pad.1.1")
    assert len(at.wait(0.1)) == 1
    assert device.lit(0x70) == lit == device.lit(0x71) != 0


@ARTURIA
def test_pads_without_brightness_blink_while_something_runs_but_never_in_red(
    name: str, device: ArturiaPads
) -> None:
    device.power_cycle()
    at = Painting(name, device)
    at.show({"pad.1.1": TODO, "pad.1.2": RUNNING, "pad.1.3": OVERTIME, "pad.1.4": Look(SECTION)})
    first = [device.lit(pad) for pad in range(0x70, 0x75)]
    at.wait(HALF_BEAT)
    second = [device.lit(pad) for pad in range(0x70, 0x75)]
    assert first[0] == second[0] != 0
    assert first[1] not in {0, 1}
    assert first[2] == 1
    assert second[1] == second[2] == 0
    assert first[4] == second[4] == 0
    assert device.ignored == 0


def test_on_a_beatstep_only_red_is_red() -> None:
    device = ArturiaPads()
    at = Painting("arturia-beatstep", device)
    at.show({"pad.1.1": Look(GREEN), "pad.1.2": Look(AMBER), "pad.1.3": Look(WHITE)})
    assert [device.lit(pad) for pad in (0x70, 0x71, 0x72)] == [BLUE, MAGENTA, MAGENTA]


def test_a_beatstep_sends_notes_only_after_it_was_told_to() -> None:
    device, feed = ArturiaPads(), Decoder(PROFILES["arturia-beatstep"]).feed
    (before,) = device.press(0x70)
    assert before == b"\xb3\x00\x63"
    assert feed(before) is None
    Painting("arturia-beatstep", device)
    heard = [feed(message) for pad in PADS for message in device.press(pad) + device.release(pad)]
    names = [f"pad.{row}.{column}" for row in (1, 2) for column in range(1, 9)]
    assert heard[::2] == [Edge(name, "down", 99 / 127) for name in names]
    assert heard[1::2] == [Edge(name, "up", 0.0) for name in names]
    assert (device.lost, device.ignored) == (0, 0)


def test_a_beatstep_that_is_set_up_in_one_go_loses_some_of_it() -> None:
    device = ArturiaPads()
    for message in PROFILES["arturia-beatstep"].session.enter:
        device.receive(message, 1.0)
    assert device.lost == 12


def test_arturia_s_driver_says_that_it_needs_a_header() -> None:
    profile = Profile("x", "X", frozenset(), PortPatterns(), {}, leds=Leds("arturia"))
    with pytest.raises(Invalid, match=r"x: leds\.header is missing"):
        driver_for(profile)


# --- Maschine ---


def test_the_maschine_is_lit_whole() -> None:
    device = MaschineMikroMk3()
    at = Painting("ni-maschine-mikro-mk3", device)
    at.show(dict.fromkeys(at.lights, Look(GREEN)))
    assert all(device.pad(number) == Lit(7, 3) for number in at.numbers_of("palette"))
    assert all(device.lamp(number) for number in at.numbers_of("mono"))
    assert len(at.numbers) == 16 + 34
    assert device.ignored == 0


def test_a_maschine_s_pad_is_brighter_when_it_runs_and_blinks_when_it_ran_over() -> None:
    device = MaschineMikroMk3()
    at = Painting("ni-maschine-mikro-mk3", device)
    at.show({"pad.1.1": TODO, "pad.1.2": RUNNING, "pad.1.3": OVERTIME, "play": OVERTIME})
    assert (device.pad(72), device.pad(73)) == (Lit(10, 1), Lit(10, 3))
    assert (device.pad(74), device.lamp(57)) == (Lit(1, 3), True)
    at.wait(HALF_BEAT)
    assert (device.pad(74), device.lamp(57)) == (OFF, False)
    assert (device.pad(73), device.pad(75)) == (Lit(10, 3), OFF)


@pytest.mark.parametrize(
    ("level", "brightness"), [(1.0, 3), (0.75, 2), (0.5, 2), (0.25, 1), (0.08, 0)]
)
def test_a_maschine_s_pad_has_four_brightnesses(level: float, brightness: int) -> None:
    device = MaschineMikroMk3()
    Painting("ni-maschine-mikro-mk3", device).show({"pad.4.4": Look(WHITE, level)})
    assert device.pad(63) == Lit(17, brightness)


def test_a_maschine_that_comes_back_says_so_and_is_painted_anew() -> None:
    device = MaschineMikroMk3()
    at = Painting("ni-maschine-mikro-mk3", device)
    at.show({"pad.1.1": Look(GREEN), "play": Look(GREEN)})
    assert device.switch(midi=False) == []
    (word,) = device.switch(midi=True)
    assert device.pad(72) == OFF
    assert patterns(*at.profile.session.renew_on).match(word)
    at.painter.forget()
    at.wait(0.1)
    assert (device.pad(72), device.lamp(57)) == (Lit(7, 3), True)
    assert device.ignored == 0


def test_a_maschine_s_pad_is_told_again_when_it_is_let_go() -> None:
    device = MaschineMikroMk3()
    at = Painting("ni-maschine-mikro-mk3", device)
    at.show({"pad.1.1": Look(GREEN)})
    device.press(72)
    device.release(72)
    assert device.pad(72) == OFF
    at.painter.released("pad.1.1")
    at.wait(0.1)
    assert device.pad(72) == Lit(7, 3)


# --- pads without lights of ours ---


@pytest.mark.parametrize(
    ("name", "device", "number"),
    [
        ("akai-mpd218", Pads(9, pressure=True), 48),
        ("akai-mpk-mini-mk2", Pads(0), 48),
        ("akai-mpk-mini-mk3", Pads(9), 40),
        ("korg-nanopad2", Pads(3, off_velocity=64), 37),
        ("korg-nanopad2", Pads(15, off_velocity=64), 37),
    ],
)
def test_pads_are_heard_and_told_nothing(name: str, device: Pads, number: int) -> None:
    feed = Decoder(PROFILES[name]).feed
    heard = [feed(data) for data in device.press(number) + device.release(number)]
    edges = [edge for edge in heard if edge is not None]
    assert edges == [Edge("pad.1.1", "down", 76 / 127), Edge("pad.1.1", "up", 0.0)]
    at = Painting(name, device)
    assert at.show({"pad.1.1": OVERTIME}) == []
    assert device.ignored == 0
