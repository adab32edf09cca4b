"""Asana's CSV: a project's tasks with sections and assignees, as its export writes them.

No official list of columns exists; those here were seen alike in several unrelated exports. They are
found by name, whatever their case, and all but Name may be missing. What has no counterpart (ids, dates,
notes, custom fields) is kept with the task and written back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from bridge.core import durations
from bridge.core.model import Song, Task, TaskState
from bridge.errors import Invalid
from bridge.files.exchange import kept
from bridge.files.exchange.carried import Carried, Leftovers, Written
from bridge.files.exchange.csv_table import Line, Table, read_table, write_table
from bridge.files.exchange.dates import note_ambiguous
from bridge.files.exchange.hand_over_lines import taken_out, written_before
from bridge.files.exchange.naming import stem
from bridge.files.exchange.outgoing import CARRIED, Outgoing, spoken, unwritten
from bridge.files.exchange.plan import Plan, Row

if TYPE_CHECKING:
    from bridge.core.settings import Settings

FORM = "asana"
COLUMNS = (
    "Task ID", "Created At", "Completed At", "Last Modified", "Name", "Section/Column", "Assignee",
    "Assignee Email", "Start Date", "Due Date", "Tags", "Notes", "Projects", "Parent task",
)  # fmt: skip
"""The header of an export, in its order; newer ones add custom fields behind."""

_ASSIGNEE, _EMAIL = "Assignee", "Assignee Email"
_BUDGET, _SPENT, _TRACK = "Estimated time", "Actual time", "Track"
_OURS = frozenset(
    name.casefold()
    for name in (
        "Name",
        "Section/Column",
        "Section",
        "Assignee",
        _BUDGET,
        _SPENT,
        _TRACK,
        "Projects",
    )
)
_PROSE = frozenset({"name", "notes"})
_NO_SECTION = ("(no section)", "untitled section")
_STATES = {"set-aside": TaskState.SET_ASIDE, "skipped": TaskState.SKIPPED}
_DAMAGED = re.compile(r"[0-9][.,]?[0-9]*[eE]\+[0-9]+")
_HOURS = re.compile(r"([0-9]{1,5}):([0-5][0-9])(?::([0-5][0-9]))?")
_MINUTES = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,4})?")
_MOST_EXPORTED = 2000  # rows, as an older page of its guide says
_HOUR, _MINUTE = 3600, 60


def read(text: str, file: str, settings: Settings) -> Carried:
    """Return the projects in `text` as songs. Raises `InvalidFile`."""
    table, left = read_table(text, file, ["Name"]), Leftovers(file)
    projects, parents = _projects(table), _parents(table)
    plans: dict[str, Plan] = {}
    heading: dict[str, str] = {}
    for line in table.rows:
        title = projects.get(line.number) or _inherited(line, parents, projects) or stem(file)
        plan = plans.get(title) or plans.setdefault(title, Plan(title, FORM, settings, left))
        name = line.get("Name").strip()
        if not table.has("Section/Column", "Section") and name.endswith(":"):
            heading[title] = name[:-1]  # how sections looked before they had a column
            _leave(line, left)
            continue
        section = _section(line) or _inherited_section(line, parents) or heading.get(title, "")
        if (told := line.get("Projects").strip()) not in ("", title):
            left.add("Projects: a task is in one song; the others were left out", line.number, told)
        plan.add(_row(line, section, left))
    dates = ((x.number, n, v) for x in table.rows for n, v in x.cells.items() if v)
    note_ambiguous(((at, n, v) for at, n, v in dates if n.casefold() not in _PROSE), left)
    if len(table.rows) == _MOST_EXPORTED:
        left.note(
            f"Asana writes {_MOST_EXPORTED} tasks of a project at most; look whether all are here"
        )
    carried = left.carried(plan.draft() for plan in plans.values())
    return replace(carried, kept=tuple(name for name in carried.kept if name != _ASSIGNEE))


def _leave(line: Line, left: Leftovers) -> None:
    """Tell what stands in the row of a heading beside its name."""
    for name, value in line.cells.items():
        if value.strip() and name.casefold() not in ("name", "projects"):
            left.add(f"{name} of a section", line.number, value)


def _row(line: Line, section: str, left: Leftovers) -> Row:
    if _DAMAGED.fullmatch(damaged := line.get("Task ID").strip()):
        left.add("Task ID: a spreadsheet has cut it short; left out", line.number, damaged)
    done = bool(line.get("Completed At").strip())
    tags = [tag.strip() for tag in line.get("Tags").split(",") if tag.strip()]
    marked = next((_STATES[t.casefold()] for t in tags if t.casefold() in _STATES), TaskState.TODO)
    return Row(
        title=line.get("Name"),
        line=line.number,
        section=section,
        budget=_minutes(line, _BUDGET, left),
        track=line.get(_TRACK),
        person=line.get("Assignee", "Assignee Email"),
        state=TaskState.DONE if done else marked,
        spent=_minutes(line, _SPENT, left) or 0.0,
        hand_over=taken_out(line.get("Notes"))[0],
        kept=_kept(line, tags),
    )


def _kept(line: Line, tags: Iterable[str]) -> dict[str, str]:
    values = {n: v for n, v in line.cells.items() if v.strip() and n.casefold() not in _OURS}
    for name in list(values):
        if name.casefold() == "tags":
            values[name] = ", ".join(tag for tag in tags if tag.casefold() not in _STATES)
        if name.casefold() == "notes":
            values[name] = taken_out(values[name])[1]
        if name.casefold() == "task id" and _DAMAGED.fullmatch(values[name].strip()):
            del values[name]
    if line.get(_EMAIL).strip():
        values[_ASSIGNEE] = line.get(_ASSIGNEE).strip()
    return values


def _minutes(line: Line, column: str, left: Leftovers) -> float | None:
    """Return the seconds of a time field: ``1:15`` is hours and minutes there, ``75`` minutes."""
    written = line.get(column).strip()
    if not written:
        return None
    if found := _HOURS.fullmatch(written):
        return float(int(found[1]) * _HOUR + int(found[2]) * _MINUTE + int(found[3] or 0))
    if _MINUTES.fullmatch(written):
        return float(written.replace(",", ".")) * _MINUTE
    try:
        return durations.parse(written, longest=10_000.0 * _HOUR)
    except Invalid:
        left.add(f"{column} is no time such as 1:15 or 75 minutes; left out", line.number, written)
        return None


# --- projects, sections and subtasks --------------------------------------------------------------


def _projects(table: Table) -> dict[int, str]:
    """Return the project of each line that names one; of several, the one that others are in alone.

    A comma parts projects, but may also stand in a name: only where a part stands alone elsewhere
    does it part.
    """
    told = {line.number: line.get("Projects").strip() for line in table.rows}
    alone = frozenset(told.values())

    def chosen(value: str) -> str:
        parts = [part.strip() for part in value.split(",")]
        return next((part for part in parts if part in alone), value) if len(parts) > 1 else value

    return {number: chosen(value) for number, value in told.items() if value}


def _parents(table: Table) -> Mapping[str, Line]:
    """Return the lines by their names: a subtask names its parent, and has no place of its own."""
    return {line.get("Name").strip(): line for line in reversed(table.rows)}


def _inherited(line: Line, parents: Mapping[str, Line], projects: Mapping[int, str]) -> str:
    parent = parents.get(line.get("Parent task").strip())
    return projects.get(parent.number, "") if parent else ""


def _section(line: Line) -> str:
    written = line.get("Section/Column", "Section").strip()
    return "" if written.casefold() in _NO_SECTION else written


def _inherited_section(line: Line, parents: Mapping[str, Line]) -> str:
    parent = parents.get(line.get("Parent task").strip())
    return _section(parent) if parent else ""


# --- out ------------------------------------------------------------------------------------------


def write(out: Outgoing) -> Written:
    """Return the songs as one CSV file, each a project."""
    left = Leftovers("Asana CSV")
    unwritten(out, left, FORM, CARRIED)
    emails = _emails(out.songs)
    rows = [
        _written(song, task, out.day, emails) for song in out.songs for task in song.tasks.values()
    ]
    if any(task.spent % _MINUTE for song in out.songs for task in song.tasks.values()):
        left.add("time spent is told in whole minutes")
    known = {name.casefold() for name in COLUMNS}
    more = dict.fromkeys(n for row in rows for n in row if n.casefold() not in known)
    return Written(write_table((*COLUMNS, *more), map(_in_columns, rows)), left.told)


def _in_columns(row: Mapping[str, str]) -> dict[str, str]:
    """Return the row with our spelling of Asana's columns (``Parent Task`` was seen, too)."""
    known = {name.casefold(): name for name in COLUMNS}
    return {known.get(name.casefold(), name): value for name, value in row.items()}


def _emails(songs: Iterable[Song]) -> dict[str, str]:
    """Return the addresses that Asana told, by the names beside them."""
    told = (kept.unpack(task.kept, FORM) for song in songs for task in song.tasks.values())
    return {str(row.get(_ASSIGNEE, "")): str(row.get(_EMAIL, "")) for row in told}


def _email(person: str, row: Mapping[str, str], emails: Mapping[str, str]) -> str:
    """Return the address of `person`: Asana assigns by it, so another's would be wrong."""
    if row.get(_ASSIGNEE, person) == person:
        return row.get(_EMAIL, "") or ("" if not person else emails.get(person, ""))
    return emails.get(person, "") or (person if "@" in person else "")


def _written(song: Song, task: Task, day: str, emails: Mapping[str, str]) -> dict[str, str]:
    row = _in_columns({n: str(v) for n, v in kept.unpack(task.kept, FORM).items()})
    whole = not task.budget % _MINUTE
    tags = [tag for tag in (row.get("Tags", ""), _tag(task.state)) if tag]
    done = task.state is TaskState.DONE
    row |= {
        "Name": spoken(task, always=False),
        "Section/Column": task.section,
        _EMAIL: _email(task.person, row, emails),
        _ASSIGNEE: task.person,
        "Notes": written_before(row.get("Notes", ""), task.hand_over),
        "Completed At": (row.get("Completed At") or day) if done else "",
        "Tags": ", ".join(tags),
        "Projects": song.title,
    }
    times = {_BUDGET: task.budget if whole else 0.0, _SPENT: task.spent}
    row |= {name: _hours(seconds) for name, seconds in times.items() if seconds}
    return {**row, _TRACK: task.track} if task.track else row


def _tag(state: TaskState) -> str:
    return next((tag for tag, meant in _STATES.items() if meant is state), "")


def _hours(seconds: float) -> str:
    hours, minutes = divmod(round(seconds / _MINUTE), 60)
    return f"{hours}:{minutes:02}"
