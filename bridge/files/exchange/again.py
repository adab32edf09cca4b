"""A plan that comes in again: what changed in the other program, brought to the song that is here.

Tasks are the same by the other program's id, else by title and section, else by title; those of a
DAW's project by their track. What the file says wins over the plan here; what it leaves empty, the
time that was worked, and tasks that are done here stand. Nothing is taken out of a song.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bridge.core import durations, persons, sheets
from bridge.core.actions import Change, EditTask, RewriteSong, SongSheet, TaskDraft, TaskLine
from bridge.core.model import PREPARATION, Section, Song, SongMap, Task, TaskState
from bridge.core.replacing import replace
from bridge.errors import Refused
from bridge.files.exchange import kept
from bridge.files.exchange.taskwarrior import uuid_of
from bridge.files.fields import SECTIONS

if TYPE_CHECKING:
    from bridge.core.actions import SongDraft

_IDS: Final = {"asana": "task id", "taskwarrior": "uuid"}
_FINISHED: Final = {"asana": "completed at", "taskwarrior": "end", "todo.txt": "completed"}
# Of no weight alone; and the assignee is told as the person.
_RESTLESS: Final = frozenset({"last modified", "modified", "urgency", "id", "assignee"})
PROJECTS: Final = frozenset({"als", "rpp"})
_PROJECT_LINE = re.compile(
    r"tempo: [0-9.e+]+ BPM.*\(from .+\)|marker \d+:\d\d(\.\d+)?: .*|region \d+:\d\d(\.\d+)? to \d.*"
    r"|(track|bus): .*|notes of the .* project: .*",
    re.DOTALL,
)
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Update:
    """What bringing a plan in again means: ``changes`` to ask for, () for none, and words on each.

    ``new`` and ``changed`` are a line for each task, ``stays`` what differs and was left as it is.
    """

    changes: tuple[Change, ...]
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    same: int = 0


@dataclass(slots=True)
class _Work:
    """An update in the making."""

    lines: dict[str, TaskLine]
    order: list[str] = field(default_factory=list)
    edits: list[EditTask] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)
    same: int = 0


def update(song: Song, draft: SongDraft, form: str) -> Update:
    """Return what `draft`, read from a file of format `form`, changes about `song`. Raises Refused."""
    before = sheets.sheet_of(song)
    work = _Work({line.id: line for line in before.tasks})
    found = _matched(song, draft, form)
    for number, one in enumerate(draft.tasks):
        task = found.get(number)
        if task is None:
            key = f"new {number}"
            work.lines[key] = TaskLine("", one)
            work.new.append(f"{one.title}{_about(one)}")
        else:
            key = task.id
            _compare(work, task, one, form)
        work.order.append(key)
    _absent(work, song, {task.id for task in found.values()}, form)
    song_map, told = _map(song.map, draft.map, form)
    here = [line.id for line in before.tasks]
    order = sheets.woven(here, work.order) if found else [*here, *work.order]
    after = replace(
        before, map=song_map, sections=_sections(song, draft),
        tasks=tuple(work.lines[key] for key in order),
    )  # fmt: skip
    return Update(
        _changes(song, before, after, work), tuple(work.new), (*work.changed, *told),
        tuple(work.stays), work.same,
    )  # fmt: skip


def _changes(song: Song, before: SongSheet, after: SongSheet, work: _Work) -> tuple[Change, ...]:
    rewritten = () if after == before else (RewriteSong(song.id, before, after),)
    return (*rewritten, *work.edits)


# --- which task is which --------------------------------------------------------------------------


def _matched(song: Song, draft: SongDraft, form: str) -> dict[int, Task]:
    """Return the tasks of `song` by the places of those in `draft` that they are."""
    found: dict[int, Task] = {}
    free = dict(song.tasks)
    for key in _keys(form):
        there: dict[object, list[str]] = {}
        for task in free.values():
            if (name := key(task, task.id)) is not None:
                there.setdefault(name, []).append(task.id)
        for number, one in enumerate(draft.tasks):
            waiting = there.get(key(one, "")) if number not in found else None
            if waiting:
                found[number] = free.pop(waiting.pop(0))
    return found


def _keys(form: str) -> Iterator[Callable[[Task | TaskDraft, str], object]]:
    """Yield what tells a task from others, the surest first; None tells nothing."""
    if form in PROJECTS:
        yield lambda task, _: task.track.casefold() or None
        return
    if form in _IDS:
        yield lambda task, _: _told(task, form, _IDS[form]) or None
    if form == "taskwarrior":
        yield lambda task, own: uuid_of(own) if own else _told(task, form, "uuid") or None
    yield lambda task, _: (task.title.casefold(), task.section.casefold())
    yield lambda task, _: task.title.casefold()


def _told(task: Task | TaskDraft, form: str, name: str) -> str:
    """Return what the other program says of `task` under `name`, empty for nothing."""
    values = kept.unpack(task.kept, form)
    return next((str(v).strip() for n, v in values.items() if n.casefold() == name), "")


def _absent(work: _Work, song: Song, found: set[str], form: str) -> None:
    """Tell which tasks came from there, wait still, and are not there any more."""
    for task in song.tasks.values():
        if task.id not in found and task.open and kept.unpack(task.kept, form):
            work.stays.append(f"{task.title}: is in the file no more; it stays here")


# --- one task -------------------------------------------------------------------------------------


def _compare(work: _Work, task: Task, one: TaskDraft, form: str) -> None:
    line = sheets.line_of(task)
    words = {} if form in PROJECTS else _words(work, task, one, form)
    edited = kept.joined(task.kept, one.kept, form) if form not in PROJECTS else task.kept
    if edited != task.kept:
        work.edits.append(EditTask(task.id, kept=edited))
    if words:
        work.lines[task.id] = TaskLine(task.id, replace(line, **words))
    told = "; ".join(_difference(task, name, value) for name, value in words.items())
    about = _kept_difference(task, edited, form)
    if told or about:
        work.changed.append(f"{task.title}: {'; '.join(filter(None, (told, about)))}")
    else:
        work.same += 1


def _words(work: _Work, task: Task, one: TaskDraft, form: str) -> dict[str, object]:
    """Return what the file says otherwise, as fields of a line."""
    words: dict[str, object] = {}
    if one.title != task.title:
        words["title"] = one.title
    if one.section and one.section.casefold() != task.section.casefold():
        words["section"] = one.section
    if one.budget is not None and one.budget not in (task.planned, task.budget):
        words["budget"] = one.budget
    if one.track and one.track != task.track:
        words["track"] = one.track
    if one.person and not persons.same(one.person, task.person):
        words["person"] = one.person
    state = _state(work, task, one, form)
    if state is not task.state:
        words["state"] = state
    if abs(one.spent - task.spent) >= _MINUTE and one.spent:
        there, here = durations.words(round(one.spent)), durations.words(round(task.spent))
        work.stays.append(f"{task.title}: {here} are counted here, {there} there; here they count")
    known = {note.text for note in task.hand_over}
    for note in one.hand_over:
        if note.text not in known:
            work.stays.append(f"{task.title}: a note there is not taken over: {note.text[:80]}")
    return words


def _state(work: _Work, task: Task, one: TaskDraft, form: str) -> TaskState:
    if one.state is not TaskState.TODO or task.state is TaskState.TODO:
        return task.state if task.state is TaskState.DONE else one.state
    if task.state is not TaskState.DONE:
        return task.state
    finished = _FINISHED.get(form, "")
    if finished and _told(task, form, finished):  # it was done there when it came in, and isn't now
        return TaskState.TODO
    work.stays.append(f"{task.title}: is done here and open there; it stays done")
    return task.state


def _difference(task: Task, name: str, value: object) -> str:
    was = getattr(task, name)
    if name == "budget":
        was, value = durations.words(task.planned), durations.words(float(str(value)))
    return f"{name} {was or 'none'} → {value}"


def _kept_difference(task: Task, edited: str, form: str) -> str:
    """Return the names of what the other program says otherwise now."""
    was, now = kept.unpack(task.kept, form), kept.unpack(edited, form)
    both = [name for name in {**was, **now} if name.casefold() not in _RESTLESS]
    names = [name for name in both if was.get(name) != now.get(name)]
    return f"kept: {', '.join(names)}" if names else ""


def _about(one: TaskDraft) -> str:
    budget = durations.words(one.budget) if one.budget is not None else ""
    words = ", ".join(filter(None, (one.section, budget, one.person)))
    return f" ({words})" if words else ""


# --- the song -------------------------------------------------------------------------------------


def _sections(song: Song, draft: SongDraft) -> tuple[Section, ...]:
    names = {section.name.casefold() for section in song.sections} | {PREPARATION}
    listed = {section.name.casefold(): section for section in draft.sections}
    more: dict[str, Section] = {}
    for task in draft.tasks:
        folded = task.section.casefold()
        if folded and folded not in names:
            more.setdefault(folded, listed.get(folded) or Section(task.section, ""))
    if len(song.sections) + len(more) > SECTIONS and more:
        listing = ", ".join(section.name for section in more.values())[:120]
        raise Refused(
            f"{song.title!r} can have up to {SECTIONS} sections; the file has more: {listing}"
        )
    return (*song.sections, *more.values())


def _map(here: SongMap, there: SongMap, form: str) -> tuple[SongMap, tuple[str, ...]]:
    """Return the map with a project's lines as they are now, where the old ones stood."""
    if form not in PROJECTS:
        return here, ()
    old = [line for line in here.inspiration if _PROJECT_LINE.fullmatch(line)]
    new = list(there.inspiration)
    told = [f"song map: no more: {line}" for line in old if line not in new]
    told += [f"song map: {line}" for line in new if line not in old]
    if not told:
        return here, ()
    place = here.inspiration.index(old[0]) if old else len(here.inspiration)
    own = [line for line in here.inspiration if line not in old]
    return replace(here, inspiration=(*own[:place], *new, *own[place:])), tuple(told)
