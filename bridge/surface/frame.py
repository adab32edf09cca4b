"""A picture of a whole controller: every light's look and every display's text at one instant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bridge.messages import Look


@dataclass(frozen=True, slots=True)
class Frame:
    """Looks by control name, texts by display name. What is not named is dark or blank."""

    looks: Mapping[str, Look] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
