"""Which of a device's ports is ours, by the names that the systems give them."""

from __future__ import annotations

import pytest

from bridge.files.profiles import load_profiles
from bridge.surface.matching import Platform, matches

_PROFILES = load_profiles().profiles

_OURS = [
    ("ableton-push-2", "linux", "Ableton Push 2:Ableton Push 2 User Port 28:1"),
    ("ableton-push-2", "linux", "Ableton Push 2:Ableton Push 2 Ableton Push 2 U 28:1"),
    ("ableton-push-2", "linux", "Ableton Push 2:Ableton Push 2 MIDI 2 28:1"),
    ("ableton-push-2", "linux", "a2j:Ableton Push 2 [28] (capture): Ableton Push 2 MIDI 2"),
    ("ableton-push-2", "macos", "Ableton Push 2 User Port"),
    ("ableton-push-2", "windows", "MIDIIN2 (Ableton Push 2) 3"),
    ("ableton-push-2", "windows", "MIDIIN2 (2- Ableton Push 2) 3"),
    ("ableton-push-1", "linux", "Ableton Push:Ableton Push User Port 24:1"),
    ("ableton-push-1", "linux", "Ableton Push:Ableton Push MIDI 2 24:1"),
    ("ableton-push-1", "macos", "Ableton Push User Port"),
    ("ableton-push-1", "windows", "MIDIIN2 (Ableton Push) 1"),
    ("behringer-x-touch-mcu", "linux", "X-Touch:X-Touch INT 20:0"),
    ("behringer-x-touch-mcu", "linux", "X-Touch:X-Touch MIDI 1 20:0"),
    ("behringer-x-touch-mcu", "linux", "a2j:X-Touch [20] (capture): X-Touch INT"),
    ("behringer-x-touch-mcu", "macos", "X-Touch INT"),
    ("behringer-x-touch-mcu", "windows", "X-Touch 1"),
    ("behringer-x-touch-mcu", "windows", "X-TOUCH_INT 1"),
    ("behringer-x-touch-mcu", "windows", "X-Touch One 1"),
    ("behringer-x-touch-mini-mc", "linux", "X-TOUCH MINI:X-TOUCH MINI MIDI 1 20:0"),
    ("behringer-x-touch-mini-mc", "macos", "X-TOUCH MINI"),
    ("behringer-x-touch-mini-mc", "windows", "2- X-TOUCH MINI 1"),
    ("behringer-x-touch-mini-std", "windows", "X-TOUCH MINI 1"),
    ("djtt-midi-fighter-twister", "linux", "Midi Fighter Twister:Midi Fighter Twister MIDI 1 32:0"),
    ("djtt-midi-fighter-twister", "windows", "Midi Fighter Twister 2"),
    ("djtt-midi-fighter-3d", "macos", "Midi Fighter 3D"),
    ("djtt-midi-fighter-3d", "windows", "Midi Fighter Spectra 2"),
    ("mackie-control", "linux", "MCU Pro USB v3.1.4:MCU Pro USB v3.1.4 MIDI 1 20:0"),
]
_OTHERS = [
    ("linux", "Ableton Push 2:Ableton Push 2 Live Port 28:0"),
    ("linux", "Ableton Push 2:Ableton Push 2 Ableton Push 2 L 28:0"),
    ("linux", "Ableton Push 2:Ableton Push 2 MIDI 1 28:0"),
    ("macos", "Ableton Push 2 Live Port"),
    ("windows", "Ableton Push 2 1"),
    ("linux", "Ableton Push:Ableton Push Live Port 24:0"),
    ("linux", "Ableton Push 3:Ableton Push 3 User Port 24:1"),
    ("windows", "Ableton Push 1"),
    ("linux", "X-Touch:X-Touch EXT 20:1"),
    ("linux", "X-Touch:X-Touch MIDI 2 20:1"),
    ("macos", "X-Touch EXT"),
    ("windows", "MIDIIN2 (X-Touch) 2"),
    ("linux", "X-Touch Compact:X-Touch Compact MIDI 1 20:0"),
    ("linux", "Midi Fighter 64:Midi Fighter 64 MIDI 1 20:0"),
]
"""Ports of these and of their kin, which nobody should open."""
_MINI = {"behringer-x-touch-mini-mc", "behringer-x-touch-mini-std"}


@pytest.mark.parametrize(("profile", "on", "name"), _OURS)
def test_our_port_is_found_by_its_profile_alone(profile: str, on: Platform, name: str) -> None:
    found = {p.id for p in _PROFILES.values() if matches(p, name, on, "in")}
    assert found == (_MINI if profile in _MINI else {profile})


@pytest.mark.parametrize(("on", "name"), _OTHERS)
def test_another_port_belongs_to_nobody(on: Platform, name: str) -> None:
    assert not [p.id for p in _PROFILES.values() if matches(p, name, on, "in")]
