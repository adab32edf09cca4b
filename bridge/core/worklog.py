"""Who worked on what, when: sittings and stretches of work, for lists, calendars and time sheets.

It is the same account as that of the figures (`core.figures_ledger`): what was undone is not in it, time
for which nobody was there is taken off, and a clock that was set changes no length.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bridge.core import figures_account as account
from bridge.core.events import Entry
from bridge.core.figures_account import What
from bridge.core.figures_ledger import Ledger

_ENDS: Final = {What.DONE: "done", What.SET_ASIDE: "set_aside", What.SKIPPED: "skipped"}
_JOINT: Final = 0.001  # seconds: stretches that part by less are one


@dataclass(frozen=True, slots=True)
class Stretch:
    """Time without a gap on one task, by one person; instants are wall seconds."""

    task: str
    song: str
    title: str
    person: str
    began: float
    ended: float


@dataclass(frozen=True, slots=True)
class PastSitting:
    """From the first start to ``end``; ``ended`` of one that is under way is its last fact's instant.

    What became of tasks is told by their titles, in the order in which it happened.
    """

    began: float
    ended: float
    person: str = ""
    over: bool = True
    done: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    stretches: tuple[Stretch, ...] = ()

    @property
    def worked(self) -> float:
        """The seconds that were charged to tasks."""
        return sum(one.ended - one.began for one in self.stretches)


def sittings(entries: Iterable[Entry]) -> tuple[PastSitting, ...]:
    """Return all sittings that a journal's entries (oldest first) tell, oldest first.

    What runs is charged up to the last entry. Facts about what is not there count for nothing.
    """
    ledger, instants = Ledger(), _Instants()
    ledger.read(instants.through(entries))
    ledger.until(instants.last)
    stretches, told = _by_sitting(ledger), _told(ledger)
    there = [sat for sat in ledger.sat if sat.act not in ledger.voided]
    until = [*(sat.began for sat in there), instants.last][1:]
    return tuple(
        PastSitting(
            sat.began,
            max(sat.began, sat.ended if sat.ended is not None else end),
            sat.person,
            over=sat.ended is not None,
            stretches=tuple(_merged(ledger, stretches[sat.act])),
            **{name: tuple(lines) for name, lines in told[sat.act].items()},
        )
        for sat, end in zip(there, until, strict=True)
    )


class _Instants:
    """Notes the instant of the last entry that passed through."""

    def __init__(self) -> None:
        self.last = 0.0

    def through(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        for entry in entries:
            self.last = entry.at  # not the latest: clocks are set back, too
            yield entry


def _by_sitting(ledger: Ledger) -> defaultdict[int, list[account.Stretch]]:
    found: defaultdict[int, list[account.Stretch]] = defaultdict(list)
    for one in ledger.stretches:
        if one.act in ledger.voided or one.task not in ledger.jobs:
            continue
        if one.sign > 0:
            found[one.sitting].append(one)
        else:
            _take_off(found[one.sitting], one.task, one.end - one.begin)
    return found


def _take_off(stretches: list[account.Stretch], task: str, seconds: float) -> None:
    """Take off the last `seconds` of a task, for which nobody was there."""
    for place in range(len(stretches) - 1, -1, -1):
        one = stretches[place]
        if one.task != task or seconds <= 0:
            continue
        off = min(seconds, one.end - one.begin)
        stretches[place] = replace(one, end=one.end - off)
        seconds -= off


def _merged(ledger: Ledger, some: Sequence[account.Stretch]) -> Iterator[Stretch]:
    """Yield stretches of work, those that follow on each other as one."""
    last: Stretch | None = None
    for one in some:
        job = ledger.jobs[one.task]
        found = Stretch(job.id, job.song, job.title, one.person, one.begin, one.end)
        if found.ended <= found.began:
            continue
        if last is not None and _follows(last, found):
            last = replace(last, ended=found.ended)
            continue
        if last is not None:
            yield last
        last = found
    if last is not None:
        yield last


def _follows(last: Stretch, found: Stretch) -> bool:
    same = (last.task, last.person) == (found.task, found.person)
    return same and abs(found.began - last.ended) < _JOINT


def _told(ledger: Ledger) -> defaultdict[int, dict[str, list[str]]]:
    """Return what became of tasks, and the notes, by sitting."""
    names = (*_ENDS.values(), "notes")
    told: defaultdict[int, dict[str, list[str]]] = defaultdict(lambda: {n: [] for n in names})
    for deed in ledger.deeds:
        if deed.what in _ENDS and deed.act not in ledger.voided and deed.task in ledger.jobs:
            told[deed.sitting][_ENDS[deed.what]].append(ledger.jobs[deed.task].title)
    for said in ledger.said:
        if said.act not in ledger.voided:
            told[said.sitting]["notes"].append(said.text)
    return told
