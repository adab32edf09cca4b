"""`config`: the configuration in force, or a commented one to begin with."""

from __future__ import annotations

import click

from bridge.cli.here import Command, Here


@click.command(cls=Command)
@click.option("--write", is_flag=True, help="Write a commented configuration, if there is none.")
@click.pass_obj
def config(here: Here, *, write: bool) -> None:
    """Show the configuration file, or a commented one to begin with.

    A running service takes a changed file by itself; one that is wrong changes nothing, and the
    lights say so.
    """
    from bridge.errors import Unavailable  # noqa: PLC0415 - loaded when it is asked for
    from bridge.files.new_file import write_new  # noqa: PLC0415 - as above
    from bridge.files.starter import starter  # noqa: PLC0415 - as above

    file = here.home.config_file
    if not write:
        there = file.is_file()
        text = file.read_text(encoding="utf-8", errors="replace") if there else starter()
        click.echo(f"# {file}" if there else f"# {file}: not there yet; --write makes it")
        click.echo(text, nl=not text.endswith("\n"))
        return
    try:
        here.home.ensure()
        write_new(file, starter())
    except FileExistsError:
        raise Unavailable(f"{file} is there already and was left as it was") from None
    except OSError as error:
        raise Unavailable(f"{file} can't be written: {error.strerror}") from None
    click.echo(f"wrote {file}")
