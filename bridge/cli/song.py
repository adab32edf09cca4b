"""`song`: songs in and out; ``song next`` and ``song ID`` take one up, as the action does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from bridge.cli import (
    exchange,
    exchange_again,
    song_edit,
    song_new,
    song_share,
    song_standing,
    song_template,
    tasks,
)
from bridge.cli.acting import short_form
from bridge.cli.here import Group, Here
from bridge.cli.showing import as_json as print_json
from bridge.cli.showing import console, plain, table, text
from bridge.cli.telling import said
from bridge.core.vocabulary import ACTIONS

if TYPE_CHECKING:
    from bridge.core.model import Song, Studio


class _Songs(Group):
    """A group whose single unknown word is the argument of the action ``song``."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take ``song next`` for the action, unless ``next`` were a command here."""
        words = [word for word in args if word != "--json"]
        if len(words) == 1 and args[0] not in self.commands and not words[0].startswith("-"):
            return "song", short_form(ACTIONS["song"]), args
        return super().resolve_command(ctx, args)


@click.group(cls=_Songs, subcommand_metavar="COMMAND|ID|next|prev [ARGS]...")
def song() -> None:
    """Bring songs in and out, look at them, take one up.

    \b
    Examples:
      songbridge song new                  asks for a song and proposes its tasks
      songbridge song import northern-lights.toml
      songbridge song next                 takes the next song in hand
      songbridge song northern-lights      takes that one
    """  # noqa: D301 - \b is click's word for lines that stay as they are


@song.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--into", metavar="ID", help="Bring what changed in FILE to the song of that id.")
@click.option("--format", "form", type=click.Choice(exchange.NAMES), help="What FILE is.")
@click.option("--tasks", is_flag=True, help="Of a DAW's project: a task for each track.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def import_(
    here: Here,
    files: tuple[str, ...],
    into: str | None,
    form: str | None,
    *,
    tasks: bool,
    as_json: bool,
) -> None:
    """Bring songs in, from a plan that another program wrote or from a DAW's project.

    Plans: TOML of our own, Asana, Todoist and Toggl (CSV), todo.txt, Taskwarrior (JSON). Projects:
    Live sets (.als), REAPER (.rpp); of a folder, the newest in each "... Project" folder.

    What a file is, its content tells; --format says it instead. A file that is wrong is refused whole,
    and of several files all come in or none. What can't be carried is listed; `undo` takes it all back.

    --into compares the file with a song that is here: new tasks come in, changed ones are changed,
    none is taken out, and the time you worked stands.

    \b
    Examples:
      songbridge song import northern-lights.toml
      songbridge song import asana.csv todo.txt
      songbridge song import asana.csv --into northern-lights
      songbridge song import "Night Drive Project" --tasks
    """  # noqa: D301 - \b is click's word for lines that stay as they are
    from bridge.core.actions import ImportSong, Together  # noqa: PLC0415 - loaded with the command

    if song_share.are_shares(files):
        song_share.take_in(here, files, as_json=as_json)
        return
    settings = _settings(here)
    # All are read before one comes in.
    read = exchange.read_files(files, settings, form, tasks=tasks)
    if into is not None:
        exchange_again.bring(here, read, into, as_json=as_json)
        return
    drafts = [draft for carried in read for draft in carried.songs]
    with here.client(writing=True) as client:
        ids = exchange.checked(drafts, client.studio()[0], settings)
        granted = client.ask(Together(tuple(ImportSong(draft) for draft in drafts)))
    told = [
        {"id": i, "title": draft.title, "tasks": len(draft.tasks)}
        for i, draft in zip(ids, drafts, strict=True)
    ]
    exchange.tell_import(told, read, as_json=as_json)
    for line in () if as_json else said(granted):
        click.echo(plain(line))


def _settings(here: Here) -> Any:  # noqa: ANN401 - Settings, imported where it is needed
    from bridge.files.config import TOKEN, load_config  # noqa: PLC0415 - slow to load

    return load_config(here.home, token=here.environ.get(TOKEN, "")).settings


@song.command()
@click.argument("song_ids", nargs=-1, required=True, metavar="ID...")
@click.option("--format", "form", type=click.Choice(exchange.WRITTEN), default="toml")
@click.option("-o", "--output", metavar="FILE", help="Write into this file instead of printing.")
@click.pass_obj
def export(here: Here, song_ids: tuple[str, ...], form: str, output: str | None) -> None:
    """Write a song as TOML that `song import` reads back, with the work done so far; or for others.

    What another format can't hold is listed on standard error. Asana, todo.txt, Taskwarrior and Toggl
    take several songs in one file.

    \b
    Examples:
      songbridge song export northern-lights -o northern-lights.toml
      songbridge song export northern-lights harbour-in-fog --format asana -o plan.csv
    """  # noqa: D301 - \b is click's word for lines that stay as they are
    written = exchange.write(here, song_ids, form, _settings(here))
    exchange.put(output, written.text)
    exchange.tell_left(written.left)


@song.command("list")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def list_(here: Here, *, as_json: bool) -> None:
    """List all songs; the one in hand is marked."""
    with here.client() as client:
        studio = client.studio()[0]
    rows = [_row(studio, one) for one in studio.songs.values()]
    if as_json:
        print_json(rows)
    elif not rows:
        click.echo(
            "no song yet; `songbridge song new` begins one, `songbridge song import` brings one in"
        )
    else:
        told = [
            ("▸" if row["in_hand"] else "", row["id"], row["title"], _stage(row), _done(row))
            for row in rows
        ]
        table(("", "ID", "Title", "Stage", "Tasks"), told, flexible=2, spare=(3, 4))


def _row(studio: Studio, one: Song) -> dict[str, Any]:
    done = sum(task.state.value == "done" for task in one.tasks.values())
    spent = sum(task.spent for task in one.tasks.values())
    return {
        "id": one.id,
        "title": one.title,
        "stage": one.stage,
        "in_hand": one.id == studio.song,
        "resting": one.resting,
        "goal": one.goal,
        "tasks": len(one.tasks),
        "done": done,
        "spent_s": round(spent, 3),
    }


def _stage(row: dict[str, Any]) -> str:
    return f"{row['stage']}, resting" if row["resting"] else str(row["stage"])


def _done(row: dict[str, Any]) -> str:
    return f"{row['done']} of {row['tasks']} done"


@song.command()
@click.argument("song_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def show(here: Here, song_id: str, *, as_json: bool) -> None:
    """Show a song: its map, its sections and its tasks."""
    import msgspec  # noqa: PLC0415 - only for this command

    studio, one = _found(here, song_id)
    rows = tasks.of_studio(studio, here.now().wall, one.id)
    if as_json:
        told = {**_row(studio, one), "map": msgspec.to_builtins(one.map), "task_list": rows}
        sections = [{"name": s.name, "colour": s.colour} for s in one.sections]
        print_json({**told, "sections": sections})
        return
    shown = console()
    shown.print(text(one.title, "bold") + text(f" · {one.stage} · {_done(_row(studio, one))}"))
    for name, value in msgspec.to_builtins(one.map).items():
        words = value if isinstance(value, str) else ", ".join(value)
        if words:
            shown.print(text(f"{_label(name)}: ", "dim") + text(words))
    shown.print()
    tasks.show(rows)


_LABELS = {
    "musical_themes": "musical themes", "other_themes": "other themes", "depict": "depicts",
    "audience": "is for", "sound": "sounds",
}  # fmt: skip
_label: Callable[[str], str] = lambda name: _LABELS.get(name, name)  # noqa: E731 - a look-up with a default


def _found(here: Here, song_id: str) -> tuple[Studio, Song]:
    """Return the song of that id. Raises Refused."""
    from bridge.core.find import find_song  # noqa: PLC0415 - loaded with the command

    with here.client() as client:
        studio = client.studio()[0]
    return studio, find_song(studio, song_id)


for _command in (
    song_standing.rest,
    song_standing.wake,
    song_standing.toward,
    song_new.new,
    song_edit.edit,
    song_template.templates,
    song_template.template,
    song_share.share,
    song_share.merge,
    song_share.conflicts,
    song_share.take,
    song_share.history,
):
    song.add_command(_command)
