"""Toggl's CSV of time entries: in, what was spent on what; out, every stretch of work.

Columns are found by name, whatever their case and order. An entry is a row; those of one project and
one task (or, without a task, one description) are one task of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bridge.core.model import TaskState
from bridge.files.exchange.carried import Carried, Leftovers, Written
from bridge.files.exchange.csv_table import Line, read_table, write_table
from bridge.files.exchange.naming import stem
from bridge.files.exchange.outgoing import Outgoing, unwritten
from bridge.files.exchange.plan import Plan, Row

if TYPE_CHECKING:
    from bridge.core.settings import Settings

FORM = "toggl"
_NAME = "Toggl CSV"
COLUMNS = (
    "User", "Email", "Client", "Project", "Task", "Description", "Billable", "Start date",
    "Start time", "Duration", "Tags",
)  # fmt: skip

_CARRIED = frozenset({"user", "project", "task", "description", "duration", "tags"})
_CLOCK = re.compile(r"([0-9]{1,6}):([0-5][0-9]):([0-5][0-9])")
_NO_NAME = "Work without a name"


@dataclass(slots=True)
class _Spent:
    """What the entries of one task come to."""

    line: int
    title: str
    section: str
    person: str
    seconds: float = 0.0


def read(text: str, file: str, settings: Settings) -> Carried:
    """Return a song for each project, its tasks with the time they took. Raises `InvalidFile`."""
    table, left = read_table(text, file, ["Duration"]), Leftovers(file)
    sections = {s.name.casefold(): s.name for s in settings.sections}
    songs: dict[str, dict[str, _Spent]] = {}
    for line in table.rows:
        tags = [tag.strip() for tag in line.get("Tags").split(",") if tag.strip()]
        section = next((sections[t.casefold()] for t in tags if t.casefold() in sections), "")
        seconds = _seconds(line, left)
        title = line.get("Task").strip() or line.get("Description").strip() or _NO_NAME
        song = songs.setdefault(line.get("Project").strip() or stem(file), {})
        user = line.get("User").strip()
        one = song.setdefault(title, _Spent(line.number, title, section, user))
        one.seconds += seconds
        one.person = one.person or user
        if user not in ("", one.person):
            why = "User: a task is one person's; the others' time is counted to it"
            left.add(why, line.number, user)
        one.section = one.section or section
        _leave(line, tags, section, left)
    return left.carried([_plan(s, t, settings, left).draft() for s, t in songs.items()])


def _plan(song: str, tasks: dict[str, _Spent], settings: Settings, left: Leftovers) -> Plan:
    plan = Plan(song, FORM, settings, left)
    for one in tasks.values():
        # What took time once may have more to do: Toggl doesn't say what is finished.
        plan.add(
            Row(one.title, one.line, one.section, person=one.person, spent=one.seconds,
                state=TaskState.TODO)
        )  # fmt: skip
    return plan


def _seconds(line: Line, left: Leftovers) -> float:
    written = line.get("Duration").strip()
    found = _CLOCK.fullmatch(written)
    if found is None:
        left.add("Duration is no time such as 0:25:00; it was not counted", line.number, written)
        return 0.0
    hours, minutes, seconds = (int(part) for part in found.groups())
    return hours * 3600.0 + minutes * 60.0 + seconds


def _leave(line: Line, tags: list[str], section: str, left: Leftovers) -> None:
    for name, value in line.cells.items():
        if value.strip() and name.casefold() not in _CARRIED:
            left.add(f"{name}: songs have no such thing", line.number, value)
    if line.get("Task").strip() and line.get("Description").strip():
        left.add("Description: the task's name was taken", line.number, line.get("Description"))
    if others := [tag for tag in tags if tag.casefold() != section.casefold()]:
        left.add("Tags: only the name of a section says something here", line.number, others[0])


# --- out ------------------------------------------------------------------------------------------


def write(out: Outgoing) -> Written:
    """Return every stretch of work on the songs as a time entry.

    Time of before an import is in no stretch: it is told as left.
    """
    left = Leftovers(_NAME)
    unwritten(out, left, FORM, frozenset({"section", "person", "spent"}))
    return _written(out, left)


def sheet(out: Outgoing) -> Written:
    """Return the same as a time sheet: what of a song is no time is not missed there, nor told."""
    return _written(out, Leftovers(_NAME))


def _written(out: Outgoing, left: Leftovers) -> Written:
    worked: dict[str, float] = {}
    for one in out.stretches:
        worked[one.task] = worked.get(one.task, 0.0) + one.ended - one.began
    for task in (task for song in out.songs for task in song.tasks.values()):
        if task.spent - worked.get(task.id, 0.0) >= 1:
            left.add("spent time that is not of a sitting here has no date", value=task.title)
    left.add("Email: Toggl wants the one of your account; fill the column in before its import")
    return Written(write_table(COLUMNS, _rows(out)), left.told)


def _rows(out: Outgoing) -> Iterator[dict[str, str]]:
    songs = {song.id: song for song in out.songs}
    for one in out.stretches:
        song = songs.get(one.song)
        task = song.tasks.get(one.task) if song else None
        began = datetime.fromtimestamp(int(one.began), out.tz)
        seconds = round(one.ended) - int(one.began)
        if song and seconds > 0:
            yield {
                "User": one.person,
                "Project": song.title,
                "Task": task.title if task else one.title,
                "Description": task.title if task else one.title,
                "Billable": "No",
                "Start date": began.strftime("%Y-%m-%d"),
                "Start time": began.strftime("%H:%M:%S"),
                "Duration": _clock(seconds),
                "Tags": task.section if task else "",
            }


def _clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest:02}"
