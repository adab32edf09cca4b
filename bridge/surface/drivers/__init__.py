"""The LED protocols, one file for each family, and the table by which a profile names its own.

To add one: a file here with a class that fulfils `Driver`, a line in `DRIVERS`, and its table test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from bridge.errors import Invalid
from bridge.surface.drivers.akai_channel import AkaiChannel
from bridge.surface.drivers.akai_fire import AkaiFire
from bridge.surface.drivers.arturia import Arturia
from bridge.surface.drivers.cells import Cell, Driver, Parcel
from bridge.surface.drivers.dark import Dark
from bridge.surface.drivers.enumerated import Enumerated
from bridge.surface.drivers.maschine import Maschine
from bridge.surface.drivers.mcu import Mcu
from bridge.surface.drivers.midi_fighter import Fighter3d, Twister
from bridge.surface.drivers.mono import Mono
from bridge.surface.drivers.novation_lcxl import NovationLcxl
from bridge.surface.drivers.novation_mk1 import NovationMk1
from bridge.surface.drivers.novation_mk2 import NovationMk2
from bridge.surface.drivers.novation_mk3 import mk3
from bridge.surface.drivers.push import Push
from bridge.surface.drivers.xtouch_mini import XTouchMini
from bridge.surface.palettes import PALETTES, Palette
from bridge.surface.profile import Profile

__all__ = ["DRIVERS", "Cell", "Driver", "Parcel", "driver_for"]

Factory: TypeAlias = Callable[[Profile], Driver]


def _palette(profile: Profile, default: str) -> Palette:
    name = profile.leds.palette.replace("-", "_") or default
    if name not in PALETTES:
        raise Invalid(
            f'{profile.id}: leds.palette = "{profile.leds.palette}" is unknown; '
            f"known are {', '.join(PALETTES)}"
        )
    return PALETTES[name]


DRIVERS: Mapping[str, Factory] = {
    "none": lambda _: Dark(),
    "novation_mk3": lambda profile: mk3(profile, _palette(profile, "novation_mk3_print")),
    "novation_mk2": lambda profile: NovationMk2(profile, _palette(profile, "novation_mk2_6bit")),
    "novation_mk1": lambda _: NovationMk1(),
    "novation_lcxl": NovationLcxl,
    "akai_channel": lambda profile: AkaiChannel(_palette(profile, "akai_mk2")),
    "akai_fire": AkaiFire,
    "arturia": Arturia,
    "maschine": lambda profile: Maschine(_palette(profile, "maschine")),
    "enum": lambda profile: Enumerated(profile.leds.lamps),
    "mono": lambda _: Mono(),
    "mono_cc": lambda _: Mono(),
    "mcu": Mcu,
    "push": lambda profile: Push(profile, _palette(profile, "push2")),
    "twister": lambda profile: Twister(_palette(profile, "twister")),
    "midi_fighter": lambda profile: Fighter3d(_palette(profile, "midi_fighter")),
    "xtouch_mini": lambda _: XTouchMini(),
}
"""By the name that a profile's ``leds.driver`` gives."""


def driver_for(profile: Profile) -> Driver:
    """Return the driver of a profile's lights.

    Raises:
        Invalid: the driver or its palette is unknown, or the profile lacks what the driver needs.

    """
    factory = DRIVERS.get(profile.leds.driver)
    if factory is None:
        raise Invalid(
            f'{profile.id}: leds.driver = "{profile.leds.driver}" is unknown; '
            f"known are {', '.join(DRIVERS)}"
        )
    return factory(profile)
