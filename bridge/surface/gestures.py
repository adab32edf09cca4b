"""Edges to gestures: what a hand meant by going down and up. Pure; time comes as an argument.

With only ``press`` (and ``release``, ``turn``) bound, a press is told the moment the control goes
down. With ``hold`` or ``double`` bound as well it can't be known yet, and exactly one of press,
hold and double is told for it, as early as it is sure:

* hold: the control is still down when its time is reached;
* double: it goes down again within the double time, counted from the first down; two physical
  presses make one double, and a third begins anew;
* press: it came up before the hold time and, where double is bound, the double time is over.

``release`` is told whenever a control that went down comes up, additionally and at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bridge.moment import Moment
from bridge.surface.profile import Edge

Gesture: TypeAlias = Literal["press", "release", "hold", "double", "turn"]

HOLD = 0.6
"""Seconds after which a press is a hold, where neither layout nor binding says."""

DOUBLE = 0.3
"""Seconds from the first down to the second of a double."""


@dataclass(frozen=True, slots=True)
class Gestured:
    """One gesture. ``amount`` and ``relative`` are the edge's: velocity, clicks or position."""

    control: str
    gesture: Gesture
    amount: float = 1.0
    relative: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    """What one control is listened to for; ``hold`` and ``double`` in seconds, None: not bound."""

    press: bool
    release: bool
    turn: bool
    hold: float | None
    double: float | None

    @property
    def waits(self) -> bool:
        return self.hold is not None or self.double is not None


@dataclass(frozen=True, slots=True)
class _Open:
    """A press that is not decided: when and how hard it went down, and whether it still is."""

    since: float
    amount: float
    down: bool = True


class Gestures:
    """The gestures of one device under one layout.

    `bound` has for each control what is bound to it; controls that aren't named are ignored.
    `hold` and `double` are in seconds; `holds` has the hold times of single controls.

    A release that gets lost costs nothing: the next down begins the next press, and decides one
    that was open (as a press, or as a double when it is early enough).
    """

    def __init__(
        self,
        bound: Mapping[str, AbstractSet[Gesture]],
        hold: float = HOLD,
        double: float = DOUBLE,
        holds: Mapping[str, float] | None = None,
    ) -> None:
        own = holds or {}
        self._rules = {
            control: _rule(gestures, own.get(control, hold), double)
            for control, gestures in bound.items()
        }
        self._open: dict[str, _Open] = {}
        self._down: set[str] = set()

    def feed(self, edge: Edge, moment: Moment) -> tuple[Gestured, ...]:
        """Return what `edge` brings, with all that was due before it, in order."""
        before = self.advance(moment) if self._open else ()
        rule = self._rules.get(edge.control)
        if rule is None:
            return before
        match edge.what:
            case "down":
                return before + self._went_down(rule, edge, moment.mono)
            case "up":
                return before + self._came_up(rule, edge, moment.mono)
            case "turn":
                return before + (_turned(edge) if rule.turn else ())

    @property
    def open(self) -> tuple[str, ...]:
        """The controls whose press is not decided yet."""
        return tuple(self._open)

    def wake(self) -> float | None:
        """Return the ``mono`` instant at which `advance` has something to decide, None: never."""
        if not self._open:
            return None
        return min(_due(self._rules[control], press) for control, press in self._open.items())

    def advance(self, moment: Moment) -> tuple[Gestured, ...]:
        """Return what time alone has decided by `moment`, earliest first."""
        due = sorted(
            (at, control)
            for control, press in self._open.items()
            if (at := _due(self._rules[control], press)) <= moment.mono
        )
        told: tuple[Gestured, ...] = ()
        for _, control in due:
            press = self._open[control]
            held = press.down and self._rules[control].hold is not None
            told += self._decide(control, "hold" if held else "press")
        return told

    def forget(self) -> tuple[Gestured, ...]:
        """Let go of everything, for the device is gone or the layout changes.

        Presses that had come up and only waited for a double are returned: they happened. Those
        that were still down are dropped: nobody can tell what they would have become.
        """
        finished = [control for control, press in self._open.items() if not press.down]
        told: tuple[Gestured, ...] = ()
        for control in finished:
            told += self._decide(control, "press")
        self._open.clear()
        self._down.clear()
        return told

    def _went_down(self, rule: _Rule, edge: Edge, now: float) -> tuple[Gestured, ...]:
        control = edge.control
        self._down.add(control)
        if not rule.waits:
            return (Gestured(control, "press", edge.amount),) if rule.press else ()
        first = self._open.get(control)
        if first is not None and rule.double is not None and now < first.since + rule.double:
            return self._decide(control, "double")
        told = () if first is None else self._decide(control, "press")
        self._open[control] = _Open(now, edge.amount)
        return told

    def _came_up(self, rule: _Rule, edge: Edge, now: float) -> tuple[Gestured, ...]:
        control = edge.control
        if control not in self._down:  # its down was before our time
            return ()
        self._down.discard(control)
        told: tuple[Gestured, ...] = ()
        press = self._open.get(control)
        if press is not None and rule.double is not None and now < press.since + rule.double:
            self._open[control] = _Open(press.since, press.amount, down=False)
        elif press is not None:
            told = self._decide(control, "press")
        return (*told, Gestured(control, "release", edge.amount)) if rule.release else told

    def _decide(self, control: str, gesture: Gesture) -> tuple[Gestured, ...]:
        """Close an open press as `gesture`; a press that isn't bound is nothing to tell."""
        press = self._open.pop(control)
        if gesture == "press" and not self._rules[control].press:
            return ()
        return (Gestured(control, gesture, press.amount),)


def _rule(gestures: AbstractSet[Gesture], hold: float, double: float) -> _Rule:
    return _Rule(
        press="press" in gestures,
        release="release" in gestures,
        turn="turn" in gestures,
        hold=hold if "hold" in gestures else None,
        double=double if "double" in gestures else None,
    )


def _turned(edge: Edge) -> tuple[Gestured, ...]:
    return (Gestured(edge.control, "turn", edge.amount, edge.relative),)


def _due(rule: _Rule, press: _Open) -> float:
    """Return when time alone decides an open press; one that waits has a hold or a double time."""
    wait = rule.hold if press.down and rule.hold is not None else rule.double
    return press.since + (wait or 0.0)
