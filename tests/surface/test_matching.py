"""Port names as each system gives them, and the profile each of them belongs to."""

from __future__ import annotations

import pytest

from bridge.errors import Invalid
from bridge.files.profiles import load_profiles
from bridge.surface.matching import (
    Direction,
    Platform,
    found,
    is_loop,
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
        ("akai-apc-mini-mk1", "linux", "APC MINI:APC MINI MIDI 1 24:0"),
        ("akai-apc-mini-mk1", "windows", "2- APC MINI 1"),
        ("akai-apc-key-25-mk1", "linux", "APC Key 25:APC Key 25 MIDI 1 24:0"),
        ("akai-apc-key-25-mk1", "windows", "APC Key 25 0"),
        ("akai-apc-key-25-mk2", "linux", "APC Key 25 mk2:APC Key 25 mk2 APC Key 25 mk2 C 24:1"),
        ("akai-apc-key-25-mk2", "linux", "APC Key 25 mk2:APC Key 25 mk2 Control 24:1"),
        ("akai-apc-key-25-mk2", "linux", "APC Key 25 mk2:APC Key 25 mk2 MIDI 2 24:1"),
        ("akai-apc-key-25-mk2", "macos", "APC Key 25 mk2 Control"),
        ("akai-apc-key-25-mk2", "windows", "MIDIIN2 (APC Key 25 mk2) 3"),
        ("akai-fire", "linux", "FL STUDIO FIRE:FL STUDIO FIRE MIDI 1 20:0"),
        ("akai-fire", "linux", "FL STUDIO FIRE:FL STUDIO FIRE Jack 1 20:0"),
        ("akai-fire", "linux", "FIRE:FIRE MIDI 1 20:0"),
        ("akai-fire", "windows", "Akai Fire 1"),
        ("akai-mpd218", "linux", "MPD218:MPD218 MIDI 1 20:0"),
        ("akai-mpk-mini-mk2", "linux", "MPKmini2:MPKmini2 MIDI 1 20:0"),
        ("akai-mpk-mini-mk3", "macos", "MPK mini 3"),
        ("ni-maschine-mikro-mk3", "macos", "Maschine Mikro MK3"),
        ("ni-maschine-mikro-mk3", "windows", "Maschine Mikro MK3 2"),
        ("arturia-beatstep", "linux", "Arturia BeatStep:Arturia BeatStep MIDI 1 20:0"),
        ("arturia-beatstep", "macos", "Arturia BeatStep"),
        ("arturia-minilab-mk2", "windows", "Arturia MiniLab mkII 0"),
        ("korg-nanopad2", "linux", "nanoPAD2:nanoPAD2 MIDI 1 24:0"),
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
        ("linux", "APC Key 25 mk2:APC Key 25 mk2 APC Key 25 mk2 K 24:0"),  # the keyboard's
        ("macos", "APC Key 25 mk2 Keys"),
        ("windows", "APC Key 25 mk2 1"),
        ("linux", "Arturia BeatStep Pro:Arturia BeatStep Pro MIDI 1 20:0"),
        ("macos", "Arturia BeatStepPro"),
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
    ("name", "loop"),
    [
        ("Midi Through:Midi Through Port-0 14:0", True),
        ("alsa_midi:Midi Through Port-0 (out)", True),
        ("a2j:Midi Through [14] (capture): Midi Through Port-0", True),
        ("Midi-Bridge:Midi Through:(capture_0) Midi Through Port-0", True),
        ("Acme:Midi Through", False),
        ("a2j:Acme [20] (capture): Acme Midi Through", False),
        ("Midi Throughput 3000", False),
    ],
)
def test_the_system_s_own_loop_is_told_from_devices(name: str, loop: bool) -> None:
    assert is_loop(name) is loop


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
