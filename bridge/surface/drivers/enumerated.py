"""Lights with a handful of colours, each a value of its own: a note-on or control change a light.

The tables come from the profile (``[led.lamps.NAME]``), so one driver speaks to all devices of this
kind: Akai's APC mini, Novation's first Launchpads, Ableton's bi-coloured rows. What the device
can't show degrades so that a task that runs, one that ran over and one that waits still differ:

* dim: its dim value; without any, solid.
* pulse: its own; where there are dim values, solid stands out enough; else it blinks, but never in
  red, which is for what ran over.
* blink: its own; else the host's.

A table of one colour and no dim value is a plain lamp: what runs is on, what ran over blinks, and what
merely waits is dark.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from bridge.messages import Effect, Look
from bridge.surface.colour import apart, parsed
from bridge.surface.drivers.cells import Cell
from bridge.surface.drivers.degrade import LIT, is_dark, is_on
from bridge.surface.drivers.single import Single, blinks, status_of
from bridge.surface.profile import Control, Lamps
from bridge.surface.roles import COLOURS

_RED = "red"
_ON, _OFF = 127, 0


class Enumerated(Single):
    """The driver, with the tables of one model. Lamps of one colour get 127 and 0."""

    def __init__(self, lamps: Mapping[str, Lamps]) -> None:
        self._values = {name: Values(table) for name, table in lamps.items()}

    def light(self, control: Control, look: Look) -> Sequence[Cell]:
        """Return the light's message."""
        light = control.light
        if light.kind == "none":
            return ()
        values = self._values.get(light.lamps)
        value = (_ON if is_on(look) else _OFF) if values is None else values.of(look)
        status = status_of(light)
        return ((status << 8 | light.number, bytes((status, light.number, value))),)

    def needs_host_blink(self, control: Control, look: Look) -> bool:
        """Return True for what moves and has no value that makes the device move it."""
        values = self._values.get(control.light.lamps)
        if values is None:
            return blinks(look) and control.light.kind != "none"
        return not is_dark(look) and values.lets_host_blink(look.effect)


class Values:
    """One table, searched: the value that comes nearest to a look."""

    def __init__(self, table: Lamps) -> None:
        self._table = table
        self._plain = len(set(table.solid.values())) == 1 and not table.dim
        self.of = lru_cache(maxsize=1024)(self._of)

    def lets_host_blink(self, effect: Effect) -> bool:
        """Tell whether the host must switch a light with this effect on and off."""
        table = self._table
        match effect:
            case Effect.BLINK:
                return not table.blink
            case Effect.PULSE:
                return not (self._plain or table.pulse or table.dim or table.blink)
            case _:
                return False

    def _of(self, look: Look) -> int:
        lit = is_on(look) if self._plain else not is_dark(look)
        if not lit:
            return self._table.off
        names = self._names(look)
        return names[_nearest(look, names)]

    def _names(self, look: Look) -> Mapping[str, int]:
        table = self._table
        match look.effect:
            case Effect.BLINK:
                return table.blink or table.solid
            case Effect.PULSE:
                still = self._plain or table.dim
                return table.pulse or (table.solid if still else _calm(table))
            case _:
                return table.dim if table.dim and look.level < LIT else table.solid


def _calm(table: Lamps) -> Mapping[str, int]:
    """Return the values that blink, without red's where there is another."""
    moving = table.blink or table.solid
    return {name: value for name, value in moving.items() if name != _RED} or moving


def _nearest(look: Look, names: Mapping[str, int]) -> str:
    wanted = parsed(look.colour)
    return min(names, key=lambda name: apart(parsed(COLOURS[name]), wanted))
