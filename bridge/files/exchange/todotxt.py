"""todo.txt: one task a line; ``+Northern_Lights`` is the song, ``@sound_design`` the section.

Ours are ``(20m)`` behind the title, ``person:``, ``track:``, ``spent:`` and ``state:``. Priorities,
dates and what else a line holds are kept with the task and written back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bridge.core import durations
from bridge.core.hand_over import HandOver
from bridge.core.model import Song, Task, TaskState
from bridge.errors import Invalid, InvalidFile
from bridge.files.exchange import kept
from bridge.files.exchange.carried import Carried, Leftovers, Written
from bridge.files.exchange.hand_over_lines import read as read_note
from bridge.files.exchange.hand_over_lines import written as written_note
from bridge.files.exchange.naming import stem
from bridge.files.exchange.outgoing import CARRIED, Outgoing, spoken, unwritten
from bridge.files.exchange.plan import Plan, Row
from bridge.files.exchange.todotxt_words import (
    key_value,
    name_word,
    title_words,
    word_name,
    words_title,
)

if TYPE_CHECKING:
    from bridge.core.settings import Settings

FORM = "todo.txt"
LINES = 50_000
"""Lines of one file: beyond this it is no plan."""

_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DONE = re.compile(rf"x (?:({_DATE}) )?(?:({_DATE}) )?(.*)")
_OPEN = re.compile(rf"(?:\(([A-Z])\) )?(?:({_DATE}) )?(.*)")
_STATES = {"set-aside": TaskState.SET_ASIDE, "skipped": TaskState.SKIPPED}
_OURS = frozenset({"person", "track", "spent", "state"})
_NOTE = "note"
_BREAKS = re.compile(r"\r\n|\n|\r")


@dataclass(slots=True)
class _Line:
    """The parts of one line."""

    title: list[str] = field(default_factory=list)
    projects: list[str] = field(default_factory=list)
    contexts: list[str] = field(default_factory=list)
    ours: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def read(text: str, file: str, settings: Settings) -> Carried:
    """Return a song for each project in `text`; what has none is one, called like the file.

    Raises `InvalidFile` for a file of too many lines.
    """
    left = Leftovers(file)
    plans: dict[str, Plan] = {}
    lines = _BREAKS.split(text.removeprefix("\ufeff"))
    if len(lines) > LINES:
        raise InvalidFile(file, f"has more than {LINES} lines; split it")
    for number, line in enumerate(lines, 1):
        if line.strip():
            _read_line(" ".join(line.split()), number, plans, settings, left)
    if not plans:
        raise InvalidFile(file, "holds no task; needed: one a line")
    return left.carried(plan.draft() for plan in plans.values())


def _read_line(
    line: str, number: int, plans: dict[str, Plan], settings: Settings, left: Leftovers
) -> None:
    finished = _DONE.fullmatch(line)
    dates: dict[str, Any] = {}
    if finished:
        dates = {"completed": finished[1], "created": finished[2]}
        rest = finished[3]
    else:
        opened = _OPEN.fullmatch(line)
        assert opened is not None  # noqa: S101 - every part of it may be missing
        dates = {"priority": opened[1], "created": opened[2]}
        rest = opened[3]
    parts = _parts(rest)
    title = word_name(parts.projects[0]) if parts.projects else stem(left.file)
    plan = plans.get(title.casefold())
    if plan is None:
        plan = plans[title.casefold()] = Plan(title, FORM, settings, left)
    row = _row(parts, number, done=finished is not None, left=left)
    plan.add(Row(**{**row, "kept": {**dates, **row["kept"]}}))


def _parts(text: str) -> _Line:
    parts = _Line()
    for word in text.split():
        pair = key_value(word)
        if word[0] == "+" and len(word) > 1:
            parts.projects.append(word[1:])
        elif word[0] == "@" and len(word) > 1:
            parts.contexts.append(word[1:])
        elif pair and pair[0] in _OURS and pair[0] not in parts.ours:
            parts.ours[pair[0]] = word_name(pair[1])
        elif pair and pair[0] == _NOTE:
            parts.notes.append(word_name(pair[1]))
        elif pair:
            parts.others.append(word)
        else:
            parts.title.append(word)
    return parts


def _row(parts: _Line, number: int, *, done: bool, left: Leftovers) -> dict[str, Any]:
    told = parts.ours.get("state", "")
    state = _STATES.get(told, TaskState.TODO)
    if told and (done or told not in _STATES):
        left.add("state: means set-aside or skipped, of what is not done", number, told)
    more = [f"+{name}" for name in parts.projects[1:]] + [f"@{name}" for name in parts.contexts[1:]]
    return {
        "title": words_title(parts.title),
        "line": number,
        "section": word_name(parts.contexts[0]) if parts.contexts else "",
        "track": parts.ours.get("track", ""),
        "person": parts.ours.get("person", ""),
        "state": TaskState.DONE if done else state,
        "spent": _spent(parts.ours.get("spent", ""), number, left),
        "hand_over": tuple(_note(note) for note in parts.notes),
        "kept": {"words": [*more, *parts.others]},
    }


def _note(words: str) -> HandOver:
    return read_note(f"hand-over{words}") or read_note(f"hand-over: {words}") or HandOver(words)


def _noted(note: HandOver) -> str:
    """Return the value of ``note:``: only the text where nothing else is known."""
    told = written_note(note)
    return note.text if told == f"hand-over: {note.text}" else told.removeprefix("hand-over")


def _spent(written: str, number: int, left: Leftovers) -> float:
    try:
        return durations.parse(written, longest=10_000 * 3600.0) if written else 0.0
    except Invalid:
        left.add("spent: is no duration", number, written)
        return 0.0


# --- out ------------------------------------------------------------------------------------------


def write(out: Outgoing) -> Written:
    """Return the songs, each a project, one task a line."""
    left = Leftovers("todo.txt")
    unwritten(out, left, FORM, CARRIED)
    lines = [_line(song, task, out.day) for song in out.songs for task in song.tasks.values()]
    return Written("".join(f"{line}\n" for line in lines), left.told)


def _line(song: Song, task: Task, day: str) -> str:
    told = kept.unpack(task.kept, FORM)
    ours = {
        "track": task.track,
        "person": task.person,
        "spent": durations.words(round(task.spent)) if round(task.spent) else "",
        "state": next((name for name, meant in _STATES.items() if meant is task.state), ""),
    }
    return " ".join(
        part
        for part in (
            *_mark(told, day, done=task.state is TaskState.DONE),
            title_words(spoken(task, always=True)),
            f"+{name_word(song.title)}",
            f"@{name_word(task.section)}" if task.section else "",
            *(f"{key}:{name_word(value)}" for key, value in ours.items() if value),
            *(f"{_NOTE}:{name_word(_noted(note))}" for note in task.hand_over),
            _priority(told, done=task.state is TaskState.DONE),
            *(" ".join(word.split()) for word in kept.texts(told, "words")),
        )
        if part
    )


def _priority(told: kept.Kept, *, done: bool) -> str:
    """Return the priority as a word: a finished line has no place for it in front."""
    priority = told.get("priority")
    known = any(word.startswith("pri:") for word in kept.texts(told, "words"))
    return f"pri:{priority}" if done and priority and not known else ""


def _mark(told: kept.Kept, day: str, *, done: bool) -> tuple[str, ...]:
    """Return what stands before the title: marks and dates, in the order the format wants."""
    created, priority = str(told.get("created", "")), str(told.get("priority", ""))
    if done:
        completed = str(told.get("completed", "")) or day
        return ("x", completed, created)
    return (f"({priority})" if priority else "", created)
