"""What the world should hear of a fact: cues for the DAW, and a headline for people and programs."""

from __future__ import annotations

from dataclasses import dataclass

from bridge.core.cue_book import DEFAULT_BOOK, CueBook, loud
from bridge.core.cue_words import HAVE_TEXT, Telling
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
    SongRested,
    SongTaken,
    SongWoken,
    StageReached,
    TakeBegan,
    TakeEnded,
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
from bridge.core.events_edit import SongOrdered, TaskRemoved, TaskReopened
from bridge.core.events_method import (
    EarRestDue,
    FeedAdded,
    FeedDone,
    FeedDropped,
    QueueOrdered,
    RutChosen,
    RutHelped,
    RutOffered,
    RutSensed,
    TasksBroughtBack,
    TimeOffEnded,
    TimeOffPlanned,
)  # fmt: skip
from bridge.core.events_sharing import ClashSettled, SongMerged, StudioNamed
from bridge.core.events_together import HandedOver, HandOverDone, PersonSat
from bridge.core.headlines import of_method, of_undone
from bridge.core.model import Studio, Task
from bridge.core.quiet import Local, is_quiet, utc
from bridge.messages import Cue


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
    TakeBegan: "take-began", TakeEnded: "take-ended", SongRested: "song-rested",
    SongWoken: "song-woken", QueueOrdered: "ordered", TasksBroughtBack: "brought-back",
    FeedAdded: "feed-added", FeedDone: "feed-done", FeedDropped: "feed-dropped",
    TimeOffPlanned: "off", TimeOffEnded: "back-at-work", EarRestDue: "ear-rest", TaskRemoved: "task-removed",
    TaskReopened: "reopened", SongOrdered: "song-ordered", RutOffered: "rut-offered",
    RutChosen: "rut-chosen", RutHelped: "rut-helped", RutSensed: "rut-sensed",
    PersonSat: "person", HandedOver: "handed-over", HandOverDone: "hand-over-done",
    SongMerged: "merged", ClashSettled: "settled", StudioNamed: "studio-named",
}  # fmt: skip

EVENTS = tuple(_NAMES.values())
"""The words of ``/songbridge/event``, which rules for cues name, too."""

_OF_THE_CURRENT = (TimerPaused, TimerResumed, Marked, TakeBegan, TakeEnded)
"""Facts that are about the current task, where there is one."""


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
    return studio.current if isinstance(entry.fact, _OF_THE_CURRENT) else None


def _subject(entry: Entry, studio: Studio) -> str:
    match entry.fact:
        case SongAdded(song=song):
            return song.title
        case (
            SongTaken(song=song_id)
            | SongEdited(song=song_id)
            | SongRested(song=song_id)
            | SongWoken(song=song_id)
            | SongOrdered(song=song_id)
            | SongMerged(song=song_id)
            | ClashSettled(song=song_id)
        ):
            return studio.songs[song_id].title if song_id in studio.songs else song_id
        case StageReached(stage=stage):
            return stage
        case Noted(text=text) | Marked(text=text):
            return text
        case Undone(action=action):
            return of_undone(action)
        case PrepSwitched(on=on):
            return "on" if on else "off"
        case GoalSet(goal=goal):
            return goal.text
        case TaskRemoved(title=title):
            return title
        case _:
            return of_method(entry.fact, studio)


def react(
    entry: Entry, after: Studio, book: CueBook = DEFAULT_BOOK, local: Local = utc
) -> tuple[Cue, ...]:
    """Return the cues that an entry causes; each fact causes its cues once, never on replay.

    Quiet hours are left aside: `aloud` knows them.
    """
    word = _NAMES.get(type(entry.fact))
    if word is None or not book.told(word):
        return ()
    subject = _subject(entry, after) if word in HAVE_TEXT else ""
    task = task_of(entry, after)
    return book.cues(Telling(entry, word, after, task=task, subject=subject, local=local))


def aloud(entry: Entry, after: Studio, book: CueBook, local: Local) -> tuple[Cue, ...]:
    """Return what of an entry's cues is told at its instant: in quiet hours, what a hand asked for."""
    cues = react(entry, after, book, local)
    if not cues or not is_quiet(book.quiet, local(entry.at) if book.quiet else 0):
        return cues
    return loud(_NAMES[type(entry.fact)], cues)


def beforehand(entry: Entry, after: Studio, book: CueBook) -> tuple[Cue, ...] | None:
    """Return what an entry will tell whenever it happens; None when that hangs on the instant."""
    return None if book.timed(_NAMES.get(type(entry.fact), "")) else react(entry, after, book)
