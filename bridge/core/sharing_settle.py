"""Clashes that somebody settles: one side is put in force, written by one who knew of all sides."""

from __future__ import annotations

from bridge.core.actions_sharing import Outcome, SettleClash
from bridge.core.model import Song, Task
from bridge.core.replacing import replace
from bridge.core.sharing_history import History
from bridge.core.sharing_picture import THERE, Clash
from bridge.core.sharing_plain import Told, song_fields, song_told, task_fields, task_told
from bridge.core.sharing_records import Plain


def settle(history: History, seq: int, clash: Clash, choice: Plain) -> SettleClash:
    """Return the request that puts `choice`, the value of one side of `clash`, in force."""
    song = history.studio.songs[history.song]
    here = history.here
    slot, head = clash.slot, replace(song, tasks={})
    key = here.get(slot.of, "")
    tasks: tuple[Task, ...] = ()
    gone: tuple[str, ...] = ()
    if slot.name == THERE:
        gone = (key,) if choice is None else ()
    elif slot.of:
        tasks = (_with(song.tasks[key], slot.name, slot.key, choice),)
    else:
        head = _head_with(head, slot.name, slot.key, choice)
    own = () if gone else ((key, slot.name, slot.key),)
    order = [here[of] for of in history.picture.tasks() if here.get(of) in song.tasks]
    outcome = Outcome(
        seq, song.id, head, tasks, gone, tuple(o for o in order if o not in gone), own
    )
    return SettleClash(outcome)


def _with(task: Task, name: str, key: str, choice: Plain) -> Task:
    if key:
        return replace(task, **task_fields({name: _put(task_told(task), name, key, choice)}))
    return replace(task, **task_fields({name: choice}))


def _head_with(head: Song, name: str, key: str, choice: Plain) -> Song:
    value = _put(song_told(head), name, key, choice) if key else choice
    own, of_map = song_fields({name: value})
    return replace(head, **own, map=replace(head.map, **of_map))


def _put(told: Told, name: str, key: str, choice: Plain) -> list[Plain]:
    """Return a list's members with the one of that key as `choice`, a place and a member, has it."""
    members = dict(told.lists.get(name, {}))
    if choice is not None:
        members[key] = choice[1]
    return list(members.values())
