"""What the actions about tasks and their order mean now: complete, skip, later, select, and edits."""

from __future__ import annotations

from bridge.core import decide_pool, decide_timer, durations, goals, hand_over, persons
from bridge.core.actions import AddTask, Argument, EditTask, MoveTask, TaskDraft
from bridge.core.clockwork import fresh_box
from bridge.core.decide_timer import LONGEST, SHORTEST_BOX, begin_next
from bridge.core.draft import Draft
from bridge.core.events import (
    TaskAdded,
    TaskCompleted,
    TaskEdited,
    TaskMoved,
    TaskSetAside,
    TaskSkipped,
)  # fmt: skip
from bridge.core.events_method import RutHelped
from bridge.core.find import find_position, find_song, find_task, song_in_hand
from bridge.core.hand_over import HandOver
from bridge.core.method import ENERGIES, Energy
from bridge.core.model import PREPARATION, Song, Studio, Task, TaskState, TimerState
from bridge.core.replacing import replace
from bridge.core.settings import Settings
from bridge.errors import Invalid, Refused

LONGEST_TITLE = 200  # characters
_RAN_OUT = frozenset({TimerState.OVERTIME, TimerState.AWAY})


def complete(draft: Draft, _argument: Argument) -> None:
    """Call the current task done; the next one starts when ``auto_start`` is on."""
    task = draft.current()
    decide_timer.sit_down(draft)
    draft.tell(TaskCompleted(task.id))
    if (way := draft.studio.method.rut.trying) is not None:
        draft.tell(RutHelped(way, helped=True))
    decide_pool.refill(draft)
    if draft.settings.auto_start:
        begin_next(draft, task.id)


def skip(draft: Draft, _argument: Argument) -> None:
    """Take the current task out of the queue for today; the next one starts as after `complete`."""
    task = draft.current()
    decide_timer.sit_down(draft)
    draft.tell(TaskSkipped(task.id))
    decide_timer.sense(draft)
    if draft.settings.auto_start:
        begin_next(draft, task.id)


def later(draft: Draft, _argument: Argument) -> None:
    """Set the current task aside; the next one starts. A box that is used up counts as a round."""
    task = draft.current()
    decide_timer.sit_down(draft)
    up = draft.studio.timer.state in _RAN_OUT or fresh_box(task)
    draft.tell(TaskSetAside(task.id, time_up=up))
    begin_next(draft, task.id)


def select(draft: Draft, argument: Argument) -> None:
    """Move a task to the top without starting it; under the current one when there is one."""
    if argument in (None, ""):
        raise Refused("select needs a queue position, for example `select 3`")
    task = find_task(draft.studio, argument)
    _move(draft, task, 0)


def move(draft: Draft, request: MoveTask) -> None:
    """Move a task to a queue position; a skipped one comes back that way."""
    task = find_task(draft.studio, request.task)
    if request.position < 1:
        raise Refused(f"queue positions count from 1, not {request.position}")
    size = len(draft.studio.order)
    if task.id in draft.studio.order:
        find_position(draft.studio, request.position)
    _move(draft, task, min(request.position, size + 1) - 1)


def _move(draft: Draft, task: Task, index: int) -> None:
    if task.state is TaskState.DONE:
        raise Refused(f"{task.title!r} is done and no longer in the queue")
    if task.id == draft.studio.timer.task:
        raise Refused(f"{task.title!r} is the current task and stays at the top")
    decide_timer.check_song(draft, task)
    if draft.studio.timer.task in draft.studio.order:
        index = max(1, index)
    order = draft.studio.order
    if task.id in order and order.index(task.id) == index:
        raise Refused(f"{task.title!r} stands there already")
    draft.tell(TaskMoved(task.id, index))


def add(draft: Draft, request: AddTask) -> None:
    """Add a task to a song and to the queue."""
    studio = draft.studio
    song = find_song(studio, request.song) if request.song else song_in_hand(studio)
    if song.stage == draft.settings.stages[-1]:
        raise Refused(f"{song.title!r} is finished; move it to an earlier stage first")
    task = make_task(song, request.draft, song.next_number, draft.settings)
    task = replace(task, person=persons.meant(studio, draft.settings, task.person))
    index = None
    if request.position is not None:
        if request.position < 1:
            raise Refused(f"queue positions count from 1, not {request.position}")
        index = request.position - 1
        if studio.timer.task in studio.order:
            index = max(1, index)
    draft.tell(TaskAdded(task, index))


def edit(draft: Draft, request: EditTask) -> None:
    """Write a task's fields anew."""
    task = find_task(draft.studio, request.task)
    song = draft.studio.songs[task.song]
    title, in_title = _titled(request.title if request.title is not None else task.title)
    asked = request.budget if request.budget is not None else in_title
    budget = task.budget if asked is None else box(asked, title)
    new = replace(
        task,
        title=title,
        section=section_of(song, task.section if request.section is None else request.section),
        budget=budget,
        planned=task.planned if asked is None else budget,
        track=task.track if request.track is None else one_line(request.track),
        person=task.person
        if request.person is None
        else persons.meant(draft.studio, draft.settings, request.person),
        energy=task.energy if request.energy is None else _energy(request.energy),
        goal=task.goal if request.goal is None else a_goal(draft.studio, request.goal),
        kept=task.kept if request.kept is None else request.kept,
    )
    if new == task:
        raise Refused(f"that changes nothing about {task.title!r}")
    words = new.title, new.section, new.budget, new.planned, new.track, new.person
    kept = None if new.kept == task.kept else new.kept
    draft.tell(TaskEdited(task.id, *words, new.energy, new.goal, kept))


def make_task(song: Song, written: TaskDraft, number: int, settings: Settings) -> Task:
    """Return the task that `written` describes. Raises Invalid for words or times that can't be."""
    title, in_title = _titled(written.title)
    asked = written.budget if written.budget is not None else in_title
    budget = box(settings.default_budget if asked is None else asked, title)
    section = section_of(song, written.section)
    return Task(
        id=f"{song.id}.{number}", title=title, section=section, budget=budget, planned=budget,
        track=one_line(written.track), person=persons.name(written.person), state=written.state,
        spent=written.spent, kept=written.kept, energy=_energy(written.energy),
        goal=_number(written.goal), hand_over=_handed(written.hand_over),
    )  # fmt: skip


def _handed(notes: tuple[HandOver, ...]) -> tuple[HandOver, ...]:
    """Return notes as they are kept, the newest `hand_over.KEPT`. Raises Invalid."""
    return tuple(
        replace(
            one,
            text=hand_over.one_line(one.text),
            by=persons.name(one.by),
            to=persons.name(one.to),
        )
        for one in notes[: hand_over.KEPT]
        if one.text.strip()
    )


def _energy(written: str) -> Energy:
    """Return the energy that is meant. Raises Invalid."""
    found = next((one for one in ENERGIES if one == written.strip().casefold()), None)
    if found is None and written.strip():
        raise Invalid(f"{written[:40]!r} is no energy; allowed are {', '.join(ENERGIES)}")
    return found or ""


def _number(goal: int) -> int:
    if goal not in (0, *goals.NUMBERS):
        raise Invalid(f"there are three goals, 1 to 3, and 0 for none, not {goal}")
    return goal


def a_goal(studio: Studio, number: int) -> int:
    """Return the number of a goal that is set, or 0. Raises Invalid, Refused."""
    if _number(number) and not studio.goals[number - 1].text:
        raise Refused(f"goal {number} is not set; `songbridge goal set {number} TEXT` sets it")
    return number


def one_line(text: str) -> str:
    """Return `text` as one line without control characters. Raises Invalid when it is too long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(line) > LONGEST_TITLE:
        raise Invalid(f"a name has at most {LONGEST_TITLE} characters; this has {len(line)}")
    return line


def _titled(written: str) -> tuple[str, float | None]:
    title, budget = durations.budget_in_title(written)
    title = one_line(title)
    if not title:
        raise Invalid("a task needs a title")
    return title, budget


def box(seconds: float, title: str) -> float:
    """Return a budget that may be one. Raises Invalid when it is too short or too long."""
    if not SHORTEST_BOX <= seconds <= LONGEST:
        found = durations.words(seconds)
        meant = durations.minutes_meant(seconds)
        raise Invalid(f"the budget of {title!r} is {found}; a box lasts from 1m to 24h{meant}")
    return seconds


def section_of(song: Song, written: str) -> str:
    """Return the song's own spelling of a section, its first when empty. Raises Invalid."""
    names = [section.name for section in song.sections]
    if not written:
        return names[0] if names else PREPARATION
    for name in (*names, PREPARATION):
        if name.casefold() == written.strip().casefold():
            return name
    allowed = ", ".join(repr(name) for name in (*names, PREPARATION))
    raise Invalid(f"{song.title!r} has no section {written[:80]!r}; allowed are {allowed}")
