"""What an edit of a whole song did, in words."""

from __future__ import annotations

from bridge.core import durations
from bridge.core.actions import SongSheet
from bridge.core.model import Song

_NAMED = 3  # tasks that are named


def removed(song: Song, after: SongSheet) -> str:
    """Return a question on the tasks that were taken out, empty where none was."""
    kept = {line.id for line in after.tasks}
    gone = [task for task in song.tasks.values() if task.id not in kept]
    if not gone:
        return ""
    spent = sum(task.spent for task in gone)
    time = f" ({durations.words(round(spent))} spent)" if round(spent) else ""
    return f"Take {_names([task.title for task in gone])} out{time}? Undo brings it back"


def summary(before: SongSheet, after: SongSheet, song: Song) -> list[str]:
    """Return what the edit changed, a line for each sort of change."""
    was = {line.id: line.draft for line in before.tasks}
    present = [line.id for line in after.tasks if line.id]
    changed = [one.draft.title for one in after.tasks if one.id and was.get(one.id) != one.draft]
    gone = [draft.title for task, draft in was.items() if task not in set(present)]
    head = [
        name
        for name in ("title", "stage", "map", "sections")
        if getattr(before, name) != getattr(after, name)
    ]
    lines = [f"{' and '.join(head)} written anew"] if head else []
    for word, titles in (
        ("changed", changed),
        ("added", [one.draft.title for one in after.tasks if not one.id]),
        ("taken out", gone),
    ):
        lines += [f"{word}: {_names(titles)}"] if titles else []
    if [task for task in was if task in set(present)] != present:
        lines.append("tasks are in the new order")
    spent = sum(
        song.tasks[task].spent for task in was if task not in present and task in song.tasks
    )
    if gone:
        time = f" with {durations.words(round(spent))} spent" if round(spent) else ""
        lines.append(f"`songbridge undo` brings back what was taken out{time}")
    return lines


def _names(titles: list[str]) -> str:
    names = ", ".join(repr(title) for title in titles[:_NAMED])
    return f"{names} and {len(titles) - _NAMED} more" if len(titles) > _NAMED else names
