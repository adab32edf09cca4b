"""Who worked on what, when: sittings and stretches of work, out of the journal as programs read it.

The rows are those of ``log --json`` and ``GET /api/events``, so that it is told alike with the service
and without. A stretch is time that was charged to a task; what was undone is not in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Row: TypeAlias = Mapping[str, Any]


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


@dataclass(slots=True)
class _Open:
    """The sitting under way; ``task`` and ``since`` tell what is being worked on."""

    began: float
    person: str
    task: str = ""
    since: float = 0.0
    by: str = ""
    told: dict[str, list[str]] = field(
        default_factory=lambda: {name: [] for name in ("done", "set_aside", "skipped", "notes")}
    )
    stretches: list[Stretch] = field(default_factory=list)


_Mark: TypeAlias = tuple[str, str, float, str, int, dict[str, int]]

_STOPS = frozenset(
    {"timer-paused", "break-began", "prep-switched", "sitting-ended", "went-away", "song-removed"}
)
_BEGINS = frozenset({"task-started", "timer-resumed"})
_ENDS = {"task-completed": "done", "task-set-aside": "set_aside", "task-skipped": "skipped"}
_SILENT = frozenset({"attended", "undone", "clock-stepped", "take-began", "take-ended"})


class _Reading:
    """Reads rows one by one. ``waits``: a box that ran out is no longer charged."""

    def __init__(self, titles: Mapping[str, str], *, waits: bool) -> None:
        self._titles, self._waits = titles, waits
        self._now: _Open | None = None
        self._marks: list[_Mark] = []
        self._paused = ""
        self._human = 0.0
        self._last = 0.0
        self.past: list[PastSitting] = []

    def take(self, row: Row) -> None:
        kind, at = row["type"], float(row["at"])
        if kind == "sitting-began":
            self._close(at, over=False)
            self._now, self._marks = _Open(at, row["person"]), []
        now = self._now
        if now is not None:
            self._fact(now, row, kind, at)
        if row["source"] != "clock":
            self._human = at
        self._last = max(self._last, at)

    def end(self) -> tuple[PastSitting, ...]:
        self._close(self._last, over=False)
        return tuple(self.past)

    def _fact(self, now: _Open, row: Row, kind: str, at: float) -> None:
        if kind == "undone":
            self._undo(now)
            return
        if row["step"] == 0 and kind not in _SILENT:
            self._mark(now)
        if kind in _BEGINS:
            self._begin(now, row, at)
        elif kind in _ENDS:
            if row["task"] == now.task:
                self._stop(now, at)
            now.told[_ENDS[kind]].append(row["title"])
        elif kind in _STOPS or (kind == "time-up" and self._waits):
            self._stop(now, max(now.since, self._human) if kind == "went-away" else at)
        elif kind == "noted":
            now.told["notes"].append(row["title"])
        if kind == "sitting-ended":
            self._close(at, over=True)

    def _begin(self, now: _Open, row: Row, at: float) -> None:
        self._stop(now, at)
        now.task = row["task"] or self._paused
        now.since, now.by = at, row["person"]

    def _stop(self, now: _Open, at: float) -> None:
        if now.task and at > now.since:
            title = self._titles.get(now.task, now.task)
            song = now.task.rpartition(".")[0]
            now.stretches.append(Stretch(now.task, song, title, now.by, now.since, at))
        self._paused, now.task = now.task or self._paused, ""

    def _mark(self, now: _Open) -> None:
        sizes = {name: len(lines) for name, lines in now.told.items()}
        mark = (now.task, self._paused, now.since, now.by, len(now.stretches), sizes)
        self._marks.append(mark)

    def _undo(self, now: _Open) -> None:
        """Go back to before the last action; what it began was charged to nothing then."""
        if not self._marks:
            return
        now.task, self._paused, now.since, now.by, many, sizes = self._marks.pop()
        del now.stretches[many:]
        for name, size in sizes.items():
            del now.told[name][size:]

    def _close(self, at: float, *, over: bool) -> None:
        if self._now is None:
            return
        now, self._now = self._now, None
        self._stop(now, at)
        told = {name: tuple(lines) for name, lines in now.told.items()}
        stretches = tuple(now.stretches)
        self.past.append(
            PastSitting(
                now.began, max(at, now.began), now.person, over, stretches=stretches, **told
            )
        )


def sittings(
    rows: Iterable[Row], titles: Mapping[str, str], *, waits: bool = False
) -> tuple[PastSitting, ...]:
    """Return all sittings in `rows`, oldest first; `titles` are the tasks' by their ids.

    `waits` says that time up ends the charging (``at_zero = "wait"``).
    """
    reading = _Reading(titles, waits=waits)
    for row in rows:
        reading.take(row)
    return reading.end()
