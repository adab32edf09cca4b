"""The calendar of a report: a column a week, a row a day, a darker block for a longer day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from bridge.cli.report_drawing import heading
from bridge.cli.showing import text
from bridge.core.figures import Figures
from bridge.core.figures_calendar import week_of
from bridge.files.report.words import hours, level, shades, steps

if TYPE_CHECKING:
    from rich.text import Text

_BLOCKS: Final = "·░▒▓█"
_SHADES: Final = ("dim", "#2F6B4F", "#3C9A6B", "#4FC38A", "#7CF0B4")
_DAYS: Final = ("Mon", "   ", "Wed", "   ", "Fri", "   ", "Sun")
_LEFT: Final = 5
_FEWEST: Final = 2
_MONTH: Final = 3  # characters of its name
_WEEK: Final = timedelta(days=7)


def calendar(told: Figures, width: int) -> Iterator[Text]:
    """Yield the calendar, none for a single day; of more weeks than there is room for, the last ones."""
    if len(told.days) < _FEWEST:
        return
    first, last = week_of(told.first), week_of(told.last)
    weeks = (last - first).days // 7 + 1
    cell = 2 if (width - _LEFT) // 2 >= weeks else 1
    room = (width - _LEFT) // cell
    first = max(first, last - (room - 1) * _WEEK)
    columns = [first + week * _WEEK for week in range(min(room, weeks))]
    worked = {day.day: day.worked for day in told.days}
    levels = steps([seconds for seconds in worked.values() if seconds > 0])
    shown = f"the last {room} weeks" if weeks > room else ""
    yield from heading("Days at work", shown)
    yield text(" " * _LEFT + _months(columns, cell), "dim")
    for row in range(7):
        line = text(f"{_DAYS[row]:<{_LEFT}}", "dim")
        for week in columns:
            day = week + timedelta(days=row)
            inside = told.first <= day <= min(told.last, told.today)
            line += _block(worked.get(day, 0.0), levels, cell) if inside else text(" " * cell)
        yield line
    yield _legend(levels)


def _block(seconds: float, limits: Sequence[float], cell: int) -> Text:
    place = level(seconds, limits)
    return text(_BLOCKS[place] * min(cell, 1) + _BLOCKS[place] * (cell - 1), _SHADES[place])


def _months(columns: Sequence[date], cell: int) -> str:
    """Return names of months over the weeks in which they begin, where there is room for them."""
    row = [" "] * (len(columns) * cell + _MONTH)
    free = 0
    for place, week in enumerate(columns):
        end = week + timedelta(days=6)
        at = place * cell
        begins = end.day <= 7  # noqa: PLR2004 - a week
        if at >= free and (begins or (place == 0 and end.day < 20)):  # noqa: PLR2004 - else the next has no room
            row[at : at + _MONTH] = f"{end:%b}"
            free = at + _MONTH + 1
    return "".join(row).rstrip()


def _legend(limits: Sequence[float]) -> Text:
    line = text(" " * _LEFT)
    for place, limit in shades(limits):
        line += text(_BLOCKS[place], _SHADES[place]) + text(f" below {hours(limit)}  ", "dim")
    return line + text(_BLOCKS[4], _SHADES[4]) + text(" more", "dim")
