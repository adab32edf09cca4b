"""What is said after something was done: the facts of it, and where things stand now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bridge.core import durations

if TYPE_CHECKING:
    from bridge.cli.client import Client
    from bridge.core.status import Json
    from bridge.web.role import Granted

_FACTS = 16  # of one action at most; the longest has four
_IN_WORDS = frozenset({"rut-sensed", "rut-offered"})
"""Events that `said` tells in whole sentences; as a headline, too, they would sound like a diagnosis."""


def facts(client: Client, seq: int) -> list[dict[str, Json]]:
    """Return the entries of the action whose last entry has the number `seq`, oldest first."""
    if seq < 1:
        return []
    rows = [row for row in client.events(max(0, seq - _FACTS), _FACTS) if _seq(row) <= seq]
    first = next((i for i in reversed(range(len(rows))) if rows[i]["step"] == 0), 0)
    return rows[first:]


def told(client: Client, seq: int) -> list[str]:
    """Return the headlines of that action."""
    rows = facts(client, seq)
    return [str(row["headline"]) for row in rows if row["event"] and row["event"] not in _IN_WORDS]


def said(granted: Granted) -> list[str]:
    """Return what else there is to say, a sentence a line."""
    return granted.said.splitlines()


def now_line(state: Mapping[str, Any]) -> str:
    """Return one line on where the timer stands: ``now: Write chords, 18:32 left of 20m, running``."""
    timer, task = state["timer"], state["task"]
    left = durations.clock(timer["remaining_s"])
    if timer["state"] == "break":
        return f"now: a break, {left} left"
    if task is None:
        return f"now: no task is running; {_waiting(state)}"
    budget = durations.words(round(timer["budget_s"]))
    return f"now: {task['title']}, {left} of {budget}, {timer['state']}{take(timer)}"


def take(timer: Mapping[str, Any]) -> str:
    """Return that a DAW records, and what waits for it; empty when none does."""
    if timer.get("held"):
        return " · recording: moves on when the take is over"
    return " · recording" if timer.get("recording") else ""


def _waiting(state: Mapping[str, Any]) -> str:
    queue = state["queue"]
    return f"next is {queue[0]['title']}" if queue else "the queue is empty"


def _seq(row: Mapping[str, Json]) -> int:
    seq = row["seq"]
    return seq if isinstance(seq, int) else 0
