"""The report as one HTML file: pictures and tables, no script, nothing from the network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bridge.core.figures import Ended, Figures, Journey, Line, Period, Spread
from bridge.files.report import pictures, song_pictures, tables
from bridge.files.report.canvas import Picture
from bridge.files.report.page_beside import beside
from bridge.files.report.page_parts import folded, safe, table
from bridge.files.report.style import STYLE
from bridge.files.report.words import hours, lacking, many

MARK: Final = '<meta name="generator" content="Songbridge report">'
"""Stands among the first lines of every report: what lacks it is not written over."""

_KINDS, _SONGS, _LISTED = 12, 20, 200
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def page(told: Figures, named: str = "") -> str:
    """Return the file's text; `named` is what the report is limited to besides days."""
    title = f"Songbridge report, {told.first} to {told.last}" + (f", {named}" if named else "")
    return "\n".join(
        (
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8">',
            MARK,
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{safe(title)}</title>",
            f"<style>{STYLE}</style></head><body>",
            f"<h1>{safe(named or 'What the work adds up to')}</h1>",
            f'<p class="faint">{told.first} to {told.last}</p>',
            *_body(told),
            "</body></html>",
            "",
        )
    )


def _body(told: Figures) -> Iterator[str]:
    if lost := lacking(told):
        yield f"<p>{lost}.</p>"
    yield from _facts(told) if not told.empty else ()
    yield "<main>"
    if told.empty:
        yield "<section><p>Nothing was worked on these days.</p></section>"
    else:
        yield from _time(told)
        yield from _songs(told)
    yield from beside(told)
    yield "</main>"


def _time(told: Figures) -> Iterator[str]:
    if len(told.days) > 1:
        yield _figure(pictures.calendar(told), _days(told))
        yield _figure(pictures.weeks(told), tables.weeks(told))
    yield from _lines(
        "sections", "Planned against real, by section", "Section", told.sections, len(told.sections)
    )
    if len(told.kinds) > 1:
        yield from _lines("kinds", "By kind: the first word of a task", "Kind", told.kinds, _KINDS)
    if len(told.songs) > 1:
        yield from _lines("songs", "Planned against real, by song", "Song", told.songs, _SONGS)
    yield from _estimates(told)


def _songs(told: Figures) -> Iterator[str]:
    if told.journeys and told.first < told.last:
        yield _figure(song_pictures.journeys(told), _ways(told.journeys))
    if len(told.journeys) > 1 and told.first < told.last:
        yield _figure(song_pictures.stages(told), tables.stages(told))
    if told.asides:
        yield _figure(song_pictures.asides(told.asides), _asides(told))
    for name, period in (("This week", told.week), ("This month", told.month)):
        if period is not None and (period.done or period.reached):
            yield _period(name, period)


def _figure(picture: Picture, more: str) -> str:
    return (
        f'<figure id="{picture.name}"><h2>{safe(picture.title)}</h2>{picture.svg}'
        f"<figcaption>{safe(picture.told)}</figcaption>{more}</figure>"
    )


# --- in short -------------------------------------------------------------------------------------


def _facts(told: Figures) -> Iterator[str]:
    total, streaks = told.total, told.streaks
    weeks = streaks.weeks.length if streaks.weeks else 0
    rows = [
        ("worked", hours(total.worked)),
        ("sittings", str(told.sittings)),
        ("days at work", str(len(told.days))),
        ("tasks done", str(total.done)),
        ("skipped", str(total.skipped or "")),
        ("boxes that ran out", str(total.rounds or "")),
        (f"extensions, {hours(total.extended)}", str(total.extensions or "")),
        ("over time", hours(total.over) if total.over >= 60 else ""),  # noqa: PLR2004 - a minute
        ("weeks in a row", str(weeks) if weeks > 1 else ""),
        ("longest run of days", str(streaks.longest_days.length) if streaks.longest_days else ""),
    ]
    cells = (f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows if value)
    yield f'<dl class="facts" id="facts">{"".join(cells)}</dl>'


def _period(name: str, period: Period) -> str:
    done = [
        f'{safe(task.title)} <span class="faint">{safe(task.song)}</span>' for task in period.done
    ]
    reached = [f"{safe(song)} reached {safe(stage)}" for song, stage in period.reached]
    listed = "".join(f"<li>{row}</li>" for row in (*reached, *done[-_LISTED:]))
    sat = (
        f"{hours(period.worked)} in {many(period.sittings, 'sitting')}, " if period.sittings else ""
    )
    sat += f"{many(len(period.done), 'task')} done"
    anchor = name.lower().replace(" ", "-")
    return (
        f'<section id="{anchor}"><h2>{name}</h2><p class="faint">{sat}</p>'
        f"{folded(f'<ul>{listed}</ul>', 'What was done')}</section>"
    )


# --- pictures with their tables -------------------------------------------------------------------


def _lines(anchor: str, title: str, what: str, lines: Sequence[Line], most: int) -> Iterator[str]:
    done = [line for line in lines if line.tally.done]
    if done:
        yield _figure(
            pictures.against(anchor, title, done[:most]), folded(_lines_told(what, lines))
        )


def _lines_told(what: str, lines: Sequence[Line]) -> str:
    heads = (
        what,
        "done",
        "planned",
        "real",
        "times",
        "worked",
        "over",
        "extended",
        "ran out",
        "skipped",
    )
    rows = []
    for line in lines:
        tally = line.tally
        dot = (
            f'<span class="dot" style="background:{safe(line.colour)}"></span>'
            if line.colour
            else ""
        )
        times = f"{line.ratio.median:.2f}" if line.ratio else ""
        row = (
            dot + safe(line.name), tally.done, hours(tally.planned), hours(tally.real), times,
            hours(tally.worked), hours(tally.over), tally.extensions, tally.rounds, tally.skipped,
        )  # fmt: skip
        rows.append([str(cell) for cell in row])
    return table(heads, rows)


def _estimates(told: Figures) -> Iterator[str]:
    accuracy = told.accuracy
    if accuracy is None or accuracy.ratio.count < 2:  # noqa: PLR2004 - one task is no spread
        return
    heads = ("Month", "tasks", "a quarter below", "the middle", "a quarter above")
    rows = [
        [
            f"{month.first:%Y-%m}",
            str(month.ratio.count),
            *(f"{q:.2f}" for q in _quartiles(month.ratio)),
        ]
        for month in accuracy.months
    ]
    yield _figure(pictures.ratios(accuracy), tables.ratios(accuracy))
    if sum(month.ratio.count > 1 for month in accuracy.months) > 1:
        yield _figure(pictures.months(accuracy), folded(table(heads, rows)))


def _quartiles(ratio: Spread) -> tuple[float, float, float]:
    return ratio.low, ratio.median, ratio.high


def _days(told: Figures) -> str:
    heads = ("Day", "worked", "over", "sittings", "done")
    rows = [
        [str(day.day), hours(day.worked), hours(day.over), str(day.sittings), str(day.done)]
        for day in reversed(told.days)
    ]
    return folded(table(heads, rows))


def _ways(ways: Sequence[Journey]) -> str:
    rows = [
        [safe(one.title), ", ".join(f"{safe(stop.stage)} {stop.since}" for stop in one.stops)]
        for one in ways
    ]
    return folded(table(("Song", "stages, each from its day on"), rows))


def _asides(told: Figures) -> str:
    waiting = sorted(
        (one for one in told.asides if one.ended is Ended.WAITING), key=lambda one: one.since
    )
    came = [one for one in told.asides if one.ended is not Ended.WAITING]
    heads = ("Task", "song", "set aside", "back", "days")
    rows = [
        [
            safe(one.title), safe(one.song), str(one.since),
            "waiting" if one.ended is Ended.WAITING else "left" if one.ended is Ended.LEFT else str(one.back),
            f"{one.days:.1f}",
        ]
        for one in (*waiting, *reversed(came))
    ]  # fmt: skip
    most = rows[:_LISTED]
    more = f'<p class="faint">and {len(rows) - len(most)} more</p>' if len(rows) > len(most) else ""
    return folded(table(heads, most) + more)


# --- HTML -----------------------------------------------------------------------------------------
