"""What it means to write a whole song anew: one action of many facts, or none."""

from __future__ import annotations

from bridge.core import decide_queue
from bridge.core.actions import EditTask, RewriteSong, SongSheet, TaskLine
from bridge.core.decide_songs import sections_of, title_of
from bridge.core.decide_timer import rest
from bridge.core.draft import Draft
from bridge.core.events import (
    SongEdited,
    StageReached,
    TaskAdded,
    TaskCompleted,
    TaskSetAside,
    TaskSkipped,
)  # fmt: skip
from bridge.core.events_edit import SongOrdered, TaskRemoved, TaskReopened
from bridge.core.find import find_song
from bridge.core.model import Song, TaskState
from bridge.core.sheets import LINE, line_of, merged, sheet_of
from bridge.core.standing import requeued
from bridge.errors import Invalid, Refused


def rewrite(draft: Draft, request: RewriteSong) -> None:
    """Write a song's sheet anew, on top of what was changed since it was read.

    Raises Refused where both changed the same, Invalid for words that can't be.
    """
    song = find_song(draft.studio, request.song)
    _check_ids(song, request)
    present = sheet_of(song)
    found = merged(request.before, request.after, present)
    if found.clashes:
        raise Refused(f"{'; '.join(found.clashes)}; nothing was changed")
    if found.sheet == present:
        raise Refused(f"that changes nothing about {song.title!r}")
    _check(draft, song, found.sheet)
    last = draft.settings.stages[-1]
    finishing = found.sheet.stage == last
    if not finishing:
        _stage(draft, song.id, found.sheet.stage)
    _head(draft, song, found.sheet)
    _remove(draft, song, found.sheet)
    lines = tuple(_line(draft, song.id, line) for line in found.sheet.tasks)
    _order(draft, song, lines)
    if finishing:
        _finish(draft, song)


def _check_ids(song: Song, request: RewriteSong) -> None:
    known, seen = {line.id for line in request.before.tasks}, set[str]()
    for line in request.after.tasks:
        if line.id and line.id not in known:
            raise Invalid(f"{song.title!r} has no task {line.id[:80]!r}")
        if line.id in seen:
            raise Invalid(f"task {line.id!r} stands there more than once")
        seen |= {line.id} - {""}


def _check(draft: Draft, song: Song, sheet: SongSheet) -> None:
    """Refuse a stage that can't be, or tasks to do in a song that is finished. Raises Invalid."""
    stages = draft.settings.stages
    if sheet.stage != song.stage and sheet.stage not in stages:
        known = ", ".join(stages)
        raise Invalid(f"there is no stage {sheet.stage[:80]!r}; the stages are {known}")
    if sheet.stage == stages[-1] and song.stage == stages[-1]:
        _check_finished(song, sheet)


def _check_finished(song: Song, sheet: SongSheet) -> None:
    open_states = (TaskState.TODO, TaskState.SET_ASIDE)
    for line in sheet.tasks:
        was = song.tasks.get(line.id)
        if line.draft.state in open_states and (was is None or not was.open):
            raise Invalid(
                f"{song.title!r} is finished, so {line.draft.title!r} can't be to do; "
                "give the song an earlier stage"
            )


def _stage(draft: Draft, song: str, stage: str) -> None:
    if draft.studio.songs[song].stage != stage:
        draft.tell(StageReached(song, stage, finished=False))


def _finish(draft: Draft, song: Song) -> None:
    last = draft.settings.stages[-1]
    if song.stage == last:
        return
    if draft.studio.timer.task in song.tasks:
        rest(draft)
    draft.tell(StageReached(song.id, last, finished=True))


def _head(draft: Draft, song: Song, sheet: SongSheet) -> None:
    title, sections = title_of(sheet.title), sections_of(sheet.sections, draft.settings)
    if (title, sheet.map, sections) != (song.title, song.map, song.sections):
        draft.tell(SongEdited(song.id, title, sheet.map, sections, song.goal))


def _remove(draft: Draft, song: Song, sheet: SongSheet) -> None:
    kept = {line.id for line in sheet.tasks}
    for task in song.tasks.values():
        if task.id in kept:
            continue
        if draft.studio.timer.task == task.id:
            rest(draft)
        draft.tell(TaskRemoved(task.id, task.title))


def _line(draft: Draft, song_id: str, line: TaskLine) -> str:
    """Write one task anew or add it; return its id."""
    song = draft.studio.songs[song_id]
    if not line.id:
        task = decide_queue.make_task(song, line.draft, song.next_number, draft.settings)
        draft.tell(TaskAdded(task))
        return task.id
    task = song.tasks[line.id]
    present = line_of(task)
    words = {
        name: getattr(line.draft, name)
        for name in LINE
        if name != "state" and getattr(line.draft, name) != getattr(present, name)
    }
    decide_queue.section_of(song, line.draft.section or task.section)  # it may be gone by now
    if words:
        decide_queue.edit(draft, EditTask(task.id, **words))
    if line.draft.state is not task.state:
        _state(draft, task.id, task.state, line.draft.state)
    return task.id


def _state(draft: Draft, task: str, was: TaskState, wanted: TaskState) -> None:
    if wanted is TaskState.DONE:
        draft.tell(TaskCompleted(task))
    elif wanted is TaskState.SKIPPED:
        draft.tell(TaskSkipped(task))
    else:
        if was is not TaskState.TODO:
            draft.tell(TaskReopened(task))
        if wanted is TaskState.SET_ASIDE:
            draft.tell(TaskSetAside(task, time_up=False))


def _order(draft: Draft, song: Song, order: tuple[str, ...]) -> None:
    """Put the song's list in order, and of the queue what that moves."""
    studio = draft.studio
    present = studio.songs[song.id]
    queue, prep_queue = (
        requeued(one, tuple(song.tasks), order, studio.timer.task)
        for one in (studio.queue, studio.prep_queue)
    )
    if (tuple(present.tasks), studio.queue, studio.prep_queue) != (order, queue, prep_queue):
        draft.tell(SongOrdered(song.id, order, queue, prep_queue))
