"""Text that runs once over a device's lights, where the device can do that by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from bridge.messages import Colour

MOST = 24
"""Letters of a running text: with more the pads would be covered for too long."""

_LETTER = 8
"""Pads that a letter is wide at most, with the gap behind it, so that the end is reckoned
too late rather than too early."""

_SIGHT = 9
"""Pads over which the last letter runs out: the grid and the right column."""


@dataclass(frozen=True, slots=True)
class Run:
    """What starts a text, how many seconds it runs, and whether lights are then to be told again.

    Where the device brings back what was told meanwhile, nothing need be told.
    """

    messages: tuple[bytes, ...]
    seconds: float
    tell_again: bool = False


@runtime_checkable
class Scrolls(Protocol):
    """A driver of a device that can let text run over its lights."""

    def scroll(self, text: str, colour: Colour) -> Run:
        """Return what lets `text` run once, cut to `MOST` letters of ASCII."""
        ...

    def end_scroll(self) -> tuple[bytes, ...]:
        """Return what stops the text that runs."""
        ...


def seconds(letters: int, pads_a_second: float) -> float:
    """Return how long a text of so many letters runs at most, from the first pad to the last."""
    return (letters * _LETTER + _SIGHT) / pads_a_second
