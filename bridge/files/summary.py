"""The summary of a sitting: what a collaborator reads the next morning, in plain Markdown."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from pathlib import Path

from bridge.core import durations, rut
from bridge.core.clockwork import fresh_box
from bridge.core.evolve_timer import charge
from bridge.core.model import Outcome, Sitting, Studio, Task, TaskState, TimerState
from bridge.errors import Invalid, Unavailable

_NEXT = 3  # tasks of the queue that are named: enough to know where to go on
_COPIES = 100  # sittings that begin in one minute
_MINUTE = 60


def sitting_summary(before: Studio, ended_at: float, tz: tzinfo | None) -> str:
    """Return the summary of the sitting in `before`, the state that its end was told to.

    `ended_at` is a wall instant, `tz` the zone of the times in the text (None: the machine's).
    A task is told once, where it stands at the end, with all the time it ever took. Raises
    `Invalid` when no sitting is under way.
    """
    studio = charge(before, ended_at)
    if studio.sitting is None:
        raise Invalid("no sitting is under way; it begins with the first start")
    return "\n".join((*_head(studio, studio.sitting, ended_at, tz), *_body(studio, studio.sitting)))


def write_summary(folder: Path, text: str, began_at: float, tz: tzinfo | None) -> Path:
    """Write `text` into `folder` (made when needed) as ``2026-11-22 2130.md``; return the file.

    An older file is never overwritten: the name gets a counter. The file appears whole or not at
    all. Raises `Unavailable`.
    """
    stem = datetime.fromtimestamp(began_at, tz).strftime("%Y-%m-%d %H%M")
    try:
        folder.mkdir(0o700, parents=True, exist_ok=True)
        file = _reserved(folder, stem)
        _fill(file, text)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Unavailable(f"the summary cannot be written into {folder}: {reason}") from None
    return file


# --- the text -------------------------------------------------------------------------------------


def _head(studio: Studio, sitting: Sitting, ended_at: float, tz: tzinfo | None) -> Iterator[str]:
    began, ended = (datetime.fromtimestamp(at, tz) for at in (sitting.began_at, ended_at))
    until = f"{ended:%H:%M}" if ended.date() == began.date() else f"{ended:%Y-%m-%d %H:%M}"
    yield f"# Sitting of {began:%Y-%m-%d}, {began:%H:%M} to {until}"
    yield ""
    away = studio.timer.unattended if studio.timer.state is TimerState.AWAY else 0.0
    who = f"{_plain(sitting.person)} worked" if sitting.person else "Worked"
    over = f", {_about(sitting.over)} of it over time" if sitting.over >= 1 else ""
    yield f"{who} {_about(max(0.0, sitting.worked - away))}{over}."


def _body(studio: Studio, sitting: Sitting) -> Iterator[str]:
    told = (
        ("Done", _standing(studio, sitting.done, TaskState.DONE)),
        ("Under way", [studio.current] if studio.current else []),
        ("Set aside, to come back to", _standing(studio, sitting.set_aside, TaskState.SET_ASIDE)),
        ("Skipped", _standing(studio, sitting.skipped, TaskState.SKIPPED)),
    )
    for title, tasks in told:
        yield from _list(title, (_line(studio, task) for task in tasks))
    yield from _list("Notes", map(_plain, sitting.notes))
    yield from _list("Marks", map(_plain, sitting.marks))
    if studio.method.rut.told_at >= sitting.began_at and (seen := studio.method.rut.signs):
        yield from ("", f"{rut.sentence(seen)}.".capitalize())
    coming = [task for task in studio.order if task != studio.timer.task][:_NEXT]
    yield from _list("Next", (_plan(studio, studio.the(task)) for task in coming), numbered=True)
    yield ""


def _list(title: str, lines: Iterable[str], *, numbered: bool = False) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if number == 1:
            yield from ("", f"## {title}", "")
        yield f"{number}. {line}" if numbered else f"- {line}"


def _standing(studio: Studio, outcomes: Iterable[Outcome], state: TaskState) -> list[Task]:
    """Return the tasks of `outcomes` that still stand so, once, in order of their last turn."""
    last = dict.fromkeys(reversed([outcome.task for outcome in outcomes]))
    tasks = (studio.task(task) for task in reversed(last))
    current = studio.timer.task
    return [t for t in tasks if t is not None and t.state is state and t.id != current]


def _line(studio: Studio, task: Task) -> str:
    given = _given(task)
    late = task.spent - given
    over = f", {_about(late)} over" if late >= _MINUTE / 2 else ""
    plan = f"{_about(task.spent)} of {durations.words(given)}{over}"
    return f"{_plain(task.title)} ({_place(studio, task)}): {plan}"


def _given(task: Task) -> float:
    """Return the seconds that the task was given: every box it had, extensions included."""
    used_up = task.rounds > 0 and fresh_box(task)
    boxes_before = task.rounds - 1 if used_up else task.rounds
    return boxes_before * task.planned + task.budget


def _plan(studio: Studio, task: Task) -> str:
    left = f", {_about(task.spent)} spent so far" if task.spent >= 1 else ""
    title = _plain(task.title)
    return f"{title} ({_place(studio, task)}): {durations.words(task.budget)}{left}"


def _place(studio: Studio, task: Task) -> str:
    who = f", {_plain(task.person)}" if task.person else ""
    return f"{_plain(studio.songs[task.song].title)}, {_plain(task.section)}{who}"


def _about(seconds: float) -> str:
    """Return a duration as people tell it: whole minutes, and seconds below one minute."""
    unit = _MINUTE if seconds >= _MINUTE else 1
    return durations.words(round(seconds / unit) * unit)


def _plain(text: str) -> str:
    """Return `text` on one line, without anything that is not a printable character."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())


# --- the file -------------------------------------------------------------------------------------


def _reserved(folder: Path, stem: str) -> Path:
    """Return a new empty file that was not there before."""
    for copy in range(1, _COPIES):
        file = folder / (f"{stem}.md" if copy == 1 else f"{stem} {copy}.md")
        try:
            file.touch(0o600, exist_ok=False)
        except FileExistsError:
            continue
        return file
    raise FileExistsError(0, f"{_COPIES} files are called {stem}")


def _fill(file: Path, text: str) -> None:
    """Put `text` in the place of the empty `file`, at once; on failure leave nothing behind."""
    name = ""
    try:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=".summary-")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        Path(name).replace(file)
    except OSError:
        for left in (Path(name) if name else file, file):
            left.unlink(missing_ok=True)
        raise
