"""What stands beside the pictures: persons, goals, ways out of a rut."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bridge.core.figures import Figures
from bridge.files.report.page_parts import safe, table
from bridge.files.report.words import WAYS, hours, when

_SEVERAL: Final = 2


def beside(told: Figures) -> Iterator[str]:
    """Yield a section each, as HTML; none for what says nothing."""
    if len(told.persons) >= _SEVERAL:
        yield _section("persons", "People", _persons(told))
    if told.goals:
        yield _section("goals", "Goals", _goals(told))
    if told.ways:
        yield _section("ways", "Out of a rut", _ways(told))


def _section(anchor: str, title: str, body: str) -> str:
    return f'<section id="{anchor}"><h2>{title}</h2>{body}</section>'


def _persons(told: Figures) -> str:
    heads = ("Person", "worked", "done", "times", "set aside")
    rows = [
        [
            safe(one.name), hours(one.tally.worked), str(one.tally.done),
            f"{one.ratio.median:.2f}" if one.ratio else "", str(one.tally.set_aside),
        ]
        for one in told.persons
    ]  # fmt: skip
    return table(heads, rows)


def _goals(told: Figures) -> str:
    rows = "".join(
        f"<dt>{safe(goal.text)}</dt>"
        f'<dd><meter min="0" max="1" value="{goal.done:.3f}">{goal.done:.0%}</meter> {goal.done:.0%} '
        f'<span class="faint">{when(goal, told.today)}</span></dd>'
        for goal in told.goals
    )
    return f'<dl class="goals">{rows}</dl>'


def _ways(told: Figures) -> str:
    rows = [[safe(WAYS.get(o.way, o.way)), str(o.tried), str(o.helped)] for o in told.ways]
    return table(("What was tried", "times", "helped"), rows)
