"""Edges to gestures: what a hand meant by going down and up. Pure; time comes as an argument.

With only ``press`` (and ``release``, ``turn``) bound, a press is told the moment the control goes
down. With ``hold`` or ``double`` bound as well it can't be known yet, and exactly one of press,
hold and double is told for it, as early as it is sure:

* hold: the control is still down when its time is reached;
* double: it goes down again within the double time, counted from the first down; two physical
  presses make one double, and a third begins anew;
* press: it came up before the hold time and, where double is bound, the double time is over.

A control that is part of a chord is first of all waited for to become one (`chords`): then ``chord``
is told for all its controls and nothing else for any of them, not even a release. What became no
chord is a press, hold or double as if nobody had waited, counted from when it went down.

``release`` is told whenever a control that went down comes up, additionally and at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from bridge.moment import Moment
from bridge.surface.chords import CHORD, Chord, Chords, Held
from bridge.surface.profile import Edge

Gesture: TypeAlias = Literal["press", "release", "hold", "double", "turn", "chord"]

HOLD = 0.6
"""Seconds after which a press is a hold, where neither layout nor binding says."""

DOUBLE = 0.3
"""Seconds from the first down to the second of a double."""


@dataclass(frozen=True, slots=True)
class Gestured:
    """One gesture, in the layer in which it began. A chord's ``control`` is ``left+right``.

    ``amount`` and ``relative`` are the edge's: velocity, clicks or position.
    """

    control: str
    gesture: Gesture
    amount: float = 1.0
    relative: bool = False
    layer: int = 0


@dataclass(frozen=True, slots=True)
class Heard:
    """What is listened for in one layer: gestures by control, hold times (seconds), chords."""

    bound: Mapping[str, AbstractSet[Gesture]]
    holds: Mapping[str, float] = field(default_factory=dict)
    chords: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class _Rule:
    """What one control is listened to for; ``hold`` and ``double`` in seconds, None: not bound.

    ``waits`` when a down does not tell yet what it is, and then for ``wait`` seconds while it is
    down; ``chord`` when it may be part of one; ``instant`` when a down is a press.
    """

    press: bool
    release: bool
    turn: bool
    hold: float | None
    double: float | None
    chord: bool
    waits: bool
    wait: float
    instant: bool


@dataclass(slots=True)
class _Open:
    """A press that is not decided: its layer, when and how hard it went down, whether it still is.

    ``due`` is when time alone decides it.
    """

    layer: int
    rule: _Rule
    since: float
    amount: float
    due: float
    down: bool = True


_Told: TypeAlias = "tuple[Gestured, ...]"


class Gestures:
    """The gestures of one device under one layout.

    `layers` say what is listened for, the base first; controls that none names are ignored. `hold`,
    `double` and `chord` are in seconds. A gesture ends in the layer in which it began.

    A release that gets lost costs nothing: the next down begins the next press, and decides one
    that was open (as a press, or as a double when it is early enough).
    """

    def __init__(
        self,
        layers: Sequence[Heard],
        hold: float = HOLD,
        double: float = DOUBLE,
        chord: float = CHORD,
    ) -> None:
        self._chords = Chords([layer.chords for layer in layers], chord)
        self._rules = tuple(
            _rules(layer, self._chords.parts(index), hold, double)
            for index, layer in enumerate(layers)
        )
        self._held = self._chords.held
        self._open: dict[str, _Open] = {}
        self._down: dict[str, int] = {}

    def feed(self, edge: Edge, moment: Moment, layer: int = 0) -> _Told:
        """Return what `edge` brings in `layer`, with all that was due before it, in order."""
        before = self.advance(moment) if self._open or self._held else ()
        match edge.what:
            case "down":
                return before + self._pressed(edge, moment.mono, layer)
            case "up":
                return before + self._let_go(edge, moment.mono)
            case "turn":
                rule = self._rules[layer].get(edge.control)
                return before + (_turned(edge, layer) if rule is not None and rule.turn else ())

    @property
    def undecided(self) -> bool:
        """Whether time alone may decide anything."""
        return bool(self._open or self._held)

    @property
    def open(self) -> Iterable[tuple[int, str, Gesture]]:
        """What the presses that are not decided yet may still become: layer, control, gesture.

        Presses and chords only; a hold is long in coming.
        """
        for control, press in self._open.items():
            yield press.layer, control, "press"
        for held in self._held.values():
            yield held.layer, held.control, "press"
        for layer, chord in self._chords.possible():
            yield layer, "+".join(chord.controls), "chord"

    def wake(self) -> float | None:
        """Return the ``mono`` instant at which `advance` has something to decide, None: never."""
        first = self._next()
        return first[0] if first else None

    def advance(self, moment: Moment) -> _Told:
        """Return what time alone has decided by `moment`, earliest first."""
        told: _Told = ()
        while (first := self._next()) and first[0] <= moment.mono:
            _, control = first
            if control in self._held:
                told += self._unhold(control)
            else:
                press = self._open[control]
                held = press.down and press.rule.hold is not None
                told += self._decide(control, "hold" if held else "press")
        return told

    def forget(self) -> _Told:
        """Let go of everything, for the device is gone or the layout changes.

        Presses that had come up and only waited for a double are returned: they happened. Those
        that were still down are dropped: nobody can tell what they would have become.
        """
        finished = [control for control, press in self._open.items() if not press.down]
        told: _Told = ()
        for control in finished:
            told += self._decide(control, "press")
        self._open.clear()
        self._held.clear()
        self._down.clear()
        return told

    def _next(self) -> tuple[float, str] | None:
        """Return when time decides something next, and of which control.

        The first half of a double whose second half is held back is not decided by time.
        """
        if not self._held:
            dues = [(press.due, control) for control, press in self._open.items()]
            return min(dues) if dues else None
        held = self._held
        dues = [
            (press.due, control) for control, press in self._open.items() if control not in held
        ]
        return min((*dues, self._chords.due()))

    # --- down -------------------------------------------------------------------------------------

    def _pressed(self, edge: Edge, now: float, layer: int) -> _Told:
        control = edge.control
        rule = self._rules[layer].get(control)
        if rule is None:
            return ()
        if rule.instant and not self._open:
            self._down[control] = layer
            return (Gestured(control, "press", edge.amount, False, layer),)
        if not rule.chord:
            return self._went_down(rule, control, layer, now, edge.amount)
        lost = self._unhold(control) if control in self._held else ()
        chord = self._chords.join(Held(control, layer, now, edge.amount))
        return lost if chord is None else lost + self._strike(chord, layer)

    def _went_down(self, rule: _Rule, control: str, layer: int, now: float, amount: float) -> _Told:
        self._down[control] = layer
        first = self._open.get(control) if self._open else None
        told: _Told = ()
        if first is not None:
            if _is_double(first, layer, now):
                return self._decide(control, "double")
            told = self._decide(control, "press")
        if rule.waits:
            self._open[control] = _Open(layer, rule, now, amount, now + rule.wait)
            return told
        return (*told, Gestured(control, "press", amount, False, layer)) if rule.press else told

    def _unhold(self, control: str) -> _Told:
        """Hold a down back no longer: it was a chord that waited for a larger one, or a press."""
        chord = self._chords.complete(control)
        if chord is not None:
            return self._strike(chord, self._held[control].layer)
        down = self._held.pop(control)
        rule = self._rules[down.layer][control]
        return self._went_down(rule, control, down.layer, down.since, down.amount)

    def _strike(self, chord: Chord, layer: int) -> _Told:
        """Tell a chord; taps of its controls that only waited for a second one were presses."""
        told: _Told = ()
        for control in chord.controls:
            self._down.pop(control, None)
            if control in self._open:
                told += self._decide(control, "press")
        amount = self._chords.take(chord)
        return (*told, Gestured("+".join(chord.controls), "chord", amount, layer=layer))

    # --- up ---------------------------------------------------------------------------------------

    def _let_go(self, edge: Edge, now: float) -> _Told:
        control = edge.control
        told = self._unhold(control) if control in self._held else ()
        layer = self._down.pop(control, None)
        if layer is None:  # its down was before our time, or part of a chord
            return told
        rule, press = self._rules[layer][control], self._open.get(control)
        if press is not None and rule.double is not None and now < press.since + rule.double:
            press.down, press.due = False, press.since + rule.double
        elif press is not None:
            told += self._decide(control, "press")
        if not rule.release:
            return told
        return (*told, Gestured(control, "release", edge.amount, layer=layer))

    def _decide(self, control: str, gesture: Gesture) -> _Told:
        """Close an open press as `gesture`; a press that isn't bound is nothing to tell."""
        press = self._open.pop(control)
        if gesture == "press" and not press.rule.press:
            return ()
        return (Gestured(control, gesture, press.amount, layer=press.layer),)


def _is_double(first: _Open, layer: int, now: float) -> bool:
    double = first.rule.double
    return double is not None and first.layer == layer and now < first.since + double


def _rules(heard: Heard, parts: frozenset[str], hold: float, double: float) -> dict[str, _Rule]:
    bound = {**dict.fromkeys(parts, frozenset[Gesture]()), **heard.bound}
    return {
        control: _rule(gestures, heard.holds.get(control, hold), double, chord=control in parts)
        for control, gestures in bound.items()
    }


def _rule(gestures: AbstractSet[Gesture], hold: float, double: float, *, chord: bool) -> _Rule:
    press, waits = "press" in gestures, "hold" in gestures or "double" in gestures
    return _Rule(
        press=press,
        release="release" in gestures,
        turn="turn" in gestures,
        hold=hold if "hold" in gestures else None,
        double=double if "double" in gestures else None,
        chord=chord,
        waits=waits,
        wait=hold if "hold" in gestures else double,
        instant=press and not waits and not chord,
    )


def _turned(edge: Edge, layer: int) -> _Told:
    return (Gestured(edge.control, "turn", edge.amount, edge.relative, layer),)
