"""`up`: the service in the foreground."""

from __future__ import annotations

import contextlib

import click

from bridge.cli.here import Command, Here


@click.command(cls=Command)
@click.option("--config", metavar="FILE", help="Use this configuration instead of the home's own.")
@click.pass_obj
def up(here: Here, config: str | None) -> None:
    """Start the service: controllers, lights, OSC, the DAW, and the HTTP interface.

    It runs until Ctrl-C, or until its terminal is closed; SIGHUP makes a service without a terminal
    read its configuration anew. Every other command finds it and goes through it.
    """
    from bridge.app.run import run  # noqa: PLC0415 - it loads every part
    from bridge.files.home import resolve  # noqa: PLC0415 - as above

    home = resolve(here.given, here.environ, config=config)
    code = run(home, _say)
    if code:
        raise click.exceptions.Exit(code)


def _say(line: str) -> None:
    with contextlib.suppress(OSError):  # nobody reads: no reason for the service to end
        click.echo(line)
