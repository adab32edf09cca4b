"""The shape of a layout's file: which keys there are, and of which kind their values are."""

from __future__ import annotations

from typing import Annotated

import msgspec

from bridge.messages import Effect
from bridge.surface.layout import FASTEST, How

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Which = Annotated[int, msgspec.Meta(ge=1, le=16)]
Factor = Annotated[float, msgspec.Meta(ge=1, le=10)]


class StyleFile(msgspec.Struct, forbid_unknown_fields=True):
    """One state of a role; what is left out stays as the default has it."""

    colour: str | None = None
    level: Share | None = None
    effect: Effect | None = None


class BindFile(msgspec.Struct, forbid_unknown_fields=True):
    """One ``[[bind]]``; it has ``on`` or ``chord``."""

    on: str | list[str] | None = None
    chord: list[str] | None = None
    gesture: str = "press"
    do: str = ""
    show: str = ""
    colour: str = "white"
    optional: bool = False
    layer: str = ""
    acceleration: Factor | None = None
    n: Which | None = None

    @property
    def fastest(self) -> float:
        """How many clicks the fastest one counts."""
        return FASTEST if self.acceleration is None else self.acceleration


class LayerFile(msgspec.Struct, forbid_unknown_fields=True):
    """One ``[[layer]]``."""

    name: str
    on: str | list[str]
    how: How = "hold"
    colour: str = "white"
    optional: bool = False


class LayoutFile(msgspec.Struct, forbid_unknown_fields=True):
    """The whole file."""

    schema: int
    id: str
    name: str
    requires: list[str] = []
    aside: bool = False
    layer: list[LayerFile] = []
    bind: list[BindFile] = []
    role: dict[str, dict[str, StyleFile]] = {}
