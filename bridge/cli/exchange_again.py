"""`song import --into`: what changed in another program's plan, brought to a song that is here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from bridge.cli import exchange
from bridge.cli.showing import plain
from bridge.cli.telling import said
from bridge.errors import Refused

if TYPE_CHECKING:
    from bridge.cli.here import Here
    from bridge.core.actions import SongDraft
    from bridge.core.model import Song
    from bridge.files.exchange.again import Update
    from bridge.files.exchange.carried import Carried


def bring(here: Here, read: Sequence[Carried], into: str, *, as_json: bool) -> None:
    """Bring what changed in the one song of `read` that is meant; say it. Raises Refused, Invalid."""
    from bridge.core.actions import Together  # noqa: PLC0415 - loaded with the command
    from bridge.core.find import find_song  # noqa: PLC0415 - as above
    from bridge.files.exchange.again import update  # noqa: PLC0415 - as above

    with here.client(writing=True) as client:
        song = find_song(client.studio()[0], into)
        draft, form = _meant(read, song)
        found = update(song, draft, form)
        more = said(client.ask(Together(found.changes))) if found.changes else []
    row = {**_row(song), "tasks": len(song.tasks) + len(found.new), **_told(found)}
    exchange.tell_import([row], read, as_json=as_json, lines=list(_lines(song, found)))
    for line in () if as_json else more:
        click.echo(plain(line))


def _meant(read: Sequence[Carried], song: Song) -> tuple[SongDraft, str]:
    """Return the song of the file that `song` is, and the file's format. Raises Refused."""
    from bridge.core.decide_songs import slug  # noqa: PLC0415 - loaded with the command

    drafts = [(draft, carried.form) for carried in read for draft in carried.songs]
    if any(form == "toml" for _, form in drafts):
        raise Refused("--into is for other programs' files; our own TOML goes to `song edit`")
    alike = [one for one in drafts if song.id in (slug(one[0].title), one[0].title)]
    if len(drafts) == 1 or len(alike) == 1:
        return (alike or drafts)[0]
    titles = ", ".join(repr(draft.title) for draft, _ in drafts)[:200]
    raise Refused(f"--into takes one song, and none of these is called {song.title!r}: {titles}")


def _row(song: Song) -> dict[str, Any]:
    return {"id": song.id, "title": song.title}


def _told(found: Update) -> dict[str, Any]:
    return {
        "new": list(found.new),
        "changed": list(found.changed),
        "stays": list(found.stays),
        "same": found.same,
    }


def _lines(song: Song, found: Update) -> Iterator[str]:
    counts = f"{len(found.new)} new, {len(found.changed)} changed, {found.same} as they were"
    yield f"{song.id}: {song.title}, {counts}"
    yield from (f"new: {line}" for line in found.new)
    yield from (f"changed: {line}" for line in found.changed)
    yield from (f"as it was: {line}" for line in found.stays)
