"""A countdown in large figures: three by five points each, drawn two columns wide."""

from __future__ import annotations

from typing import Final

_POINTS: Final = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ":": (" ", "#", " ", "#", " "),
    "-": ("   ", "   ", "###", "   ", "   "),
}

HEIGHT = 5
"""Rows of a figure."""


def large(text: str, width: int, block: str) -> list[str]:
    """Return `text` (figures, colons, a minus) as rows of at most `width` columns.

    Each point is two columns wide, or one where there is no room for two.
    """
    for scale in (2, 1):
        rows = [_row(text, row, scale, block) for row in range(HEIGHT)]
        if len(rows[0]) <= width:
            return rows
    return [text[:width], *[""] * (HEIGHT - 1)]


def _row(text: str, row: int, scale: int, block: str) -> str:
    figures = (_POINTS[figure][row] for figure in text)
    return (" " * scale).join(
        "".join((block if point == "#" else " ") * scale for point in figure) for figure in figures
    )
