"""The feedback of INTERFACE ("OSC out") as a table, from address to arguments. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from bridge.core import durations
from bridge.ports import osc_method

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bridge.core.view import View
    from bridge.messages import Look, OscArg

Table: TypeAlias = "dict[str, tuple[OscArg, ...]]"
"""Arguments by address."""

ROWS = 16
"""Rows of the queue that are told."""

_ROWS = tuple(f"/songbridge/queue/{number}" for number in range(1, ROWS + 1))
_GOALS = tuple(f"/songbridge/goal/{number}" for number in range(1, 4))
_UNWELCOME = str.maketrans(dict.fromkeys(" #*,/?[]{}", "_"))
"""What no part of an OSC address may hold (OSC 1.0, "OSC Address Spaces")."""


def state(view: View) -> Table:
    """Return everything but the countdown and the lights: what only facts change."""
    task, song = view.task, view.song
    table: Table = {
        "/songbridge/task": (task.id, task.title, task.section, task.colour) if task else ("",) * 4,
        "/songbridge/task/round": (task.round, task.extended) if task else (0, 0),
        "/songbridge/nudge": (view.nudges[0] if view.nudges else "",),
        "/songbridge/song": (song.id, song.title, song.stage) if song else ("",) * 3,
        "/songbridge/queue/size": (view.queue_size,),
    }
    for address, goal in zip(_GOALS, view.goals, strict=True):
        table[address] = (goal.text, float(goal.done))
    table.update(osc_method.rows(view))
    rows = view.queue(0, ROWS)
    for address, row in zip(_ROWS, rows, strict=False):
        table[address] = (row.title, row.section, row.colour, row.state)
    for address in _ROWS[len(rows) :]:
        table[address] = ("",) * 4
    return table


def countdown(view: View) -> Table:
    """Return the countdown; ``progress`` is that of the seconds shown, so it changes with them."""
    timer = view.timer
    left, budget = durations.whole(timer.remaining), round(timer.budget)
    progress = min(1.0, max(0.0, 1 - left / timer.budget)) if timer.budget > 0 else 0.0
    return {
        "/songbridge/timer": (timer.state.value, timer.phase, left, budget),
        "/songbridge/timer/text": (durations.clock(timer.remaining),),
        "/songbridge/timer/progress": (progress,),
    }


def lights(controller: str, looks: Mapping[str, Look]) -> Table:
    """Return what lights of a controller show; an address can't hold every character."""
    root = light_root(controller)
    return {
        root + control.translate(_UNWELCOME): (look.colour, float(look.level), look.effect.value)
        for control, look in looks.items()
    }


def light_root(controller: str) -> str:
    """Return what the addresses of a controller's lights begin with."""
    return f"/songbridge/light/{controller.translate(_UNWELCOME)}/"
