"""Mackie Control and what speaks like it: lamps, V-Pot rings, meters, scribble strips, timecode.

Lamps: note-on 0, 1 (blinks), 127. Rings: control changes 48 to 55, ``mode << 4 | 0 to 11``, mode 2
(wrap) as a progress bar. Meters: ``D0 strip << 4 | 0 to 12``, which sink a step in about 300 ms.
Scribble strips: ``HEADER 12 offset text F7``. Timecode: control changes 64 (right) to 73 (left).
Sources: EMATech's TouchMCU and Ardour's mackie surface agree. Behringer's X-Touch has colours behind
its strips, all eight in one message, ``HEADER 72 c1 … c8 F7`` [DrivenByMoss and others].
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from bridge.messages import Look
from bridge.surface.colour import Rgb, apart, clamped, parsed
from bridge.surface.drivers.cells import Cell, Parcel
from bridge.surface.drivers.degrade import is_dark, is_on
from bridge.surface.drivers.lettering import check_end, lcd, segments
from bridge.surface.drivers.single import CONTROL_CHANGE, Single, blinks, status_of
from bridge.surface.profile import Control, Display, Profile

_MACKIE = bytes.fromhex("F0 00 00 66 14")
_WRITE_LCD = 0x12
_CHANNEL_PRESSURE = 0xD0
_LAMP_OFF, _LAMP_BLINKS, _LAMP_ON = 0, 1, 127
_RING_OFF, _WRAP, _RING_STEPS, _METER_STEPS = 0, 2 << 4, 11, 12
_FIRST_DIGIT = 64
_LCD = 0x10000
"""Addresses from here on are cells of the scribble strips; below, status byte and number."""
_COLOURS = 0x20000
"""And from here on, the colours behind them."""
_WRITE_COLOURS = 0x72
_STRIPS = 8
_STRIP_COLOURS: tuple[Rgb, ...] = tuple(
    (0xFF * (n & 1), 0xFF * (n >> 1 & 1), 0xFF * (n >> 2 & 1)) for n in range(8)
)
"""Black, red, green, yellow, blue, magenta, cyan, white."""
_STRIP_DARK, _STRIP_WHITE = 0, 7

SEVEN_SEGMENT = frozenset({"timecode", "assignment"})
"""Displays made of digits, by name; ``offset`` counts digits from the right: 0, and 10."""


_CHARACTERS, _DIGITS = 112, 12


class Mcu(Single):
    """The driver; ``leds.header`` is Mackie's own unless the profile gives another.

    Raises:
        Invalid: a display of the profile goes beyond the 112 characters or 12 digits there are.

    """

    refresh = 0.25

    def __init__(self, profile: Profile) -> None:
        for display in profile.displays.values():
            digits = display.name in SEVEN_SEGMENT
            check_end(profile, display, _DIGITS if digits else _CHARACTERS)
        header = profile.leds.header or _MACKIE
        self._begin = header + bytes((_WRITE_LCD,))
        self._begin_colours = header + bytes((_WRITE_COLOURS,))
        strips = [c.light for c in profile.controls.values() if c.light.kind == "strip"]
        self.together = frozenset(_COLOURS + light.number for light in strips)

    def light(self, control: Control, look: Look) -> Sequence[Cell]:
        """Return the lamp's, ring's or meter's message; of the latter two, the level is a bar."""
        light = control.light
        match light.kind:
            case "none":
                return ()
            case "ring":
                lit = _bar(look, _RING_STEPS)
                status, value = CONTROL_CHANGE, _WRAP | lit if lit else _RING_OFF
            case "meter":
                strip = light.number & 7
                data = bytes((_CHANNEL_PRESSURE, strip << 4 | _bar(look, _METER_STEPS)))
                return ((_CHANNEL_PRESSURE << 8 | strip, data),)
            case "strip":
                return ((_COLOURS + light.number, bytes((_behind(look),))),)
            case _:
                status, value = status_of(light), _lamp(control, look)
        return ((status << 8 | light.number, bytes((status, light.number, value))),)

    def text(self, display: Display, text: str) -> Sequence[Cell]:
        """Return the display's characters: digits from the right, or a part of the strips."""
        if display.name in SEVEN_SEGMENT:
            return tuple(_digits(display, text))
        first = _LCD + display.offset
        return tuple(
            (first + place, bytes((code,))) for place, code in enumerate(lcd(text, display.width))
        )

    def pack(self, cells: Sequence[Cell]) -> list[Parcel]:
        """Return a message for each lamp and digit, and one for each run of characters."""
        parcels = super().pack([cell for cell in cells if cell[0] < _LCD])
        letters = sorted(cell for cell in cells if _LCD <= cell[0] < _COLOURS)
        parcels += [self._write(run) for run in _runs(letters)]
        colours = [cell for cell in cells if cell[0] >= _COLOURS]
        return [*parcels, self._colour(dict(colours))] if colours else parcels

    def _colour(self, colours: Mapping[int, bytes]) -> Parcel:
        """Return the message of all colours; a strip that the profile doesn't have is white."""
        white = bytes((_STRIP_WHITE,))
        data = b"".join(colours.get(_COLOURS + n, white) for n in range(_STRIPS))
        return Parcel(tuple(colours), self._begin_colours + data + b"\xf7")

    def needs_host_blink(self, control: Control, look: Look) -> bool:
        """Return True for what blinks and is no lamp."""
        return blinks(look) and control.light.kind in {"mono", "ring", "meter", "strip"}

    def _write(self, run: Sequence[Cell]) -> Parcel:
        offset = run[0][0] - _LCD
        data = self._begin + bytes((offset,)) + b"".join(code for _, code in run) + b"\xf7"
        return Parcel(tuple(address for address, _ in run), data)

    def fades(self, cell: Cell) -> bool:
        """Return True for a meter that isn't at 0."""
        address, data = cell
        return address >> 8 == _CHANNEL_PRESSURE and data[1] & 0x0F != 0


def _lamp(control: Control, look: Look) -> int:
    if blinks(look) and control.light.kind == "mono-blink":
        return _LAMP_BLINKS
    return _LAMP_ON if is_on(look) else _LAMP_OFF


@lru_cache(maxsize=256)
def _behind(look: Look) -> int:
    """Return the colour behind a strip that looks most like it; only what is dark is black."""
    if is_dark(look):
        return _STRIP_DARK
    wanted = parsed(look.colour)
    return min(range(1, len(_STRIP_COLOURS)), key=lambda n: apart(_STRIP_COLOURS[n], wanted))


def _bar(look: Look, steps: int) -> int:
    """Return how many of `steps` are lit: none when dark, at least one otherwise."""
    return 0 if is_dark(look) else max(1, round(clamped(look.level) * steps))


def _digits(display: Display, text: str) -> Iterator[Cell]:
    for place, code in enumerate(reversed(segments(text, display.width))):
        number = _FIRST_DIGIT + display.offset + place
        yield CONTROL_CHANGE << 8 | number, bytes((CONTROL_CHANGE, number, code))


def _runs(cells: Iterable[Cell]) -> Iterator[list[Cell]]:
    """Split cells that are sorted by address into stretches without a gap."""
    run: list[Cell] = []
    for cell in cells:
        if run and cell[0] != run[-1][0] + 1:
            yield run
            run = []
        run.append(cell)
    if run:
        yield run
