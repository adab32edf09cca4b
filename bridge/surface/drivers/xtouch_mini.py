"""Behringer's X-Touch Mini in standard mode: lamps and rings that have numbers of their own.

Lamps: note-on 0 (off), 1 (on), 2 (blinks), by a number that is not the button's. Rings: control
changes 9 to 16, 1 to 13 up to that light, 14 to 26 the same blinking; control changes 1 to 8 choose
how (2: a fan, which is a bar). All on the global channel. Source: Behringer's tables.

The device lights what is pressed by itself, and shows another set of lamps for each layer without a
word: what is pressed is told again when it is let go, and what is lit every other second.
"""

from __future__ import annotations

from collections.abc import Sequence

from bridge.messages import Effect, Look
from bridge.surface.colour import clamped
from bridge.surface.drivers.cells import Cell
from bridge.surface.drivers.degrade import is_dark, is_on
from bridge.surface.drivers.single import Single, blinks, status_of
from bridge.surface.profile import Control

_OFF, _ON, _BLINKS = 0, 1, 2
_STEPS = 13


class XTouchMini(Single):
    """The driver: ``mono-blink`` lamps and ``ring`` lights, a bar as long as their level."""

    refresh = 2.0

    def light(self, control: Control, look: Look) -> Sequence[Cell]:
        """Return the lamp's or the ring's message."""
        light = control.light
        if light.kind == "none":
            return ()
        status = status_of(light)
        value = _ring(look) if light.kind == "ring" else _lamp(look)
        return ((status << 8 | light.number, bytes((status, light.number, value))),)

    def needs_host_blink(self, control: Control, look: Look) -> bool:  # noqa: ARG002 - it can do all
        """Return False: lamps and rings blink by themselves."""
        return False

    def fades(self, cell: Cell) -> bool:
        """Return True for what is lit: another layer may have been chosen since."""
        return cell[1][2] != _OFF


def _lamp(look: Look) -> int:
    if blinks(look):
        return _BLINKS
    return _ON if is_on(look) else _OFF


def _ring(look: Look) -> int:
    if is_dark(look):
        return _OFF
    lit = max(1, round(clamped(look.level) * _STEPS))
    return lit + _STEPS if look.effect is Effect.BLINK else lit
