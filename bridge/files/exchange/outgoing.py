"""What a writer of a foreign format gets, and the list of what its format has no place for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, tzinfo

from bridge.core import durations
from bridge.core.actions import SongDraft, TaskDraft
from bridge.core.model import NO_MAP, Song, Studio, Task
from bridge.core.replacing import replace
from bridge.core.settings import Settings
from bridge.core.worklog import Stretch
from bridge.files.exchange import kept
from bridge.files.exchange.carried import Leftovers
from bridge.files.song_export import drafted, seems_to_tell

CARRIED = frozenset({"section", "budget", "track", "person", "state", "spent", "hand_over"})
"""What of a task every format of plans has a place for; besides its title."""

_MINUTE = 60
_ALWAYS = frozenset({"title", "kept"})


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Songs on their way out, at the wall instant ``at``.

    ``stretches`` is the work that was done on them (for formats of times), ``tz`` the zone of dates
    (None: the machine's), ``settings`` the studio's.
    """

    songs: tuple[Song, ...]
    at: float
    settings: Settings
    stretches: tuple[Stretch, ...] = ()
    tz: tzinfo | None = None

    @property
    def day(self) -> str:
        """The date of ``at``: ``2026-11-22``."""
        return datetime.fromtimestamp(self.at, self.tz).strftime("%Y-%m-%d")


def in_order(song: Song, studio: Studio) -> Song:
    """Return `song` with its tasks in the order of the queue; those not in it keep their places."""
    for queue in (studio.queue, studio.prep_queue):
        places = [task for task in song.tasks if task in frozenset(queue)]
        queued = iter([task for task in queue if task in song.tasks])
        turn = {place: next(queued) for place in places}
        song = replace(song, tasks={i: song.tasks[i] for i in (turn.get(t, t) for t in song.tasks)})
    return song


def spoken(task: Task, *, always: bool) -> str:
    """Return the title with its budget, ``Write chords (20m)``; not `always`: only where it must."""
    if always or task.budget % _MINUTE or seems_to_tell(task.title):
        return f"{task.title} ({durations.words(task.budget)})"
    return task.title


def unwritten(out: Outgoing, left: Leftovers, form: str, carried: frozenset[str]) -> None:
    """List what of the songs a format does not hold that has a place for `carried` of a task only."""
    for song in out.songs:
        _of_song(song, out.settings, left)
        tasks = list(song.tasks.values())
        for name, many in _uncarried(tasks, carried):
            left.add(f'"{song.title}": {name.replace("_", "-")} of {_counted(many)}')
        for other in dict.fromkeys(o for t in tasks for o in kept.others(t.kept, form)):
            many = sum(other in kept.others(task.kept, form) for task in tasks)
            left.add(f'"{song.title}": what {other} says of {_counted(many)}')


def _of_song(song: Song, settings: Settings, left: Leftovers) -> None:
    if song.map != NO_MAP:
        left.add(f'"{song.title}": its song map')
    if song.stage and song.stage != settings.stages[0]:
        left.add(f'"{song.title}": its stage, {song.stage}')
    if song.sections != settings.sections:
        left.add(f'"{song.title}": the colours and the order of its sections')
    draft = {field.name for field in fields(SongDraft)}
    for name in sorted(draft - {"title", "stage", "map", "sections", "tasks"}):
        if getattr(song, name, None):
            left.add(f'"{song.title}": its {name}')
    if not song.tasks:
        left.add(f'"{song.title}": it has no task, and so no row')


def _uncarried(tasks: Sequence[Task], carried: frozenset[str]) -> Iterator[tuple[str, int]]:
    drafts = [drafted(task) for task in tasks]
    for field in fields(TaskDraft):
        if field.name not in carried | _ALWAYS:
            told = (getattr(draft, field.name) for draft in drafts)
            if many := sum(value != field.default for value in told):
                yield field.name, many


def _counted(many: int) -> str:
    return "1 task" if many == 1 else f"{many} tasks"
