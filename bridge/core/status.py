"""The state as programs read it: ``status --json`` and ``GET /api/state``."""

from __future__ import annotations

from typing import TypeAlias

from bridge.core import goals, in_hand, stages
from bridge.core.hand_over import HandOver
from bridge.core.model import Goal
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
        "goals": [_goal(goal, view) for goal in view.goals],
        "sitting": None if sitting is None else {"began_at": sitting.began_at},
        **_method(view),
    }


def _method(view: View) -> dict[str, Json]:
    off, rut = view.off, view.studio.method.rut
    return {
        "resting": [{"id": s.id, "title": s.title, "stage": s.stage} for s in view.resting],
        "off": None
        if off is None
        else {"begins": off.begins, "until": off.until, "now": view.is_off},
        "feed": [
            {"number": i.number, "text": i.text, "kind": i.kind, "link": i.link}
            for i in view.feed
            if not i.done
        ],
        "rut": {"offered": list(rut.offered), "trying": rut.trying},
        "nudges": list(view.nudges),
        "in_hand": {
            "songs": in_hand.count(view.studio, view.settings),
            "limit": view.settings.in_hand,
        },
        "stages": [_column(one) for one in stages.columns(view.studio, view.settings)],
    }


def _column(column: stages.Column) -> Json:
    cards: list[Json] = [
        {"id": c.id, "title": c.title, "state": c.state, "done": c.done, "tasks": c.tasks}
        for c in column.cards
    ]
    return {"name": column.name, "limit": column.limit, "known": column.known, "songs": cards}


def _goal(goal: Goal, view: View) -> dict[str, Json]:
    left = goals.days_left(goal, view.settings.days.day(view.at))
    return {
        "text": goal.text, "done": goal.done, "by": goal.by, "days_left": left, "by_hand": goal.hand,
    }  # fmt: skip


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
        "planned_s": round(row.planned, 3),
        "extended": row.extended,
        "round": row.round,
        "energy": row.energy,
        "goal": row.goal,
        "hand_over": [_handed(note) for note in row.hand_over],
    }


def _handed(note: HandOver) -> dict[str, Json]:
    at = round(note.at, 3)
    return {"text": note.text, "by": note.by, "to": note.to, "at": at, "done": note.done}
