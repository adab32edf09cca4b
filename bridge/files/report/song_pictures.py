"""The pictures of songs: their ways through the stages, and when what was set aside came back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from bridge.core.figures import Aside, Ended, Figures, Journey
from bridge.core.figures_journeys import standing
from bridge.files.report.canvas import PLAN, REAL, STAGES, WIDE, Canvas, Picture, boxes, cut, room
from bridge.files.report.pictures import EPOCH, dates
from bridge.files.report.scales import ROW, below, beside, ground, key, numbers, rows_of
from bridge.files.report.words import many

_NAME: Final = 22
_AFTER: Final = (
    (0.25, "6h"), (1.0, "1d"), (3.0, "3d"), (7.0, "1w"), (14.0, "2w"), (31.0, "1mo"),
    (float("inf"), "later"),
)  # fmt: skip


def journeys(told: Figures) -> Picture:
    """Draw a line a song, in the colour of the stage that it was at."""
    ways = sorted(told.journeys, key=_began)
    labels = [cut(one.title, _NAME) for one in ways]
    finished = sum(one.finished for one in ways)
    of_them = f", {finished} of them finished" if finished else ""
    what = f"{many(len(ways), 'song')}{of_them}; a line for each, from stage to stage."
    side = room(labels)
    shown = [(_colour(told, stage), cut(stage, _NAME)) for stage in told.stages]
    top = 0.12 + ROW * rows_of(shown, WIDE - side - 0.1)
    high = 0.4 + top + 0.2 * len(ways)
    with Canvas("journeys", "Songs through their stages", what, high) as canvas:
        axes = canvas.axes(left=side, top=top)
        bars: dict[str, list[tuple[float, float, float, float]]] = {
            name: [] for name in told.stages
        }
        for place, one in enumerate(ways):
            for stop, (begin, days) in zip(one.stops, _stretches(one, told), strict=True):
                bars[stop.stage].append((begin, place - 0.36, days, 0.72))
        for stage, some in bars.items():
            boxes(axes, some, _colour(told, stage))
        axes.set_ylim(len(ways) - 0.4, -0.6)
        dates(axes, told.first, told.last, lines=True)
        beside(axes, list(enumerate(labels)), lines=False, size=9.0)
        key(axes, shown)
        return canvas.done()


def _began(one: Journey) -> date:
    return one.stops[0].since


def _stretches(one: Journey, told: Figures) -> list[tuple[float, float]]:
    """Return beginning and length in days of each stop, within the days that are shown; the end is a mark."""
    spans = []
    least = max(0.6, (told.last - told.first).days / 250)
    for place, stop in enumerate(one.stops):
        begin = max(stop.since, told.first)
        end = stop.until or told.last + timedelta(days=1)
        if one.finished and place == len(one.stops) - 1:
            end = stop.since
        days = max(float((min(end, told.last + timedelta(days=1)) - begin).days), least)
        shown = stop.until is None or stop.until >= told.first
        spans.append((float(begin.toordinal() - EPOCH), days if shown else 0.0))
    return spans


def _colour(told: Figures, stage: str) -> str:
    return STAGES[told.stages.index(stage) % len(STAGES)] if stage in told.stages else PLAN


def stages(told: Figures) -> Picture:
    """Draw how many songs stood at each stage, day by day."""
    days = [told.first + timedelta(days=n) for n in range((told.last - told.first).days + 1)]
    days = sorted({*days[:: max(1, len(days) // 120)], told.last})  # the end is told in words
    order = told.stages[::-1]  # what is finished lies at the bottom and leaves the rest in sight
    heights = [[standing(told.journeys, stage, day) for day in days] for stage in order]
    last = ", ".join(f"{row[-1]} {name}" for name, row in zip(order, heights, strict=True))
    what = f"Songs at each stage over time; at the end {last}."
    colours = [_colour(told, stage) for stage in order]
    shown = [(colour, cut(stage, _NAME)) for colour, stage in zip(colours, order, strict=True)]
    top = 0.1 + ROW * rows_of(shown, WIDE - 0.52)
    with Canvas("stages", "How many songs are where", what, 1.85 + top) as canvas:
        axes = canvas.axes(left=0.42, top=top)
        places = [day.toordinal() - EPOCH for day in days]
        axes.stackplot(places, heights, colors=colours, step="post")
        most = max(map(sum, zip(*heights, strict=True)), default=1) * 1.05
        axes.set_ylim(0, most)
        dates(axes, told.first, told.last)
        beside(axes, numbers(most, "", whole=True))
        key(axes, shown)
        return canvas.done()


def asides(told: Sequence[Aside]) -> Picture:
    """Draw how soon tasks came back that were set aside, and how many wait or were left."""
    back = [one.days for one in told if one.ended is Ended.BACK]
    waiting = sum(one.ended is Ended.WAITING for one in told)
    left = len(told) - len(back) - waiting
    counts, least = [], 0.0
    for limit, _ in _AFTER:
        counts.append(sum(least <= days < limit for days in back))
        least = limit
    names = [name for _, name in _AFTER] + ["waiting", "left"]
    counts += [waiting, left]
    rest = (f", {waiting} {'waits' if waiting == 1 else 'wait'} still" if waiting else "") + (
        f", {left} {'was' if left == 1 else 'were'} left for good" if left else ""
    )
    what = f"Tasks were set aside {many(len(told), 'time')}: {len(back)} came back{rest}."
    with Canvas("asides", "Set aside, and back within", what, 2.0) as canvas:
        axes = canvas.axes(left=0.42, top=0.22)
        colours = [REAL] * len(_AFTER) + [PLAN, PLAN]
        most = max(counts) * 1.02 or 1.0
        axes.set_xlim(-0.6, len(names) - 0.4)
        axes.set_ylim(0, most)
        for place, (colour, count) in enumerate(zip(colours, counts, strict=True)):
            if count:
                boxes(axes, [(place - 0.35, 0.0, 0.7, float(count))], colour)
                axes.text(place, count, str(count), ha="center", va="bottom", fontsize=8.5)
        ground(axes)
        below(axes, list(enumerate(names)), lines=False, size=8.5)
        return canvas.done()
