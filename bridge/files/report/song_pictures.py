"""The pictures of songs: their ways through the stages, and when what was set aside came back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from bridge.core.figures import Aside, Ended, Figures, Journey
from bridge.files.report.canvas import INK, PLAN, REAL, STAGES, Canvas, Picture, boxes, cut, room
from bridge.files.report.pictures import dates
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
    rows = (len(told.stages) + 2) // 3
    high = 0.5 + 0.18 * rows + 0.2 * len(ways)
    with Canvas("journeys", "Songs through their stages", what, high) as canvas:
        axes = canvas.axes(left=room(labels), top=0.08 + 0.2 * rows, bottom=0.28)
        bars: dict[str, list[tuple[float, float, float, float]]] = {
            name: [] for name in told.stages
        }
        for place, one in enumerate(ways):
            for stop, (begin, days) in zip(one.stops, _stretches(one, told), strict=True):
                bars[stop.stage].append((begin, place - 0.36, days, 0.72))
        for stage, some in bars.items():
            boxes(axes, some, _colour(told, stage), cut(stage, _NAME))
        axes.set_yticks(range(len(ways)), labels)
        axes.tick_params(axis="y", labelsize=9)
        axes.set_ylim(len(ways) - 0.4, -0.6)
        axes.grid(axis="x")
        axes.spines["left"].set_visible(False)
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3)
        dates(axes, told.first, told.last)
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
        spans.append(
            (float(begin.toordinal() - date(1970, 1, 1).toordinal()), days if shown else 0.0)
        )
    return spans


def _colour(told: Figures, stage: str) -> str:
    return STAGES[told.stages.index(stage) % len(STAGES)] if stage in told.stages else PLAN


def stages(told: Figures) -> Picture:
    """Draw how many songs stood at each stage, day by day."""
    days = [told.first + timedelta(days=n) for n in range((told.last - told.first).days + 1)]
    days = days[:: max(1, len(days) // 120)]
    order = told.stages[::-1]  # what is finished lies at the bottom and leaves the rest in sight
    heights = [[_standing(told.journeys, stage, day) for day in days] for stage in order]
    last = ", ".join(f"{row[-1]} {name}" for name, row in zip(order, heights, strict=True))
    rows = (len(told.stages) + 2) // 3
    what = f"Songs at each stage over time; at the end {last}."
    with Canvas("stages", "How many songs are where", what, 1.9 + 0.18 * rows) as canvas:
        axes = canvas.axes(left=0.42, top=0.08 + 0.2 * rows)
        places = [day.toordinal() - date(1970, 1, 1).toordinal() for day in days]
        colours = [_colour(told, stage) for stage in order]
        axes.stackplot(
            places, heights, colors=colours, labels=[cut(s, _NAME) for s in order], step="post"
        )
        axes.grid(axis="y")
        axes.spines["left"].set_visible(False)
        axes.locator_params(axis="y", nbins=5, integer=True)
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.02), ncols=3)
        dates(axes, told.first, told.last)
        return canvas.done()


def _standing(ways: Sequence[Journey], stage: str, day: date) -> int:
    return sum(
        stop.stage == stage and stop.since <= day and (stop.until is None or day < stop.until)
        for one in ways
        for stop in one.stops
    )


def asides(told: Sequence[Aside]) -> Picture:
    """Draw how soon tasks came back that were set aside, and how many wait or were left."""
    back = [one.days for one in told if one.ended is Ended.BACK]
    waiting = sum(one.ended is Ended.WAITING for one in told)
    left = len(told) - len(back) - waiting
    counts, below = [], 0.0
    for limit, _ in _AFTER:
        counts.append(sum(below <= days < limit for days in back))
        below = limit
    names = [name for _, name in _AFTER] + ["waiting", "left"]
    counts += [waiting, left]
    rest = (f", {waiting} wait still" if waiting else "") + (
        f", {left} were left for good" if left else ""
    )
    what = f"Tasks were set aside {many(len(told), 'time')}: {len(back)} came back{rest}."
    with Canvas("asides", "Set aside, and back within", what, 2.0) as canvas:
        axes = canvas.axes(left=0.42, top=0.22)
        colours = [REAL] * len(_AFTER) + [PLAN, PLAN]
        places = range(len(names))
        axes.bar(places, counts, width=0.7, color=colours)
        for place, count in zip(places, counts, strict=True):
            if count:
                axes.text(
                    place, count, str(count), ha="center", va="bottom", fontsize=8.5, color=INK
                )
        axes.set_xticks(places, names)
        axes.tick_params(axis="x", labelsize=8.5)
        axes.yaxis.set_visible(False)
        axes.spines["left"].set_visible(False)
        return canvas.done()
