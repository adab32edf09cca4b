"""Names of ports: what is volatile, which are our own, which of several is meant."""

from __future__ import annotations

import pytest

from bridge.ports.midi_api import Port, listed, normalised, paired, siblings


@pytest.mark.parametrize(
    ("api", "raw", "name"),
    [
        ("alsa", "Launchpad Mini MK3:LPMiniMK3 MI 32:1", "Launchpad Mini MK3:LPMiniMK3 MI"),
        ("alsa", "Synth:Synth MIDI 2 20:0", "Synth:Synth MIDI 2"),
        ("winmm", "MIDIIN2 (LPMiniMK3 MIDI) 2", "MIDIIN2 (LPMiniMK3 MIDI)"),
        ("coremidi", "Midi Fighter Twister 2", "Midi Fighter Twister 2"),
        ("jack", "a2j:APC MINI [28] (capture): APC MINI 1", "a2j:APC MINI (capture): APC MINI 1"),
        ("jack", "Launchpad-01:out", "Launchpad:out"),
    ],
)
def test_what_changes_at_each_plug_is_no_part_of_the_name(api: str, raw: str, name: str) -> None:
    assert normalised(raw, api) == name


def test_our_own_ports_are_not_listed() -> None:
    ports = listed(["songbridge:pads out", "songbridge-01:x", "songbridges:y"], "jack")
    assert [port.raw for port in ports] == ["songbridges:y"]


def test_ports_of_one_name_are_counted() -> None:
    assert [port.nth for port in listed(["A", "B", "A"], "coremidi")] == [0, 0, 1]


A, B, C = (Port(raw, 0, raw) for raw in "ABC")


def test_an_output_of_the_same_name_belongs_to_the_input() -> None:
    assert paired(B, 0, [A, B, C], [A]) == B


def test_else_the_one_whose_name_agrees_longest_does() -> None:
    near, far = (Port(f"a2j:X [{n}] (playback)", 0, "X") for n in (24, 20))
    assert paired(Port("a2j:X [24] (capture)", 0, "X"), 0, [far, near], []) == near


def test_else_the_output_of_the_same_rank_does() -> None:
    assert paired(Port("in 2", 0, "in 2"), 1, [A, B, C], []) == B
    assert paired(Port("in 9", 0, "in 9"), 8, [A, B, C], [A]) == B
    assert paired(Port("in 1", 0, "in 1"), 0, [A, B], [A, B]) is None


@pytest.mark.parametrize(
    ("api", "one", "other", "same"),
    [
        ("alsa", "MCU Pro:MCU Pro MIDI 1 20:0", "MCU Pro:MCU Pro MIDI 2 20:1", True),
        ("alsa", "MCU Pro:MCU Pro MIDI 1 20:0", "MCU Pro:MCU Pro MIDI 2 24:1", False),
        ("jack", "a2j:MCU [20] (capture): MIDI 1", "a2j:MCU [20] (capture): MIDI 2", True),
        ("jack", "a2j:MCU [20] (capture): MIDI 1", "a2j:MCU [24] (capture): MIDI 1", False),
        ("jack", "alsa_midi:MCU MIDI 1 (in)", "alsa_midi:MCU MIDI 2 (in)", False),
        ("winmm", "MCU 0", "MIDIIN2 (MCU) 1", True),
        ("winmm", "MCU 0", "MCU 1", False),
        ("coremidi", "MCU Port 1", "MCU Port 2", True),
        ("coremidi", "MCU", "MCU", False),
        ("coremidi", "Midi Fighter Twister", "Midi Fighter Twister 2", False),
        ("coremidi", "Launchpad X LPX DAW Out", "Launchpad X LPX MIDI Out", True),
    ],
)
def test_ports_of_one_device_are_told_from_like_ports_of_two(
    api: str, one: str, other: str, same: bool
) -> None:
    first, second = listed([one, other], api)
    assert siblings(first, second, api) is same
