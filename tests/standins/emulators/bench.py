"""Which emulator stands for which profile, and what its port is called on Linux.

Tests over real JACK plug in every one of them; to add a device, add a line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from tests.standins.emulators import apc, apc_mk1, pads
from tests.standins.emulators.apc import MOST_AT_ONCE, ApcMiniMk2
from tests.standins.emulators.apc_mk1 import ApcMk1
from tests.standins.emulators.arturia import MINILAB, ArturiaPads
from tests.standins.emulators.device import Device
from tests.standins.emulators.fire import Fire
from tests.standins.emulators.launch_control import LaunchControlXl
from tests.standins.emulators.launchpad import LaunchpadMiniMk3, LaunchpadProMk3, LaunchpadX
from tests.standins.emulators.launchpad_mk1 import LaunchpadMk1
from tests.standins.emulators.launchpad_mk2 import LaunchpadMk2
from tests.standins.emulators.mackie import MackieControl
from tests.standins.emulators.maschine import MaschineMikroMk3
from tests.standins.emulators.midi_fighter import MidiFighter3d, Twister
from tests.standins.emulators.nanokontrol import NanoKontrol2
from tests.standins.emulators.pads import Pads
from tests.standins.emulators.push import Push1, Push2
from tests.standins.emulators.xtouch import XTouch, XTouchMini


class Hands(Device, Protocol):
    """A device that can be pressed, by its own numbers."""

    def press(self, number: int) -> list[bytes]:
        """Return what it sends when that control goes down."""
        ...

    def release(self, number: int) -> list[bytes]:
        """Return what it sends when that control is let go."""
        ...


@dataclass(frozen=True)
class Emulated:
    """One device: how it is made, its client and port as ALSA names them, and a control to press.

    ``port`` is the one that the profile should take; ``siblings`` are the device's other ports,
    which it should leave alone. ``number`` is what the emulator calls the control that stands for
    ``control``. One that is ``named`` shares its port's name with another profile, so that a
    configuration must ask for it by its own.
    """

    make: Callable[[], Hands]
    client: str
    port: str
    control: str
    number: int
    siblings: tuple[str, ...] = ()
    named: bool = False


OVER_JACK = 3 * MOST_AT_ONCE
"""Messages that an APC mk2 takes in one go here: each period brings a burst, and a cable's far end
that the machine holds up for a period or two reads several at once. What the device takes without
that is held by the tests without a cable."""

EMULATED: Mapping[str, Emulated] = {
    "novation-launchpad-mini-mk3": Emulated(
        LaunchpadMiniMk3,
        "Launchpad Mini MK3",
        "Launchpad Mini MK3 LPMiniMK3 MI",
        "pad.1.1",
        81,
        ("Launchpad Mini MK3 LPMiniMK3 DA",),
    ),
    "novation-launchpad-x": Emulated(
        LaunchpadX,
        "Launchpad X",
        "Launchpad X LPX MIDI In",
        "pad.1.1",
        81,
        ("Launchpad X LPX DAW In",),
    ),
    "novation-launchpad-pro-mk3": Emulated(
        LaunchpadProMk3,
        "Launchpad Pro MK3",
        "Launchpad Pro MK3 LPProMK3 MIDI",
        "pad.1.1",
        81,
        ("Launchpad Pro MK3 LPProMK3 DIN", "Launchpad Pro MK3 LPProMK3 DAW"),
    ),
    "novation-launchpad-mk2": Emulated(
        LaunchpadMk2, "Launchpad MK2", "Launchpad MK2 MIDI 1", "pad.1.1", 81
    ),
    "novation-launchpad-mk1": Emulated(LaunchpadMk1, "Launchpad", "Launchpad", "pad.1.1", 0),
    "novation-launch-control-xl-mk2": Emulated(
        LaunchControlXl, "Launch Control XL", "Launch Control XL MIDI 1", "pad.1.1", 41
    ),
    "akai-apc-mini-mk2": Emulated(
        partial(ApcMiniMk2, OVER_JACK),
        "APC mini mk2",
        "APC mini mk2 APC mini mk2 Contr",
        "pad.1.1",
        56,
        ("APC mini mk2 APC mini mk2 Notes",),
    ),
    "akai-apc-mini-mk1": Emulated(ApcMk1, "APC MINI", "APC MINI MIDI 1", "pad.1.1", 56),
    "akai-apc-key-25-mk1": Emulated(
        partial(ApcMk1, apc_mk1.APC_KEY_25), "APC Key 25", "APC Key 25 MIDI 1", "pad.1.1", 32
    ),
    "akai-apc-key-25-mk2": Emulated(
        partial(ApcMiniMk2, OVER_JACK, model=apc.APC_KEY_25),
        "APC Key 25 mk2",
        "APC Key 25 mk2 APC Key 25 mk2 C",
        "pad.1.1",
        32,
        ("APC Key 25 mk2 APC Key 25 mk2 K",),
    ),
    "akai-fire": Emulated(Fire, "FL STUDIO FIRE", "FL STUDIO FIRE MIDI 1", "pad.1.1", 54),
    "akai-mpd218": Emulated(
        partial(Pads, 9, pressure=True), "MPD218", "MPD218 MIDI 1", "pad.1.1", 48
    ),
    "akai-mpk-mini-mk2": Emulated(partial(Pads, 0), "MPKmini2", "MPKmini2 MIDI 1", "pad.1.1", 48),
    "akai-mpk-mini-mk3": Emulated(
        partial(Pads, 9), "MPK mini 3", "MPK mini 3 MIDI 1", "pad.1.1", 40
    ),
    "ni-maschine-mikro-mk3": Emulated(
        MaschineMikroMk3, "Maschine Mikro MK3", "Maschine Mikro MK3 MIDI", "pad.1.1", 72
    ),
    "arturia-beatstep": Emulated(
        ArturiaPads, "Arturia BeatStep", "Arturia BeatStep MIDI 1", "pad.1.1", 0x70
    ),
    "arturia-minilab-mk2": Emulated(
        partial(ArturiaPads, MINILAB),
        "Arturia MiniLab mkII",
        "Arturia MiniLab mkII MIDI 1",
        "pad.1.1",
        0x70,
    ),
    "korg-nanopad2": Emulated(
        partial(Pads, 3, off_velocity=64, identity=pads.NANOPAD2),
        "nanoPAD2",
        "nanoPAD2 MIDI 1",
        "pad.1.1",
        37,
    ),
    "korg-nanokontrol2": Emulated(NanoKontrol2, "nanoKONTROL2", "nanoKONTROL2 MIDI 1", "play", 41),
    "mackie-control": Emulated(
        MackieControl, "Mackie Control", "Mackie Control MIDI 1", "play", 94
    ),
    "ableton-push-2": Emulated(
        Push2,
        "Ableton Push 2",
        "Ableton Push 2 User Port",
        "pad.1.1",
        92,
        ("Ableton Push 2 Live Port",),
    ),
    "ableton-push-1": Emulated(
        Push1,
        "Ableton Push",
        "Ableton Push User Port",
        "pad.1.1",
        92,
        ("Ableton Push Live Port",),
    ),
    "behringer-x-touch-mcu": Emulated(
        XTouch, "X-Touch", "X-Touch MIDI 1", "play", 94, ("X-Touch MIDI 2",)
    ),
    "behringer-x-touch-mini-mc": Emulated(
        XTouchMini, "X-TOUCH MINI", "X-TOUCH MINI MIDI 1", "pad.1.1", 89
    ),
    "behringer-x-touch-mini-std": Emulated(
        XTouchMini, "X-TOUCH MINI", "X-TOUCH MINI MIDI 1", "pad.1.1", 0, named=True
    ),
    "djtt-midi-fighter-twister": Emulated(
        Twister, "Midi Fighter Twister", "Midi Fighter Twister MIDI 1", "pad.1.1", 0
    ),
    "djtt-midi-fighter-3d": Emulated(
        MidiFighter3d, "Midi Fighter 3D", "Midi Fighter 3D MIDI 1", "pad.1.1", 48
    ),
}
"""By profile id."""
