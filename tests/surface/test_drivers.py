"""Every kind of look on every kind of light: what the protocol says, byte for byte."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bridge.errors import Invalid
from bridge.messages import DARK, Effect, Look
from bridge.surface.drivers import DRIVERS, driver_for
from bridge.surface.profile import Leds, Light, Pace, Profile
from tests.standins.emulators.profiles import APC, LAUNCHPAD, MACKIE, NANO

RED = "#FF0000"
SECTION = "#3FA7FF"
DIM = Look(SECTION, 0.25)
DONE = Look("#FFFFFF", 0.1)
FULL = Look(SECTION)
RUNNING = Look(SECTION, 1.0, Effect.PULSE)
OVERTIME = Look(RED, 1.0, Effect.BLINK)
TOO_MUCH = Look(RED, 99.0)
BLACK = Look("#000000")
UNLIT = Look(RED, 0.0, Effect.BLINK)


def _bytes(profile: Profile, control: str, look: Look) -> str:
    driver = driver_for(profile)
    parcels = driver.pack(driver.light(profile.controls[control], look))
    return ", ".join(parcel.data.hex(" ").upper() for parcel in parcels)


@pytest.mark.parametrize(
    ("look", "specs"),
    [
        (FULL, "03 51 1F 53 7F"),
        (DIM, "03 51 08 15 20"),
        (DONE, "03 51 0D 0D 0D"),
        (TOO_MUCH, "03 51 7F 00 00"),
        (RUNNING, "02 51 29"),
        (OVERTIME, "01 51 05 00"),
        (DARK, "00 51 00"),
        (BLACK, "00 51 00"),
        (UNLIT, "00 51 00"),
    ],
)
def test_an_mk3_launchpad_shows_exact_colours_and_moves_in_its_palette(
    look: Look, specs: str
) -> None:
    assert _bytes(LAUNCHPAD, "pad.1.1", look) == f"F0 00 20 29 02 0D 03 {specs} F7"


@pytest.mark.parametrize(
    ("look", "message"),
    [
        (FULL, "96 38 25"),
        (Look(SECTION, 0.5), "92 38 25"),
        (DIM, "92 38 25"),
        (DONE, "91 38 03"),
        (Look(RED, 0.05), "90 38 05"),
        (TOO_MUCH, "96 38 05"),
        (RUNNING, "99 38 25"),
        (OVERTIME, "9E 38 05"),
        (DARK, "96 38 00"),
        (BLACK, "96 38 00"),
        (UNLIT, "96 38 00"),
    ],
)
def test_an_apc_pad_shows_the_nearest_colour_on_the_channel_of_its_behaviour(
    look: Look, message: str
) -> None:
    assert _bytes(APC, "pad.1.1", look) == message


@pytest.mark.parametrize(
    ("look", "value"),
    [(FULL, "01"), (DIM, "00"), (DONE, "00"), (RUNNING, "01"), (OVERTIME, "02"), (DARK, "00")],
)
def test_an_apc_lamp_is_on_blinks_or_is_off(look: Look, value: str) -> None:
    assert _bytes(APC, "track.1", look) == f"90 64 {value}"
    assert _bytes(APC, "side.8", look) == f"90 77 {value}"


@pytest.mark.parametrize(
    ("look", "value"),
    [(FULL, "7F"), (DIM, "00"), (DONE, "00"), (RUNNING, "7F"), (OVERTIME, "7F"), (DARK, "00")],
)
def test_a_nanokontrol_lamp_is_on_or_off_on_the_channel_of_its_native_mode(
    look: Look, value: str
) -> None:
    assert _bytes(NANO, "play", look) == f"BF 29 {value}"


@pytest.mark.parametrize(
    ("look", "value"),
    [(FULL, "7F"), (DIM, "00"), (DONE, "00"), (RUNNING, "7F"), (OVERTIME, "01"), (DARK, "00")],
)
def test_a_mackie_lamp_blinks_by_itself(look: Look, value: str) -> None:
    assert _bytes(MACKIE, "play", look) == f"90 5E {value}"


@pytest.mark.parametrize(
    ("look", "value"),
    [
        (FULL, "2B"),
        (Look(RED, 0.5), "26"),
        (Look(RED, 0.001), "21"),
        (DARK, "00"),
        (TOO_MUCH, "2B"),
        (OVERTIME, "2B"),
    ],
)
def test_a_mackie_ring_is_a_bar_of_the_level(look: Look, value: str) -> None:
    assert _bytes(MACKIE, "encoder.2", look) == f"B0 31 {value}"


@pytest.mark.parametrize(
    ("look", "message"), [(FULL, "D0 0C"), (Look(RED, 0.5), "D0 06"), (DARK, "D0 00")]
)
def test_a_mackie_meter_is_a_bar_of_the_level(look: Look, message: str) -> None:
    assert _bytes(MACKIE, "meter.1", look) == message


@pytest.mark.parametrize(
    ("profile", "control", "host"),
    [
        (LAUNCHPAD, "pad.1.1", False),
        (APC, "pad.1.1", False),
        (APC, "track.1", False),
        (NANO, "play", True),
        (MACKIE, "play", False),
        (MACKIE, "encoder.1", True),
        (MACKIE, "meter.1", True),
    ],
)
def test_the_host_blinks_what_the_hardware_cannot(
    profile: Profile, control: str, host: bool
) -> None:
    driver, where = driver_for(profile), profile.controls[control]
    assert driver.needs_host_blink(where, OVERTIME) is host
    for still in (FULL, RUNNING, DARK, UNLIT):
        assert not driver.needs_host_blink(where, still)


@pytest.mark.parametrize("profile", [APC, MACKIE])
def test_a_lamp_that_cannot_blink_is_lit_while_the_host_blinks_it(profile: Profile) -> None:
    driver = driver_for(profile)
    some = next(c for c in profile.controls.values() if c.light.kind == "mono-blink")
    plain = replace(some, light=replace(some.light, kind="mono"))
    assert driver.needs_host_blink(plain, OVERTIME)
    assert driver.light(plain, OVERTIME) == driver.light(plain, FULL)


@pytest.mark.parametrize("profile", [LAUNCHPAD, APC, NANO, MACKIE])
def test_running_overtime_and_done_differ_on_every_light(profile: Profile) -> None:
    driver = driver_for(profile)

    def shown(control: str, look: Look) -> object:
        where = profile.controls[control]
        return driver.light(where, look), driver.needs_host_blink(where, look)

    for control in profile.controls:
        if control.startswith(("encoder", "meter")):
            continue  # bars: the level is the news there
        assert len({repr(shown(control, look)) for look in (RUNNING, OVERTIME, DONE)}) == 3


@pytest.mark.parametrize("profile", [LAUNCHPAD, APC, NANO, MACKIE])
def test_a_control_without_light_is_told_nothing(profile: Profile) -> None:
    some = next(iter(profile.controls.values()))
    driver = driver_for(profile)
    assert not driver.light(replace(some, light=Light("none", "none")), FULL)
    assert not driver.needs_host_blink(replace(some, light=Light("none", "none")), OVERTIME)


def test_a_controller_without_lights_is_told_nothing() -> None:
    driver = driver_for(replace(APC, leds=Leds("none")))
    some = APC.controls["pad.1.1"]
    assert not driver.light(some, FULL)
    assert not driver.text(MACKIE.displays["timecode"], "1")
    assert not driver.pack([])
    assert not driver.needs_host_blink(some, OVERTIME)
    assert not driver.fades((0, b""))


@pytest.mark.parametrize("profile", [LAUNCHPAD, APC, NANO, MACKIE])
def test_lamps_stay_as_they_are_told(profile: Profile) -> None:
    driver = driver_for(profile)
    some = next(iter(profile.controls.values()))
    assert not any(driver.fades(cell) for cell in driver.light(some, FULL))


def test_a_meter_sinks_unless_it_is_at_zero() -> None:
    driver, meter = driver_for(MACKIE), MACKIE.controls["meter.1"]
    assert [driver.fades(driver.light(meter, look)[0]) for look in (FULL, DARK)] == [True, False]
    assert driver.refresh > 0


@pytest.mark.parametrize("profile", [LAUNCHPAD, APC, NANO])
def test_a_device_without_display_is_told_no_text(profile: Profile) -> None:
    assert not driver_for(profile).text(MACKIE.displays["timecode"], "12:34")


def test_mk3_lights_go_in_batches_of_the_profile_under_the_header_of_the_model() -> None:
    pro = replace(
        LAUNCHPAD,
        leds=replace(
            LAUNCHPAD.leds, header=bytes.fromhex("F0 00 20 29 02 0E"), pace=Pace(batch=30)
        ),
    )
    driver = driver_for(pro)
    cells = [cell for control in pro.controls.values() for cell in driver.light(control, FULL)]
    parcels = driver.pack(cells)
    assert [len(parcel.addresses) for parcel in parcels] == [30, 30, 20]
    assert all(parcel.data.startswith(bytes.fromhex("F0 00 20 29 02 0E 03")) for parcel in parcels)


def test_a_launchpad_profile_without_header_is_refused() -> None:
    with pytest.raises(Invalid, match=r"leds\.header is missing"):
        driver_for(replace(LAUNCHPAD, leds=Leds("novation_mk3")))


def test_an_unknown_driver_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(
        Invalid, match=r'leds\.driver = "lamp" is unknown; known are none, novation'
    ):
        driver_for(replace(APC, leds=Leds("lamp")))


def test_an_unknown_palette_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(Invalid, match=r'leds\.palette = "pastel" is unknown; known are akai_mk2'):
        driver_for(replace(APC, leds=Leds("akai_channel", "pastel")))


def test_a_palette_may_be_written_with_hyphens_or_left_out() -> None:
    for name in ("akai-mk2", ""):
        assert _bytes(replace(APC, leds=Leds("akai_channel", name)), "pad.1.1", FULL) == "96 38 25"


def test_mono_reaches_notes_as_well() -> None:
    play = replace(NANO.controls["play"], light=Light("mono", "note", 41, 2))
    profile = replace(NANO, controls={"play": play}, leds=Leds("mono"))
    assert _bytes(profile, "play", FULL) == "91 29 7F"


@pytest.mark.parametrize("name", DRIVERS)
def test_every_driver_of_the_table_can_be_had(name: str) -> None:
    profile = replace(LAUNCHPAD, leds=Leds(name, header=LAUNCHPAD.leds.header))
    assert driver_for(profile).refresh >= 0
