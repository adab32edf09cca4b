"""Layouts: which gesture does which action, and which light shows what. Knows tasks, never bytes.

A layout names controls, not devices; `board` lays it over a profile and yields tables.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, combinations

from bridge.core import durations
from bridge.core.vocabulary import ACTIONS, Spec
from bridge.errors import Invalid
from bridge.messages import Colour
from bridge.surface.gestures import DOUBLE, HOLD, Gesture
from bridge.surface.pattern import Pattern
from bridge.surface.profile import Profile
from bridge.surface.roles import COLOURS, LIGHTS, TEXTS, Styles

PAGE = "page"
"""The command that stays on the surface: ``page next`` and ``page prev`` turn through the queue."""

PLACE = "{n}"
"""Stands for the control's place among those of its role, counted on from the page before."""

_TURNS = ("extend", PAGE, "song", "stage")
_WAYS = ("next", "prev")
_NUMBERED = ("task", "position", "song")


@dataclass(frozen=True, slots=True)
class Command:
    """What a gesture asks for: an action or ``page``; the argument is ``{n}``, a text, or empty."""

    name: str
    argument: str = ""


_PAGED = (Command("start", PLACE), Command("select", PLACE))


@dataclass(frozen=True, slots=True)
class Bind:
    """One binding. ``show`` is a role, empty for none; ``hold`` in seconds, None: the layout's.

    An ``optional`` one is left out on a controller that has none of its controls.
    """

    on: tuple[Pattern, ...]
    gesture: Gesture = "press"
    do: Command | None = None
    show: str = ""
    colour: Colour = COLOURS["white"]
    optional: bool = False
    hold: float | None = None

    def controls(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return those of `names` that this binds, in the order in which they are written."""
        known = tuple(names)
        return tuple(dict.fromkeys(chain.from_iterable(p.among(known) for p in self.on)))


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout. ``roles`` holds only the states that it restyles; times are in seconds."""

    id: str
    name: str
    requires: frozenset[str]
    binds: tuple[Bind, ...]
    roles: Mapping[str, Styles] = field(default_factory=dict)
    hold: float = HOLD
    double: float = DOUBLE

    def styles(self, role: str) -> Styles:
        """Return how every state of `role` looks here."""
        return {**LIGHTS[role], **self.roles.get(role, {})}


@dataclass(frozen=True, slots=True)
class Slot:
    """What one gesture on one control asks for; ``place`` counts from 1 among those that ask it."""

    command: Command
    place: int


@dataclass(frozen=True, slots=True)
class Spot:
    """One light or display in a role; ``place`` counts from 1 among all of that role."""

    name: str
    place: int
    bind: Bind


@dataclass(frozen=True, slots=True)
class Board:
    """A layout on a profile, as tables. ``page`` is the queue places on one page (0: no queue).

    ``slots`` by control and gesture; ``lights`` and ``texts`` by role; ``holds`` in seconds by
    control, where a binding says its own.
    """

    layout: Layout
    profile: Profile
    slots: Mapping[tuple[str, Gesture], Slot]
    lights: Mapping[str, tuple[Spot, ...]]
    texts: Mapping[str, tuple[Spot, ...]]
    holds: Mapping[str, float]
    page: int


def command(text: str, gesture: Gesture, actions: Mapping[str, Spec] = ACTIONS) -> Command:
    """Return the command that `text` writes, for that gesture. Raises `Invalid`."""
    name, _, argument = text.strip().partition(" ")
    argument = argument.strip()
    if name != PAGE and name not in actions:
        raise Invalid(f"{name!r} is no action")
    if gesture == "turn" and name not in _TURNS:
        raise Invalid(f"{name!r} can't be turned; allowed with turn are {', '.join(_TURNS)}")
    _check(name, argument, gesture, actions)
    return Command(name, argument)


def _check(name: str, argument: str, gesture: Gesture, actions: Mapping[str, Spec]) -> None:
    if name == PAGE or (gesture == "turn" and name != "extend"):
        _check_way(name, argument, gesture)
        return
    spec = actions[name]
    if spec.argument == "none" and argument:
        raise Invalid(f"{name!r} takes no argument, found {argument!r}")
    if spec.required and not argument:
        raise Invalid(f"{name!r} needs its {spec.argument}, for example {_example(spec)!r}")
    if PLACE in argument and (argument != PLACE or spec.argument not in _NUMBERED):
        raise Invalid(f"{PLACE} is a queue position or a song's; found {name!r} with {argument!r}")
    if spec.argument == "duration" and argument:
        durations.parse(argument)


def _check_way(name: str, argument: str, gesture: Gesture) -> None:
    if gesture == "turn" and argument:
        raise Invalid(f"turning {name!r} goes both ways and takes no argument, found {argument!r}")
    if gesture != "turn" and argument not in _WAYS:
        raise Invalid(f"{name!r} needs next or prev, found {argument!r}")


def _example(spec: Spec) -> str:
    return {
        "position": f"{spec.name} {PLACE}",
        "song": f"{spec.name} {PLACE}",
        "stage": f"{spec.name} next",
    }.get(spec.argument, f"{spec.name} …")


def clash(binds: tuple[Bind, ...]) -> tuple[int, str] | None:
    """Return the index of the first binding that contradicts an earlier one, and why; else None."""
    pairs = sorted(combinations(range(len(binds)), 2), key=lambda pair: pair[1])
    for first, second in pairs:
        why = _contradiction(binds[first], binds[second])
        if why:
            return second, f"{why} (binding {first + 1}); one control can have it only once"
    return None


def _contradiction(a: Bind, b: Bind) -> str:
    both = next((q.text for p in a.on for q in b.on if p.overlaps(q)), "")
    if both and a.do and b.do and a.gesture == b.gesture:
        return f"{both!r} has something to do on {b.gesture} already"
    if both and a.show and b.show:
        return f"{both!r} shows {a.show!r} already"
    return ""


def missing(layout: Layout, profile: Profile) -> tuple[str, ...]:
    """Return what `layout` needs and `profile` lacks: schemes, else patterns; empty: it fits."""
    schemes = sorted(layout.requires - profile.provides)
    lacking = [
        " ".join(pattern.text for pattern in bind.on)
        for bind in layout.binds
        if not (bind.optional or bind.controls(_names(bind, profile)))
    ]
    return (*schemes, *(() if schemes else lacking))


def fit(layouts: Iterable[Layout], profile: Profile) -> tuple[Layout, ...]:
    """Return the layouts that `profile` can carry, the richest (most controls bound) first."""
    able = [layout for layout in layouts if not missing(layout, profile)]
    return tuple(sorted(able, key=lambda layout: (-_riches(layout, profile), layout.id)))


def choose(layouts: Mapping[str, Layout], wanted: str, profile: Profile) -> Layout:
    """Return the layout that the configuration asks for; ``auto`` is the richest that fits.

    Raises `Invalid` where there is none of that name, or it does not fit, or none does.
    """
    able = fit(layouts.values(), profile)
    if wanted == "auto" and able:
        return able[0]
    names = ", ".join(layout.id for layout in able) or "none of those there are"
    if wanted == "auto":
        raise Invalid(f"no layout fits {profile.name}; it provides {_listed(profile.provides)}")
    layout = layouts.get(wanted)
    if layout is None:
        raise Invalid(f"there is no layout {wanted!r}; allowed for {profile.name}: auto, {names}")
    if lacking := missing(layout, profile):
        raise Invalid(
            f"layout {wanted!r} needs {', '.join(lacking)}, which {profile.name} has not; "
            f"allowed: auto, {names}"
        )
    return layout


def _listed(schemes: Iterable[str]) -> str:
    return ", ".join(sorted(schemes)) or "nothing"


def _riches(layout: Layout, profile: Profile) -> int:
    return len({name for bind in layout.binds for name in bind.controls(_names(bind, profile))})


def _names(bind: Bind, profile: Profile) -> Iterable[str]:
    """Return the names among which `bind` finds its own: displays only for what shows a text."""
    return (*profile.controls, *profile.displays) if bind.show in TEXTS else profile.controls


def board(layout: Layout, profile: Profile) -> Board:
    """Lay `layout` over `profile`; what the profile lacks is left out."""
    slots: dict[tuple[str, Gesture], Slot] = {
        (name, bind.gesture): Slot(bind.do, place)
        for bind, name, place in _placed(layout, profile.controls, _asked)
        if bind.do is not None
    }
    lit = {name: c for name, c in profile.controls.items() if c.light.kind != "none"}
    lights = _spots(layout, profile.controls, LIGHTS, lit)
    texts = _spots(layout, profile.displays, TEXTS, profile.displays)
    holds = {
        name: bind.hold
        for bind in layout.binds
        if bind.hold is not None
        for name in bind.controls(profile.controls)
    }
    return Board(layout, profile, slots, lights, texts, holds, _page(slots, lights, texts))


def _asked(bind: Bind) -> Hashable:
    return (bind.gesture, bind.do) if bind.do else None


def _spots(
    layout: Layout, names: Iterable[str], roles: Container[str], able: Container[str]
) -> Mapping[str, tuple[Spot, ...]]:
    """Return the spots of each of `roles`, on those of `names` that are `able` to show it."""
    found: dict[str, list[Spot]] = {}
    placed = _placed(layout, names, lambda bind: bind.show if bind.show in roles else None)
    for bind, name, place in placed:
        if name in able:
            found.setdefault(bind.show, []).append(Spot(name, place, bind))
    return {role: tuple(spots) for role, spots in found.items()}


def _placed(
    layout: Layout, names: Iterable[str], group: Callable[[Bind], Hashable]
) -> Iterator[tuple[Bind, str, int]]:
    """Yield binding, name and place, counted from 1 on over all bindings of one group."""
    counts: dict[Hashable, int] = {}
    for bind in layout.binds:
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
