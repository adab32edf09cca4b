"""`status`: what is on now, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from bridge.cli import digits, telling
from bridge.cli.goal import goals_in_sight
from bridge.cli.here import Command, Here
from bridge.cli.showing import as_json as print_json
from bridge.cli.showing import console, text
from bridge.core import durations

if TYPE_CHECKING:
    from rich.text import Text

_NEXT = 5  # tasks of the queue that are shown
_BAR = 40  # columns
_STATE = {
    "running": "bold", "ready": "green", "absent": "dim", "unknown": "yellow", "busy": "red", "trouble": "red",
    "silent": "yellow", "asleep": "dim", "overtime": "bold red",
}  # fmt: skip
_PHASE = {"warning": "yellow", "danger": "red", "overtime": "bold red"}


@click.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def status(here: Here, *, as_json: bool) -> None:
    """Show the current task, its countdown, what comes next, controllers and DAWs."""
    with here.client() as client:
        state = client.status()
    if as_json:
        print_json(state)
        return
    shown = console()
    for line in _lines(state):
        shown.print(line, no_wrap=True, overflow="ellipsis", crop=True)
    for words in _whole(state):  # at any width: what to mend stands at the end of a line
        shown.print(words, soft_wrap=True)


def _lines(state: Mapping[str, Any]) -> Iterator[Text]:
    yield _song(state)
    yield text("")
    yield from _now(state)
    yield from _queue(state)
    yield from goals_in_sight(state)


def _whole(state: Mapping[str, Any]) -> Iterator[Text]:
    nudges = state.get("nudges", ())
    if nudges:
        yield text("")
    for nudge in nudges:
        yield text(f"· {nudge}", "italic")
    yield from _devices("Controllers", state["controllers"], "name")
    yield from _devices("DAWs", state["daws"], "name")
    if state["daws"] and (until := state.get("quiet_until")):
        yield text(f"  quiet until {until}: only a mark is told", "yellow")
    for fault in state.get("faults", ()):
        yield text(f"! {fault}", "bold red")
    if state["service"] != "running":
        yield text("")
        yield text("The service is not running; `songbridge up` starts it.", "dim")


def _song(state: Mapping[str, Any]) -> Text:
    song = state["song"]
    if song is None:
        return text(
            "no song yet; `songbridge song new` begins one, `songbridge song import` brings one in",
            "dim",
        )
    low = " · a low day" if state["prep"] else ""
    return text(song["title"], "bold") + text(f" · {song['stage']}{low}")


def _now(state: Mapping[str, Any]) -> Iterator[Text]:
    timer, task = state["timer"], state["task"]
    style = _PHASE.get(timer["phase"], "")
    if timer["state"] == "break":
        yield text("a break", "bold")
    elif task is None:
        yield text(f"no task is running; {_way_on(state)}")
        return
    else:
        yield text("▌ ", task["colour"]) + text(task["title"], "bold") + _place(task)
    yield from (text(f"  {row}", style) for row in digits.rows(timer["remaining_s"]))
    yield text(f"  {_countdown(timer, task if timer['state'] != 'break' else None)}", style)
    yield text(f"  {_bar(timer)}", task["colour"] if task else "")


def _way_on(state: Mapping[str, Any]) -> str:
    if state["queue"]:
        return "`songbridge start` takes the first in the queue"
    if state["song"] and not state["songs"]:
        return "no song is in hand; `songbridge song list` shows which rest, `songbridge song new` begins one"
    return "the queue is empty; `songbridge song new` fills it"


def _place(task: Mapping[str, Any]) -> Text:
    more = [task["section"], task["track"], task["person"]]
    return text("  " + " · ".join(part for part in more if part), "dim")


def _countdown(timer: Mapping[str, Any], task: Mapping[str, Any] | None) -> str:
    left = durations.clock(timer["remaining_s"])
    phase = "" if timer["phase"] in ("normal", timer["state"]) else f", {timer['phase']}"
    state = f"{timer['state']}{phase}{telling.take(timer)}"
    return f"{left} of {durations.words(round(timer['budget_s']))}{_longer(task)} · {state}"


def _longer(task: Mapping[str, Any] | None) -> str:
    """Return by how much the box is longer than planned, how often, and which round it is."""
    if task is None or "planned_s" not in task:  # a service from before counted nothing
        return ""
    by = round(task["budget_s"] - task["planned_s"])
    times, more = task["extended"], f"{'+' if by > 0 else ''}{durations.words(by)}"
    counted = f", {times} extension{'s' if times > 1 else ''}" if times else ""
    again = f", round {task['round']}" if task["round"] > 1 else ""
    return (f" ({more}{counted})" if by else "") + again


def _bar(timer: Mapping[str, Any]) -> str:
    budget = timer["budget_s"]
    gone = min(1.0, max(0.0, 1 - timer["remaining_s"] / budget)) if budget > 0 else 0.0
    full = round(gone * _BAR)
    return "█" * full + "░" * (_BAR - full)


def _queue(state: Mapping[str, Any]) -> Iterator[Text]:
    shown_above = state["task"] and state["timer"]["state"] != "break"
    current = state["task"]["id"] if shown_above else None
    rows = [(n, row) for n, row in enumerate(state["queue"], 1) if row["id"] != current]
    if not rows:
        return
    yield text("")
    yield text("Next", "dim")
    for number, row in rows[:_NEXT]:
        budget = durations.words(round(row["budget_s"]))
        yield (
            text(f"{number:>4}  ")
            + text("▌ ", row["colour"])
            + text(row["title"])
            + text(f"  {budget}" + (f" · {row['state']}" if row["state"] != "todo" else ""), "dim")
        )
    if len(rows) > _NEXT:
        yield text(f"      and {len(rows) - _NEXT} more", "dim")


def _devices(title: str, rows: list[Mapping[str, Any]], name: str) -> Iterator[Text]:
    if rows:
        yield text("")
        yield text(title, "dim")
    for row in rows:
        state = text(row["state"], _STATE.get(row["state"], ""))
        more = "".join(f"  {row[key]}" for key in ("layout", "detail") if row.get(key))
        yield text(f"  {row[name]}  ") + state + text(more + _waiting(row), "dim")


def _waiting(row: Mapping[str, Any]) -> str:
    count = row.get("pending", 0)
    return f"; {count} {'waits' if count == 1 else 'wait'} to be told" if count else ""
