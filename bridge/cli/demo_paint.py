"""What the terminal can show: colours or none, blocks or plain ASCII."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console
from rich.style import Style

from bridge.surface.colour import Rgb

_UNLIT: Rgb = (38, 38, 42)
"""How a dark pad looks: the rubber, not a hole."""

_READABLE = 105
"""The least channel of words: pure blue is too dark to read."""

_GAMMA = 0.6
"""LEDs look brighter than their number, screens darker: levels are raised to this power."""


@dataclass(frozen=True, slots=True)
class Paint:
    """Whether there are colours and block characters, and the characters to draw with."""

    colours: bool
    blocks: bool

    @property
    def pad(self) -> str:
        """A pad's filling: a block that leaves a gap to the row above."""
        return "▇" if self.blocks else "#"

    @property
    def full(self) -> str:
        """A filled cell."""
        return "█" if self.blocks else "#"

    @property
    def upper(self) -> str:
        """The upper half of a cell, where there are halves."""
        return "▀" if self.blocks else " "

    @property
    def line(self) -> str:
        """What rules are drawn with."""
        return "─" if self.blocks else "-"

    @property
    def dot(self) -> str:
        """What stands before a section."""
        return "●" if self.blocks else "*"

    def style(self, rgb: Rgb, *, blink: bool = False) -> Style:
        """Return the style of a light of that colour."""
        red, green, blue = on_screen(rgb)
        return Style(color=f"#{red:02x}{green:02x}{blue:02x}", blink=blink or None)

    def words(self, rgb: Rgb) -> Style:
        """Return the style of words in a light's colour, bright enough to be read."""
        top = max(*rgb, 1)
        red, green, blue = (round(_READABLE + (255 - _READABLE) * c / top) for c in rgb)
        return Style(color=f"#{red:02x}{green:02x}{blue:02x}")


def on_screen(rgb: Rgb) -> Rgb:
    """Return an LED's colour as a screen shows it; a dark one is the colour of the rubber."""
    if not any(rgb):
        return _UNLIT
    top = max(rgb)
    scale = (top / 255) ** _GAMMA * 255 / top
    lifted = [channel * scale for channel in rgb]
    red, green, blue = (
        round(max(c, ground * (1 - top / 255))) for c, ground in zip(lifted, _UNLIT, strict=True)
    )
    return red, green, blue


def paint_for(console: Console) -> Paint:
    """Return what `console` can show."""
    colours = console.color_system is not None and not console.no_color
    try:
        "▇█▀─●▲…".encode(console.encoding)
    except (UnicodeEncodeError, LookupError):
        return Paint(colours, blocks=False)
    return Paint(colours, blocks=not console.legacy_windows)
