"""`song share`, `song merge`, `song conflicts`, `song take`, `song history`: a song between studios."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bridge.cli.showing import as_json as print_json
from bridge.cli.showing import plain
from bridge.errors import Refused

if TYPE_CHECKING:
    from bridge.cli.client import Client
    from bridge.cli.here import Here
    from bridge.core.actions_sharing import MergeSong, SettleClash
    from bridge.core.model import Studio
    from bridge.core.sharing_history import History
    from bridge.core.sharing_merge import Merge, Share
    from bridge.core.sharing_picture import Clash

_TRIES = 5  # times that an outcome is worked out anew because a pad was pressed meanwhile
_ID = 8  # bytes of a studio's id: no two studios draw the same


@click.command()
@click.argument("song_id", metavar="ID")
@click.option(
    "-o", "--output", metavar="FILE", help="Instead of ID.songbridge in this folder; -: print."
)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def share(here: Here, song_id: str, output: str | None, *, as_json: bool) -> None:
    """Write a song with its whole history into a file that another studio merges.

    The file holds the song's title, map, tasks, times, notes and hand-over notes, with the names of who
    did what; nothing of other songs, and of pictures and files their names alone.

    \b
    Examples:
      songbridge song share northern-lights
      songbridge song share northern-lights -o for-ben.songbridge
    """  # noqa: D301 - \b is click's word for lines that stay as they are
    from bridge.core import sharing_merge  # noqa: PLC0415 - loaded with the command
    from bridge.files import shared, shared_place  # noqa: PLC0415 - as above

    with here.client(writing=True) as client:
        studio = _named(client)
        history = _history(client, song_id, studio)
        person = here.person or studio.guest or _settings(here).person
        told = sharing_merge.share(history, here.now().wall, person)
    text = shared.written(told)
    if output == "-":
        click.echo(text, nl=False)
        return
    file = output or f"{song_id}{shared.ENDING}"
    replaced = shared_place.put(Path(file), file, told, text)
    if as_json:
        print_json(
            {"file": file, "song": song_id, "records": len(told.records), "replaced": replaced}
        )
        return
    older = ", in the place of an older share" if replaced else ""
    click.echo(plain(f"{file}: {told.title}, {len(told.records)} records{older}"))
    click.echo(plain(f"the other studio takes it in with: songbridge song merge {Path(file).name}"))


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--dry-run", is_flag=True, help="Say what would come in, and change nothing.")
@click.option("--own-id", is_flag=True, help="For a copy of a home: go on under an id of its own.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def merge(
    here: Here, files: tuple[str, ...], *, dry_run: bool, own_id: bool, as_json: bool
) -> None:
    """Take in what another studio did to a song, and say what was new and what clashed.

    A song that is not here yet comes in whole. Nothing is lost: times add up, and where both wrote the
    same thing the later one stands and the other can be taken (`song conflicts`). `undo` takes it back.

    \b
    Examples:
      songbridge song merge northern-lights.songbridge --dry-run
      songbridge song merge northern-lights.songbridge
    """  # noqa: D301 - \b is click's word for lines that stay as they are
    take_in(here, files, dry_run=dry_run, own_id=own_id, as_json=as_json)


def take_in(
    here: Here, files: Sequence[str], *, dry_run: bool = False, own_id: bool = False, as_json: bool
) -> None:
    """Merge the shares in `files`, all of which are read first. Raises SongbridgeError."""
    from bridge.cli import sharing_words as words  # noqa: PLC0415 - loaded with the command
    from bridge.files import shared_place  # noqa: PLC0415 - as above

    shares = shared_place.by_song([shared_place.opened(file) for file in files])
    rows: list[dict[str, Any]] = []
    with here.client(writing=not dry_run) as client:
        for came in shares:
            done = _merged(client, came, dry_run=dry_run, own_id=own_id)
            if as_json:
                rows.append(words.as_row(came, done, dry_run=dry_run))
                continue
            for line in words.of_merge(came, done, dry_run=dry_run):
                click.echo(plain(line))
    if as_json:
        print_json({"songs": rows})


def are_shares(files: Sequence[str]) -> bool:
    """Tell whether `files` are shares. Raises Refused where only some are, InvalidFile."""
    from bridge.files import shared, shared_place  # noqa: PLC0415 - loaded with the command

    told = [shared.is_share(shared_place.peeked(file)) for file in files]
    if any(told) and not all(told):
        raise Refused("some of these files are songs with their history; merge those by themselves")
    return all(told)


def _merged(client: Client, came: Share, *, dry_run: bool, own_id: bool) -> Merge:
    from bridge.core import sharing_merge  # noqa: PLC0415 - loaded with the command
    from bridge.core.actions_sharing import NameStudio  # noqa: PLC0415 - as above
    from bridge.core.decide_sharing import MOVED_ON  # noqa: PLC0415 - as above

    if not dry_run:
        _named(client)
    for _ in range(_TRIES):
        entries = list(client.journal())
        studio, seq = client.studio()
        last = entries[-1].seq if entries else 0
        history = _of(entries, studio, came.known_as)
        if last != seq or (history is not None and not history.known_as):
            continue
        try:
            done = sharing_merge.merge(history, studio, seq, came)
        except sharing_merge.CopiedHome as copied:
            if not own_id or dry_run:
                raise
            client.ask(NameStudio(_drawn(), copied.since))
            continue
        if dry_run or done.request is None:
            return done
        lost = [one for one in done.fresh if one.studio == studio.known_as and one.seq > seq]
        if (
            lost
        ):  # this home was brought back from a copy: its next entries would bear ids that are taken
            client.ask(NameStudio(_drawn(), seq + 1))
            continue
        if _granted(client, done.request, MOVED_ON):
            return done
    raise Refused(f"{MOVED_ON}: pads were pressed each time")


def _granted(client: Client, request: MergeSong | SettleClash, moved_on: str) -> bool:
    """Have `request` done; return False where something else happened meanwhile. Raises Refused."""
    try:
        client.ask(request)
    except Refused as refused:
        if str(refused) != moved_on:
            raise
        return False
    return True


def _of(entries: Sequence[Any], studio: Studio, known_as: str) -> History | None:
    """Return the history of the song that everybody knows as `known_as`, None where it is not here."""
    from bridge.core import sharing_history  # noqa: PLC0415 - loaded with the command

    index = sharing_history.index(entries, studio.known_as or _drawn())
    song_id = index.songs.get(known_as)
    if song_id is None or song_id not in studio.songs:
        return None
    history = sharing_history.History(song_id, index)
    history.read(entries)
    return history if history.known_as == known_as else None


def _history(client: Client, song_id: str, studio: Studio) -> History:
    """Return the history of a song by its id here. Raises Refused."""
    from bridge.core import sharing_history  # noqa: PLC0415 - loaded with the command
    from bridge.core.find import find_song  # noqa: PLC0415 - as above

    find_song(studio, song_id)
    entries = list(client.journal())
    index = sharing_history.index(entries, studio.known_as or _drawn())
    history = sharing_history.History(song_id, index)
    history.read(entries)
    return history


def _named(client: Client) -> Studio:
    """Return the studio, which has an id to be known by."""
    from bridge.core.actions_sharing import NameStudio  # noqa: PLC0415 - loaded with the command

    studio = client.studio()[0]
    if studio.known_as:
        return studio
    client.ask(NameStudio(_drawn()))
    return client.studio()[0]


def _drawn() -> str:
    return secrets.token_hex(_ID)


def _settings(here: Here) -> Any:  # noqa: ANN401 - Settings, imported where it is needed
    from bridge.files.config import TOKEN, load_config  # noqa: PLC0415 - slow to load

    return load_config(here.home, token=here.environ.get(TOKEN, "")).settings


# --- clashes --------------------------------------------------------------------------------------


@click.command()
@click.argument("song_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def conflicts(here: Here, song_id: str, *, as_json: bool) -> None:
    """List what two studios wrote without knowing of each other: what stands, and what lost."""
    from bridge.cli import sharing_words as words  # noqa: PLC0415 - loaded with the command

    with here.client() as client:
        history = _history(client, song_id, client.studio()[0])
    clashes = history.picture.clashes()
    if as_json:
        rows = [words.clash_row(history, clash, number) for number, clash in enumerate(clashes, 1)]
        print_json(rows)
        return
    for number, clash in enumerate(clashes, 1):
        click.echo(plain(words.of_clash(history.picture, song_id, clash, number)))
    if not clashes:
        click.echo(plain(f"nothing clashes in {song_id}"))


@click.command()
@click.argument("song_id", metavar="ID")
@click.argument("number", metavar="N", type=click.IntRange(1))
@click.option("--keep", is_flag=True, help="Keep what stands, and call the clash settled.")
@click.option("--side", type=click.IntRange(1), default=1, help="Which of several that lost.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def take(here: Here, song_id: str, number: int, *, keep: bool, side: int, as_json: bool) -> None:
    """Of clash N in `song conflicts ID` take what lost, or keep what stands; either way it is settled."""
    from bridge.cli import sharing_words as words  # noqa: PLC0415 - loaded with the command
    from bridge.core import sharing_settle  # noqa: PLC0415 - as above
    from bridge.core.decide_sharing import MOVED_ON  # noqa: PLC0415 - as above
    from bridge.core.sharing_picture import THERE  # noqa: PLC0415 - as above

    with here.client(writing=True) as client:
        _named(client)
        wanted = None
        for _ in range(_TRIES):
            studio, seq = client.studio()
            history = _history(client, song_id, studio)
            if history.last != seq:
                continue
            clash = _clash(history, number, side)
            if wanted is not None and clash.slot != wanted:
                raise Refused("the clashes are others by now; `song conflicts` lists them")
            wanted = clash.slot
            choice = clash.won.value if keep else clash.lost[side - 1].value
            if keep and clash.slot.name == THERE:
                choice = True
            if _granted(client, sharing_settle.settle(history, seq, clash, choice), MOVED_ON):
                if as_json:
                    print_json(words.choice_row(history, clash, number, choice, kept=keep))
                    return
                click.echo(plain(words.of_choice(history.picture, clash, choice)))
                return
    raise Refused(f"{MOVED_ON}: pads were pressed each time")


def _clash(history: History, number: int, side: int) -> Clash:
    """Return clash `number`, of which at least `side` lost. Raises Refused."""
    clashes = history.picture.clashes()
    if number > len(clashes):
        many = f"it has {len(clashes)}" if clashes else "nothing clashes in it"
        raise Refused(f"{history.song!r} has no clash {number}; {many}")
    clash = clashes[number - 1]
    if side > len(clash.lost):
        raise Refused(f"only {len(clash.lost)} lost in clash {number}")
    return clash


@click.command()
@click.argument("song_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def history(here: Here, song_id: str, *, as_json: bool) -> None:
    """Tell who did what to a song, in all studios, oldest first."""
    from bridge.cli import sharing_words as words  # noqa: PLC0415 - loaded with the command

    with here.client() as client:
        found = _history(client, song_id, client.studio()[0])
    rows = [row for row in words.told(found) if row["text"] or as_json]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(plain(f"{row['when']}  {row['person'] or '-'}: {row['text']}"))
