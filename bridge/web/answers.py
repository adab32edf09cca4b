"""What is answered, as JSON: the same from the service and from the journal read at hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final, get_args

import msgspec

from bridge.core import durations, time_off
from bridge.core.events import (
    BreakBegan,
    BreakEnded,
    BudgetChanged,
    Entry,
    Fact,
    GoalSet,
    SongAdded,
    SongEdited,
    SongRested,
    SongTaken,
    SongWoken,
    StageReached,
    TaskAdded,
    TaskMoved,
    TaskSetAside,
    TaskStarted,
)  # fmt: skip
from bridge.core.events_edit import SongOrdered, TaskRemoved
from bridge.core.events_method import EarRestDue, TimeOffPlanned
from bridge.core.model import Studio, Timer
from bridge.core.react import event
from bridge.core.status import Json


def _kebab(name: str) -> str:
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")


_TYPES: Final = {kind: _kebab(kind.__name__) for kind in get_args(Fact)}


class _StudioAnswer(msgspec.Struct):
    seq: int
    studio: Studio


def studio_json(studio: Studio, seq: int) -> bytes:
    """Return the whole studio as JSON, with the number of the entry it stands after."""
    return msgspec.json.encode(_StudioAnswer(seq, studio))


def read_studio(body: bytes) -> tuple[Studio, int]:
    """Return what `studio_json` wrote. Raises msgspec.MsgspecError."""
    answer = msgspec.json.decode(body, type=_StudioAnswer)
    return answer.studio, answer.seq


def events_json(entries: Iterable[Entry], studio: Studio) -> list[dict[str, Json]]:
    """Return entries as programs read them, oldest first; words are taken from the `studio` of now.

    Each fact names its task itself: whatever is under way now has no part in it.
    """
    nothing_under_way = replace(studio, timer=Timer())
    return [_event(entry, nothing_under_way) for entry in entries]


def _event(entry: Entry, studio: Studio) -> dict[str, Json]:
    news = event(entry, studio)
    name, task, title = (news.name, news.task, news.title) if news else ("", "", "")
    return {
        "seq": entry.seq,
        "at": round(entry.at, 3),
        "action": entry.action,
        "step": entry.step,
        "source": entry.source,
        "person": entry.person,
        "type": _TYPES[type(entry.fact)],
        "event": name,
        "task": task,
        "song": _song(entry.fact, task),
        "title": title,
        "headline": _headline(entry, name or _TYPES[type(entry.fact)], title),
    }


def _song(fact: Fact, task: str) -> str:
    match fact:
        case SongAdded(song=song):
            return song.id
        case (
            SongTaken(song=song_id)
            | SongEdited(song=song_id)
            | StageReached(song=song_id)
            | SongRested(song=song_id)
            | SongWoken(song=song_id)
            | SongOrdered(song=song_id)
        ):
            return song_id
        case TaskRemoved(task=gone):
            return gone.rpartition(".")[0]
        case _:
            return task.rpartition(".")[0]


def _headline(entry: Entry, name: str, title: str) -> str:
    detail = _detail(entry)
    words = name.replace("-", " ")
    told = f"{words}: {title}" if title else words
    return f"{told} ({detail})" if detail else told


def _detail(entry: Entry) -> str:
    match entry.fact:
        case BudgetChanged(by=by):
            return f"{'+' if by > 0 else ''}{durations.words(by)}"
        case BreakBegan(ends_at=ends_at):
            return durations.words(round(ends_at - entry.at))
        case BreakEnded() if entry.source == "clock":
            return "its time was up"
        case TaskStarted(auto=True):
            return "by itself"
        case TaskSetAside(time_up=True):
            return "its time was up"
        case TaskMoved(index=index):
            return f"to position {index + 1}"
        case TaskAdded(task=task):
            return durations.words(task.budget)
        case SongAdded(song=song):
            return "1 task" if len(song.tasks) == 1 else f"{len(song.tasks)} tasks"
        case GoalSet(number=number, goal=goal):
            return f"goal {number}, {goal.done:.0%}"
        case _:
            return _detail_of_method(entry.fact)


def _detail_of_method(fact: Fact) -> str:
    match fact:
        case EarRestDue(heard=heard):
            return f"after {durations.words(round(heard))}"
        case TimeOffPlanned(begins=begins, until=until):
            return time_off.stretch(until - begins)
        case _:
            return ""
