"""What a song that comes in is told of its budgets: what such tasks really took."""

from __future__ import annotations

from bridge.core.actions import ImportSong, SongDraft, TaskDraft
from bridge.core.advice import advice
from bridge.core.model import TaskState
from tests.standins.desk import Desk

SUNG = SongDraft(
    "Moss",
    tasks=tuple(
        TaskDraft(f"Sing verse {n}", "composition", 1800.0, state=TaskState.DONE, spent=600.0)
        for n in range(3)
    ),
)
FERN = SongDraft(
    "Fern",
    tasks=(
        *(TaskDraft(f"Sing chorus {n}", "composition", 1800.0) for n in range(5)),
        TaskDraft("Sing bridge", "composition", 600.0),
    ),
)


def said(desk: Desk) -> tuple[str, ...]:
    entries = desk.ask(ImportSong(FERN))
    return advice(entries, desk.engine.studio, desk.settings)


def test_budgets_that_are_far_from_what_such_tasks_took_are_named() -> None:
    lines = said(Desk(None, SUNG))
    assert lines[0] == (
        "Sing chorus 0: such tasks took you 10m (median of 3 of that sort in the section); "
        "`songbridge task edit fern.1 --budget 10m` takes that"
    )
    assert len(lines) == 3


def test_who_has_done_little_yet_is_told_nothing() -> None:
    assert said(Desk()) == ()
