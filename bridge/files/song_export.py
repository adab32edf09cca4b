"""Songs to TOML: what ``song export`` writes, for people to read and `songs` to take back."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

import tomlkit

from bridge.core import durations
from bridge.core.actions import SongDraft, TaskDraft
from bridge.core.model import Song, SongMap, Task, TaskState
from bridge.core.settings import DEFAULT_SECTIONS
from bridge.errors import Invalid
from bridge.files.song_notes import notes_array, whole_seconds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tomlkit.items import Array, String, Table

_WIDE = 80  # characters in a list that still stands on one line


def write_song(song: Song) -> str:
    """Return `song` as TOML that `parse_song` reads back: words, plan, and the work done so far.

    Spent time is rounded to whole seconds. Extensions, rounds and ids are the journal's affair.
    """
    draft = SongDraft(
        title=song.title,
        stage=song.stage,
        map=song.map,
        sections=() if song.sections == DEFAULT_SECTIONS else song.sections,
        tasks=tuple(drafted(task) for task in song.tasks.values()),
    )
    return write_draft(draft)


def write_draft(draft: SongDraft, ids: Sequence[str] = (), *, whole_map: bool = False) -> str:
    """Return `draft` as TOML; what is empty or the default is left out.

    With `ids`, one for each task, tasks begin with them; with `whole_map`, the map has all its keys.
    """
    document = tomlkit.document()
    document.add("title", _string(draft.title))
    if draft.stage:
        document.add("stage", _string(draft.stage))
    if whole_map or draft.map != SongMap():
        document.add("map", _map_table(draft.map, whole=whole_map))
    if draft.sections:
        document.add("sections", _table({s.name: s.colour for s in draft.sections}))
    if draft.tasks:
        tasks = tomlkit.aot()
        for task, task_id in zip_longest(draft.tasks, ids, fillvalue=""):
            assert isinstance(task, TaskDraft)  # noqa: S101 - there is an id for each task, or none
            tasks.append(_task_table(task, str(task_id)))
        document.add("task", tasks)
    return tomlkit.dumps(document)


def drafted(task: Task) -> TaskDraft:
    """Return `task` as a draft that would make it again; spent time in whole seconds."""
    return TaskDraft(
        title=task.title,
        section=task.section,
        budget=task.budget,
        track=task.track,
        person=task.person,
        state=task.state,
        spent=float(round(task.spent)),
        kept=task.kept,
        energy=task.energy,
        hand_over=whole_seconds(task.hand_over),
    )


def _map_table(song_map: SongMap, *, whole: bool) -> Table:
    lists = {
        "inspiration": song_map.inspiration,
        "musical_themes": song_map.musical_themes,
        "other_themes": song_map.other_themes,
    }
    table = tomlkit.table()
    for name, texts in lists.items():
        if texts or whole:
            table.add(name, _array(texts))
    answers = {"depict": song_map.depict, "audience": song_map.audience, "sound": song_map.sound}
    for name, text in answers.items():
        if text or whole:
            table.add(name, _string(text))
    return table


def _task_table(task: TaskDraft, task_id: str) -> Table:
    budget = "" if task.budget is None else durations.words(task.budget)
    # A title that only looks as if it told the budget is made to tell the true one after it.
    title = f"{task.title} ({budget})" if seems_to_tell(task.title) else task.title
    table = _table(
        {
            "id": task_id,
            "title": title,
            "section": task.section,
            "budget": budget,
            "track": task.track,
            "person": task.person,
            "state": "" if task.state is TaskState.TODO else task.state.value,
            "spent": durations.words(task.spent) if task.spent else "",
            "energy": task.energy,
            "kept": task.kept,
        }
    )
    if task.hand_over:
        table.add("hand_over", notes_array(task.hand_over))
    return table


def seems_to_tell(title: str) -> bool:
    """Tell whether `title` would be read as one that tells a budget."""
    try:
        return durations.budget_in_title(title)[1] is not None
    except Invalid:
        return True


def _table(values: Mapping[str, str]) -> Table:
    table = tomlkit.table()
    for name, value in values.items():
        if value:
            table.add(name, _string(value))
    return table


def _array(texts: Sequence[str]) -> Array:
    array = tomlkit.array()
    array.extend(_string(text) for text in texts)
    return array.multiline(multiline=sum(map(len, texts)) > _WIDE)


def _string(text: str) -> String:
    if "\n" not in text:
        return tomlkit.string(text)
    return tomlkit.string(text, multiline=True)
