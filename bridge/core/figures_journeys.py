"""The ways of songs through their stages, and of tasks that were set aside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bridge.core.figures import Aside, Ended, Journey, Stop
from bridge.core.figures_account import Deed, Moved, What
from bridge.core.figures_selection import Selection

_DAY: Final = 86400.0
_ENDS: Final = {What.STARTED: Ended.BACK, What.DONE: Ended.BACK, What.SKIPPED: Ended.LEFT}


def journeys(chosen: Selection) -> tuple[Journey, ...]:
    """Return the ways of the songs that were on their way on the days asked for, in order of coming in."""
    ways: defaultdict[str, list[Moved]] = defaultdict(list)
    for move in chosen.moves():
        if move.stage and chosen.local(move.at) <= chosen.until:
            ways[move.song].append(move)
    told = (_journey(chosen, moves) for moves in ways.values())
    return tuple(j for j in told if not j.finished or j.stops[-1].since >= chosen.since)


def _journey(chosen: Selection, moves: list[Moved]) -> Journey:
    days = [chosen.local(move.at) for move in moves]
    leaving: list[date | None] = [*days[1:], None]
    stops = tuple(
        Stop(move.stage, since, until)
        for move, since, until in zip(moves, days, leaving, strict=True)
    )
    song = moves[-1].song
    return Journey(song, chosen.ledger.pieces[song].title, stops, moves[-1].finished)


def stages(chosen: Selection, known: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the stages that songs were at: those `known` in their order, then others as songs go through them.

    Of the others the one of finished songs stands last.
    """
    rank = {name: place for place, name in enumerate(known)}
    places: defaultdict[str, list[int]] = defaultdict(list)
    passed: defaultdict[str, int] = defaultdict(int)
    last: set[str] = set()
    for move in chosen.moves():
        if move.stage:
            places[move.stage].append(passed[move.song])
            passed[move.song] += 1
            last |= {move.stage} if move.finished else set()

    def order(stage: str) -> tuple[float, bool, float]:
        way = places[stage]
        return rank.get(stage, len(rank)), stage in last, sum(way) / len(way)

    return tuple(sorted(places, key=order))


def standing(ways: Sequence[Journey], stage: str, day: date) -> int:
    """Return how many songs stood at `stage` on `day`."""
    return sum(
        stop.stage == stage and stop.since <= day and (stop.until is None or day < stop.until)
        for one in ways
        for stop in one.stops
    )


@dataclass(frozen=True, slots=True)
class _Away:
    """One setting aside: by whom or what, when it ended (None: it has not), and how."""

    deed: Deed
    by_clock: bool
    end: float | None = None
    ended: Ended = Ended.WAITING


def asides(chosen: Selection, now: float) -> tuple[Aside, ...]:
    """Return the tasks set aside on the days asked for, and what became of each, whenever that was."""
    told = (_aside(chosen, away, now) for away in _all(chosen) if chosen.meant(away.deed))
    return tuple(aside for aside in told if chosen.has(aside.since))


def _all(chosen: Selection) -> Iterator[_Away]:
    """Yield each setting aside, those that ended first."""
    away: dict[str, _Away] = {}
    for deed in filter(chosen.counts, chosen.ledger.deeds):
        if deed.what is What.SET_ASIDE:
            away[deed.task] = _Away(deed, by_clock=False)
        elif deed.what is What.RAN_OUT:
            away[deed.task] = _Away(deed, by_clock=True)
        elif deed.what in _ENDS and (was := away.pop(deed.task, None)):
            yield _Away(was.deed, was.by_clock, deed.at, _ENDS[deed.what])
    finished = {move.song: move for move in chosen.moves()}
    for one in away.values():
        move = finished.get(chosen.job(one.deed).song)
        left = move is not None and move.finished
        yield _Away(one.deed, one.by_clock, move.at, Ended.LEFT) if move and left else one


def _aside(chosen: Selection, away: _Away, now: float) -> Aside:
    job, pieces = chosen.job(away.deed), chosen.ledger.pieces
    at, end = away.deed.at, away.end
    return Aside(
        task=job.id,
        title=job.title,
        song=pieces[job.song].title if job.song in pieces else job.song,
        section=job.section,
        since=chosen.local(at),
        back=None if end is None else chosen.local(end),
        days=max(0.0, (now if end is None else end) - at) / _DAY,
        by_clock=away.by_clock,
        ended=away.ended,
    )
