"""``/songbridge/event``: what happened, in one word, as it enters the journal. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.core import events
from bridge.messages import Osc

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bridge.core.events import Entry, Fact
    from bridge.core.model import Studio

WORDS: Mapping[type, str] = {
    events.SongAdded: "song-added",
    events.SongEdited: "song-edited",
    events.StageReached: "stage",
    events.SongTaken: "song",
    events.TaskAdded: "added",
    events.TaskEdited: "edited",
    events.TaskMoved: "moved",
    events.TaskStarted: "started",
    events.TimerPaused: "paused",
    events.TimerResumed: "resumed",
    events.TaskCompleted: "completed",
    events.TaskSkipped: "skipped",
    events.TaskSetAside: "set-aside",
    events.BudgetChanged: "extended",
    events.TimeUp: "time-up",
    events.WentAway: "away",
    events.BreakBegan: "break",
    events.BreakEnded: "break-over",
    events.PrepSwitched: "prep",
    events.Marked: "marked",
    events.Noted: "noted",
    events.GoalSet: "goal",
    events.SittingBegan: "sitting-began",
    events.SittingEnded: "ended",
    events.ClockStepped: "clock-stepped",
    events.Undone: "undone",
}
"""The word of each fact. `Attended` has none: it tells nothing that anybody waits for."""

_WITHOUT_TASK = (
    events.SongAdded,
    events.SongEdited,
    events.SongTaken,
    events.StageReached,
    events.GoalSet,
    events.SittingBegan,
    events.SittingEnded,
    events.ClockStepped,
)


def event(entry: Entry, studio: Studio) -> Osc | None:
    """Return the message about `entry`, None where there is nothing to tell.

    `studio` is the state after it. A fact that names no task is about the current one, except where
    no task is meant at all; id and title are empty then.
    """
    word = WORDS.get(type(entry.fact))
    if word is None:
        return None
    task = studio.task(_task(entry.fact, studio))
    named = (task.id, task.title) if task else ("", "")
    return Osc("/songbridge/event", (word, *named, entry.seq))


def _task(fact: Fact, studio: Studio) -> str:
    """Return the id of the task that `fact` is about, empty where there is none."""
    if isinstance(fact, _WITHOUT_TASK):
        return ""
    if isinstance(fact, events.TaskAdded):
        return fact.task.id
    named = getattr(fact, "task", None)
    return str(named) if named is not None else studio.timer.task or ""
