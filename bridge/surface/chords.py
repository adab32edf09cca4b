"""Chords: several controls that go down together are one gesture, and none of them a press. Pure.

Whether a control that may be part of a chord is pressed by itself isn't known when it goes down, so
its down is held back: until a chord is complete, until it comes up, or until the chord time is over.
A control that is in no chord is never held back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

CHORD = 0.05
"""Seconds within which the controls of a chord go down: fingers that mean one stroke are within 30
to 40 ms of each other, and a press that is held back so long still feels immediate."""


@dataclass(frozen=True, slots=True)
class Held:
    """A down that is held back: when, how hard, and in which layer."""

    control: str
    layer: int
    since: float
    amount: float


@dataclass(frozen=True, slots=True)
class Chord:
    """One chord of one layer, as its controls are written. ``final``: no other contains it."""

    controls: tuple[str, ...]
    parts: frozenset[str]
    final: bool


class Chords:
    """The downs that are held back. `chords` are the chords of each layer, `window` in seconds."""

    def __init__(self, chords: Sequence[Iterable[tuple[str, ...]]], window: float) -> None:
        self._window = window
        self._chords = tuple(_table(tuple(layer)) for layer in chords)
        self.held: dict[str, Held] = {}

    def parts(self, layer: int) -> frozenset[str]:
        """Return the controls that are part of any chord of `layer`."""
        return frozenset().union(*(chord.parts for chord in self._chords[layer]))

    def join(self, held: Held) -> Chord | None:
        """Hold a down back; return the chord that it completes, unless a larger one may follow."""
        self.held[held.control] = held
        chord = self.complete(held.control)
        return chord if chord is not None and chord.final else None

    def complete(self, control: str) -> Chord | None:
        """Return the largest chord with `control` of which every control is held back, or None."""
        layer = self.held[control].layer
        down = {name for name, held in self.held.items() if held.layer == layer}
        able = (c for c in self._chords[layer] if control in c.parts and c.parts <= down)
        return next(able, None)

    def take(self, chord: Chord) -> float:
        """Hold the chord's downs back no longer: they were it. Return how hard the hardest was."""
        return max(self.held.pop(control).amount for control in chord.controls)

    def possible(self) -> Iterable[tuple[int, Chord]]:
        """Yield layer and chord of what may become of the downs that are held back."""
        for layer, chords in enumerate(self._chords):
            down = {name for name, held in self.held.items() if held.layer == layer}
            yield from ((layer, chord) for chord in chords if chord.parts & down)

    def due(self) -> tuple[float, str]:
        """Return when the first down is held back long enough, and its control; some must be."""
        return min((held.since + self._window, name) for name, held in self.held.items())


def _table(chords: tuple[tuple[str, ...], ...]) -> tuple[Chord, ...]:
    """Return the chords of one layer, the largest first."""
    sets = [frozenset(chord) for chord in chords]
    made = (
        Chord(chord, parts, final=not any(parts < other for other in sets))
        for chord, parts in zip(chords, sets, strict=True)
    )
    return tuple(sorted(made, key=lambda chord: -len(chord.parts)))
