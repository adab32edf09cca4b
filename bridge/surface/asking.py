"""What a hand on a controller asks for, as the service hears it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from bridge.core.actions import Action, Presence


@dataclass(frozen=True, slots=True)
class Ask:
    """What a hand on `control` (of a chord: ``left+right``) asks for.

    ``stays`` says in words what the controller has done by itself (``layout next``), ``refused`` why
    it has not; both are for who monitors, and make it no other ask.
    """

    action: Action | Presence
    control: str
    stays: str = field(default="", compare=False)
    refused: str = field(default="", compare=False)


Asks: TypeAlias = tuple[Ask, ...]
"""What one message or instant brings, in order; mostly none or one."""
