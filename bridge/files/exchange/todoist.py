"""Todoist's CSV: one project, with sections, people and, by ``DURATION``, minutes.

The columns are those of the official help, with the newer ones of real exports. A note belongs to the
task above it. What has no counterpart is kept with the task and written back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bridge.core import durations
from bridge.core.model import Song, Task, TaskState
from bridge.errors import Invalid, Refused
from bridge.files.exchange import kept
from bridge.files.exchange.carried import Carried, Leftovers, Written
from bridge.files.exchange.csv_table import Line, read_table, write_table
from bridge.files.exchange.dates import note_ambiguous
from bridge.files.exchange.hand_over_lines import taken_out, written
from bridge.files.exchange.naming import stem
from bridge.files.exchange.outgoing import CARRIED, Outgoing, spoken, unwritten
from bridge.files.exchange.plan import Plan, Row

if TYPE_CHECKING:
    from bridge.core.settings import Settings

FORM = "todoist"
COLUMNS = (
    "TYPE", "CONTENT", "DESCRIPTION", "PRIORITY", "INDENT", "AUTHOR", "RESPONSIBLE", "DATE",
    "DATE_LANG", "TIMEZONE", "DURATION", "DURATION_UNIT",
)  # fmt: skip

_NOTES = "notes"
_OURS = frozenset({"type", "content", "description", "duration", "duration_unit"})
_DATES = ("DATE", "DEADLINE")
_DEFAULTS = {"PRIORITY": "4", "INDENT": "1", "DATE_LANG": "en"}
_UNITS = {"minute": 60.0, "minutes": 60.0, "day": 86400.0, "days": 86400.0, "": 60.0}
_LABELS = {
    "done": TaskState.DONE, "set-aside": TaskState.SET_ASIDE, "skipped": TaskState.SKIPPED,
    "todo": TaskState.TODO,
}  # fmt: skip
_LABEL = re.compile(r"(.*?)\s*@(done|set-aside|skipped|todo)", re.IGNORECASE | re.DOTALL)
_PERSON = re.compile(r"(.*?)\s*\(\d+\)")
_OWN_LINE = re.compile(r"(track|spent): (.+)")
_NUMBER = re.compile(r"[0-9]{1,7}(?:[.,][0-9]{1,4})?")
_MINUTE = 60


def read(text: str, file: str, settings: Settings) -> Carried:
    """Return the project in `text`, called like its file, as a song. Raises `InvalidFile`."""
    table, left = read_table(_without_meta(text), file, ["TYPE", "CONTENT"]), Leftovers(file)
    plan, section = Plan(stem(file), FORM, settings, left), ""
    waiting: Line | None = None
    notes: list[str] = []
    for line in (*table.rows, None):
        kind = line.get("TYPE").strip().casefold() if line else ""
        if line is not None and kind == "note":
            _note(line, waiting, notes, left)
            _leave(line, "a note", left)
            continue
        if waiting is not None:
            plan.add(_row(waiting, section, notes, left))
        waiting, notes = (line if kind == "task" else None), []
        if waiting is not None and not _titled(waiting)[0]:
            left.add("a task without a title was left out", waiting.number)
            waiting = None  # so that its notes are told, too
        if line is not None and kind == "section":
            section = line.get("CONTENT")
            plan.section(section, line.number)
            _leave(line, "a section", left)
        elif line is not None and kind != "task":
            left.add("a row that is no task, section or note", line.number, kind)
    dated = ((line.number, n, line.get(n)) for line in table.rows for n in _DATES)
    note_ambiguous(dated, left)
    return left.carried([plan.draft()])


def _without_meta(text: str) -> str:
    """Return `text` with its header first: newer exports begin with ``meta,view_style=list``."""
    text = text.removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    return f"\n{rest}" if first.strip().strip('"').casefold().startswith("meta") else text


def _leave(line: Line, what: str, left: Leftovers) -> None:
    """Tell what stands in a row beside its text."""
    for name, value in line.cells.items():
        told = value.strip() and name.casefold() not in ("type", "content")
        if told and _DEFAULTS.get(name.upper()) != value.strip():
            left.add(f"{name} of {what}", line.number, value)


def _note(line: Line, task: Line | None, notes: list[str], left: Leftovers) -> None:
    if task is None:
        left.add("a note that belongs to no task", line.number, line.get("CONTENT"))
    else:
        notes.append(line.get("CONTENT"))


def _titled(line: Line) -> tuple[str, TaskState]:
    """Return a task's title and what the label at its end says of its state."""
    title = line.get("CONTENT").strip()
    found = _LABEL.fullmatch(title)
    return (found[1], _LABELS[found[2].casefold()]) if found else (title, TaskState.TODO)


def _row(line: Line, section: str, notes: Sequence[str], left: Leftovers) -> Row:
    title, state = _titled(line)
    hand_over, others = taken_out(line.get("DESCRIPTION"))
    ours, description = _description(others)
    person = line.get("RESPONSIBLE").strip()
    named = _PERSON.fullmatch(person)
    values = {n: v for n, v in line.cells.items() if v.strip() and n.casefold() not in _OURS}
    values = {n: v for n, v in values.items() if _DEFAULTS.get(n.upper()) != v.strip()}
    if not named:
        values = {n: v for n, v in values.items() if n.casefold() != "responsible"}
    return Row(
        title=title,
        line=line.number,
        section=section,
        budget=_budget(line, left),
        track=ours.get("track", ""),
        person=named[1] if named else person,
        state=state,
        spent=_spent(ours.get("spent", ""), line, left),
        hand_over=hand_over,
        kept={**values, "DESCRIPTION": description, _NOTES: list(notes)},
    )


def _description(text: str) -> tuple[dict[str, str], str]:
    """Return what our own lines in a description say, and the rest of it."""
    ours: dict[str, str] = {}
    rest = []
    for line in text.splitlines():
        found = _OWN_LINE.fullmatch(line.strip())
        if found and found[1] not in ours:
            ours[found[1]] = found[2]
        else:
            rest.append(line)
    return ours, "\n".join(rest).strip()


def _budget(line: Line, left: Leftovers) -> float | None:
    written, unit = line.get("DURATION").strip(), line.get("DURATION_UNIT").strip().casefold()
    if not written or written.casefold() == "none":
        if unit and unit not in _UNITS:
            left.add("DURATION_UNIT without DURATION", line.number, unit)
        return None
    if not _NUMBER.fullmatch(written) or unit not in _UNITS:
        said = f"{written} {unit}".strip()
        left.add("DURATION and DURATION_UNIT are no minutes or days", line.number, said)
        return None
    return float(written.replace(",", ".")) * _UNITS[unit]


def _spent(written: str, line: Line, left: Leftovers) -> float:
    try:
        return durations.parse(written, longest=10_000 * 3600.0) if written else 0.0
    except Invalid:
        left.add("spent: is no duration", line.number, written)
        return 0.0


# --- out ------------------------------------------------------------------------------------------


def write(out: Outgoing) -> Written:
    """Return the one song as a project. Raises `Refused` for several: a file holds one project."""
    if len(out.songs) != 1:
        raise Refused("a Todoist file holds one project; export one song at a time")
    (song,), left = out.songs, Leftovers("Todoist CSV")
    unwritten(out, left, FORM, CARRIED)
    done = sum(task.state is TaskState.DONE for task in song.tasks.values())
    if done:
        left.add(f'"{song.title}": that {done} of its tasks are done is only a label, @done')
    for task in song.tasks.values():
        if _PERSON.fullmatch(task.person):
            left.add(f'"{song.title}": the number in a person\'s name', value=task.person)
    rows = list(_rows(song))
    more = dict.fromkeys(name for row in rows for name in row if name not in COLUMNS)
    return Written(write_table((*COLUMNS, *more), rows), left.told)


def _rows(song: Song) -> Iterator[dict[str, str]]:
    """Yield sections with their tasks; a section comes again where the order wants it so."""
    section = None
    for task in song.tasks.values():
        if task.section != section:
            section = task.section
            yield {"TYPE": "section", "CONTENT": section}
        told = kept.unpack(task.kept, FORM)
        yield _task_row(task, told)
        for note in kept.texts(told, _NOTES):
            yield {"TYPE": "note", "CONTENT": note}


def _task_row(task: Task, told: kept.Kept) -> dict[str, str]:
    label = next(f" @{name}" for name, meant in _LABELS.items() if meant is task.state)
    if task.state is TaskState.TODO and not _LABEL.fullmatch(task.title):
        label = ""
    row = {name: str(value) for name, value in told.items() if name != _NOTES}
    named = _PERSON.fullmatch(row.pop("RESPONSIBLE", ""))
    person = named[0] if named and named[1] == task.person else task.person
    ours = [
        f"track: {task.track}" if task.track else "",
        f"spent: {durations.words(round(task.spent))}" if round(task.spent) else "",
        *map(written, task.hand_over),
        row.get("DESCRIPTION", ""),
    ]
    row = {**_DEFAULTS, **row, "TYPE": "task", "CONTENT": spoken(task, always=False) + label}
    row |= {"RESPONSIBLE": person, "DESCRIPTION": "\n".join(line for line in ours if line)}
    if not task.budget % _MINUTE:
        row |= {"DURATION": f"{task.budget / _MINUTE:.0f}", "DURATION_UNIT": "minute"}
    return row
