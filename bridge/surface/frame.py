"""A picture of a whole controller: every light's look and every display's text at one instant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bridge.messages import Colour, Look


@dataclass(frozen=True, slots=True)
class Scroll:
    """A text that runs once over the lights, where a device can do that.

    ``number`` is another one for each text that is to run, so that the same text can run again.
    """

    text: str
    colour: Colour
    number: int


@dataclass(frozen=True, slots=True)
class Frame:
    """Looks by control name, texts by display name. What is not named is dark or blank."""

    looks: Mapping[str, Look] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    scroll: Scroll | None = None
