"""A layout laid over a profile: for each of its layers a table of what is asked and shown."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping
from itertools import chain

from bridge.surface.commands import PLACE, Command
from bridge.surface.fitting import left_out
from bridge.surface.gestures import Gesture
from bridge.surface.layout import BASE, Bind, Board, Layer, Layout, Slot, Spot
from bridge.surface.profile import Profile
from bridge.surface.roles import LIGHTS, TEXTS

_PAGED = (Command("start", PLACE), Command("select", PLACE), Command("move", PLACE))


def board(layout: Layout, profile: Profile) -> Board:
    """Lay the base of `layout` over `profile`; what the profile lacks is left out."""
    return _board(layout, profile, BASE)


def boards(layout: Layout, profile: Profile) -> tuple[Board, ...]:
    """Return the base and, over it, each layer that `profile` has a control for."""
    above = (_board(layout, profile, layer.name) for layer in layers(layout, profile))
    return (board(layout, profile), *above)


def layers(layout: Layout, profile: Profile) -> tuple[Layer, ...]:
    """Return the layers of `layout` that there are on `profile`, in their order."""
    absent = left_out(layout, profile)
    return tuple(layer for layer in layout.layers if layer.name not in absent)


def _board(layout: Layout, profile: Profile, layer: str) -> Board:
    binds = tuple(bind for bind in layout.binds if bind.layer == layer)
    slots = _slots(binds, profile)
    lit = {name: c for name, c in profile.controls.items() if c.light.kind != "none"}
    lights = _spots(binds, profile.controls, LIGHTS, lit)
    texts = _spots(binds, profile.displays, TEXTS, profile.displays)
    return Board(
        layout,
        profile,
        slots,
        lights,
        texts,
        holds=_holds(binds, profile),
        page=_page(slots, lights, texts),
        layer=layer,
        chords=tuple(slot.bind.chord for slot in slots.values() if slot.bind.chord),
        covers=_covered(binds, profile),
    )


def _slots(binds: tuple[Bind, ...], profile: Profile) -> Mapping[tuple[str, Gesture], Slot]:
    spots = {
        name: (place, bind.show)
        for bind, name, place in _placed(binds, profile.controls, lambda bind: bind.show or None)
    }
    return {
        (name, bind.gesture): Slot(bind.do, place, bind, *spots.get(name, (0, "")))
        for bind, name, place in _placed(binds, profile.controls, _asked)
        if bind.do is not None
    }


def _asked(bind: Bind) -> Hashable:
    """Return what is counted together: those that ask the same."""
    return (bind.gesture, bind.do) if bind.do else None


def _holds(binds: tuple[Bind, ...], profile: Profile) -> Mapping[str, float]:
    return {
        name: bind.hold
        for bind in binds
        if bind.hold is not None
        for name in bind.controls(profile.controls)
    }


def _covered(binds: tuple[Bind, ...], profile: Profile) -> frozenset[str]:
    """Return every control and display that is bound, those of its chords as well."""
    known = (*profile.controls, *profile.displays)
    bound = (bind.controls(known) for bind in binds if not bind.chord)
    struck = (bind.chord for bind in binds if bind.chord and bind.controls(profile.controls))
    return frozenset(chain.from_iterable((*bound, *struck)))


def _spots(
    binds: tuple[Bind, ...], names: Iterable[str], roles: Container[str], able: Container[str]
) -> Mapping[str, tuple[Spot, ...]]:
    """Return the spots of each of `roles`, on those of `names` that are `able` to show it."""
    found: dict[str, list[Spot]] = {}
    placed = _placed(binds, names, lambda bind: bind.show if bind.show in roles else None)
    for bind, name, place in placed:
        if name in able:
            found.setdefault(bind.show, []).append(Spot(name, place, bind))
    return {role: tuple(spots) for role, spots in found.items()}


def _placed(
    binds: tuple[Bind, ...], names: Iterable[str], group: Callable[[Bind], Hashable]
) -> Iterator[tuple[Bind, str, int]]:
    """Yield binding, name and place, counted from 1 on over all bindings of one group."""
    counts: dict[Hashable, int] = {}
    for bind in binds:
        of = group(bind)
        for name in bind.controls(names) if of is not None else ():
            counts[of] = counts.get(of, 0) + 1
            yield bind, name, counts[of]


def _page(
    slots: Mapping[tuple[str, Gesture], Slot],
    lights: Mapping[str, tuple[Spot, ...]],
    texts: Mapping[str, tuple[Spot, ...]],
) -> int:
    """Return the most places of the queue that any binding or role has."""
    asked = [s.place for s in slots.values() if s.command in _PAGED]
    shown = [s.place for s in (*lights.get("queue", ()), *texts.get("title", ()))]
    return max([*asked, *shown], default=0)
