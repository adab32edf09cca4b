"""A song as a sheet that is written anew, and how two who wrote on it at once are put together.

A sheet holds what hands write: words, sections, tasks, their plan and their order. Time spent, goals
and what another program said of a task stand on no sheet, so that nobody writes them away.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from bridge.core.actions import SongSheet, TaskDraft, TaskLine
from bridge.core.model import Song, SongMap, Task
from bridge.core.replacing import replace

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

_HEAD = ("title", "stage", "sections")
_MAP = tuple(field.name for field in fields(SongMap))
LINE = ("title", "section", "budget", "track", "person", "state", "energy")
"""What of a `TaskDraft` a sheet holds of a task that is there already."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A sheet put together, and in a sentence each what of mine is not on it because it clashed."""

    sheet: SongSheet
    clashes: tuple[str, ...] = ()


def sheet_of(song: Song) -> SongSheet:
    """Return the sheet of `song`."""
    lines = tuple(TaskLine(task.id, line_of(task)) for task in song.tasks.values())
    return SongSheet(song.title, song.stage, song.map, song.sections, lines)


def line_of(task: Task) -> TaskDraft:
    """Return what a sheet holds of `task`; the budget to the microsecond, as it is written."""
    words = {name: getattr(task, name) for name in LINE}
    return TaskDraft(**{**words, "budget": round(task.budget, 6)})


def merged(base: SongSheet, mine: SongSheet, theirs: SongSheet) -> Merged:
    """Return `theirs` with what `mine` changed since `base`.

    Where both changed the same, theirs stays and a sentence says so.
    """
    clashes: list[str] = []
    head = _fields("the song", _HEAD, (base, mine, theirs), clashes)
    song_map = _fields("the map", _MAP, (base.map, mine.map, theirs.map), clashes)
    lines = _lines(base, mine, theirs, clashes)
    sheet = replace(theirs, **head, map=replace(theirs.map, **song_map), tasks=lines)
    return Merged(sheet, tuple(clashes))


def _fields(
    what: str,
    names: Iterable[str],
    three: tuple[T, T, T],
    clashes: list[str],
) -> dict[str, Any]:
    """Return the fields that `theirs` takes from `mine`; tell `clashes` of those that it doesn't."""
    taken: dict[str, Any] = {}
    for name in names:
        was, is_mine, is_theirs = (getattr(one, name) for one in three)
        if is_mine in (was, is_theirs):
            continue
        if is_theirs == was:
            taken[name] = is_mine
        else:
            clashes.append(f"{name.replace('_', ' ')} of {what} was changed meanwhile, too")
    return taken


def _lines(
    base: SongSheet, mine: SongSheet, theirs: SongSheet, clashes: list[str]
) -> tuple[TaskLine, ...]:
    was, present = _by_id(base), _by_id(theirs)
    wanted = _wanted(mine, [line for line in theirs.tasks if line.id not in was])
    kept: dict[str, TaskLine] = {}
    for task_id, line in present.items():
        if task_id not in was:
            kept[task_id] = line
        elif task_id in wanted:
            drafts = was[task_id].draft, wanted[task_id].draft, line.draft
            taken = _fields(repr(line.draft.title), LINE, drafts, clashes)
            kept[task_id] = TaskLine(task_id, replace(line.draft, **taken))
        elif line != was[task_id]:
            clashes.append(f"{line.draft.title!r} was changed meanwhile, so it stays")
            kept[task_id] = line
    for key, line in wanted.items():
        if not line.id:
            kept.setdefault(key, line)
        elif key not in present and key in was and line != was[key]:
            clashes.append(f"{line.draft.title!r} was removed meanwhile")
    mine_order = [key for key in wanted if key in kept]
    their_order = [key for key in present if key in kept]
    return tuple(kept[key] for key in _order(list(was), mine_order, their_order, clashes))


def _wanted(mine: SongSheet, meanwhile: list[TaskLine]) -> dict[str, TaskLine]:
    """Return the lines of `mine` by id; a new one that was added `meanwhile` is that one.

    An edit that was taken, and whose end was lost in a crash, is taken up again: nothing comes twice.
    """
    wanted: dict[str, TaskLine] = {}
    for n, line in enumerate(mine.tasks):
        same = next((one for one in meanwhile if not line.id and _same(line, one)), None)
        if same is not None:
            meanwhile.remove(same)
        wanted[line.id or (same.id if same else f"new {n}")] = line
    return wanted


def _same(new: TaskLine, there: TaskLine) -> bool:
    """Tell whether `new` says nothing else than `there`; what it leaves open has a default."""
    words = (name for name in LINE if name != "state")  # it may be done by now
    return all(getattr(new.draft, name) in ("", None, getattr(there.draft, name)) for name in words)


def _by_id(sheet: SongSheet) -> dict[str, TaskLine]:
    return {line.id: line for line in sheet.tasks}


def _order(was: list[str], mine: list[str], theirs: list[str], clashes: list[str]) -> list[str]:
    """Return the order of all that are in `mine` or `theirs`."""
    both = set(was) & set(mine) & set(theirs)
    old, my, their = ([key for key in order if key in both] for order in (was, mine, theirs))
    if my not in (old, their) and their == old:
        return woven(mine, theirs)
    if my not in (old, their):
        clashes.append("the order of the tasks was changed meanwhile, too")
    return woven(theirs, mine)


def woven(order: Sequence[K], other: Sequence[K]) -> list[K]:
    """Return `order` with what only `other` has, each after the one before it there."""
    there, after = set(order), dict[K | None, list[K]]()
    before: K | None = None
    for key in other:
        if key in there:
            before = key
        else:
            after.setdefault(before, []).append(key)
    made = list(after.get(None, []))
    for key in order:
        made += [key, *after.get(key, [])]
    return made
