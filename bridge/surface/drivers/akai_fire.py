"""Akai's Fire: pads in RGB by one SysEx for many, lamps in buttons by control changes.

``HEADER 65 length {pad red green blue}* F7``: pads from 0 at the top left to 63, colours 0 to 127, the
length of what follows in two bytes of seven bits, the high one first. Lamps have values of their own
(``[led.lamps.NAME]``). Notes light nothing, and nothing blinks by itself. Sources: DrivenByMoss,
akai-fire-looper and SEGGER's sweep of all messages agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from bridge.messages import Look
from bridge.surface.colour import dimmed
from bridge.surface.drivers.cells import Cell, Parcel
from bridge.surface.drivers.degrade import is_dark
from bridge.surface.drivers.enumerated import Enumerated
from bridge.surface.drivers.single import blinks
from bridge.surface.profile import Control, Profile

_FIRE = bytes.fromhex("F0 47 7F 43")
_LIGHT_UP = 0x65
_FULL, _SEVEN_BITS = 127, 7


class AkaiFire(Enumerated):
    """The driver. A running pad is bright where one that waits is dim; what ran over, the host blinks.

    ``leds.header`` is the Fire's own unless the profile gives another.
    """

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile.leds.lamps)
        self._begin = (profile.leds.header or _FIRE) + bytes((_LIGHT_UP,))
        self._batch = max(1, profile.leds.pace.batch)

    def light(self, control: Control, look: Look) -> Sequence[Cell]:
        """Return a pad's place and colour, or a lamp's control change."""
        light = control.light
        if light.kind != "rgb":
            return super().light(control, look)
        rgb = (0, 0, 0) if is_dark(look) else dimmed(look.colour, look.level, _FULL)
        return ((light.number, bytes((light.number, *rgb))),)

    def pack(self, cells: Sequence[Cell]) -> list[Parcel]:
        """Return one SysEx for each `batch` of pads, and a control change for each lamp."""
        parcels, pads = [], iter([cell for cell in cells if _is_pad(cell)])
        while some := tuple(islice(pads, self._batch)):
            parcels.append(Parcel(tuple(pad for pad, _ in some), self._sysex(some)))
        return parcels + super().pack([cell for cell in cells if not _is_pad(cell)])

    def _sysex(self, pads: Sequence[Cell]) -> bytes:
        body = b"".join(colour for _, colour in pads)
        length = bytes((len(body) >> _SEVEN_BITS, len(body) & 0x7F))
        return self._begin + length + body + b"\xf7"

    def needs_host_blink(self, control: Control, look: Look) -> bool:
        """Return True for what blinks, and for what pulses where there is no dim value."""
        if control.light.kind == "rgb":
            return blinks(look)
        return super().needs_host_blink(control, look)


def _is_pad(cell: Cell) -> bool:
    return cell[0] <= _FULL
