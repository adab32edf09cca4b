"""What stands beside the songs in a report: persons, goals, ways out of a rut, and what the journal lacks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from bridge.cli.report_drawing import cut, heading
from bridge.cli.showing import text
from bridge.core.figures import Aim, Figures
from bridge.files.report.words import WAYS, hours, lacking, many, when

if TYPE_CHECKING:
    from rich.text import Text

_NAME: Final = 16
_BAR: Final = 20  # columns of a goal's bar
_LEAST: Final = 2


def persons(told: Figures, width: int) -> Iterator[Text]:
    """Yield what each of several people did."""
    if len(told.persons) < _LEAST:
        return
    yield from heading("People", "own time, tasks completed")
    name = min(_NAME, max(5, width - 35))
    yield text(f"{'':<{name}}{'worked':>9}{'done':>7}{'times':>8}{'set aside':>11}", "dim")
    for one in told.persons:
        tally, times = one.tally, f"{one.ratio.median:.2f}" if one.ratio else ""
        figures = f"{hours(tally.worked):>9}{tally.done:>7}{times:>8}{tally.set_aside or '':>11}"
        yield cut(one.name, name) + text(figures)


def goals(told: Figures, width: int) -> Iterator[Text]:
    """Yield the goals as they stand now."""
    if not told.goals:
        return
    yield from heading("Goals")
    for goal in told.goals:
        yield _goal(goal, told, width)


def _goal(goal: Aim, told: Figures, width: int) -> Text:
    full = min(_BAR, int(goal.done * _BAR))
    bar = text("█" * full, "green") + text("░" * (_BAR - full), "dim")
    after = f" {goal.done:>4.0%}  {when(goal, told.today)}".rstrip()
    return bar + text(after) + text("  ") + cut(goal.text, max(8, width - _BAR - len(after) - 2))


def ways(told: Figures) -> Iterator[Text]:
    """Yield which ways out of a rut helped."""
    if not told.ways:
        return
    yield from heading("Out of a rut", "what was tried, and helped")
    for one in told.ways:
        helped = f"helped {many(one.helped, 'time')}" if one.helped else "did not help yet"
        yield text(f"{WAYS.get(one.way, one.way)}: tried {many(one.tried, 'time')}, {helped}")


def lacks(told: Figures) -> Iterator[Text]:
    """Yield a word about what the journal has lost."""
    if words := lacking(told):
        yield text(words, "yellow")
