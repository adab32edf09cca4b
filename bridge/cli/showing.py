"""How answers look in a terminal, and without one: the same words, plain, nothing cut off."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click
import msgspec

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_PIPE_WIDTH = 10_000  # columns when nobody looks: titles stay whole
_NARROWEST = 40
_GAP = 2  # columns between two
_LEAST = 12  # columns of the one column that gives way


def as_json(value: object) -> None:
    """Print `value` as JSON for a program: indented for one look, keys in their order."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def json_line(value: object) -> None:
    """Print `value` as one line of JSON."""
    click.echo(msgspec.json.encode(value).decode())


def console() -> Console:
    """Return a console on standard output: colours in a terminal unless NO_COLOR says no."""
    from rich.console import Console  # noqa: PLC0415 - slow to load, and not needed for most commands

    width = None
    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        width = _PIPE_WIDTH
    shown = Console(file=sys.stdout, highlight=False, markup=False, emoji=False, width=width)
    shown.width = max(shown.width, _NARROWEST)
    return shown


def text(words: object, style: str = "") -> Text:
    """Return words in a style; nothing in them is taken for markup or for a control character."""
    from rich.text import Text  # noqa: PLC0415 - as above

    return Text(plain(str(words)), style=style)


def plain(words: str) -> str:
    """Return `words` on one line without anything that a terminal would obey."""
    return "".join(c if c.isprintable() else " " for c in words)


def table(
    heads: Sequence[str],
    rows: Iterable[Sequence[Text | str]],
    *,
    right: Sequence[int] = (),
    flexible: int = 1,
    spare: Sequence[int] = (),
) -> None:
    """Print rows in columns; those of `right` end flush, `flexible` alone is cut when need be.

    Where that is not enough, as on a phone, columns of `spare` are left out, the first of it first.
    """
    from rich.table import Table  # noqa: PLC0415 - as above

    shown = console()
    drawn = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="dim")
    cells = [[text(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    least = [max([len(head), *(row[i].cell_len for row in cells)]) for i, head in enumerate(heads)]
    least[flexible] = min(least[flexible], _LEAST)
    kept = _kept(least, spare, shown.width)
    for index in kept:
        drawn.add_column(
            heads[index],
            justify="right" if index in right else "left",
            no_wrap=index != flexible,  # rich narrows columns that may wrap; the texts forbid it
            overflow="ellipsis",
            min_width=least[index],
        )
    for row in cells:
        row[flexible].no_wrap, row[flexible].overflow = True, "ellipsis"
        drawn.add_row(*(row[index] for index in kept))
    shown.print(drawn)


def _kept(least: Sequence[int], spare: Sequence[int], width: int) -> list[int]:
    """Return the columns that have room in `width`, where each needs `least`."""
    kept = list(range(len(least)))
    for index in spare:
        if sum(least[i] + _GAP for i in kept) > width + _GAP:
            kept.remove(index)
    return kept
