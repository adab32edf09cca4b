"""Port names as each system gives them, and the profile each of them belongs to."""

from __future__ import annotations

import pytest

from bridge.errors import Invalid
from bridge.files.profiles import load_profiles
from bridge.surface.matching import (
    Direction,
    Platform,
    found,
    matches,
    normalised,
    pattern_of,
    platform,
)
from bridge.surface.profile import PortPatterns

PROFILES = load_profiles().profiles
MINI, APC, NANO, MCU = (
    "novation-launchpad-mini-mk3",
    "akai-apc-mini-mk2",
    "korg-nanokontrol2",
    "mackie-control",
)


@pytest.mark.parametrize(
    ("profile", "on", "name"),
    [
        (MINI, "linux", "Launchpad Mini MK3:Launchpad Mini MK3 LPMiniMK3 MI 32:1"),
        (MINI, "linux", "Launchpad Mini MK3:Launchpad Mini MK3 MIDI 2 20:1"),
        (MINI, "linux", "a2j:Launchpad Mini MK3 [28] (capture): Launchpad Mini MK3 LPMiniMK3 MI"),
        (MINI, "linux", "a2j:Launchpad Mini MK3 (capture): Launchpad Mini MK3 LPMiniMK3 MI"),
        (MINI, "linux", "alsa_midi:Launchpad Mini MK3 Launchpad Mini MK3 LPMiniMK3 MI (in)"),
        (
            MINI,
            "linux",
            "Midi-Bridge:Launchpad Mini MK3:(capture_1) Launchpad Mini MK3 LPMiniMK3 MI",
        ),
        (MINI, "linux", "Midi-Bridge:Launchpad Mini MK3 LPMiniMK3 MI (capture)"),
        (MINI, "linux", "Midi-Bridge:Launchpad Mini MK3 1:(capture_1) LPMiniMK3 MI-1"),
        (MINI, "linux", "lpminimk3:Launchpad Mini MK3 LPMiniMK3 MI"),
        (MINI, "linux", "lpminimk3:Launchpad Mini MK3 LPMiniMK3 MIDI"),
        (MINI, "macos", "Launchpad Mini MK3 LPMiniMK3 MIDI Out"),
        (MINI, "macos", "Launchpad Mini MK3 LPMiniMK3 MIDI In"),
        (MINI, "windows", "MIDIIN2 (LPMiniMK3 MIDI) 2"),
        (MINI, "windows", "MIDIOUT2 (2- LPMiniMK3 MIDI) 11"),
        (APC, "linux", "APC mini mk2:APC mini mk2 APC mini mk2 Contr 24:0"),
        (APC, "macos", "APC mini mk2 Control"),
        (APC, "windows", "APC mini mk2 1"),
        (APC, "windows", "2- APC mini mk2 3"),
        (NANO, "linux", "nanoKONTROL2:nanoKONTROL2 MIDI 1 28:0"),
        (NANO, "macos", "nanoKONTROL2 SLIDER/KNOB"),
        (NANO, "macos", "nanoKONTROL2 CTRL"),
        (NANO, "windows", "nanoKONTROL2 0"),
        (MCU, "linux", "MCU Pro:MCU Pro MIDI 1 20:0"),
    ],
)
def test_a_port_is_known_by_its_name_to_exactly_its_profile(
    profile: str, on: Platform, name: str
) -> None:
    assert [one for one in PROFILES if matches(PROFILES[one], name, on, "in")] == [profile]
    assert [one for one in PROFILES if matches(PROFILES[one], name, on, "out")] == [profile]


@pytest.mark.parametrize(
    ("on", "name"),
    [
        ("linux", "Launchpad Mini MK3:Launchpad Mini MK3 LPMiniMK3 DA 32:0"),  # Live's own port
        ("linux", "Launchpad Mini MK3:Launchpad Mini MK3 MIDI 1 20:0"),
        ("linux", "launchpad mini mk3:launchpad mini mk3 lpminimk3 mi 32:1"),
        ("macos", "Launchpad Mini MK3 LPMiniMK3 DAW Out"),
        ("windows", "LPMiniMK3 MIDI 1"),  # Live's own port
        ("linux", "APC mini mk2:APC mini mk2 APC mini mk2 Notes 24:1"),
        ("macos", "APC mini mk2 Notes"),
        ("windows", "MIDIIN2 (APC mini mk2) 2"),
        ("linux", "APC MINI:APC MINI MIDI 1 24:0"),  # the first model
        ("linux", "Midi Through:Midi Through Port-0 14:0"),
        ("linux", "system:midi_capture_1"),
        ("linux", "Some Pads 36:0"),
        ("linux", ""),
    ],
)
@pytest.mark.parametrize("direction", ["in", "out"])
def test_a_port_of_another_device_is_left_alone(
    on: Platform, name: str, direction: Direction
) -> None:
    assert not [one for one in PROFILES if matches(PROFILES[one], name, on, direction)]


@pytest.mark.parametrize(
    ("on", "name", "plain"),
    [
        ("linux", "X:X MIDI 2 32:1", "X:X MIDI 2"),
        ("linux", "Midi Fighter Twister 2", "Midi Fighter Twister 2"),
        ("linux", "Mixer-1", "Mixer-1"),
        ("macos", "X MIDI 2", "X MIDI 2"),
        ("macos", "X 32:1", "X 32:1"),
        ("windows", "X MIDI 2 0", "X MIDI 2"),
    ],
)
def test_only_what_the_system_added_is_taken_off(on: Platform, name: str, plain: str) -> None:
    assert normalised(name, on) == plain


def test_the_output_has_a_pattern_of_its_own_where_it_differs() -> None:
    ports = PortPatterns(linux="both", macos="in", macos_out="out")
    assert pattern_of(ports, "macos", "in") == "in"
    assert pattern_of(ports, "macos", "out") == "out"
    assert pattern_of(ports, "linux", "out") == "both"
    assert pattern_of(ports, "windows", "in") == ""


def test_an_empty_pattern_is_found_nowhere_and_a_bad_one_is_told() -> None:
    assert not found("", "anything", "linux")
    with pytest.raises(Invalid, match="no regular expression"):
        found("(", "anything", "linux")


@pytest.mark.parametrize(
    ("name", "on"), [("linux", "linux"), ("darwin", "macos"), ("win32", "windows"), ("x", "linux")]
)
def test_python_names_its_platforms_differently(name: str, on: Platform) -> None:
    assert platform(name) == on
