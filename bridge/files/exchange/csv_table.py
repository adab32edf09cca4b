"""CSV as the world writes it: any of three separators, BOM, CRLF, quoted line breaks, odd headers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bridge.errors import InvalidFile

ROWS = 50_000
"""Rows of one file: beyond this it is no plan."""

_COLUMNS = 500
_SEPARATORS = ",;\t"
# An equals sign begins a formula always; a sign or @ only where something is called: "+6dB" is none.
_FORMULA = re.compile(r"'*\s*(?:=|[+\-@].*(?:\w\(|\|))", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its cells by column, in the header's spelling and folded, and the line it begins at."""

    number: int
    cells: Mapping[str, str]
    folded: Mapping[str, str]

    def get(self, *names: str) -> str:
        """Return the first cell that is not empty of the columns so called, whatever their case."""
        cells = (self.folded.get(name.casefold(), "") for name in names)
        return next((cell for cell in cells if cell), "")


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its rows; empty rows are not told."""

    header: tuple[str, ...]
    rows: tuple[Line, ...]

    def has(self, *names: str) -> bool:
        """Tell whether one of the columns is there."""
        folded = {name.casefold() for name in self.header}
        return any(name.casefold() in folded for name in names)


def header_of(text: str) -> tuple[str, ...]:
    """Return the cells of the first line that has any, () when it can't be told."""
    first = next((line for line in text[:65536].splitlines() if line.strip()), "")
    try:
        cells = next(csv.reader([first], delimiter=_separator(first)), [])
    except csv.Error:
        return ()
    return tuple(cell.strip().removeprefix("\ufeff") for cell in cells)


def read_table(text: str, file: str, needed: Sequence[str]) -> Table:
    """Return the table in `text`. Raises `InvalidFile` for quotes that don't close, or a column missing."""
    lines = list(_lines(text, file))
    if not lines:
        raise InvalidFile(file, f"is empty; needed: a header with {', '.join(needed)}")
    at, header = lines[0][0], _named([unguarded(cell) for cell in lines[0][1]])
    if max(len(cells) for _, cells in lines) > _COLUMNS:
        raise InvalidFile(file, f"has more than {_COLUMNS} columns; no plan has")
    folded = {name.casefold() for name in header}
    for name in needed:
        if name.casefold() not in folded:
            known = ", ".join(header)[:120]
            raise InvalidFile(file, f"has no column {name}; found: {known}", line=at)
    if len(lines) == 1:
        raise InvalidFile(file, "has a header and no row below it", line=at)
    return Table(header, tuple(_row(n, header, cells) for n, cells in lines[1:]))


def write_table(header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Return rows as CSV with CRLF (RFC 4180); what a row lacks is empty."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(map(guarded, header))
    writer.writerows([guarded(row.get(name, "")) for name in header] for row in rows)
    return text.getvalue()


def guarded(cell: str) -> str:
    """Return `cell` so that a spreadsheet runs no formula in it: an apostrophe before what is one."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return the cell that `guarded` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _lines(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    text = text.removeprefix("\ufeff")
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(first), strict=True)
    count, begins = 0, 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                count += 1
                if count > ROWS + 1:
                    raise InvalidFile(file, f"has more than {ROWS} rows; split it", line=begins)
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        problem = f"is not valid CSV: {error}; look for a quotation mark that doesn't close"
        raise InvalidFile(file, problem, line=begins) from None


def _separator(line: str) -> str:
    return max(_SEPARATORS, key=line.count)


def _named(cells: Sequence[str]) -> tuple[str, ...]:
    """Return names for all columns: a second one of the same name, or one without, gets a number."""
    names: dict[str, str] = {}
    for number, cell in enumerate(cells, 1):
        name = " ".join(cell.split()) or f"column {number}"
        name = name if name.casefold() not in names else f"{name} ({number})"
        names[name.casefold()] = name
    return tuple(names.values())


def _row(number: int, header: Sequence[str], written: Sequence[str]) -> Line:
    cells = [unguarded(cell) for cell in written]
    extra = {f"column {n}": cell for n, cell in enumerate(cells[len(header) :], len(header) + 1)}
    named = {**dict(zip(header, cells, strict=False)), **extra}
    return Line(number, named, {name.casefold(): cell for name, cell in named.items()})
