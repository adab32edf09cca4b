"""`ports`: MIDI ports, and which controller each was taken for."""

from __future__ import annotations

import click

from bridge.cli.here import Command, Here
from bridge.cli.showing import as_json as print_json
from bridge.cli.showing import table

_WAYS = {"in": "in ←", "out": "out →"}


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
        click.echo("no MIDI ports; `songbridge doctor` says whether that is as it should be")
    else:
        told = [
            (_WAYS[str(r["direction"])], str(r["name"]), str(r["controller"]), str(r["why"]))
            for r in rows
        ]
        table(("", "Port", "Controller", ""), told)
