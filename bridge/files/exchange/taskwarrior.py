"""Taskwarrior's JSON: what ``task export`` writes and ``task import`` reads.

The song is the project. Section, budget, spent time, track and person are attributes of our own
(UDAs in its words); every attribute that is not ours is kept with the task and written back, as its
specification demands.
"""

from __future__ import annotations

import contextlib
import json
import math
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bridge.core import durations
from bridge.core.hand_over import HandOver
from bridge.core.model import PREPARATION, Song, Task, TaskState
from bridge.errors import Invalid, InvalidFile
from bridge.files.exchange import hand_over_lines, kept
from bridge.files.exchange.carried import Carried, Leftovers, Written
from bridge.files.exchange.naming import stem
from bridge.files.exchange.outgoing import CARRIED, Outgoing, unwritten
from bridge.files.exchange.plan import Plan, Row

if TYPE_CHECKING:
    from bridge.core.settings import Settings

FORM = "taskwarrior"
TASKS = 50_000
"""Tasks of one file: beyond this it is no plan."""

_OURS = frozenset(
    {"description", "project", "status", "section", "budget", "spent", "track", "person", "tags"}
)
_WHEN = "%Y%m%dT%H%M%SZ"
_TEXTS = ("project", "status", "section", "track", "person")
_ALLOWED = ("pending", "completed", "deleted", "waiting", "recurring")
_STATES = {"set_aside": TaskState.SET_ASIDE, "skipped": TaskState.SKIPPED}


def read(text: str, file: str, settings: Settings) -> Carried:
    """Return a song for each project in `text`: a JSON array, or one object a line.

    Raises `InvalidFile`.
    """
    left = Leftovers(file)
    plans: dict[str, Plan] = {}
    sections = {s.name.casefold() for s in settings.sections} | {PREPARATION}
    for number, (line, task) in enumerate(_objects(text.removeprefix("\ufeff"), file)):
        if number >= TASKS:
            raise InvalidFile(file, f"has more than {TASKS} tasks; split it", line=line)
        status, title = _text(task, "status") or "pending", _text(task, "description")
        if status not in _ALLOWED:
            problem = f'found "{status[:40]}"; allowed: {", ".join(_ALLOWED)}'
            raise InvalidFile(file, problem, key="status", line=line)
        if status in ("deleted", "recurring"):
            why = "a deleted task" if status == "deleted" else "the pattern of a task that recurs"
            left.add(why, line, title)
            continue
        _tell_odd(task, line, left)
        song, section = _placed(task, sections)
        song = song or stem(file)
        plan = plans.get(song.casefold())
        if plan is None:
            plan = plans[song.casefold()] = Plan(song, FORM, settings, left)
        plan.add(_row(task, status, section, line, left))
    if not plans:
        raise InvalidFile(file, "holds no task that could be carried")
    return left.carried(plan.draft() for plan in plans.values())


def _placed(task: Mapping[str, Any], sections: set[str]) -> tuple[str, str]:
    """Return project and section; the last part of ``Lights.mixing`` is one where it is known."""
    project, section = _text(task, "project"), _text(task, "section")
    head, _, tail = project.rpartition(".")
    if not section and head and tail.casefold() in sections:
        return head, tail
    return project, section


def _row(task: Mapping[str, Any], status: str, section: str, line: int, left: Leftovers) -> Row:
    written = task.get("tags")
    listed = written if isinstance(written, list) else []
    tags = [tag for tag in listed if isinstance(tag, str)]
    state = next((_STATES[tag] for tag in tags if tag in _STATES), TaskState.TODO)
    if status == "completed":
        state = TaskState.DONE
    elif status == "waiting":
        state = TaskState.SKIPPED
    values: dict[str, Any] = {n: v for n, v in task.items() if n not in _OURS}
    others = [tag for tag in tags if tag not in _STATES]
    notes, annotations = _annotations(task.get("annotations"))
    return Row(
        title=_text(task, "description"),
        line=line,
        section=section,
        budget=_duration(task, "budget", line, left),
        track=_text(task, "track"),
        person=_text(task, "person"),
        state=state,
        spent=_duration(task, "spent", line, left) or 0.0,
        hand_over=notes,
        kept={
            **values,
            "annotations": annotations,
            "tags": others,
            "status": status if status == "waiting" else "",
        },
    )


def _annotations(written: object) -> tuple[tuple[HandOver, ...], object]:
    """Return the hand-over notes among a task's annotations, newest first, and the others."""
    if not isinstance(written, list):
        return (), written
    found = [(one, _hand_over(one)) for one in written]
    notes = [note for _, note in found if note is not None]
    others = [one for one, note in found if note is None]
    return tuple(sorted(notes, key=lambda note: -note.at)), others


def _hand_over(annotation: object) -> HandOver | None:
    if not isinstance(annotation, dict) or not isinstance(annotation.get("description"), str):
        return None
    if set(annotation) - {"entry", "description"}:
        return None
    at = 0.0
    with contextlib.suppress(ValueError, TypeError):  # an entry that is no time
        at = datetime.strptime(f"{annotation.get('entry')}+0000", f"{_WHEN}%z").timestamp()
    return hand_over_lines.read(annotation["description"], at)


def _tell_odd(task: Mapping[str, Any], line: int, left: Leftovers) -> None:
    """Tell which of our attributes hold something that they can't."""
    for name in _TEXTS:
        value = task.get(name)
        if value not in (None, "", [], {}) and not isinstance(value, str):
            left.add(f"{name} is no text", line, str(value)[:80])
    tags = task.get("tags")
    if tags and not (isinstance(tags, list) and all(isinstance(tag, str) for tag in tags)):
        left.add("tags are no list of texts", line, str(tags)[:80])


def _text(task: Mapping[str, Any], name: str) -> str:
    value = task.get(name)
    return value.strip() if isinstance(value, str) else ""


def _duration(task: Mapping[str, Any], name: str, line: int, left: Leftovers) -> float | None:
    value = task.get(name)
    if value in (None, ""):
        return None
    try:
        if isinstance(value, str):
            return durations.parse(_plain_iso(value), longest=10_000 * 3600.0)
    except Invalid:
        pass
    left.add(f"{name} is no duration such as 25m or PT25M", line, str(value)[:80])
    return None


def _plain_iso(value: str) -> str:
    """Return ``PT1H25M`` as ``1H25M``: Taskwarrior writes durations so where it knows the attribute."""
    return value.removeprefix("PT")


# --- the text -------------------------------------------------------------------------------------


def _objects(text: str, file: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield the objects with the lines they begin at."""
    if not text.lstrip().startswith("["):
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                yield number, _object(_parsed(line.strip().rstrip(","), file, number), file, number)
        return
    whole = _parsed(text, file, 1)
    begins = [n for n, line in enumerate(text.splitlines(), 1) if line.lstrip(" [").startswith("{")]
    lines = (
        begins if len(begins) == len(whole) else [1] * len(whole)
    )  # else it is laid out otherwise
    for number, one in zip(lines, whole, strict=True):
        yield number, _object(one, file, number)


def _parsed(text: str, file: str, line: int) -> Any:  # noqa: ANN401 - JSON has any shape
    try:
        return json.loads(text, parse_float=_number, parse_constant=str)
    except json.JSONDecodeError as error:
        problem = f"is not valid JSON: {error.msg.lower()} (column {error.colno})"
        raise InvalidFile(file, problem, line=line + error.lineno - 1) from None
    except RecursionError:
        raise InvalidFile(file, "is nested too deeply", line=line) from None
    except ValueError:  # a number of more than 4300 digits, which Python won't read
        raise InvalidFile(file, "holds a number too long to read", line=line) from None


def _number(written: str) -> float | str:
    """Return the number; one too large to be one stays its text."""
    number = float(written)
    return number if math.isfinite(number) else written


def _object(value: object, file: str, line: int) -> Mapping[str, Any]:
    if not isinstance(value, dict) or not isinstance(value.get("description"), str):
        raise InvalidFile(file, "found no task; needed: an object with a description", line=line)
    return value


# --- out ------------------------------------------------------------------------------------------


def write(out: Outgoing) -> Written:
    """Return the songs as the array that ``task import`` takes, one object a line."""
    left = Leftovers("Taskwarrior JSON")
    unwritten(out, left, FORM, CARRIED)
    objects = [_task(song, task, out.at) for song in out.songs for task in song.tasks.values()]
    lines = [kept.dump(one) for one in objects]
    return Written("[\n" + ",\n".join(lines) + "\n]\n", left.told)


def _annotated(theirs: list[Any], notes: Sequence[HandOver], now: float) -> list[Any]:
    """Return `theirs` with our notes; each second has one annotation there, or one is lost."""
    taken = {one.get("entry") for one in theirs if isinstance(one, dict)}
    made = []
    for note in notes:
        at = note.at or now
        while (entry := datetime.fromtimestamp(at, UTC).strftime(_WHEN)) in taken:
            at += 1
        taken.add(entry)
        made.append({"entry": entry, "description": hand_over_lines.written(note)})
    return [*theirs, *made]


def uuid_of(task: str) -> str:
    """Return the name in Taskwarrior of the task with that id here, where it has no other."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"songbridge:{task}"))


def _task(song: Song, task: Task, at: float) -> dict[str, Any]:
    told = kept.unpack(task.kept, FORM)
    now = datetime.fromtimestamp(at, UTC).strftime(_WHEN)
    waiting = told.pop("status", "") == "waiting" and task.state is TaskState.SKIPPED
    done = task.state is TaskState.DONE
    state = next((tag for tag, meant in _STATES.items() if meant is task.state), "")
    tags = [*kept.texts(told, "tags"), *([state] if state and not waiting else [])]
    end = str(told.pop("end", "")) or now
    theirs = told.pop("annotations", None)
    if task.hand_over:
        theirs = _annotated(theirs if isinstance(theirs, list) else [], task.hand_over, at)
    status = "completed" if done else "waiting" if waiting else "pending"
    ours = {
        "section": task.section,
        "budget": durations.words(task.budget),
        "spent": durations.words(round(task.spent)) if round(task.spent) else "",
        "track": task.track,
        "person": task.person,
    }
    return {
        "uuid": uuid_of(task.id),
        "entry": now,
        **told,
        "status": status,
        "description": task.title,
        "project": song.title,
        **({"end": end} if done else {}),
        **({"tags": tags} if tags else {}),
        **({"annotations": theirs} if theirs else {}),
        **{name: value for name, value in ours.items() if value},
    }
