"""What `songbridge ports` says of each port."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from bridge.app import recognition
from bridge.app.controllers import Controllers
from bridge.files.config_controllers import ControllerConfig
from bridge.files.layouts import load_layouts
from bridge.files.profiles import load_profiles
from bridge.ports.midi_events import PortInfo
from bridge.surface.matching import Platform
from bridge.surface.profile import Profile
from tests.standins.emulators import apc, launchpad

SHELF, LAYOUTS = load_profiles(), load_layouts().layouts
MINI = "novation-launchpad-mini-mk3"
OURS = "Launchpad Mini MK3:Launchpad Mini MK3 LPMiniMK3 MI 32:1"
DAW = "Launchpad Mini MK3:Launchpad Mini MK3 LPMiniMK3 DA 32:0"
OTHER = "Launchpad Mini MK3:Launchpad Mini MK3 LPMiniMK3 DA 36:0"


def made(
    *configs: ControllerConfig, on: Platform = "linux", more: Iterable[Profile] = ()
) -> Controllers:
    profiles = {**SHELF.profiles, **{profile.id: profile for profile in more}}
    return Controllers(configs or (ControllerConfig(),), profiles, LAYOUTS, on)


def why(*ports: PortInfo, controllers: Controllers | None = None, on: Platform = "linux") -> str:
    """Return what is said of the last of some ports."""
    rows = recognition.rows(ports, controllers or made(on=on), on)
    return str(rows[-1]["why"])


def test_a_port_is_recognised_by_its_name_and_the_answer_with_its_bytes() -> None:
    port = PortInfo(OURS, "in", MINI, launchpad.IDENTITY)
    (row,) = recognition.rows([port], made(), "linux")
    assert row == {
        "name": OURS,
        "direction": "in",
        "controller": MINI,
        "profile": MINI,
        "opened": True,
        "identity": "F0 7E 00 06 02 00 20 29 13 01 00 00 00 04 06 02 F7",
        "why": "opened as Novation Launchpad Mini MK3: by its name, and its answer "
        "F0 7E 00 06 02 00 20 29 13 01 00 00 00 04 06 02 F7",
    }


def test_a_keyboard_that_is_overheard_is_told_as_such() -> None:
    keys = PortInfo("Piano:Piano MIDI 1 24:0", "in", overheard=True)
    assert why(keys) == (
        "no profile fits its name; `songbridge learn --device` finds out what it has;"
        " heard only as a sign that somebody plays ([listening] keyboards)"
    )


def test_without_a_service_nothing_is_opened() -> None:
    (row,) = recognition.rows([PortInfo(OURS, "in", MINI)], made(), "linux", opens=False)
    assert row["opened"] is False
    assert row["why"] == (
        "recognised as Novation Launchpad Mini MK3: by its name, without an answer"
    )


def test_a_port_that_the_user_named_says_so() -> None:
    config = ControllerConfig(MINI, port="Stage")
    port = PortInfo("Stage 1", "in", MINI, apc.IDENTITY)
    assert why(port, controllers=made(config)).startswith(
        "opened as Novation Launchpad Mini MK3: its port is named in the configuration, "
        "although it answers F0 7E 00 06 02 47 4F"
    )


@pytest.mark.parametrize(
    ("on", "ours", "daw"),
    [
        ("linux", OURS, DAW),
        ("linux", "a2j:Launchpad Mini MK3 [28] (capture): Launchpad Mini MK3 LPMiniMK3 MI",
         "a2j:Launchpad Mini MK3 [28] (capture): Launchpad Mini MK3 LPMiniMK3 DA"),
        ("linux", "Midi-Bridge:Launchpad Mini MK3:(capture_1) Launchpad Mini MK3 LPMiniMK3 MI",
         "Midi-Bridge:Launchpad Mini MK3:(capture_0) Launchpad Mini MK3 LPMiniMK3 DA"),
        ("macos", "Launchpad Mini MK3 LPMiniMK3 MIDI Out", "Launchpad Mini MK3 LPMiniMK3 DAW Out"),
    ],
)  # fmt: skip
def test_the_daws_port_of_a_known_device_is_said_to_be_that(
    on: Platform, ours: str, daw: str
) -> None:
    assert why(PortInfo(ours, "in", MINI), PortInfo(daw, "in"), on=on) == (
        "belongs to the DAW: Novation Launchpad Mini MK3's other port"
    )


def test_another_port_of_a_known_device_is_said_to_be_that() -> None:
    ours, daw = (
        PortInfo("MIDIIN2 (LPMiniMK3 MIDI) 2", "in", MINI),
        PortInfo("LPMiniMK3 MIDI 1", "in"),
    )
    assert why(ours, daw, on="windows") == "not used: Novation Launchpad Mini MK3's other port"


def test_the_same_kind_of_port_of_another_device_is_no_sibling() -> None:
    unknown = "no profile fits its name; `songbridge learn --device` finds out what it has"
    assert why(PortInfo(OURS, "in", MINI), PortInfo(OTHER, "in")) == unknown
    assert why(PortInfo(OTHER, "out")) == "no profile fits its name"


def test_the_system_s_own_loop_is_not_offered_to_be_learnt() -> None:
    loop = PortInfo("Midi Through:Midi Through Port-0 14:0", "in")
    assert why(loop) == "the system's own loop, no device"


def test_a_port_that_is_held_by_another_program_says_by_whom_it_is_missed() -> None:
    busy = PortInfo(OURS, "in", busy="the port is in use by another program")
    assert why(busy) == (
        "is Novation Launchpad Mini MK3's, and not opened: the port is in use by another program"
    )


def test_a_port_whose_device_answers_as_another_says_so() -> None:
    denied = PortInfo(OURS, "in", None, apc.IDENTITY)
    assert why(denied).startswith(
        "unknown device: by its name Novation Launchpad Mini MK3, but it answers as Akai APC mini mk2"
    )


def test_a_port_that_fits_what_nobody_asked_for_says_so() -> None:
    controllers = made(ControllerConfig("korg-nanokontrol2"))
    assert why(PortInfo(OURS, "in"), controllers=controllers) == (
        "fits Novation Launchpad Mini MK3, which the configuration does not ask for"
    )


def test_a_second_one_where_one_was_asked_for_is_left_alone() -> None:
    controllers = made(ControllerConfig(MINI))
    ports = PortInfo(OURS, "in", MINI), PortInfo(OURS.replace("32", "36"), "in")
    assert why(*ports, controllers=controllers) == (
        "fits Novation Launchpad Mini MK3; not opened: the configuration asks for one, "
        "and that is another"
    )


def test_an_output_without_its_input_says_so() -> None:
    assert why(PortInfo(OURS, "out")) == (
        "fits Novation Launchpad Mini MK3; no input is open that it would belong to"
    )


def test_two_profiles_for_one_port_are_a_doubt_unless_it_answers() -> None:
    twin = replace(SHELF.profiles[MINI], id="acme-mini", name="Acme Mini")
    controllers = made(more=[twin])
    silent = PortInfo(OURS, "in", MINI)
    assert why(silent, controllers=controllers).endswith(
        "without an answer; Acme Mini would fit, too"
    )
    (doubt,) = recognition.doubts([silent], controllers, "linux")
    assert "fits Novation Launchpad Mini MK3 and Acme Mini" in doubt
    answered = replace(silent, reply=launchpad.IDENTITY)
    assert recognition.doubts([answered], controllers, "linux") == []
    assert recognition.doubts([silent], made(), "linux") == []


def test_a_second_port_of_an_opened_device_that_fits_too_says_so() -> None:
    ports = (
        PortInfo("MCU Pro:MCU Pro MIDI 1 20:0", "in", "mackie-control"),
        PortInfo("MCU Pro:MCU Pro MIDI 2 20:1", "in"),
    )
    assert why(*ports) == "fits Mackie Control; not opened: another port of the same device is"


def test_two_controllers_of_one_kind_are_no_doubt_which_kind_it_is() -> None:
    controllers = made()
    assert len(controllers.another(MINI)) == len(made().wanted) + 1
    assert recognition.doubts([PortInfo(OURS, "in", MINI)], controllers, "linux") == []
