"""`board`: stages side by side, with the songs that stand in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import click

from bridge.cli.goal import goals_in_sight
from bridge.cli.here import Command, Here
from bridge.cli.showing import as_json as print_json
from bridge.cli.showing import console, text

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Column: TypeAlias = "dict[str, Any]"

_NARROWEST = 18  # columns that a stage needs at least to stand beside others
_WIDEST = 40
_STATES = {"current": "bold", "resting": "dim", "finished": "green"}
_MOVE = "`songbridge song ID` takes a song up, and `songbridge stage NAME` moves it to a stage"
_EMPTY = (
    "no song yet; `songbridge song new` begins one, and `songbridge song import FILE` brings one in"
)


@click.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def board(here: Here, *, as_json: bool) -> None:
    """Show the stages as columns: what is in hand, what rests, what is finished.

    `songbridge stage next` moves the song in hand on; `rest` and `wake` lay songs aside and back.
    """
    with here.client() as client:
        state = client.status()
    columns = cast("list[Column]", state["stages"])
    if as_json:
        print_json(columns)
        return
    shown = console()
    if not any(column["songs"] for column in columns):
        shown.print(text(_EMPTY, "dim"), soft_wrap=True)
        return
    width = shown.width // len(columns) - 2
    if width >= _NARROWEST:
        _beside(shown, columns, min(width, _WIDEST))
    else:
        _below(shown, columns)
    for line in goals_in_sight(state):
        shown.print(line, no_wrap=True, overflow="ellipsis", crop=True)
    shown.print()
    shown.print(_foot(cast("dict[str, int]", state["in_hand"])))
    if not all(column["known"] for column in columns):
        shown.print(text(_MOVE, "dim"), soft_wrap=True)


def _beside(shown: Console, columns: Sequence[Column], width: int) -> None:
    from rich.table import Table  # noqa: PLC0415 - slow to load, and not needed where stages stack

    drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    for _ in columns:
        drawn.add_column(width=width, no_wrap=True, overflow="ellipsis")
    cells = [list(_lines(column)) for column in columns]
    for row in range(max(map(len, cells))):
        drawn.add_row(*(lines[row] if row < len(lines) else "" for lines in cells))
    shown.print(drawn)


def _below(shown: Console, columns: Sequence[Column]) -> None:
    for number, column in enumerate(columns):
        if number:
            shown.print()
        for line in _lines(column):
            shown.print(line, no_wrap=True, overflow="ellipsis", crop=True)


def _lines(column: Column) -> Iterator[Text]:
    yield _head(column)
    if not column["known"]:
        yield text("no stage any more", "yellow")
    for card in column["songs"]:
        yield text(f"{'▸' if card['state'] == 'current' else ' '} {card['title']}", _style(card))
        yield text(f"  {_standing(card)}", "dim")


def _head(column: Column) -> Text:
    busy = sum(card["state"] in ("current", "in-hand") for card in column["songs"])
    limit = column["limit"]
    count = f"{busy} of {limit}" if limit else f"{len(column['songs'])}"
    full = bool(limit) and busy > limit
    return text(column["name"], "bold") + text(f"  {count}", "yellow" if full else "dim")


def _standing(card: dict[str, Any]) -> str:
    done = f"{card['done']} of {card['tasks']} done" if card["tasks"] else "no tasks yet"
    return f"rests, {done}" if card["state"] == "resting" else done


def _style(card: dict[str, Any]) -> str:
    return _STATES.get(card["state"], "")


def _foot(in_hand: dict[str, int]) -> Text:
    """Return how many songs are in hand, beside how many were meant to be."""
    count, limit = in_hand["songs"], in_hand["limit"]
    many = "1 song" if count == 1 else f"{count} songs"
    meant = f"; {limit} at most {'was' if limit == 1 else 'were'} meant to be" if limit else ""
    return text(f"{many} in hand{meant}", "yellow" if 0 < limit < count else "dim")
