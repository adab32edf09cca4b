"""What the world should hear of a fact: cues for the DAW, and a headline for people and programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bridge.core import durations
from bridge.core.events import (
    BreakBegan,
    BreakEnded,
    BudgetChanged,
    ClockStepped,
    Entry,
    GoalSet,
    Marked,
    Noted,
    PrepSwitched,
    SittingBegan,
    SittingEnded,
    SongAdded,
    SongEdited,
    SongTaken,
    StageReached,
    TaskAdded,
    TaskCompleted,
    TaskEdited,
    TaskMoved,
    TaskSetAside,
    TaskSkipped,
    TaskStarted,
    TimerPaused,
    TimerResumed,
    TimeUp,
    Undone,
    WentAway,
)  # fmt: skip
from bridge.core.model import Studio, Task
from bridge.messages import Colour, Cue, Marker, RestoreColours, StatusText, TrackColour

DONE, UP, RESTING, PLAIN = "#00C853", "#FF1744", "#7B7B7B", "#FFFFFF"
"""Track colours of a task's state: done, time up, set aside; and of a marker without a section."""

SECTION = "section"
"""Stands for the colour of the task's section."""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, in a word (``completed``, ``time-up``), with the task it is about."""

    name: str
    task: str
    title: str
    seq: int


_NAMES: dict[type, str] = {
    TaskStarted: "started", TimerPaused: "paused", TimerResumed: "resumed",
    TaskCompleted: "completed", TaskSkipped: "skipped", TaskSetAside: "set-aside",
    BudgetChanged: "extended", TimeUp: "time-up", WentAway: "away", BreakBegan: "break",
    BreakEnded: "break-over", Marked: "marked", Noted: "noted", SongAdded: "song-added",
    SongEdited: "song-edited", SongTaken: "song", StageReached: "stage", TaskAdded: "task-added",
    TaskEdited: "task-edited", TaskMoved: "moved", PrepSwitched: "prep", GoalSet: "goal",
    SittingBegan: "sitting-began", SittingEnded: "ended", Undone: "undone", ClockStepped: "clock-step",
}  # fmt: skip


def event(entry: Entry, after: Studio) -> Event | None:
    """Return the headline of an entry, None for what is nobody's news."""
    name = _NAMES.get(type(entry.fact))
    if name is None:
        return None
    task = task_of(entry, after)
    told = _subject(entry, after)  # a marker's own text says more than its task
    title = task.title if task and not told else told
    return Event(name, task.id if task else "", title, entry.seq)


def task_of(entry: Entry, studio: Studio) -> Task | None:
    """Return the task that an entry is about, None when it is about none."""
    task = getattr(entry.fact, "task", None)
    if isinstance(task, Task):
        return task
    if isinstance(task, str):
        return studio.task(task)
    return studio.current if isinstance(entry.fact, TimerPaused | TimerResumed | Marked) else None


def _subject(entry: Entry, studio: Studio) -> str:
    match entry.fact:
        case SongAdded(song=song):
            return song.title
        case SongTaken(song=song_id) | SongEdited(song=song_id):
            return studio.songs[song_id].title if song_id in studio.songs else song_id
        case StageReached(stage=stage):
            return stage
        case Noted(text=text) | Marked(text=text):
            return text
        case Undone(action=action):
            return action
        case PrepSwitched(on=on):
            return "on" if on else "off"
        case GoalSet(goal=goal):
            return goal.text
        case _:
            return ""


@dataclass(frozen=True, slots=True)
class _News:
    """What a task's fact tells: a marker's name, a track's colour, a text; empty tells nothing."""

    marker: str
    track: Colour
    text: str


_TASK_NEWS: Mapping[type, _News] = {
    TaskStarted: _News("{title}", SECTION, "{title} ({budget})"),
    TaskCompleted: _News("done: {title}", DONE, "done: {title}"),
    TimeUp: _News("time up: {title}", UP, "time up: {title}"),
    TaskSetAside: _News("", RESTING, "set aside: {title}"),
    TaskSkipped: _News("", RESTING, "not today: {title}"),
    TimerPaused: _News("", "", "paused: {title}"),
    TimerResumed: _News("", "", "{title}: on it again"),
    WentAway: _News("", "", "away: {title} waits"),
}


def react(entry: Entry, after: Studio) -> tuple[Cue, ...]:
    """Return the cues that an entry causes; each fact causes its cues once, never on replay."""
    task = task_of(entry, after)
    news = _TASK_NEWS.get(type(entry.fact))
    if news is not None:
        return _task_cues(news, task, after) if task else ()
    match entry.fact:
        case Marked(text=text):
            return (Marker(text, _colour(task, after)),)
        case BreakBegan(ends_at=ends_at):
            return (StatusText(f"break ({durations.words(round(ends_at - entry.at))})"),)
        case BreakEnded():
            return (StatusText("the break is over"),)
        case SittingEnded():
            return (StatusText("the sitting is over"), RestoreColours())
        case _:
            return ()


def _colour(task: Task | None, studio: Studio) -> Colour:
    return studio.songs[task.song].colour(task.section) if task else PLAIN


def _task_cues(news: _News, task: Task, studio: Studio) -> tuple[Cue, ...]:
    section = _colour(task, studio)
    cues: list[Cue] = []
    if news.marker:
        cues.append(Marker(news.marker.replace("{title}", task.title), section))
    if news.track and task.track:
        cues.append(TrackColour(task.track, section if news.track == SECTION else news.track))
    text = news.text.replace("{budget}", durations.words(task.budget))
    cues.append(StatusText(text.replace("{title}", task.title)))
    return tuple(cues)
