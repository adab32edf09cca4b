"""Rows of tasks, as `queue`, `task list` and `song show` print them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from bridge.cli import hand_over
from bridge.cli.showing import console, table, text
from bridge.core import durations
from bridge.core.settings import Settings
from bridge.core.status import task_status
from bridge.core.view import View

if TYPE_CHECKING:
    from rich.text import Text

    from bridge.core.model import Studio
    from bridge.core.status import Json

_ROOMY = 100  # columns from which everything is shown
_STATES = {"done": "green", "skipped": "dim", "running": "bold", "overtime": "bold red"}


def of_studio(studio: Studio, at: float, song: str | None) -> list[dict[str, Json]]:
    """Return the tasks of a song (None: of all) as `status` tells tasks, at the wall instant `at`."""
    view = View(studio, 0, Settings(), at)
    return [
        task_status(view.row(task)) for task in studio.tasks() if song is None or task.song == song
    ]


def show(rows: Any, *, numbers: Sequence[int] = ()) -> None:  # noqa: ANN401 - rows as JSON has them
    """Print tasks in columns, each in its section's colour; by `numbers` of the queue, or by id."""
    heads = ["#" if numbers else "ID", "Task", "Section", "Budget", "Spent", "State", "Track"]
    cells = [_row(n, row) for n, row in zip_longest(numbers, rows)]
    if console().width < _ROOMY:  # the DAW's track is what is missed least
        heads, cells = heads[:-1], [row[:-1] for row in cells]
    table(heads, cells, right=(3, 4), spare=(4, 2, 5))
    for n, row in zip_longest(numbers, rows):
        notes = row.get("hand_over", ()) if row["state"] != "done" else ()
        waiting = [note for note in notes if not note["done"]]
        for line in hand_over.lines(waiting):
            console().print(
                text(f"{row['id'] if n is None else n}  {line}", "italic"), soft_wrap=True
            )


def _row(number: int | None, row: Mapping[str, Any]) -> Sequence[Text | str]:
    person = f" ({row['person']})" if row["person"] else ""
    return (
        row["id"] if number is None else str(number),
        text(row["title"], "bold" if row["state"] == "running" else "") + text(person, "dim"),
        text(row["section"], row["colour"]),
        durations.words(round(row["budget_s"])),
        durations.clock(float(int(row["spent_s"]))) if row["spent_s"] >= 1 else "",
        text(row["state"], _STATES.get(row["state"], "")),
        row["track"],
    )
