"""A report for a terminal of 80 columns. What says nothing is left out; glyphs tell it without colours, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from bridge.cli.report_beside import goals, lacks, persons, ways
from bridge.cli.report_calendar import calendar
from bridge.cli.report_drawing import against, box, cut, heading, way
from bridge.cli.showing import text
from bridge.core.figures import Aside, Ended, Figures, Journey, Line, Period
from bridge.files.report.words import hours, many

if TYPE_CHECKING:
    from rich.text import Text

_NAME: Final = 16  # columns of a section, kind or song
_ROOMY: Final = 72  # columns from which on there is room for bars and for every figure
_KINDS, _SONGS, _MONTHS, _TITLES, _WAITING = 8, 12, 12, 5, 5
_STAGES: Final = ("#5B8DEF", "#B07CE8", "#F0A202", "#3DBE8B", "#E4572E", "#8D99AE")


def lines(told: Figures, width: int, named: str = "") -> Iterator[Text]:
    """Yield the report; `named` is what it is limited to besides days."""
    for line in _all(told, width, named):
        line.rstrip()
        yield line


def _all(told: Figures, width: int, named: str) -> Iterator[Text]:
    yield text(f"{told.first} to {told.last}", "bold") + text(f" · {named}" if named else "")
    yield from lacks(told)
    if told.empty:
        yield text("nothing was worked on these days; `songbridge start` begins", "dim")
        yield from goals(told, width)
        return
    yield from _summary(told, width)
    yield from calendar(told, width)
    yield from _against("Planned against real, by section", told.sections, width)
    if len(told.kinds) > 1:  # a single kind would repeat the sum
        yield from _against("By kind: the first word of a task", told.kinds[:_KINDS], width)
    if len(told.songs) > 1:
        yield from _against("By song", told.songs[:_KINDS], width)
    yield from _estimates(told, width)
    yield from _journeys(told, width)
    yield from _asides(told, width)
    yield from persons(told, width)
    yield from goals(told, width)
    yield from ways(told)


# --- in short -------------------------------------------------------------------------------------


def _summary(told: Figures, width: int) -> Iterator[Text]:
    total = told.total
    done = [many(total.done, "task") + " done", f"{total.skipped} skipped" if total.skipped else ""]
    sat = many(told.sittings, "sitting")
    days = many(len(told.days), "day")
    yield text(" · ".join([f"{hours(total.worked)} in {sat} on {days}", *filter(None, done)]))
    yield text(_strictness(told))
    for name, period in (("This week", told.week), ("This month", told.month)):
        if period is not None and (period.worked or period.done or period.reached):
            yield from _period(name, period, width)
    yield from _streaks(told)


def _strictness(told: Figures) -> str:
    total = told.total
    parts = [
        many(total.rounds, "box", "boxes") + " ran out" if total.rounds else "",
        f"{many(total.extensions, 'extension')} of {hours(total.extended)}"
        if total.extensions
        else "",
        f"{hours(total.over)} over time" if total.over >= 60 else "",  # noqa: PLR2004 - a minute
    ]
    return " · ".join(part for part in parts if part) or "no box ran out"


def _period(name: str, period: Period, width: int) -> Iterator[Text]:
    words = [
        f"{hours(period.worked)} in {many(period.sittings, 'sitting')}" if period.sittings else "",
        f"{len(period.done)} done" if period.done else "",
        f"{period.set_aside} set aside" if period.set_aside else "",
    ]
    yield text(f"{name:<11} ", "bold") + text(" · ".join(word for word in words if word))
    if name == "This week":
        for task in period.done[-_TITLES:]:
            yield text("            ") + cut(f"{task.title} ({task.song})", width - 14, "dim")
    for song, stage in period.reached[-_TITLES:]:
        yield text("            ") + cut(f"{song} reached {stage}", width - 14, "green")


def _streaks(told: Figures) -> Iterator[Text]:
    streaks = told.streaks
    parts = []
    for run, longest, one in (
        (streaks.days, streaks.longest_days, "day"),
        (streaks.weeks, streaks.longest_weeks, "week"),
    ):
        if longest is not None and longest.length > 1:
            best = f"longest {longest.length}, to {longest.last}"
            best = "never longer" if run and run.length == longest.length else best
            now = many(run.length, one) if run else f"no {one} now"
            parts.append(f"{now} ({best})")
    if parts:
        yield text(f"{'In a row':<11} ", "bold") + text(" · ".join(parts))


# --- planned against real -------------------------------------------------------------------------


def _against(title: str, rows: Sequence[Line], width: int) -> Iterator[Text]:
    rows = [row for row in rows if row.tally.done or row.tally.worked]
    if not any(row.tally.done for row in rows):
        return
    if width < _ROOMY:
        yield from _against_narrow(title, rows, width)
        return
    bar = width - _NAME - 43
    most = max(max(row.tally.planned, row.tally.real) for row in rows) or 1.0
    yield from heading(title, "█ real  │ planned, of tasks that were done")
    yield text(
        f"{'':<{_NAME + bar + 2}}{'done':>6}{'planned':>9}{'real':>8}{'times':>7}{'ran out':>9}",
        "dim",
    )
    for row in rows:
        tally = row.tally
        ratio = f"{row.ratio.median:.2f}" if row.ratio else ""
        figures = f"{tally.done:>6}{hours(tally.planned):>9}{hours(tally.real):>8}{ratio:>7}"
        drawn = against(tally.planned / most, tally.real / most, bar, row.colour)
        yield cut(row.name, _NAME) + text(" ") + drawn + text(f" {figures}{tally.rounds or '':>9}")


def _against_narrow(title: str, rows: Sequence[Line], width: int) -> Iterator[Text]:
    """Yield the same without bars, for as few columns as 40."""
    yield text("")
    yield cut(title, width, "bold")
    name = max(8, width - 26)
    yield text(f"{'':<{name}}{'planned':>9}{'real':>9}{'times':>7}", "dim")
    for row in rows:
        ratio = f"{row.ratio.median:.2f}" if row.ratio else ""
        figures = f"{hours(row.tally.planned):>9}{hours(row.tally.real):>9}{ratio:>7}"
        yield cut(row.name, name) + text(figures)


# --- estimates ------------------------------------------------------------------------------------


def _estimates(told: Figures, width: int) -> Iterator[Text]:
    accuracy = told.accuracy
    if accuracy is None:
        return
    ratio = accuracy.ratio
    yield from heading("Your own estimates", "real time as a multiple of the plan")
    if ratio.count == 1:
        yield text(f"one task so far: {ratio.median:.2f} times its plan")
        return
    half = f"half take {ratio.low:.2f} to {ratio.high:.2f} times their plan"
    close = f"{accuracy.close:.0%} within a fifth of it"
    yield text(f"{ratio.count} tasks: {half}, the middle one {ratio.median:.2f},")
    yield text(f"and {close}")
    months = [month for month in accuracy.months if month.ratio.count > 1][-_MONTHS:]
    if len(months) < 2:  # noqa: PLR2004 - one month is no trend
        return
    most = max(2.0, *(min(4.0, month.ratio.high) for month in months))
    columns = width - 26
    yield text(
        f"{'':9}0" + f"{1:>{int(columns / most)}}".ljust(columns - 1) + "  middle  tasks", "dim"
    )
    for month in months:
        one = month.ratio
        drawn = box((one.low, one.median, one.high), most, columns)
        yield text(f"{month.first:%Y-%m}  ") + drawn + text(f"  {one.median:>6.2f}  {one.count:>5}")


# --- songs and what was set aside -----------------------------------------------------------------


def _journeys(told: Figures, width: int) -> Iterator[Text]:
    ways = [one for one in told.journeys if one.stops]
    if not ways:
        return
    stage = {name: place for place, name in enumerate(told.stages)}
    yield from heading("Songs through their stages", f"{told.first} to {told.last}")
    legend = text("")
    for name in told.stages:
        legend += way(stage[name], 1, _STAGES) + text(f" {name}  ", "dim")
    yield legend
    title = min(22, width // 4, max(len(one.title) for one in ways))
    stage_name = min(width // 4, max(len(name) for name in told.stages))
    bar = width - title - stage_name - 2
    shown = sorted(ways, key=_latest)[-_SONGS:]
    for one in shown:
        yield (
            cut(one.title, title)
            + text(" ")
            + _way(one, told, bar, stage)
            + text(" ")
            + cut(one.stops[-1].stage, stage_name, "dim")
        )
    if len(ways) > len(shown):
        yield text(
            f"and {len(ways) - len(shown)} more, that moved earlier; --html shows all", "dim"
        )


def _latest(one: Journey) -> tuple[bool, date]:
    """Songs that are in hand last, and of either the one that moved last."""
    return not one.finished, one.stops[-1].since


def _way(one: Journey, told: Figures, bar: int, stage: dict[str, int]) -> Text:
    span = max(1, (told.last - told.first).days + 1)
    drawn, at = text(""), 0
    for place, stop in enumerate(one.stops):
        last = place == len(one.stops) - 1
        begins = min(bar - 1, max(0, int((stop.since - told.first).days / span * bar)))
        until = stop.until or told.last
        ends = bar if stop.until is None else int((until - told.first).days / span * bar)
        if last and one.finished:
            ends = begins + 1
        ends = min(bar, max(ends, begins + 1))
        begins = max(begins, at)
        if begins >= ends:
            continue
        drawn += text(" " * (begins - at)) + way(stage[stop.stage], ends - begins, _STAGES)
        at = ends
    return drawn + text(" " * (bar - at))


def _asides(told: Figures, width: int) -> Iterator[Text]:
    if not told.asides:
        return
    back = sorted(one.days for one in told.asides if one.ended is Ended.BACK)
    waiting = [one for one in told.asides if one.ended is Ended.WAITING]
    left = len(told.asides) - len(back) - len(waiting)
    yield from heading("Set aside", many(len(told.asides), "time"))
    yield text(_returns(back))
    rest = [
        f"{len(waiting)} still waiting" if waiting else "",
        f"{left} left for good" if left else "",
    ]
    yield text(" · ".join(part for part in rest if part)) if any(rest) else text("all are back")
    for one in sorted(waiting, key=_waited)[:_WAITING]:
        song = min(_NAME + 4, width // 4)
        title = cut(one.title, width - song - 13)
        yield text(f"{_waiting(one):>9}  ") + title + text("  ") + cut(one.song, song, "dim")


def _waited(one: Aside) -> float:
    return -one.days


def _waiting(one: Aside) -> str:
    return many(int(one.days), "day") if one.days >= 1 else "today"


def _returns(days: Sequence[float]) -> str:
    if not days:
        return "none came back yet"
    same = sum(one < 1 for one in days) or "none"
    middle = _days(days[len(days) // 2])
    return f"{len(days)} came back, {same} within a day, the middle one after {middle}"


def _days(days: float) -> str:
    return many(round(days), "day") if days >= 1 else hours(days * 86400)
