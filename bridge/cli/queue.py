"""`queue`: the tasks to do, in the order you would ideally do them."""

from __future__ import annotations

import click

from bridge.cli import tasks
from bridge.cli.here import Command, Here
from bridge.cli.showing import as_json as print_json


@click.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def queue(here: Here, *, as_json: bool) -> None:
    """Show the queue: position 1 is the current task when there is one.

    Change the order with `songbridge task move`, or take one up with `songbridge start 3`.
    """
    with here.client() as client:
        rows = client.status()["queue"]
    if as_json:
        print_json(rows)
        return
    if not rows:
        click.echo("the queue is empty; `songbridge task add` or `songbridge song import` fill it")
        return
    tasks.show(rows, numbered=True)
