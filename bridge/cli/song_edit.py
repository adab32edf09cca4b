"""`song edit`: a whole song in the user's editor; nothing is lost, and one undo takes it back."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from bridge.cli import configured
from bridge.cli.here import Here
from bridge.cli.showing import json_line, plain
from bridge.cli.telling import said
from bridge.core.actions import RewriteSong
from bridge.errors import Invalid, Refused, Unavailable

if TYPE_CHECKING:
    from bridge.core.actions import SongSheet
    from bridge.core.model import Song, Studio
    from bridge.core.settings import Settings
    from bridge.files.drafts import Edit


@click.command()
@click.argument("song_id", metavar="[ID]", default="")
@click.option(
    "--map", "only_map", is_flag=True, help="Only the map: inspiration, themes, questions."
)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def edit(here: Here, song_id: str, *, only_map: bool, as_json: bool) -> None:
    """Edit a song as a text in your editor: its map, sections and tasks; the one in hand without an ID.

    Tasks may be retitled, moved, added and taken out; they keep their time. What is wrong is shown in
    its place. The editor is that of VISUAL or EDITOR.

    \b
    Examples:
      songbridge song edit northern-lights
      songbridge song edit --map
      EDITOR="code --wait" songbridge song edit northern-lights
    """  # noqa: D301 - \b is click's word for lines that stay as they are
    _edit(here, song_id, only_map=only_map, as_json=as_json)


def _edit(here: Here, song_id: str, *, only_map: bool, as_json: bool) -> None:
    from bridge.cli import song_edit_editor as editor  # noqa: PLC0415 - loaded with the command
    from bridge.files import drafts  # noqa: PLC0415 - as above

    typed = _typed()
    settings, song = configured.settings(here), _song(here, song_id)
    command = editor.chosen(here.environ, typed=typed)
    begun = _begun(here, song, settings, only_map=only_map, typed=typed)
    reader = _reader(begun, settings, only_map=only_map)
    try:
        after = editor.until_right(
            command,
            begun.path,
            reader,
            typed=typed,
            say=lambda line: click.echo(plain(line), err=True),
        )
    except editor.Failed as failed:
        kept = f"; your text is kept in {begun.path}"
        if drafts.untouched(begun):
            drafts.end_edit(begun.path)
            kept = ""
        raise Unavailable(f"{failed}; nothing was changed{kept}") from None
    except editor.Left as left:
        raise Invalid(
            f"{left.fault}; nothing was changed; your text is kept there, and "
            f"`songbridge song edit {song.id}{' --map' if only_map else ''}` goes on with it"
        ) from None
    _taken(here, begun, after, typed=typed, as_json=as_json)
    drafts.end_edit(begun.path)


def _typed() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _song(here: Here, song_id: str) -> Song:
    from bridge.core.find import find_song, song_in_hand  # noqa: PLC0415 - loaded with the command

    with here.client() as client:
        studio: Studio = client.studio()[0]
    return find_song(studio, song_id) if song_id else song_in_hand(studio)


def _begun(here: Here, song: Song, settings: Settings, *, only_map: bool, typed: bool) -> Edit:
    """Return the edit that was left and is wanted again, or a new one."""
    from bridge.files import drafts, song_sheet  # noqa: PLC0415 - loaded with the command

    path = drafts.edit_path(here.home, song.id, only_map=only_map)
    left = drafts.left_edit(path)
    if left is not None and (
        not typed or click.confirm("Go on with the text that you left?", default=True, err=True)
    ):
        if not typed:
            click.echo(f"going on with the text that was left in {path}", err=True)
        return left
    text = song_sheet.write_map(song) if only_map else song_sheet.write_sheet(song, settings)
    return drafts.begin_edit(path, song, text)


def _reader(begun: Edit, settings: Settings, *, only_map: bool) -> Callable[[str], SongSheet]:
    """Return what makes a text a sheet, in which all that nobody changed is as it was to the letter."""
    from bridge.files import song_sheet  # noqa: PLC0415 - loaded with the command

    song, file = begun.song, str(begun.path)
    if only_map:
        return lambda text: song_sheet.parse_map(text, file, song, settings)
    base = song_sheet.write_sheet(song, settings)

    def read(text: str) -> SongSheet:
        sheet = song_sheet.parse_sheet(text, file, song, settings)
        return song_sheet.carried(base, sheet, song, settings)

    return read


def _taken(here: Here, begun: Edit, after: SongSheet, *, typed: bool, as_json: bool) -> None:
    """Have the sheet taken, on top of what was changed meanwhile; say what clashed."""
    from bridge.cli.song_edit_words import removed, summary  # noqa: PLC0415 - loaded with the command
    from bridge.core.find import find_song  # noqa: PLC0415 - as above
    from bridge.core.sheets import merged, sheet_of  # noqa: PLC0415 - as above

    before = sheet_of(begun.song)
    if after == before:
        _tell(begun.song.title, 0, [], ["nothing was changed"], as_json=as_json)
        return
    question = removed(begun.song, after) if typed else ""
    if question and not click.confirm(question, default=True, err=True):
        raise Invalid(f"nothing was changed; your text is kept in {begun.path}")
    with here.client(writing=True) as client:
        try:
            now = sheet_of(find_song(client.studio()[0], begun.song.id))
            found = merged(before, after, now)
            clashes = list(found.clashes)
            if found.sheet == now:
                _tell(begun.song.title, 0, clashes, ["nothing else was changed"], as_json=as_json)
            else:
                granted = client.ask(RewriteSong(begun.song.id, now, found.sheet))
                lines = [*summary(now, found.sheet, begun.song), *said(granted)]
                _tell(begun.song.title, granted.seq, clashes, lines, as_json=as_json)
        except (Refused, Invalid) as refused:
            raise Invalid(f"{refused}; your text is kept in {begun.path}") from None
    if clashes:
        kept = begun.path.with_suffix(".clash.toml")
        begun.path.replace(kept)
        click.echo(f"your whole text is kept in {kept}", err=True)


def _tell(title: str, seq: int, clashes: list[str], lines: list[str], *, as_json: bool) -> None:
    if as_json:
        json_line({"seq": seq, "clashes": clashes, "said": lines})
        return
    for clash in clashes:
        click.echo(plain(f"left as it is: {clash}"), err=True)
    for line in lines:
        click.echo(plain(f"{title}: {line}"))
