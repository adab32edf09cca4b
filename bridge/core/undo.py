"""Taking back: the difference between two studios, and how it is applied to the present one.

In memory a way back is two references to frozen studios, which costs nothing; the difference is
worked out when somebody takes back, or when a snapshot is written.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from bridge.core.events import Undoable
from bridge.core.model import Sitting, Song, Studio, Task, Timer, TimerState
from bridge.core.patches import Patch, SittingPatch, SongPatch, TaskPatch
from bridge.core.replacing import replace


@dataclass(frozen=True, slots=True)
class Step:
    """One action that can be taken back, as two studios or (after a restart) as a difference."""

    seq: int
    action: str
    at: float
    before: Studio | None = None
    after: Studio | None = None
    patch: Patch | None = None

    def way_back(self) -> Patch:
        """Return the difference that leads from after the action to before it."""
        if self.before is not None and self.after is not None:
            return difference(self.after, self.before)
        return self.patch or Patch()

    def told(self) -> Undoable:
        """Return the step as a snapshot keeps it."""
        return Undoable(self.seq, self.action, self.at, self.way_back())


def difference(present: Studio, past: Studio) -> Patch:
    """Return what changes `present` into `past`."""
    songs: dict[str, SongPatch | None] = {}
    for song_id in {**present.songs, **past.songs}:
        now, then = present.songs.get(song_id), past.songs.get(song_id)
        if now is not then:
            songs[song_id] = None if then is None else _song_difference(now, then)
    return Patch(
        songs=songs,
        queue=_if_other(present.queue, past.queue),
        prep_queue=_if_other(present.prep_queue, past.prep_queue),
        prep=None if present.prep == past.prep else past.prep,
        song=None if present.song == past.song else (past.song,),
        timer=None if present.timer == past.timer else past.timer,
        trail=_if_other(present.trail, past.trail),
        sitting=_sitting_difference(present.sitting, past.sitting),
        goals=None if present.goals == past.goals else past.goals,
        method=None if present.method == past.method else past.method,
        guest=None if present.guest == past.guest else past.guest,
        persons=_if_other(present.persons, past.persons),
    )


def _if_other(present: tuple[str, ...], past: tuple[str, ...]) -> tuple[str, ...] | None:
    return None if present is past or present == past else past


def _song_difference(now: Song | None, then: Song) -> SongPatch:
    present = now.tasks if now else {}
    tasks = {
        task_id: TaskPatch(before=then.tasks.get(task_id), after=present.get(task_id))
        for task_id in {**present, **then.tasks}
        if present.get(task_id) is not then.tasks.get(task_id)
    }
    same_order = list(present) == list(then.tasks)
    return SongPatch(replace(then, tasks={}), tasks, None if same_order else tuple(then.tasks))


def with_its_time(patch: Patch, present: Studio) -> Patch:
    """Return `patch` so that a sitting that it takes back takes along what the clock charged in it.

    Whatever was done in that sitting was taken back before, so that all it still holds was charged to
    the present task when its time ran out.
    """
    task, sitting = present.current, present.sitting
    if task is None or sitting is None or patch.sitting is None or not patch.sitting.gone:
        return patch
    song = patch.songs.get(task.song, SongPatch(replace(present.songs[task.song], tasks={})))
    if song is None:
        return patch  # it goes, and its time with it
    known = song.tasks.get(task.id, TaskPatch(task, task))
    if known.before is None or known.after is None:
        return patch
    gone = sitting.worked
    after = replace(known.after, spent=known.after.spent + gone, boxed=known.after.boxed + gone)
    tasks = {**song.tasks, task.id: TaskPatch(known.before, after)}
    return replace(patch, songs={**patch.songs, task.song: replace(song, tasks=tasks)})


_LISTS = ("done", "set_aside", "skipped", "notes", "marks", "turns", "longer", "reached")


def _sitting_difference(now: Sitting | None, then: Sitting | None) -> SittingPatch | None:
    if now == then:
        return None
    if now is None or then is None:
        return SittingPatch(put=then, gone=then is None)
    added = {name: len(getattr(now, name)) - len(getattr(then, name)) for name in _LISTS}
    return SittingPatch(
        drop={name: count for name, count in added.items() if count > 0},
        worked=then.worked - now.worked,
        over=then.over - now.over,
        extended=then.extended - now.extended,
        ears=None if then.ears == now.ears else then.ears,
    )


def apply(studio: Studio, patch: Patch) -> Studio:
    """Return `studio` with `patch` applied; what the patch does not name stays as it is."""
    songs = dict(studio.songs)
    for song_id, change in patch.songs.items():
        if change is None:
            songs.pop(song_id, None)
        else:
            songs[song_id] = _patched(songs.get(song_id), change)
    return Studio(
        songs=songs,
        queue=studio.queue if patch.queue is None else patch.queue,
        prep_queue=studio.prep_queue if patch.prep_queue is None else patch.prep_queue,
        prep=studio.prep if patch.prep is None else patch.prep,
        song=studio.song if patch.song is None else patch.song[0],
        timer=studio.timer if patch.timer is None else patch.timer,
        trail=studio.trail if patch.trail is None else patch.trail,
        sitting=_sitting_patched(studio.sitting, patch.sitting),
        goals=studio.goals if patch.goals is None else patch.goals,
        take=studio.take,  # what a DAW does is not taken back
        known_as=studio.known_as,
        method=studio.method if patch.method is None else patch.method,
        guest=studio.guest if patch.guest is None else patch.guest,
        persons=studio.persons if patch.persons is None else patch.persons,
    )


def _patched(song: Song | None, change: SongPatch) -> Song:
    tasks = dict(song.tasks) if song else {}
    for task_id, patch in change.tasks.items():
        if patch.before is None:
            tasks.pop(task_id, None)
        else:
            tasks[task_id] = _task_patched(tasks.get(task_id), patch.before, patch.after)
    if change.order is not None:
        tasks = {task_id: tasks[task_id] for task_id in change.order if task_id in tasks}
    return replace(change.head, tasks=tasks)


def _task_patched(present: Task | None, before: Task, after: Task | None) -> Task:
    """Return the task with what the action changed put back, and what came since kept."""
    if present is None or after is None:
        return before
    words = {
        field.name: getattr(before, field.name)
        for field in fields(Task)
        if getattr(before, field.name) != getattr(after, field.name)
    }
    for name in {"spent", "boxed"} & words.keys():
        back = getattr(before, name) - getattr(after, name)
        words[name] = max(0.0, getattr(present, name) + back)
    return replace(present, **words)


def _sitting_patched(present: Sitting | None, patch: SittingPatch | None) -> Sitting | None:
    if patch is None:
        return present
    if patch.gone or patch.put is not None or present is None:
        return patch.put
    shorter = {name: getattr(present, name)[:-count] for name, count in patch.drop.items()}
    return replace(
        present,
        worked=max(0.0, present.worked + patch.worked),
        over=max(0.0, present.over + patch.over),
        extended=max(0, present.extended + patch.extended),
        ears=present.ears if patch.ears is None else patch.ears,
        **shorter,
    )


def rebased(timer: Timer, then: float, now: float) -> Timer:
    """Return a timer of the instant `then` so that it shows the same at `now`.

    The time since the action is charged to nobody, and time that was up is told anew from now.
    """

    def moved(instant: float | None) -> float | None:
        return None if instant is None else instant + (now - then)

    up_at = now if timer.state is TimerState.OVERTIME else timer.up_at
    return replace(
        timer,
        since=moved(timer.since),
        ends_at=moved(timer.ends_at),
        up_at=up_at,
        grace_at=None,
    )


def replace_timer(patch: Patch, timer: Timer) -> Patch:
    """Return `patch` with another timer."""
    return replace(patch, timer=timer)
