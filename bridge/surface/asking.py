"""What a hand on a controller asks for, as the service hears it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from bridge.core.actions import Action, Presence


@dataclass(frozen=True, slots=True)
class Ask:
    """What a hand on `control` (of a chord: ``left+right``) asks for."""

    action: Action | Presence
    control: str


Asks: TypeAlias = tuple[Ask, ...]
"""What one message or instant brings, in order; mostly none or one."""
