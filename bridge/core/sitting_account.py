"""A sitting as an account: who sat, what was done, what waits. Pure: out of the studio at its end.

The summaries (text, Markdown, HTML) say nothing that does not stand here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from bridge.core import rut
from bridge.core.clockwork import fresh_box
from bridge.core.evolve_timer import charge, unattended
from bridge.core.hand_over import HandOver, waiting
from bridge.core.model import Goal, Outcome, Sitting, Studio, Task, TaskState
from bridge.core.persons import name_key
from bridge.errors import Invalid
from bridge.messages import Colour

_NEXT = 3  # tasks of the queue that are named: enough to know where to go on
_OTHERS = 8  # persons that the queue waits for and that are named
_BEGUN = 1.0  # seconds that a task must have run to count as begun when it began by itself
_LATE = 30.0  # seconds over what was given: below, it is no news


@dataclass(frozen=True, slots=True)
class Share:
    """One person's part of a sitting: the seconds worked while that person sat there."""

    person: str
    worked: float


@dataclass(frozen=True, slots=True)
class TaskTold:
    """A task at the end of a sitting.

    ``spent`` is all the time it ever took, ``given`` every box it had with its extensions, ``box`` the
    present one, ``left`` what is left of it (None: used up, the next start opens a new box of
    ``planned``). ``waiting`` are the notes that wait on it, left before this sitting.
    """

    id: str
    title: str
    song: str
    section: str
    colour: Colour
    person: str
    spent: float
    given: float
    box: float
    planned: float
    left: float | None
    waiting: tuple[HandOver, ...] = ()

    @property
    def late(self) -> float:
        """The seconds it took beyond what it was given, 0 where that is no news."""
        over = self.spent - self.given
        return over if over >= _LATE else 0.0


@dataclass(frozen=True, slots=True)
class Longer:
    """A task that got more time in this sitting: how often, and how much in all."""

    title: str
    song: str
    times: int
    by: float


@dataclass(frozen=True, slots=True)
class Handed:
    """A hand-over note that was left in this sitting."""

    title: str
    song: str
    note: HandOver


@dataclass(frozen=True, slots=True)
class GoalMoved:
    """How far a goal was when the sitting began (None: it was not set yet), and is now."""

    text: str
    was: float | None
    now: float
    by: str


@dataclass(frozen=True, slots=True)
class Awaited:
    """Somebody who did not sit here has tasks in the queue: the first one, and how many more."""

    person: str
    title: str
    song: str
    more: int


@dataclass(frozen=True, slots=True)
class Account:
    """One sitting. Instants are wall seconds, durations seconds; songs stand by their titles."""

    began: float
    ended: float
    shares: tuple[Share, ...]
    worked: float
    over: float
    done: tuple[TaskTold, ...] = ()
    under_way: tuple[TaskTold, ...] = ()
    set_aside: tuple[TaskTold, ...] = ()
    skipped: tuple[TaskTold, ...] = ()
    longer: tuple[Longer, ...] = ()
    handed: tuple[Handed, ...] = ()
    goals: tuple[GoalMoved, ...] = ()
    reached: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    rut: str = ""
    next: tuple[TaskTold, ...] = ()
    others: tuple[Awaited, ...] = ()

    @property
    def late(self) -> tuple[TaskTold, ...]:
        """The tasks that took longer than they were given."""
        told = (*self.done, *self.under_way, *self.set_aside, *self.skipped)
        return tuple(task for task in told if task.late)


def account(before: Studio, ended: float) -> Account:
    """Return the account of the sitting in `before`, the state that its end was told to.

    `ended` is a wall instant. A task is told once, where it stands at the end. Raises Invalid when no
    sitting is under way.
    """
    studio = charge(before, ended)
    sitting = studio.sitting
    if sitting is None:
        raise Invalid("no sitting is under way; it begins with the first start")
    began = sitting.began_at
    worked = max(0.0, sitting.worked - unattended(studio))
    told = _Telling(studio, began)
    current = [studio.current] if studio.current and _was_begun(before, ended) else []
    shares = _shares(sitting, worked)
    signs = studio.method.rut.signs if studio.method.rut.told_at >= began else ()
    return Account(
        began,
        ended,
        shares,
        worked,
        sitting.over,
        done=told.standing(sitting.done, TaskState.DONE),
        under_way=told.tasks(current),
        set_aside=told.standing(sitting.set_aside, TaskState.SET_ASIDE),
        skipped=told.standing(sitting.skipped, TaskState.SKIPPED),
        longer=tuple(told.longer(sitting.longer)),
        handed=tuple(told.handed()),
        goals=tuple(_goals(sitting.goals, studio.goals)),
        reached=tuple(told.reached(sitting)),
        notes=sitting.notes,
        marks=sitting.marks,
        rut=rut.sentence(signs) if signs else "",
        next=told.coming(current),
        others=tuple(islice(told.others(shares), _OTHERS)),
    )


def _was_begun(before: Studio, ended: float) -> bool:
    """Tell whether somebody worked on the current task; one that only just began by itself comes next."""
    timer = before.timer
    return not (timer.auto and timer.since is not None and ended - timer.since < _BEGUN)


def _shares(sitting: Sitting, worked: float) -> tuple[Share, ...]:
    """Return who sat there for how much of what was worked, each once, in order of coming."""
    names = (sitting.person, *(turn.person for turn in sitting.turns))
    marks = (0.0, *(min(turn.worked, worked) for turn in sitting.turns), worked)
    sums: dict[str, float] = {}
    for person, (begin, end) in zip(names, pairwise(marks), strict=True):
        sums[person] = sums.get(person, 0.0) + max(0.0, end - begin)
    return tuple(Share(person, seconds) for person, seconds in sums.items())


def _goals(then: tuple[Goal, Goal, Goal] | None, now: tuple[Goal, ...]) -> Iterator[GoalMoved]:
    for was, goal in zip(then or (), now, strict=False):
        if goal.text and was.text != goal.text:
            yield GoalMoved(goal.text, None, goal.done, goal.by)
        elif goal.text and goal.done != was.done:
            yield GoalMoved(goal.text, was.done, goal.done, goal.by)


class _Telling:
    """Tells of tasks as they stand in `studio`; the sitting began at `began`."""

    def __init__(self, studio: Studio, began: float) -> None:
        self._studio, self._began = studio, began

    def standing(self, outcomes: Iterable[Outcome], state: TaskState) -> tuple[TaskTold, ...]:
        """Return the tasks of `outcomes` that still stand so, once, in order of their last turn."""
        last = dict.fromkeys(reversed([outcome.task for outcome in outcomes]))
        tasks = (self._studio.task(task) for task in reversed(last))
        current = self._studio.timer.task
        return self.tasks(t for t in tasks if t and t.state is state and t.id != current)

    def tasks(self, tasks: Iterable[Task]) -> tuple[TaskTold, ...]:
        return tuple(map(self._told, tasks))

    def coming(self, under_way: Sequence[Task]) -> tuple[TaskTold, ...]:
        begun = {task.id for task in under_way}
        order = (task for task in self._studio.order if task not in begun)
        return self.tasks(self._studio.the(task) for task in islice(order, _NEXT))

    def longer(self, extensions: Iterable[Outcome]) -> Iterator[Longer]:
        by: dict[str, list[float]] = {}
        for one in extensions:
            by.setdefault(one.task, []).append(one.seconds)
        for task_id, seconds in by.items():
            if task := self._studio.task(task_id):
                yield Longer(task.title, self._song(task), len(seconds), sum(seconds))

    def handed(self) -> Iterator[Handed]:
        """Yield the notes that were left in this sitting, in the order in which they were."""
        found = [
            Handed(task.title, self._song(task), note)
            for task in self._studio.tasks()
            for note in task.hand_over
            if note.at >= self._began
        ]
        yield from sorted(found, key=lambda one: one.note.at)

    def reached(self, sitting: Sitting) -> Iterator[tuple[str, str]]:
        """Yield the songs that moved on, with the stage that each is at now."""
        for song_id in dict.fromkeys(one.song for one in sitting.reached):
            if song := self._studio.songs.get(song_id):
                yield song.title, song.stage

    def others(self, shares: Iterable[Share]) -> Iterator[Awaited]:
        """Yield whom the queue waits for, in its order, beside those who sat here."""
        sat = {name_key(share.person) for share in shares}
        theirs: dict[str, list[Task]] = {}
        for task in map(self._studio.the, self._studio.order):
            if task.person and name_key(task.person) not in sat:
                theirs.setdefault(name_key(task.person), []).append(task)
        for first, *more in theirs.values():
            yield Awaited(first.person, first.title, self._song(first), len(more))

    def _told(self, task: Task) -> TaskTold:
        song = self._studio.songs[task.song]
        used = fresh_box(task)
        boxes_before = task.rounds - 1 if task.rounds > 0 and used else task.rounds
        return TaskTold(
            task.id,
            task.title,
            song.title,
            task.section,
            song.colour(task.section),
            task.person,
            task.spent,
            boxes_before * task.planned + task.budget,
            task.budget,
            task.planned,
            None if used else task.budget - task.boxed,
            tuple(note for note in waiting(task.hand_over) if note.at < self._began),
        )

    def _song(self, task: Task) -> str:
        return self._studio.songs[task.song].title
