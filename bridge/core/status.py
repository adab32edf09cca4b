"""The state as programs read it: ``status --json`` and ``GET /api/state``."""

from __future__ import annotations

from typing import TypeAlias

from bridge.core.view import TaskView, View

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


def status(view: View) -> dict[str, Json]:
    """Return what the studio shows now; times in seconds, instants in seconds since 1970 (UTC)."""
    song, timer, sitting = view.song, view.timer, view.studio.sitting
    return {
        "seq": view.seq,
        "person": view.person,
        "song": {"id": song.id, "title": song.title, "stage": song.stage} if song else None,
        "songs": [{"id": s.id, "title": s.title, "stage": s.stage} for s in view.songs],
        "task": task_status(view.task) if view.task else None,
        "timer": {
            "state": timer.state.value,
            "phase": timer.phase,
            "remaining_s": round(timer.remaining, 3),
            "budget_s": round(timer.budget, 3),
            "ends_at": None if timer.ends_at is None else round(timer.ends_at, 3),
            "recording": timer.recording,
            "held": timer.held,
        },
        "queue": [task_status(row) for row in view.queue()],
        "prep": view.prep,
        "goals": [{"text": g.text, "done": g.done} for g in view.goals],
        "sitting": None if sitting is None else {"began_at": sitting.began_at},
    }


def task_status(row: TaskView) -> dict[str, Json]:
    """Return one task as programs read it."""
    return {
        "id": row.id,
        "title": row.title,
        "song": row.song,
        "section": row.section,
        "colour": row.colour,
        "track": row.track,
        "person": row.person,
        "budget_s": round(row.budget, 3),
        "spent_s": round(row.spent, 3),
        "state": row.state,
    }
