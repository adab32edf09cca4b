"""Novation's first Launchpads (2009, S, Mini): a note-on or control change a light, or two lights.

``90 note value`` for the grid and the right column, ``B0 number value`` for the top row; the value is
the lamps' (`drivers.bicolour`). A whole picture goes by rapid update, which halves it: note-ons on
channel 3, each with the values of the next two lights, the grid row by row, the right column, the
top row; any other message starts it from the beginning. What blinks is switched by the host: the
device could only flash between its two buffers, and then a light told dark would flash on in the
other. Text runs on the Launchpad S; the others don't know that message. Sources: Novation's
Programmer's Reference, launchpad.py, launchy.
"""

from __future__ import annotations

from collections.abc import Sequence

from bridge.messages import Colour, Effect, Look
from bridge.surface.drivers import bicolour
from bridge.surface.drivers.cells import Cell, Parcel
from bridge.surface.drivers.degrade import is_dark
from bridge.surface.drivers.lettering import running
from bridge.surface.drivers.running import MOST, Run, seconds
from bridge.surface.drivers.single import CONTROL_CHANGE, NOTE_ON, Single, status_of
from bridge.surface.profile import Control

_RAPID = 0x92
_NOTES = [16 * row + column for row in range(8) for column in range(8)]
_SCAN = tuple(
    [NOTE_ON << 8 | note for note in (*_NOTES, *range(8, 128, 16))]
    + [CONTROL_CHANGE << 8 | number for number in range(104, 112)]
)
"""The lights in the order of rapid update, by address."""

_TEXT = bytes.fromhex("F0 00 20 29 09")
_END = b"\xf7"
_SPEED = 7
_PADS_A_SECOND = 5.0
"""What the fastest of the seven speeds is surely above: no source tells. Lights told again too late
were there anyway; told too early, they would be lost under the text."""


class NovationMk1(Single):
    """The driver. A cell is a whole message."""

    def light(self, control: Control, look: Look) -> Sequence[Cell]:
        """Return the light's message."""
        light = control.light
        if light.kind == "none":
            return ()
        status = status_of(light)
        data = bytes((status, light.number, bicolour.value(look)))
        return ((status << 8 | light.number, data),)

    def pack(self, cells: Sequence[Cell]) -> list[Parcel]:
        """Return one message a light; for all of them a first one and then two lights in each."""
        values = dict(cells)
        if len(values) < len(_SCAN) or not values.keys() >= set(_SCAN):
            return super().pack(cells)
        first = _SCAN[0]
        pairs = zip(_SCAN[::2], _SCAN[1::2], strict=True)
        rapid = [
            Parcel((one, two), bytes((_RAPID, values[one][2], values[two][2])), follows=True)
            for one, two in pairs
        ]
        return [Parcel((), values[first]), *rapid]

    def needs_host_blink(self, control: Control, look: Look) -> bool:
        """Return True for what blinks."""
        lit = control.light.kind != "none" and not is_dark(look)
        return lit and look.effect is Effect.BLINK

    def scroll(self, text: str, colour: Colour) -> Run:
        """Return ``F0 00 20 29 09 value speed text F7``, known to the Launchpad S alone."""
        letters = running(text, MOST)
        start = bytes((bicolour.value(Look(colour)), _SPEED))
        message = _TEXT + start + letters + _END
        return Run((message,), seconds(len(letters), _PADS_A_SECOND), tell_again=True)

    def end_scroll(self) -> tuple[bytes, ...]:
        """Return an empty text without colour."""
        return (_TEXT + b"\x00" + _END,)
