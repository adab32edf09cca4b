"""The hues of a Maschine Mikro MK3's pads, by number: sixteen around the circle, then white.

Names and order: r00tman/maschine-mikro-mk3-driver, the only source. No source gives their RGB: each is
the pure colour of its name, so the order around the circle is sure and the exact place is not.
"""

from __future__ import annotations

SWATCHES: tuple[str, ...] = (
    "#000000",  # off
    "#FF0000",  # red
    "#FF5000",  # orange
    "#FF8000",  # light orange
    "#FFB000",  # warm yellow
    "#FFE600",  # yellow
    "#A0FF00",  # lime
    "#00FF00",  # green
    "#00FF80",  # mint
    "#00FFFF",  # cyan
    "#00B0FF",  # turquoise
    "#0040FF",  # blue
    "#4000FF",  # plum
    "#7000FF",  # violet
    "#A000FF",  # purple
    "#FF00FF",  # magenta
    "#FF0080",  # fuchsia
    "#FFFFFF",  # white
)
"""Index = hue, as the pad is told."""
