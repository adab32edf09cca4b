"""`ports`: MIDI ports, and which controller each was taken for."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

import click

from bridge.cli.here import Command, Here
from bridge.cli.showing import as_json as print_json
from bridge.cli.showing import console, plain, table

_WAYS = {"in": "in ←", "out": "out →"}
_HEADS = ("", "Port", "Controller", "")
_GAP = 2  # columns between two of the table's
_INDENT = " " * 7  # under a port's name: the width of its way, and the gap


@click.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def ports(here: Here, *, as_json: bool) -> None:
    """List MIDI ports and the controllers that were recognised."""
    with here.client() as client:
        rows = client.ports()
    if as_json:
        print_json(rows)
    elif not rows:
        click.echo(
            "no MIDI ports: plug a controller in; `songbridge doctor` says what else is needed"
        )
    else:
        _show(
            [
                (_WAYS[str(r["direction"])], str(r["name"]), str(r["controller"]), str(r["why"]))
                for r in rows
            ]
        )


def _show(rows: Sequence[Sequence[str]]) -> None:
    """Print a table where all of it has room, else each port with its reason under it: both count."""
    columns = [max(map(len, column)) for column in zip(_HEADS, *rows, strict=True)]
    width = console().width
    if sum(columns) + _GAP * len(columns) <= width:
        table(_HEADS, rows)
        return
    for row in rows:
        _tell([plain(cell) for cell in row], width)


def _tell(row: Sequence[str], width: int) -> None:
    way, name, controller, why = row
    click.echo(f"{way:<{len(_INDENT)}}{name}")
    reason = f"{controller}: {why}" if controller else why
    for line in wrap(reason, width, initial_indent=_INDENT, subsequent_indent=_INDENT):
        click.echo(line)
