"""From a journal to its figures. Pure: the instant and the calendar are arguments."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from bridge.core.events import Entry
from bridge.core.figures import (
    Accuracy,
    Day,
    DoneTask,
    Figures,
    Line,
    Month,
    Period,
    Told,
    Wanted,
    WayOut,
)  # fmt: skip
from bridge.core.figures_account import What
from bridge.core.figures_calendar import Local, month_of, parts, streaks, week_of
from bridge.core.figures_journeys import asides, journeys, stages
from bridge.core.figures_kinds import kinds
from bridge.core.figures_ledger import Ledger
from bridge.core.figures_selection import Selection
from bridge.core.figures_sums import Sum, by_person, by_task, lines, ratio, spread, total
from bridge.core.model import PREPARATION, PREPARATION_COLOUR

_LOW, _HIGH = 0.8, 1.2  # an estimate within a fifth of the plan is close
_FREE: Final = 12 * 3600.0  # seconds of a day that make it one off
_WORKED: Final = 60.0  # seconds that make a day one on which somebody worked
EVERYTHING: Final = Wanted()
"""All days, songs and people."""

NOTHING_MORE: Final = Told()
"""No stages, no goals."""


def figures(
    entries: Iterable[Entry],
    now: float,
    local: Local,
    wanted: Wanted = EVERYTHING,
    known: Told = NOTHING_MORE,
) -> Figures:
    """Return the figures of a journal's entries (oldest first) at the wall instant `now`.

    `known` is what the account does not keep.

    A recovered journal may have gaps: facts about what is not there count for nothing. Raises Invalid
    for a song or person that there is not, and for days that end before they begin.
    """
    ledger = Ledger()
    ledger.read(entries)
    ledger.until(now)
    return _told(Selection(ledger, local, wanted), now, known)


def _told(chosen: Selection, now: float, known: Told) -> Figures:
    today, days = chosen.local(now), _days(chosen)
    first, last = _span(chosen, days, today)
    sums, jobs = by_task(chosen), chosen.ledger.jobs
    sort = kinds({task: job.title for task, job in jobs.items()})
    return Figures(
        first=first,
        last=last,
        today=today,
        total=total(sums),
        sections=lines(sums, lambda task: jobs[task].section, _colours(chosen)),
        kinds=lines(sums, sort.__getitem__),
        songs=_songs(chosen, sums),
        days=days,
        sittings=len({stretch.sitting for _, _, stretch in chosen.work}),
        journeys=journeys(chosen),
        stages=stages(chosen, known.stages),
        asides=asides(chosen, now),
        streaks=streaks({day.day for day in days if day.worked >= _WORKED}, today, _off(chosen)),
        accuracy=_accuracy(chosen),
        week=_period(chosen, days, week_of(today), today),
        month=_period(chosen, days, month_of(today), today),
        people=chosen.people,
        persons=by_person(chosen),
        goals=known.goals,
        ways=_ways(chosen),
        missing=chosen.ledger.missing,
        strange=chosen.ledger.strange,
    )


def _ways(chosen: Selection) -> tuple[WayOut, ...]:
    """Return the ways out of a rut that were tried on these days, what helped most often first."""
    tried: defaultdict[str, int] = defaultdict(int)
    helped: defaultdict[str, int] = defaultdict(int)
    for one in chosen.tried():
        (helped if one.helped else tried)[one.way] += 1
    told = (WayOut(way, max(tried[way], helped[way]), helped[way]) for way in {*tried, *helped})
    return tuple(sorted(told, key=lambda one: (-one.helped, -one.tried, one.way)))


def _span(chosen: Selection, days: Sequence[Day], today: date) -> tuple[date, date]:
    """Return the first and the last day looked at: as asked for, or from the first with anything to today."""
    begun = min((days[0].day if days else today), *(d for d, _ in chosen.deeds[:1]), today)
    first = chosen.since if chosen.since > date.min else begun
    last = chosen.until if chosen.until < date.max else today
    return min(first, last), max(first, last)


def _off(chosen: Selection) -> frozenset[date]:
    """Return the days that were planned to be off, without the one on which work goes on."""
    return frozenset(
        day
        for off in chosen.ledger.offs
        if off.act not in chosen.ledger.voided
        for day, seconds in parts(off.begin, off.end, chosen.local)
        if seconds >= _FREE
    )


@dataclass(slots=True)
class _Day:
    worked: float = 0.0
    over: float = 0.0
    done: int = 0
    sittings: set[int] = field(default_factory=set)
    sections: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def told(self, day: date) -> Day:
        sections = sorted((name, max(0.0, s)) for name, s in self.sections.items())
        return Day(
            day, max(0.0, self.worked), max(0.0, self.over), len(self.sittings), self.done,
            tuple(sections),
        )  # fmt: skip


def _days(chosen: Selection) -> tuple[Day, ...]:
    days: defaultdict[date, _Day] = defaultdict(_Day)
    for day, seconds, stretch in chosen.work:
        one = days[day]
        one.worked += seconds
        one.over += seconds if stretch.over else 0.0
        one.sittings.add(stretch.sitting)
        one.sections[chosen.job(stretch).section] += seconds
    for day in chosen.done.values():
        days[day].done += 1
    told = (one.told(day) for day, one in sorted(days.items()))
    return tuple(day for day in told if day.done or day.worked >= 1)


def _songs(chosen: Selection, sums: Mapping[str, Sum]) -> tuple[Line, ...]:
    pieces = chosen.ledger.pieces
    told = lines(sums, lambda task: task.rpartition(".")[0])
    return tuple(
        Line(
            pieces[line.name].title if line.name in pieces else line.name,
            "",
            line.tally,
            line.ratio,
        )
        for line in told
    )


def _colours(chosen: Selection) -> dict[str, str]:
    """Return the colour of each section, as the song that came in last has it."""
    colours = {PREPARATION: PREPARATION_COLOUR}
    for piece in chosen.ledger.pieces.values():
        colours |= {section.name: section.colour for section in piece.sections}
    return colours


def _accuracy(chosen: Selection) -> Accuracy | None:
    months: defaultdict[date, list[float]] = defaultdict(list)
    for task, day in chosen.done.items():
        if (one := ratio(chosen.ledger.jobs[task])) is not None:
            months[month_of(day)].append(one)
    ratios = sorted(one for some in months.values() for one in some)
    overall = spread(ratios)
    if overall is None:
        return None
    by_month = ((first, spread(sorted(some))) for first, some in sorted(months.items()))
    return Accuracy(
        ratio=overall,
        close=(bisect_right(ratios, _HIGH) - bisect_left(ratios, _LOW)) / len(ratios),
        months=tuple(Month(first, some) for first, some in by_month if some is not None),
        ratios=tuple(ratios),
    )


def _period(chosen: Selection, days: Sequence[Day], first: date, today: date) -> Period | None:
    if not chosen.has(today):
        return None
    first = max(first, chosen.since)
    inside = [day for day in days if first <= day.day <= today]
    sat = {stretch.sitting for day, _, stretch in chosen.work if first <= day <= today}
    aside = (d for day, d in chosen.deeds if first <= day <= today and d.what is What.SET_ASIDE)
    return Period(
        first=first,
        last=today,
        worked=sum(day.worked for day in inside),
        sittings=len(sat),
        done=tuple(_done(chosen, first, today)),
        set_aside=len(list(aside)),
        reached=tuple(_reached(chosen, first, today)),
    )


def _done(chosen: Selection, first: date, last: date) -> Iterable[DoneTask]:
    pieces = chosen.ledger.pieces
    for task, day in chosen.done.items():
        if first <= day <= last:
            job = chosen.ledger.jobs[task]
            song = pieces[job.song].title if job.song in pieces else job.song
            yield DoneTask(job.title, song, job.section, job.planned, job.spent, day)


def _reached(chosen: Selection, first: date, last: date) -> Iterable[tuple[str, str]]:
    seen: set[str] = set()
    for move in chosen.moves():
        if move.song in seen and first <= chosen.local(move.at) <= last:
            yield chosen.ledger.pieces[move.song].title, move.stage
        seen.add(move.song)
