"""Which layouts fit a controller, which one is taken, and what in one contradicts itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from bridge.errors import Invalid
from bridge.surface.commands import WAYS
from bridge.surface.layout import BASE, Bind, Layer, Layout
from bridge.surface.pattern import Pattern
from bridge.surface.profile import Profile
from bridge.surface.roles import TEXTS

AUTO = "auto"
"""Stands for the layout that uses most of a controller."""


def clash(binds: tuple[Bind, ...]) -> tuple[int, str] | None:
    """Return the index of the first binding that contradicts an earlier one, and why; else None."""
    pairs = sorted(combinations(range(len(binds)), 2), key=lambda pair: pair[1])
    for first, second in pairs:
        why = _contradiction(binds[first], binds[second])
        if why:
            return second, f"{why} (binding {first + 1}); one control can have it only once"
    return None


def _contradiction(a: Bind, b: Bind) -> str:
    if a.layer != b.layer:
        return ""
    if a.chord or b.chord:
        same = set(a.chord) == set(b.chord)
        return f"{' + '.join(b.chord)!r} has something to do already" if same else ""
    both = _shared(a.on, b.on)
    if both and a.do and b.do and a.gesture == b.gesture:
        return f"{both!r} has something to do on {b.gesture} already"
    if both and a.show and b.show:
        return f"{both!r} shows {a.show!r} already"
    return ""


def _shared(a: Iterable[Pattern], b: tuple[Pattern, ...]) -> str:
    return next((q.text for p in a for q in b if p.overlaps(q)), "")


def switched_twice(layers: tuple[Layer, ...]) -> tuple[int, str] | None:
    """Return the index of the first layer whose control switches an earlier one, and why."""
    for first, second in sorted(combinations(range(len(layers)), 2), key=lambda pair: pair[1]):
        if both := _shared(layers[first].on, layers[second].on):
            return second, f"{both!r} switches the layer {layers[first].name!r} already"
    return None


def switching_bound(layers: tuple[Layer, ...], binds: tuple[Bind, ...]) -> tuple[int, str] | None:
    """Return the index of the first binding on a control that switches a layer, and why."""
    for index, bind in enumerate(binds):
        for layer in layers:
            if name := _on_switch(bind, layer):
                why = f"{name!r} switches the layer {layer.name!r} and can do or show nothing else"
                return index, why
    return None


def _on_switch(bind: Bind, layer: Layer) -> str:
    struck = (name for name in bind.chord if any(p.matches(name) for p in layer.on))
    return _shared(layer.on, bind.on) or next(struck, "")


def left_out(layout: Layout, profile: Profile) -> frozenset[str]:
    """Return the names of the optional layers for which `profile` has no control."""
    return frozenset(
        layer.name
        for layer in layout.layers
        if layer.optional and not layer.controls(profile.controls)
    )


def missing(layout: Layout, profile: Profile) -> tuple[str, ...]:
    """Return what `layout` needs and `profile` lacks: schemes, else patterns; empty: it fits."""
    schemes = sorted(layout.requires - profile.provides)
    return (*schemes, *(() if schemes else _lacking(layout, profile)))


def _lacking(layout: Layout, profile: Profile) -> Iterator[str]:
    absent = left_out(layout, profile)
    for layer in layout.layers:
        if not (layer.optional or layer.controls(profile.controls)):
            yield " ".join(pattern.text for pattern in layer.on)
    for bind in layout.binds:
        if not (bind.optional or bind.layer in absent or bind.controls(names(bind, profile))):
            yield " + ".join(bind.chord) or " ".join(pattern.text for pattern in bind.on)


def fit(layouts: Iterable[Layout], profile: Profile) -> tuple[Layout, ...]:
    """Return the layouts that `profile` can carry, the richest (most controls bound) first.

    Those that stand aside come after all others.
    """
    able = [layout for layout in layouts if not missing(layout, profile)]
    return tuple(sorted(able, key=lambda one: (one.aside, -_riches(one, profile), one.id)))


def choose(layouts: Mapping[str, Layout], wanted: str, profile: Profile) -> Layout:
    """Return the layout that the configuration asks for; ``auto`` is the richest that fits.

    Raises `Invalid` where there is none of that name, or it does not fit, or none does.
    """
    able = fit(layouts.values(), profile)
    if wanted == AUTO and able:
        return able[0]
    ids = ", ".join(layout.id for layout in able) or "none of those there are"
    if wanted == AUTO:
        raise Invalid(f"no layout fits {profile.name}; it provides {_listed(profile.provides)}")
    layout = layouts.get(wanted)
    if layout is None:
        raise Invalid(f"there is no layout {wanted!r}; allowed for {profile.name}: auto, {ids}")
    if lacking := missing(layout, profile):
        raise Invalid(
            f"layout {wanted!r} needs {', '.join(lacking)}, which {profile.name} has not; "
            f"allowed: auto, {ids}"
        )
    return layout


def _listed(schemes: Iterable[str]) -> str:
    return ", ".join(sorted(schemes)) or "nothing"


def _riches(layout: Layout, profile: Profile) -> int:
    """Return how many controls have something to do or to show in the base layer."""
    bound = (bind.controls(names(bind, profile)) for bind in layout.binds if bind.layer == BASE)
    return len({name for controls in bound for name in controls if "+" not in name})


def names(bind: Bind, profile: Profile) -> Iterable[str]:
    """Return the names among which `bind` finds its own: displays only for what shows a text."""
    return (*profile.controls, *profile.displays) if bind.show in TEXTS else profile.controls


@dataclass(frozen=True, slots=True)
class Choice:
    """The layouts of one controller. ``asked`` is what the configuration says: an id, or several.

    ``ring`` is what `layout next` goes through, the one that is shown first at its head; ``able`` by
    id all that fit.
    """

    asked: str | tuple[str, ...]
    ring: tuple[Layout, ...]
    able: Mapping[str, Layout]

    def meant(self, argument: str, shown: str) -> Layout | None:
        """Return the layout that is meant by an id, or by ``next`` and ``prev`` from the one `shown`.

        None where it doesn't fit or there is no other.
        """
        if argument not in WAYS:
            return self.able.get(argument)
        ids = [one.id for one in self.ring]
        step = 1 if argument == "next" else -1
        at = ids.index(shown) + step if shown in ids else min(0, step)
        found = self.ring[at % len(ids)]
        return None if found.id == shown else found


def only(layout: Layout) -> Choice:
    """Return the choice of one."""
    return Choice(layout.id, (layout,), {layout.id: layout})


def choice(layouts: Mapping[str, Layout], asked: str | tuple[str, ...], profile: Profile) -> Choice:
    """Return the layouts of a controller that was asked for by name.

    `asked` is ``auto`` or an id, which all others that fit follow; or a list of ids, and then these
    alone. Raises `Invalid` as `choose` does, for any of a list.
    """
    able = fit(layouts.values(), profile)
    by_id = {layout.id: layout for layout in able}
    if isinstance(asked, str):
        first = choose(layouts, asked, profile)
        others = (one for one in able if one is not first and not one.aside)
        return Choice(asked, (first, *others), by_id)
    return Choice(asked, tuple(choose(layouts, one, profile) for one in asked), by_id)


def whatever_fits(
    layouts: Mapping[str, Layout], asked: str | tuple[str, ...], profile: Profile
) -> Choice | None:
    """Return the layouts of a controller that just happens to be there, None where none fits.

    What it can't carry of those that were asked for is passed over; where that is all of them, it
    has the layouts that fit.
    """
    able = fit(layouts.values(), profile)
    by_id = {layout.id: layout for layout in able}
    wanted = (asked,) if isinstance(asked, str) else asked
    ids = [one for one in wanted if one in by_id]
    if isinstance(asked, str) or not ids:
        ids += [one for one in by_id if one not in ids and not by_id[one].aside]
    return Choice(asked, tuple(by_id[one] for one in ids), by_id) if ids else None
