"""The pictures of time: days, weeks, planned against real, estimates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from matplotlib.axes import Axes

from bridge.core.figures import Accuracy, Figures, Line
from bridge.core.figures_calendar import week_of
from bridge.files.report.canvas import (
    FAINT,
    INK,
    LEVELS,
    PLAN,
    REAL,
    WIDE,
    Canvas,
    Picture,
    boxes,
    cut,
    room,
)  # fmt: skip
from bridge.files.report.scales import ROW, below, beside, inches, key, named, numbers, rows_of
from bridge.files.report.words import hours, level, many, shades, steps

_HOUR: Final = 3600.0
_SHORT: Final = 300.0  # seconds: below, an axis in minutes would have parts of one
_BAND: Final = 53  # weeks in one band of the calendar: a year
_NARROW: Final = 30  # weeks for which there is room at least: fewer would make giants of the days
_DOWN: Final = 10.4  # rows of a band, with its months above it
_NAME: Final = 20  # columns of a name beside a bar
_WEEK: Final = timedelta(days=7)
_WIDEST: Final = 4.0  # times the plan; what is beyond stands at the edge
_SPARE: Final = "#8D99AE"
EPOCH: Final = date(1970, 1, 1).toordinal()
"""The day from which pictures count."""


def calendar(told: Figures) -> Picture:
    """Draw a square a day, darker for a longer one; a row of squares a weekday, a band a year."""
    worked = {day.day: day.worked for day in told.days}
    limits = steps([seconds for seconds in worked.values() if seconds > 0])
    first, last = week_of(told.first), week_of(min(told.last, max(told.today, told.first)))
    weeks = [first + n * _WEEK for n in range((last - first).days // 7 + 1)]
    bands = [weeks[n : n + _BAND] for n in range(0, len(weeks), _BAND)]
    across = max(_NARROW, min(_BAND, len(weeks)))
    side = 72 * (WIDE - 0.47) / across  # of a day, in points
    days, total = many(len(worked), "day"), hours(sum(worked.values()))
    what = f"{total} on {days} from {told.first} to {told.last}; a darker square is a longer day."
    with Canvas("calendar", "Days at work", what, (_DOWN * len(bands) + 1.4) * side / 72) as canvas:
        axes = canvas.axes(left=0.42, right=0.05, top=0.0, bottom=0.0)
        points: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
        for row, some in enumerate(bands):
            _band(axes, some, row * _DOWN)
            for column, week in enumerate(some):
                for place in range(7):
                    day = week + timedelta(days=place)
                    if told.first <= day <= told.last and day <= told.today:
                        shade = level(worked.get(day, 0.0), limits)
                        points[shade].append((column, row * _DOWN + place))
        for shade, where in sorted(points.items()):
            _squares(axes, where, LEVELS[shade], side)
        _shades(axes, limits, _DOWN * len(bands), side, across)
        axes.set_xlim(-0.6, across - 0.4)
        axes.set_ylim(_DOWN * len(bands) - 0.6, -2.0)
        return canvas.done()


def _band(axes: Axes, weeks: Sequence[date], top: float) -> None:
    """Write the months over the weeks in which they begin, and three weekdays at the left."""
    free = 0
    for column, week in enumerate(weeks):
        end = week + timedelta(days=6)
        if end.day <= 7 and column >= free:  # noqa: PLR2004 - a week
            name = f"{end:%b}" if end.month > 1 else f"{end:%Y}"
            axes.text(column, top - 0.9, name, fontsize=8.5, color=FAINT, ha="left")
            free = column + 4
    for place, name in ((0, "Mon"), (3, "Thu"), (6, "Sun")):
        axes.text(-1, top + place, name, fontsize=8.0, color=FAINT, ha="right", va="center")


def _squares(axes: Axes, where: Sequence[tuple[float, float]], colour: str, side: float) -> None:
    across, down = zip(*where, strict=True)
    axes.plot(across, down, "s", markersize=side * 0.84, color=colour, markeredgewidth=0)


def _shades(axes: Axes, limits: Sequence[float], down: float, side: float, columns: int) -> None:
    """Explain the shades under the calendar."""
    told = [(shade, f"below {hours(limit)}") for shade, limit in shades(limits)]
    for place, (shade, words) in enumerate([*told, (4, "more")] if limits else ()):
        across = place * columns / 4.2
        _squares(axes, [(across, down - 1.4)], LEVELS[shade], side)
        axes.text(across + 8 / side, down - 1.4, words, fontsize=8.5, color=FAINT, va="center")


def weeks(told: Figures) -> Picture:
    """Draw the hours of each week, in the colours of the sections; of each month beyond two years."""
    sums: defaultdict[date, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    long = (told.last - told.first).days > 2 * 366
    for day in told.days:
        start = day.day.replace(day=1) if long else week_of(day.day)
        for section, seconds in day.sections:
            sums[start][section] += seconds
    unit, sign = _unit(max((sum(some.values()) for some in sums.values()), default=0.0))
    names = [line.name for line in told.sections if line.tally.worked]
    colours = {line.name: line.colour or _SPARE for line in told.sections}
    each = "month" if long else "week"
    what = f"Time each {each} in the colours of the sections, from {told.first} to {told.last}."
    starts = sorted(sums)
    wide = 26.0 if long else 6.0  # days
    shown = [(colours[name], cut(name, _NAME)) for name in names]
    top = 0.1 + ROW * rows_of(shown, WIDE - 0.52)
    with Canvas("weeks", f"Time each {each}", what, 1.95 + top) as canvas:
        axes = canvas.axes(left=0.42, top=top)
        left = [start.toordinal() - EPOCH for start in starts]
        base = [0.0] * len(starts)
        for name in names:
            high = [sums[start][name] / unit for start in starts]
            boxes(axes, list(zip(left, base, [wide] * len(left), high, strict=True)), colours[name])
            base = [low + more for low, more in zip(base, high, strict=True)]
        most = max([*base, 0.1]) * 1.05
        axes.set_ylim(0, most)
        dates(axes, told.first, told.last)
        beside(axes, numbers(most, sign))
        key(axes, shown)
        return canvas.done()


def dates(
    axes: Axes, first: date, last: date, *, months: bool = False, lines: bool = False
) -> None:
    """Put a handful of dates under the axes, whatever the stretch of days."""
    span = max(1, (last - first).days)
    wanted = [first + timedelta(days=round(span * part / 4)) for part in range(4)]
    months = months or span > 100  # noqa: PLR2004 - days
    if months:
        begun = [first.replace(day=1)]
        while begun[-1] <= last:
            begun.append((begun[-1] + timedelta(days=32)).replace(day=1))
        inside = [month for month in begun if first <= month <= last]
        wanted = inside[:: max(1, (len(inside) + 4) // 6)]
    marks = [(day.toordinal() - EPOCH, _named(day, years=months)) for day in dict.fromkeys(wanted)]
    axes.set_xlim(first.toordinal() - EPOCH - 4, last.toordinal() - EPOCH + 4)
    below(axes, marks, lines=lines, align="left")


def _named(day: date, *, years: bool) -> str:
    """Return a short date: the month, or of a January the year."""
    if not years:
        return f"{day.day} {day:%b}"
    return f"{day:%Y}" if day.month == 1 else f"{day:%b}"


def against(name: str, title: str, lines: Sequence[Line]) -> Picture:
    """Draw a bar for the real time of each line, in its colour, and a mark at what was planned."""
    labels = [cut(line.name, _NAME) for line in lines]
    what = f"Real against planned time of done tasks. {_told(lines)}"
    with Canvas(name, title, what, 0.62 + 0.27 * len(lines)) as canvas:
        axes = canvas.axes(left=room(labels), right=0.55, top=0.26, bottom=0.28)
        places = range(len(lines))
        unit, sign = _unit(
            max((max(one.tally.real, one.tally.planned) for one in lines), default=0.0)
        )
        real = [line.tally.real / unit for line in lines]
        plan = [line.tally.planned / unit for line in lines]
        for place, line in zip(places, lines, strict=True):
            boxes(axes, [(0, place - 0.31, real[place], 0.62)], line.colour or REAL)
        axes.plot(plan, places, "|", markersize=15, markeredgewidth=2.2, color=INK)
        most = max([*real, *plan, 0.01]) * 1.03
        for place, line in zip(places, lines, strict=True):
            if line.ratio is not None:
                at = max(real[place], plan[place]) + most / 50
                axes.text(at, place, f"{line.ratio.median:.2f}x", va="center", fontsize=9.0)
        axes.set_ylim(len(lines) - 0.4, -0.6)
        axes.set_xlim(0, most)
        below(axes, numbers(most, sign))
        beside(axes, list(enumerate(labels)), lines=False)
        _plan_and_real(axes)
        return canvas.done()


def _plan_and_real(axes: Axes) -> None:
    """Explain bar and mark above the axes, at the right."""
    wide, high = inches(axes)
    middle, left = 1 + 0.13 / high, wide - 1.35
    bar = (left / wide, middle - 0.05 / high, 0.2 / wide, 0.1 / high)
    boxes(axes, [bar], REAL, way=axes.transAxes)
    axes.plot(
        (left + 0.67) / wide, middle, "|", markersize=10, markeredgewidth=2.2, color=INK,
        transform=axes.transAxes, clip_on=False,
    )  # fmt: skip
    for words, away in (("real", 0.25), ("planned", 0.74)):
        axes.text(
            (left + away) / wide, middle, words, transform=axes.transAxes, va="center", fontsize=9.0
        )


def _unit(longest: float) -> tuple[float, str]:
    """Return the seconds of what an axis counts in, and its sign; none is so large that it is told in parts."""
    if longest >= 2 * _HOUR:
        return _HOUR, "h"
    return (60.0, "m") if longest >= _SHORT else (1.0, "s")


def _told(lines: Sequence[Line]) -> str:
    told = (
        f"{cut(line.name, _NAME)}: {hours(line.tally.real)} of {hours(line.tally.planned)}"
        for line in lines[:5]
    )
    return "; ".join(told) + "."


def months(accuracy: Accuracy) -> Picture:
    """Draw the middle and the quartiles of each month's estimates, with a line where plan and time meet."""
    some = [month for month in accuracy.months if month.ratio.count > 1]
    places = [month.first.toordinal() - EPOCH + 14 for month in some]
    middle = [min(_WIDEST, month.ratio.median) for month in some]
    low = [min(_WIDEST, month.ratio.low) for month in some]
    high = [min(_WIDEST, month.ratio.high) for month in some]
    what = (
        "Real time as a multiple of the plan, by month: half of the tasks lie in the band, the dot is "
        f"the middle one. First {some[0].ratio.median:.2f}, last {some[-1].ratio.median:.2f}."
    )
    with Canvas("months", "Estimates by month", what, 2.0) as canvas:
        axes = canvas.axes(left=0.42)
        axes.axhline(1, color=FAINT, linewidth=1.0, linestyle=(0, (3, 3)))
        axes.fill_between(places, low, high, color=REAL, alpha=0.28, linewidth=0)
        axes.plot(places, middle, "o-", color=REAL, markersize=5, linewidth=1.6)
        most = max(2.0, *high) * 1.05
        axes.set_ylim(0, most)
        last = (some[-1].first + timedelta(days=32)).replace(day=1)
        dates(axes, some[0].first, last, months=True)
        beside(axes, numbers(most, "x"))
        return canvas.done()


def ratios(accuracy: Accuracy) -> Picture:
    """Draw how many tasks took how many times their plan."""
    edges = [n / 5 for n in range(int(_WIDEST * 5) + 1)]
    counts = [0] * len(edges)
    for one in accuracy.ratios:
        counts[min(len(edges) - 1, int(one * 5 + 1e-9))] += 1
    last = max((n for n, count in enumerate(counts) if count), default=0)
    wide = max(9, last)
    counts, edges = counts[: wide + 1], edges[: wide + 1]
    what = (
        f"Half of {accuracy.ratio.count} tasks took {accuracy.ratio.low:.2f} to {accuracy.ratio.high:.2f} "
        f"times their plan; {accuracy.close:.0%} stayed within a fifth of it."
    )
    with Canvas("ratios", "How often plan and time meet", what, 2.0) as canvas:
        axes = canvas.axes(left=0.42, bottom=0.42)
        close = [edge in (0.8, 1.0) for edge in edges]
        for colour, these in ((REAL, close), (PLAN, [not one for one in close])):
            some = [
                (edge + 0.01, 0.0, 0.18, float(count))
                for edge, count, one in zip(edges, counts, these, strict=True)
                if one
            ]
            boxes(axes, some, colour)
        axes.axvline(1, color=FAINT, linewidth=1.0, linestyle=(0, (3, 3)))
        most, right = max(counts) * 1.05, edges[-1] + 0.2
        axes.set_xlim(0, right)
        axes.set_ylim(0, most)
        below(axes, numbers(right, "x"), lines=False)
        beside(axes, numbers(most, "", whole=True))
        named(axes, "real time as a multiple of the plan")
        return canvas.done()
