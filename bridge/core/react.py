"""What the world should hear of a fact: cues for the DAW, and a headline for people and programs."""

from __future__ import annotations

from dataclasses import dataclass

from bridge.core import durations
from bridge.core.events import (
    BreakBegan, BreakEnded, BudgetChanged, ClockStepped, Entry, GoalSet, Marked, Noted,
    PrepSwitched, SittingBegan, SittingEnded, SongAdded, SongEdited, SongTaken, StageReached,
    TaskAdded, TaskCompleted, TaskEdited, TaskMoved, TaskSetAside, TaskSkipped, TaskStarted,
    TimerPaused, TimerResumed, TimeUp, Undone, WentAway,
)  # fmt: skip
from bridge.core.model import Studio, Task
from bridge.messages import Colour, Cue, Marker, StatusText, TrackColour

DONE, UP, RESTING, PLAIN = "#00C853", "#FF1744", "#7B7B7B", "#FFFFFF"
"""Track colours of a task's state: done, time up, set aside; and of a marker without a section."""


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
    SittingBegan: "sitting", SittingEnded: "ended", Undone: "undone", ClockStepped: "clock-step",
}  # fmt: skip


def event(entry: Entry, after: Studio) -> Event | None:
    """Return the headline of an entry, None for what is nobody's news."""
    name = _NAMES.get(type(entry.fact))
    if name is None:
        return None
    task = task_of(entry, after)
    title = task.title if task else _subject(entry, after)
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


def react(entry: Entry, after: Studio) -> tuple[Cue, ...]:
    """Return the cues that an entry causes; each fact causes its cues once, never on replay."""
    task = task_of(entry, after)
    colour = after.songs[task.song].colour(task.section) if task else PLAIN
    match entry.fact:
        case TaskStarted() if task:
            text = f"{task.title} ({durations.words(task.budget)})"
            return _cues(task.title, colour, task, colour, text)
        case TaskCompleted() if task:
            return _cues(f"done: {task.title}", colour, task, DONE, f"done: {task.title}")
        case TimeUp() if task:
            return _cues(f"time up: {task.title}", colour, task, UP, f"time up: {task.title}")
        case TaskSetAside() if task:
            return _track(task, RESTING) + (StatusText(f"set aside: {task.title}"),)
        case TaskSkipped() if task:
            return _track(task, RESTING) + (StatusText(f"not today: {task.title}"),)
        case Marked(text=text):
            return (Marker(text, colour),)
        case BreakBegan(ends_at=ends_at):
            return (StatusText(f"break ({durations.words(round(ends_at - entry.at))})"),)
        case BreakEnded():
            return (StatusText("the break is over"),)
        case TimerPaused() if task:
            return (StatusText(f"paused: {task.title}"),)
        case TimerResumed() if task:
            return (StatusText(f"{task.title}: on it again"),)
        case WentAway() if task:
            return (StatusText(f"away: {task.title} waits"),)
        case SittingEnded():
            return (StatusText("the sitting is over"),)
        case _:
            return ()


def _cues(marker: str, colour: Colour, task: Task, state: Colour, text: str) -> tuple[Cue, ...]:
    return (Marker(marker, colour), *_track(task, state), StatusText(text))


def _track(task: Task, colour: Colour) -> tuple[Cue, ...]:
    return (TrackColour(task.track, colour),) if task.track else ()
