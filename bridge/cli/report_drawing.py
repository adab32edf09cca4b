"""Bars, boxes and headings of a report, in characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from bridge.cli.report_glyphs import PLAIN
from bridge.cli.showing import text

if TYPE_CHECKING:
    from rich.text import Text

_WAYS: Final = "░▒▓█▚▞"


def heading(title: str, what: str = "") -> Iterator[Text]:
    """Yield an empty line and a title, with what the figures are beside it."""
    yield text("")
    yield text(title, "bold") + text(f"  {what}" if what else "", "dim")


def cut(words: str, columns: int, style: str = "") -> Text:
    """Return words in exactly that many columns."""
    shown = text(words, style)
    shown.truncate(columns, overflow="ellipsis", pad=True)
    return shown


def against(planned: float, real: float, columns: int, colour: str) -> Text:
    """Return a bar for `real`, with a mark at `planned`; both from 0 to 1 of the columns."""
    mark = max(0, min(columns - 1, round(planned * columns) - 1))
    full = min(columns, round(real * columns))
    bar = "█" * full + " " * (columns - full)
    return text(bar[:mark], colour) + text("│", "bold") + text(bar[mark + 1 :], colour)


def box(quartiles: Sequence[float], most: float, columns: int) -> Text:
    """Return low, median and high on a line from 0 to `most`, with a dotted mark at 1."""
    low, middle, high = (min(columns - 1, int(q / most * columns)) for q in quartiles)
    row = [" "] * columns
    row[min(columns - 1, int(columns / most))] = "┊"
    row[low : high + 1] = "─" * (high + 1 - low)
    row[low], row[high], row[middle] = "├", "┤", "●"
    return text("".join(row))


def in_ascii(line: Text) -> Text:
    """Return a line as a terminal shows it that has none of the drawing's signs."""
    line.plain = line.plain.translate(PLAIN)
    return line


def way(stage: int, columns: int, colours: Sequence[str]) -> Text:
    """Return a piece of a song's way at the stage of that place."""
    return text(_WAYS[stage % len(_WAYS)] * columns, colours[stage % len(colours)])
