"""Layouts: which gesture does which action, and which light shows what. Knows tasks, never bytes.

Values only. A layout names controls, not devices; `board` lays it over a profile and yields tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal, TypeAlias

from bridge.messages import Colour
from bridge.surface.chords import CHORD
from bridge.surface.commands import Command
from bridge.surface.gestures import DOUBLE, HOLD, Gesture
from bridge.surface.pattern import Pattern
from bridge.surface.profile import Profile
from bridge.surface.roles import COLOURS, LIGHTS, Styles

How: TypeAlias = Literal["hold", "toggle"]
"""How a layer is switched: active while its control is held, or from one press to the next."""

FASTEST = 5.0
"""How much the fastest click of ``extend`` counts, where the binding doesn't say."""

BASE = ""
"""The name of the layer that is always there, under all others."""


@dataclass(frozen=True, slots=True)
class Bind:
    """One binding. ``show`` is a role, empty for none; ``hold`` in seconds, None: the layout's.

    ``chord`` are controls that are pressed together; ``on`` is empty then. ``layer`` is the name of
    the layer that it belongs to, and ``acceleration`` what the fastest click counts (1: as a slow
    one). ``n`` is which DAW a light shows, from 1; 0: what is to be known of all. An ``optional``
    binding is left out on a controller that has none of its controls.
    """

    on: tuple[Pattern, ...]
    gesture: Gesture = "press"
    do: Command | None = None
    show: str = ""
    colour: Colour = COLOURS["white"]
    optional: bool = False
    hold: float | None = None
    layer: str = BASE
    chord: tuple[str, ...] = ()
    acceleration: float = FASTEST
    n: int = 0

    def controls(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return those of `names` that this binds, in the order in which they are written.

        A chord binds one thing, named after all its controls, where `names` has them all.
        """
        known = tuple(names)
        if self.chord:
            return (together(self.chord),) if set(self.chord) <= set(known) else ()
        return tuple(dict.fromkeys(chain.from_iterable(p.among(known) for p in self.on)))


def together(chord: Iterable[str]) -> str:
    """Return the name of a chord: ``left+right``. No control has a plus in its name."""
    return "+".join(chord)


@dataclass(frozen=True, slots=True)
class Layer:
    """Bindings that lie over the others while the layer is active, which its controls switch.

    An ``optional`` one is left out, with its bindings, on a controller that has none of ``on``.
    """

    name: str
    on: tuple[Pattern, ...]
    how: How = "hold"
    colour: Colour = COLOURS["white"]
    optional: bool = False

    def controls(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return those of `names` that switch this layer."""
        known = tuple(names)
        return tuple(dict.fromkeys(chain.from_iterable(p.among(known) for p in self.on)))


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout. ``roles`` holds only the states that it restyles; times are in seconds.

    Of several active ``layers`` the one that stands last lies on top. One that stands ``aside`` is
    shown where it is asked for by its id, and never by `auto` or ``layout next``.
    """

    id: str
    name: str
    requires: frozenset[str]
    binds: tuple[Bind, ...]
    roles: Mapping[str, Styles] = field(default_factory=dict)
    hold: float = HOLD
    double: float = DOUBLE
    chord: float = CHORD
    layers: tuple[Layer, ...] = ()
    aside: bool = False

    def styles(self, role: str) -> Styles:
        """Return how every state of `role` looks here."""
        return {**LIGHTS[role], **self.roles.get(role, {})}


@dataclass(frozen=True, slots=True)
class Slot:
    """What one gesture on one control asks for; ``place`` counts from 1 among those that ask it.

    ``spot`` is the control's place among those that show the same ``role``, this binding's or another's
    on that control; 0 and empty where none is shown.
    """

    command: Command
    place: int
    bind: Bind
    spot: int = 0
    role: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """One light or display in a role; ``place`` counts from 1 among all of that role."""

    name: str
    place: int
    bind: Bind


@dataclass(frozen=True, slots=True)
class Board:
    """One layer of a layout on a profile, as tables. ``layer`` is its name, empty for the base.

    ``slots`` by control (or chord) and gesture; ``lights`` and ``texts`` by role; ``holds`` in
    seconds by control, where a binding says its own; ``chords`` as the controls that form them;
    ``covers`` are the controls and displays that it takes from what lies beneath. ``page`` is the
    queue places on one page (0: no queue).
    """

    layout: Layout
    profile: Profile
    slots: Mapping[tuple[str, Gesture], Slot]
    lights: Mapping[str, tuple[Spot, ...]]
    texts: Mapping[str, tuple[Spot, ...]]
    holds: Mapping[str, float]
    page: int
    layer: str = BASE
    chords: tuple[tuple[str, ...], ...] = ()
    covers: frozenset[str] = frozenset()
