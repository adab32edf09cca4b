"""`song`: songs in and out; ``song next`` and ``song ID`` take one up, as the action does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bridge.cli import tasks
from bridge.cli.acting import short_form
from bridge.cli.here import Group, Here
from bridge.cli.showing import as_json as print_json
from bridge.cli.showing import console, plain, table, text
from bridge.cli.telling import facts
from bridge.core.vocabulary import ACTIONS
from bridge.errors import Unavailable

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
      songbridge song import northern-lights.toml
      songbridge song next                 takes the next song in hand
      songbridge song northern-lights      takes that one
    """  # noqa: D301 - \b is click's word for lines that stay as they are


@song.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.pass_obj
def import_(here: Here, files: tuple[str, ...]) -> None:
    """Bring songs in from TOML files; a file that is wrong is refused whole."""
    from bridge.core.actions import ImportSong  # noqa: PLC0415 - loaded with the command
    from bridge.files.songs import load_song  # noqa: PLC0415 - slow to load

    settings = _settings(here)
    drafts = [load_song(Path(file), settings) for file in files]  # all are read before one comes in
    with here.client(writing=True) as client:
        for draft in drafts:
            granted = client.ask(ImportSong(draft))
            for row in facts(client, granted.seq):
                if row["event"] == "song-added":
                    count = len(draft.tasks)
                    tasks_ = "1 task" if count == 1 else f"{count} tasks"
                    click.echo(plain(f"{row['song']}: {row['title']}, {tasks_}"))


def _settings(here: Here) -> Any:  # noqa: ANN401 - Settings, imported where it is needed
    from bridge.files.config import TOKEN, load_config  # noqa: PLC0415 - slow to load

    return load_config(here.home, token=here.environ.get(TOKEN, "")).settings


@song.command()
@click.argument("song_id", metavar="ID")
@click.option("-o", "--output", metavar="FILE", help="Write into this file instead of printing.")
@click.pass_obj
def export(here: Here, song_id: str, output: str | None) -> None:
    """Write a song as TOML that `song import` reads back, with the work done so far."""
    from bridge.files.new_file import write_new  # noqa: PLC0415 - as below
    from bridge.files.song_export import write_song  # noqa: PLC0415 - slow to load

    written = write_song(_found(here, song_id)[1])
    if output is None or output == "-":
        click.echo(written, nl=False)
        return
    try:
        write_new(Path(output), written)
    except FileExistsError:
        raise Unavailable(f"{output} is there already; name another file") from None
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise Unavailable(f"{output} can't be written: {reason}; name another file") from None


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
        click.echo("no song yet; bring one in with `songbridge song import FILE`")
    else:
        told = [
            ("▸" if row["in_hand"] else "", row["id"], row["title"], row["stage"], _done(row))
            for row in rows
        ]
        table(("", "ID", "Title", "Stage", "Tasks"), told, flexible=2)


def _row(studio: Studio, one: Song) -> dict[str, Any]:
    done = sum(task.state.value == "done" for task in one.tasks.values())
    spent = sum(task.spent for task in one.tasks.values())
    return {
        "id": one.id,
        "title": one.title,
        "stage": one.stage,
        "in_hand": one.id == studio.song,
        "tasks": len(one.tasks),
        "done": done,
        "spent_s": round(spent, 3),
    }


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
