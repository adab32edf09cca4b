"""A countdown in figures three rows high, to be read from across the room."""

from __future__ import annotations

from bridge.core import durations

_FIGURES = {
    "0": ("█▀█", "█ █", "▀▀▀"), "1": ("▀█ ", " █ ", "▀▀▀"), "2": ("▀▀█", "█▀▀", "▀▀▀"),
    "3": ("▀▀█", " ▀█", "▀▀▀"), "4": ("█ █", "▀▀█", "  ▀"), "5": ("█▀▀", "▀▀█", "▀▀▀"),
    "6": ("█▀▀", "█▀█", "▀▀▀"), "7": ("▀▀█", "  █", "  ▀"), "8": ("█▀█", "█▀█", "▀▀▀"),
    "9": ("█▀█", "▀▀█", "▀▀▀"), ":": ("▄", " ", "▀"), "-": ("  ", "▀▀", "  "),
}  # fmt: skip


def rows(seconds: float) -> tuple[str, str, str]:
    """Return ``12:34`` (``-0:05`` in overtime) as three rows of text."""
    figures = [_FIGURES[figure] for figure in durations.clock(seconds)]
    first, second, third = (" ".join(row).rstrip() for row in zip(*figures, strict=True))
    return first, second, third
