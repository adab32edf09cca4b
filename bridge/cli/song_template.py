"""`song templates` and `song template save`: ways to make a song."""

from __future__ import annotations

import click

from bridge.cli import configured
from bridge.cli.here import Group, Here
from bridge.cli.showing import as_json as print_json
from bridge.cli.showing import plain, table


@click.command("templates")
@click.argument("name", metavar="[ID]", default="")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def templates(here: Here, name: str, *, as_json: bool) -> None:
    """List the templates of songs, or show one with its tasks.

    \b
    Examples:
      songbridge song templates
      songbridge song templates techno
    """  # noqa: D301 - \b is click's word for lines that stay as they are
    if name:
        _show(here, name, as_json=as_json)
    else:
        _list(here, as_json=as_json)


def _list(here: Here, *, as_json: bool) -> None:
    from bridge.core import durations  # noqa: PLC0415 - loaded with the command
    from bridge.files.templates import load_templates  # noqa: PLC0415 - as above

    known, wrong = load_templates(here.home, configured.settings(here))
    for line in wrong:
        click.echo(plain(line), err=True)
    if as_json:
        keys = ("id", "name", "words", "genres")
        rows = [{key: getattr(one, key) for key in keys} for one in known]
        print_json([{**r, "tasks": len(o.tasks)} for r, o in zip(rows, known, strict=True)])
        return
    told = [
        (one.id, one.name, str(len(one.tasks)), durations.words(one.seconds), ", ".join(one.genres))
        for one in known
    ]
    table(("ID", "Name", "Tasks", "Time", "Genres"), told, right=(2, 3), flexible=4, spare=(4, 3))


def _show(here: Here, name: str, *, as_json: bool) -> None:
    import msgspec  # noqa: PLC0415 - only for this command

    from bridge.core import proposing  # noqa: PLC0415 - as below
    from bridge.core.templates import found  # noqa: PLC0415 - as below
    from bridge.files.templates import load_templates, named  # noqa: PLC0415 - loaded with the command

    settings = configured.settings(here)
    known, _ = load_templates(here.home, settings)
    one = found(name, known) or named(name, here.home, settings)
    if as_json:
        print_json(msgspec.to_builtins(one))
        return
    click.echo(plain(f"{one.name}: {one.words}" if one.words else one.name))
    for line in proposing.shown(one.tasks, {}):
        click.echo(plain(line))
    click.echo(plain(f"{proposing.total(one.tasks, settings.default_budget)} in all · {one.file}"))


@click.group("template", cls=Group)
def template() -> None:
    """Keep a song of yours as a template."""


@template.command()
@click.argument("song_id", metavar="SONG")
@click.argument("name", metavar="ID")
@click.option("--replace", "again", is_flag=True, help="Write over the template of that ID.")
@click.pass_obj
def save(here: Here, song_id: str, name: str, *, again: bool) -> None:
    """Save the sections and tasks of SONG as a template, with the minutes they really took.

    \b
    Example:
      songbridge song template save northern-lights my-trance
    """  # noqa: D301 - \b is click's word for lines that stay as they are
    from dataclasses import replace  # noqa: PLC0415 - loaded with the command

    from bridge.core.find import find_song  # noqa: PLC0415 - as above
    from bridge.core.templates import of_song  # noqa: PLC0415 - as above
    from bridge.errors import Refused  # noqa: PLC0415 - as above
    from bridge.files import drafts  # noqa: PLC0415 - as above
    from bridge.files.templates import own_file, write_template  # noqa: PLC0415 - as above

    with here.client() as client:
        song = find_song(client.studio()[0], song_id)
    path = own_file(here.home, name)
    if path.exists() and not again:
        raise Refused(f"{path} is there already; --replace writes over it")
    if not song.tasks:
        raise Refused(f"{song.title!r} has no task yet, so it is no template")
    drafts.put(path, write_template(replace(of_song(song), id=name)))
    count = "1 task" if len(song.tasks) == 1 else f"{len(song.tasks)} tasks"
    click.echo(plain(f"{name}: {count}, in {path}"))
