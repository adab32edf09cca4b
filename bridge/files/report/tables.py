"""Tables under the pictures that would be told by lines and areas alone."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from bridge.core.figures import Accuracy, Figures
from bridge.core.figures_calendar import week_of
from bridge.core.figures_journeys import standing
from bridge.files.report.page_parts import folded, safe, table
from bridge.files.report.words import hours

_LISTED = 60  # rows of weeks and of months
_STEP = 0.2  # of a ratio
_LAST = 4.0  # times the plan: what took longer stands in one row


def weeks(told: Figures) -> str:
    """Return the hours of each week by section, the newest first."""
    names = [line.name for line in told.sections if line.tally.worked]
    sums: defaultdict[date, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for day in told.days:
        for section, seconds in day.sections:
            sums[week_of(day.day)][section] += seconds
    rows = [
        [str(week), *(hours(sums[week][name]) for name in names)]
        for week in sorted(sums, reverse=True)[:_LISTED]
    ]
    return folded(table(("Week of", *map(safe, names)), rows))


def stages(told: Figures) -> str:
    """Return how many songs stood at each stage at the end of each month, the newest first."""
    ends, first = [told.last], told.last.replace(day=1)
    while first > told.first and len(ends) < _LISTED:
        ends.append(first - timedelta(days=1))
        first = ends[-1].replace(day=1)
    rows = [
        [str(day), *(str(standing(told.journeys, stage, day)) for stage in told.stages)]
        for day in ends
    ]
    return folded(table(("Day", *map(safe, told.stages)), rows))


def ratios(accuracy: Accuracy) -> str:
    """Return how many tasks took how many times their plan."""
    counts: defaultdict[int, int] = defaultdict(int)
    most = round(_LAST / _STEP)
    for one in accuracy.ratios:
        counts[min(most, int(one / _STEP + 1e-9))] += 1
    rows = [[_range(place, most), str(counts[place])] for place in sorted(counts)]
    return folded(table(("Times the plan", "tasks"), rows))


def _range(place: int, most: int) -> str:
    low = place * _STEP
    return f"{low:.1f} or more" if place == most else f"{low:.1f} to {low + _STEP:.1f}"
