"""`queue`: the tasks to do, in the order you would ideally do them."""

from __future__ import annotations

from typing import Any, cast

import click

from bridge.cli import tasks
from bridge.cli.here import Command, Here
from bridge.cli.showing import as_json as print_json
from bridge.core.actions import Action

_EMPTY = "the queue is empty; `songbridge task add` or `songbridge song import` fill it"


@click.command(cls=Command)
@click.option("--by", metavar="ORDER", help="Put it in that order first, as `order` does.")
@click.option("--person", metavar="NAME", help="Only the tasks of that person.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def queue(here: Here, *, by: str | None, person: str | None, as_json: bool) -> None:
    """Show the queue: position 1 is the current task when there is one.

    Change the order with `songbridge task move`, or take one up with `songbridge start 3`.
    """
    with here.client(writing=by is not None) as client:
        if by is not None:
            client.ask(Action("order", by))
        rows = list(enumerate(cast("list[dict[str, Any]]", client.status()["queue"]), 1))
    if person is not None:
        rows = [row for row in rows if row[1]["person"].casefold() == person.casefold()]
    if as_json:
        print_json([row for _, row in rows])
        return
    if not rows:
        click.echo(f"nothing in the queue is {person}'s" if person is not None else _EMPTY)
        return
    tasks.show([row for _, row in rows], numbers=[number for number, _ in rows])
