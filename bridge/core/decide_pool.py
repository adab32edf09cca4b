"""How the pool of a low day fills itself: whenever it is shown, and as its tasks are done."""

from __future__ import annotations

from bridge.core import preparation
from bridge.core.draft import Draft
from bridge.core.events import SongAdded, SongTaken, TaskAdded
from bridge.core.in_hand import in_hand
from bridge.core.model import PREPARATION, Task
from bridge.core.preparation import POOL_SONG


def fill(draft: Draft) -> None:
    """Bring the pool of preparation tasks in, or what it lacks by now.

    Nothing, where preparation of one's own is there and the configuration asks for none, or where
    the pool was laid to rest.
    """
    studio, settings = draft.studio, draft.settings
    song = studio.songs.get(POOL_SONG)
    if song is None:
        if not studio.prep_queue or settings.prep_tasks:
            draft.tell(SongAdded(preparation.pool(settings)))
            if studio.song is not None:
                draft.tell(SongTaken(studio.song))
        return
    if song.resting or song.stage == settings.stages[-1]:
        return
    lacking = preparation.missing(song, settings, draft.at)
    for number, (title, budget) in enumerate(lacking, song.next_number):
        draft.tell(TaskAdded(Task(f"{POOL_SONG}.{number}", title, PREPARATION, budget, budget)))


def refill(draft: Draft) -> None:
    """Bring in what the pool lacks, where a low day is shown; else nothing."""
    if draft.studio.prep:
        fill(draft)


def leave(draft: Draft) -> None:
    """After a low day, take up a song again: the pool is none to go through stages or get new tasks."""
    studio = draft.studio
    if studio.song != POOL_SONG:
        return
    queued = [task.rpartition(".")[0] for task in studio.queue]
    inhand = [song.id for song in in_hand(studio, draft.settings)]
    song = next((one for one in (*queued, *inhand) if one != POOL_SONG), None)
    if song is not None:
        draft.tell(SongTaken(song))
