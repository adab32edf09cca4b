"""A year of a producer's work, made up but honest: every fact was decided by the real engine.

The same numbers give the same facts, on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from typing import Final

from bridge.core.actions import Action, Argument, ImportSong, Request, SongDraft, TaskDraft
from bridge.core.engine import Engine
from bridge.core.events import Entry
from bridge.core.settings import DEFAULT_STAGES, Settings
from bridge.errors import Refused
from bridge.moment import Moment

BEGIN: Final = date(2025, 9, 22)
_WORDS: Final = {
    "composition": ("Write chord progression", "Record melody", "Sketch drum pattern", "Arrange bridge"),
    "sound design": ("Design sound for bassline", "Layer the pad", "Record foley", "Resample the lead"),
    "mixing": ("Balance drums and bass", "Automate reverb sends", "Clean up the low end", "Pan the choir"),
}  # fmt: skip
_TRUTH: Final = {"composition": 1.25, "sound design": 1.7, "mixing": 1.05}
"""How much longer than planned each section takes this producer, at first; by the end half as much over."""
_NAMES: Final = (
    "Northern Lights",
    "Tidewater",
    "Slow Trains",
    "Glass Harbour",
    "Ninth Floor",
    "Ember",
)
_FUSS: Final[tuple[tuple[str, Argument], ...]] = (
    ("pause", None), ("resume", None), ("mark", "drop"), ("note", "too loud"), ("extend", "5m"),
    ("toggle", None), ("toggle", None), ("undo", None),
)  # fmt: skip
_HOLIDAY: Final = range(310, 324)
_PEOPLE: Final = ("Ann", "Ben")


@dataclass(frozen=True, slots=True)
class Size:
    """How much happened: ``facts`` is met exactly where the year is long enough."""

    songs: int = 50
    tasks: int = 5000
    facts: int = 60_000
    days: int = 365
    seed: int = 7


YEAR: Final = Size()
MONTHS: Final = Size(songs=4, tasks=120, facts=1800, days=70, seed=11)
"""Small enough for a test."""


@cache
def entries(size: Size = YEAR) -> tuple[Entry, ...]:
    """Return the facts, oldest first."""
    return tuple(_Year(size).lived())


class _Year:
    def __init__(self, size: Size) -> None:
        self.size, self.dice = size, Random(size.seed)  # noqa: S311 - dice, not secrets
        self.engine = Engine(Settings(grace=10.0))
        self.journal: list[Entry] = []
        self.day, self.begun = 0, 0
        self.moment = _at(BEGIN, 8.0)

    def lived(self) -> Sequence[Entry]:
        days = [day for day in range(self.size.days) if self._works(day)]
        for number, day in enumerate(days):
            self.day = day
            self._new_songs((number + 1) / len(days))
            left = self.size.facts - len(self.journal)
            self._sit(BEGIN + timedelta(days=day), left // (len(days) - number))
        return self.journal[: self.size.facts]

    def _works(self, day: int) -> bool:
        weekend = (BEGIN + timedelta(days=day)).weekday() >= 5
        return day not in _HOLIDAY and self.dice.random() < (0.85 if weekend else 0.7)

    # --- songs ---

    def _new_songs(self, share: float) -> None:
        """Bring in as many songs as should have begun, and let the oldest move on."""
        while self.begun < min(self.size.songs, 1 + int(share * self.size.songs)):
            self.moment = _at(BEGIN + timedelta(days=self.day), 9.0, after=self.moment)
            self._ask(ImportSong(self._song(self.begun)))
            self.begun += 1
            self._stages()

    def _stages(self) -> None:
        studio = self.engine.studio
        for song in studio.songs.values():
            tasks = song.tasks.values()
            done = sum(not task.open for task in tasks) / max(1, len(tasks))
            stage = DEFAULT_STAGES[min(3, int(done * 3.2))]
            if stage != song.stage and song.stage != DEFAULT_STAGES[-1]:
                self._do("song", song.id)
                self._do("stage", stage)

    def _song(self, number: int) -> SongDraft:
        count = self.size.tasks // self.size.songs
        name = _NAMES[number % len(_NAMES)]
        title = f"{name} {number // len(_NAMES) + 1}" if number >= len(_NAMES) else name
        return SongDraft(title, tasks=tuple(self._task(n) for n in range(count)))

    def _task(self, number: int) -> TaskDraft:
        section = self.dice.choice(list(_WORDS))
        words = self.dice.choice(_WORDS[section])
        budget = 60.0 * self.dice.choice((5, 10, 15, 20, 25, 30))
        person = _PEOPLE[1] if number % 9 == 0 else ""
        return TaskDraft(f"{words} {number + 1}", section, budget, person=person)

    # --- sittings ---

    def _sit(self, day: date, facts: int) -> None:
        hour = self.dice.choice((10.0, 14.0, 18.0, 20.5))
        self.moment = _at(day, hour + self.dice.random(), after=self.moment)
        self.engine.settings = replace(
            self.engine.settings, person=self.dice.choice((_PEOPLE[0], *_PEOPLE))
        )
        until = len(self.journal) + facts
        self._do("start")
        while len(self.journal) < until and self.engine.studio.order:
            self._work()
        self._do("end")

    def _work(self) -> None:
        """Work on the current task until it is done, given up or its time is up."""
        if self.dice.random() < 0.3:  # several songs are in hand at a time
            self._do("start", self.dice.randrange(1, 2 + len(self.engine.studio.order)))
        task = self.engine.studio.current
        if task is None:
            self._do("start")
            return
        progress = self.day / max(1, self.size.days)
        over = 1 + (_TRUTH.get(task.section, 1.0) - 1) * (1 - progress / 2)
        left = max(30.0, task.planned * over * self.dice.lognormvariate(0.0, 0.3) - task.spent)
        for _ in range(self.dice.randrange(14)):
            self._wait(left / 16)
            self._do(*self.dice.choice(_FUSS))
        if self.engine.studio.timer.state == "paused":
            self._do("resume")
        self._wait(left / 2)
        if self.dice.random() < 0.5 and self.engine.studio.current is task:
            self._do("extend", "10m")
        self._wait(left / 4)
        self._do(self.dice.choices(("complete", "later", "skip", "break"), (18, 2, 1, 1))[0])
        self._stages() if self.dice.random() < 0.05 else None

    # --- the desk ---

    def _do(self, name: str, argument: Argument = None) -> None:
        self._ask(Action(name, argument))

    def _ask(self, request: Request) -> None:
        self._settle()
        try:
            decision = self.engine.propose(request, self.moment, "pad")
        except Refused:
            return
        self.engine.adopt(decision)
        self.journal.extend(decision.entries)

    def _settle(self) -> None:
        while (decision := self.engine.due(self.moment)) is not None:
            self.engine.adopt(decision)
            self.journal.extend(decision.entries)

    def _wait(self, seconds: float) -> None:
        end = self.moment.mono + seconds
        while self.moment.mono < end:
            wake = self.engine.wake(self.moment)
            until = end if wake is None else min(end, max(wake, self.moment.mono + 1.0))
            self.moment = self.moment.later(until - self.moment.mono)
            self._settle()


def _at(day: date, hour: float, after: Moment | None = None) -> Moment:
    """Return the moment of that day and hour (UTC), but never one before `after`."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
    wall = midnight + hour * 3600
    wall = wall if after is None else max(wall, after.wall + 60.0)
    return Moment(wall - 1_000_000_000.0, wall)


def day(at: float) -> date:
    """Return the day of a wall instant, on a calendar without summer time."""
    return datetime.fromtimestamp(at, UTC).date()
