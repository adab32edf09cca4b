"""What stands around a picture: numbers and names along its edges, fine lines through it, its key.

matplotlib's own ticks and legends are objects of a dozen parts each, and took half of all drawing. Here
each word is one text and all lines are one collection; where numbers stand is still the library's choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Transform

from bridge.files.report.canvas import FAINT, GRID, INK, boxes

Marks: TypeAlias = Sequence[tuple[float, str]]
"""Places along an edge, in the picture's own measure, each with its words."""

ROW: Final = 0.19
"""Inches that a row of a key takes above the axes."""

_AWAY: Final = 0.055  # inches between the axes and their words
_SQUARE: Final = 0.13  # inches of a square of the key
_LETTER: Final = 0.083  # inches of the average letter in a key
_SOME: Final = 5  # numbers along an edge, about


def numbers(most: float, sign: str, *, whole: bool = False) -> list[tuple[float, str]]:
    """Return round numbers from 0 up to `most`, each with its words; `whole` leaves out parts of one."""
    locator = MaxNLocator(nbins=_SOME, steps=[1, 2, 2.5, 5, 10], integer=whole)
    found = (float(one) for one in locator.tick_values(0.0, most))
    return [(one, f"{one:g}{sign}") for one in found if 0 <= one <= most]


def below(
    axes: Axes,
    marks: Marks,
    *,
    lines: bool = True,
    align: Literal["left", "center"] = "center",
    size: float = 9.5,
) -> None:
    """Write `marks` under the axes, with a line up through the picture at each."""
    way, (_, high) = axes.get_xaxis_transform(), inches(axes)
    _lines(axes, [((place, 0.0), (place, 1.0)) for place, _ in marks if lines], way)
    for place, words in marks:
        axes.text(
            place, -_AWAY / high, words, transform=way, ha=align, va="top", color=INK, fontsize=size
        )


def beside(axes: Axes, marks: Marks, *, lines: bool = True, size: float = 9.5) -> None:
    """Write `marks` at the left of the axes, with a line across the picture at each."""
    way, (wide, _) = axes.get_yaxis_transform(), inches(axes)
    _lines(axes, [((0.0, place), (1.0, place)) for place, _ in marks if lines], way)
    for place, words in marks:
        axes.text(
            -_AWAY / wide, place, words, transform=way, ha="right", va="center", color=INK,
            fontsize=size,
        )  # fmt: skip


def ground(axes: Axes) -> None:
    """Draw the line on which a picture stands."""
    _lines(axes, [((0.0, 0.0), (1.0, 0.0))], axes.transAxes)


def named(axes: Axes, words: str) -> None:
    """Say what the numbers under the axes count."""
    _, high = inches(axes)
    axes.text(
        0.5, -0.22 / high, words, transform=axes.transAxes, ha="center", va="top", color=FAINT,
        fontsize=8.5,
    )  # fmt: skip


def key(axes: Axes, entries: Sequence[tuple[str, str]]) -> None:
    """Explain colours above the axes, row by row; `entries` are colours and words, see `key_rows`."""
    wide, high = inches(axes)
    for row, (colour, words), left in _placed(entries, wide):
        middle = 1 + (0.08 + ROW * (rows_of(entries, wide) - row - 0.5)) / high
        square = (left / wide, middle - _SQUARE / 2 / high, _SQUARE / wide, _SQUARE / high)
        boxes(axes, [square], colour, way=axes.transAxes)
        axes.text(
            (left + _SQUARE + 0.05) / wide, middle, words, transform=axes.transAxes, ha="left",
            va="center", color=INK, fontsize=9.0,
        )  # fmt: skip


def rows_of(entries: Sequence[tuple[str, str]], wide: float) -> int:
    """Return the rows that a key takes in that many inches."""
    return 1 + max((row for row, _, _ in _placed(entries, wide)), default=-1)


def _placed(
    entries: Sequence[tuple[str, str]], wide: float
) -> list[tuple[int, tuple[str, str], float]]:
    """Return the row of each entry of a key, the entry, and the inches at its left."""
    row, left, placed = 0, 0.0, []
    for entry in entries:
        takes = _SQUARE + 0.05 + _LETTER * len(entry[1]) + 0.16
        if left and left + takes > wide + 0.16:
            row, left = row + 1, 0.0
        placed.append((row, entry, left))
        left += takes
    return placed


def inches(axes: Axes) -> tuple[float, float]:
    """Return how wide and how high the axes are."""
    place, figure = axes.get_position(original=True), axes.get_figure(root=True)
    wide, high = figure.get_size_inches() if figure is not None else (1.0, 1.0)
    return float(place.width * wide), float(place.height * high)


def _lines(
    axes: Axes,
    ends: Sequence[tuple[tuple[float, float], tuple[float, float]]],
    way: Transform,
) -> None:
    if ends:
        drawn = LineCollection(ends, colors=GRID, linewidths=0.6, transform=way, zorder=0.5)
        axes.add_collection(drawn, autolim=False)
