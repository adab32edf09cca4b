"""Dates as other programs write them: kept as they stand, and told where they mean two days."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bridge.files.exchange.carried import Leftovers

_SLASHED = re.compile(r"\s*([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2})\b.*", re.DOTALL)
_MONTHS = 12


def note_ambiguous(cells: Iterable[tuple[int, str, str]], left: Leftovers) -> None:
    """Note where day and month can't be told apart; `cells` are line, column and value.

    One date of the file that can be read only one way, ``22/9/2025``, tells the order of all.
    """
    doubtful: list[tuple[int, str, str]] = []
    for line, column, value in cells:
        found = _SLASHED.fullmatch(value)
        if found is None:
            continue
        first, second = int(found[1]), int(found[2])
        if first > _MONTHS or second > _MONTHS:
            return
        if first != second:
            doubtful.append((line, column, value))
    for line, column, value in doubtful:
        left.note(f"{column}: day and month can't be told apart; kept as written", line, value)
