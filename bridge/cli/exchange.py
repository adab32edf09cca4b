"""Songs in and out of other programs' files: what `song import` and `song export` do with formats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bridge.cli.showing import as_json as print_json
from bridge.cli.showing import plain
from bridge.errors import Invalid, InvalidFile, Refused, Unavailable

if TYPE_CHECKING:
    from bridge.cli.client import Client
    from bridge.cli.here import Here
    from bridge.core.actions import SongDraft
    from bridge.core.model import Studio
    from bridge.core.settings import Settings
    from bridge.files.exchange.carried import Carried, Written

NAMES = ("toml", "asana", "todoist", "todo.txt", "taskwarrior", "toggl", "als", "rpp")
"""What ``song import --format`` takes; the table of formats, told without loading it."""

WRITTEN = ("toml", "asana", "todoist", "todo.txt", "taskwarrior", "toggl")
"""What ``song export --format`` takes."""


def read_files(
    files: Iterable[str], settings: Settings, form: str | None, *, tasks: bool
) -> tuple[Carried, ...]:
    """Return what is in each file, or in each project of a folder. Raises `InvalidFile`."""
    return tuple(
        carried
        for file in files
        for carried in _read(Path(file), file, settings, form, tasks=tasks)
    )


def _read(
    path: Path, file: str, settings: Settings, form: str | None, *, tasks: bool
) -> list[Carried]:
    from bridge.files.exchange import sources  # noqa: PLC0415 - loaded with the command

    if not _is_folder(path):
        return [_read_file(path, file, settings, form, tasks=tasks)]
    read = []
    for chosen in sources.projects(path, file):
        carried = _read_file(chosen.path, str(chosen.path), settings, form, tasks=tasks)
        songs = tuple(replace(song, title=chosen.title) for song in carried.songs)
        others = tuple(
            f"{other}: is older; {chosen.path.name} was taken" for other in chosen.others
        )
        read.append(replace(carried, songs=songs, left=(*others, *carried.left)))
    return read


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir() and path.suffix.casefold() not in (".logicx", ".ardour")
    except (OSError, ValueError):
        return False


def _read_file(
    path: Path, file: str, settings: Settings, form: str | None, *, tasks: bool
) -> Carried:
    from bridge.files.exchange import sources  # noqa: PLC0415 - loaded with the command
    from bridge.files.exchange.carried import Carried  # noqa: PLC0415 - as above
    from bridge.files.exchange.table import FORMATS  # noqa: PLC0415 - as above
    from bridge.files.songs import load_song  # noqa: PLC0415 - slow to load

    if form == "toml" or (form is None and path.suffix.casefold() == ".toml"):
        return Carried((load_song(path, settings),), form="toml")
    data = sources.load(path, file)
    name = form or sources.recognised(data, file)
    known = FORMATS[name]
    if name == "toml" or known.read is None:
        if told := sources.no_text(data):
            raise InvalidFile(file, f"can't be a plan: {told}")
        return _as_toml(path, file, settings, sources.hint(data, file))
    try:
        return replace(known.read(data, file, settings, tasks), form=name)
    except InvalidFile as wrong:
        if form is not None:
            raise
        problem = f"{wrong.problem}; it was taken for {known.title}, --format NAME says otherwise"
        raise InvalidFile(wrong.file, problem, key=wrong.key, line=wrong.line) from None


def _as_toml(path: Path, file: str, settings: Settings, hint: str) -> Carried:
    """Read what nothing spoke for; a failure names the formats, and `hint`. Raises `InvalidFile`."""
    from bridge.files.exchange.carried import Carried  # noqa: PLC0415 - loaded with the command
    from bridge.files.songs import load_song  # noqa: PLC0415 - slow to load

    try:
        return Carried((load_song(path, settings),), form="toml")
    except InvalidFile as wrong:
        if not wrong.problem.startswith("is not valid TOML"):
            raise
        known = ", ".join(NAMES)
        problem = f"is of no format that is recognised; --format says which it is: {known}"
        told = hint or f"as TOML: line {wrong.line}, {wrong.problem}"
        raise InvalidFile(file, f"{problem} ({told})") from None


def checked(drafts: Sequence[SongDraft], studio: Studio, settings: Settings) -> list[str]:
    """Return the ids of the songs that `drafts` become. Raises Refused or Invalid when one can't."""
    from bridge.core.decide_songs import make_song, slug  # noqa: PLC0415 - loaded with the command

    ids: list[str] = []
    here = frozenset(studio.songs)
    for draft in drafts:
        try:
            song = make_song(studio, draft, settings)
            studio = studio.with_song(song)
            ids.append(song.id)
        except Refused as refused:
            there = slug(draft.title)
            again = f", or `--into {there}` brings what changed" if there in here else ""
            raise Refused(f"{refused}{again}; nothing was brought in") from None
        except Invalid as refused:
            raise Invalid(f"{draft.title!r}: {refused}; nothing was brought in") from None
    return ids


def tell_left(left: Iterable[str]) -> None:
    """Say on standard error what could not be carried, a line each."""
    for line in left:
        click.echo(plain(f"left: {line}"), err=True)


def tell_import(
    songs: Sequence[dict[str, Any]],
    read: Sequence[Carried],
    *,
    as_json: bool,
    lines: Sequence[str] | None = None,
) -> None:
    """Say which songs came in, and what of their files did not; ``lines`` instead of one a song."""
    left = [line for carried in read for line in carried.left]
    kept = list(dict.fromkeys(name for carried in read for name in carried.kept))
    notes = [line for carried in read for line in carried.notes]
    if as_json:
        print_json({"songs": list(songs), "kept": kept, "left": left, "notes": notes})
        return
    for line in map(_came_in, songs) if lines is None else lines:
        click.echo(plain(line))
    if kept:
        click.echo(plain(f"kept for the way back, shown nowhere here: {', '.join(kept)}"))
    for line in notes:
        click.echo(plain(f"look at: {line}"))
    for line in left:
        click.echo(plain(f"left: {line}"))


def _came_in(song: dict[str, Any]) -> str:
    count = "1 task" if song["tasks"] == 1 else f"{song['tasks']} tasks"
    return f"{song['id']}: {song['title']}, {count}"


def write(here: Here, ids: Sequence[str], form: str, settings: Settings) -> Written:
    """Return the songs of those ids as `form`. Raises Refused."""
    from bridge.core.find import find_song  # noqa: PLC0415 - loaded with the command
    from bridge.files.exchange.outgoing import Outgoing, in_order  # noqa: PLC0415 - as above
    from bridge.files.exchange.table import FORMATS  # noqa: PLC0415 - as above

    with here.client() as client:
        studio = client.studio()[0]
        songs = tuple(find_song(studio, one) for one in dict.fromkeys(ids))
        stretches = _stretches(client) if form == "toggl" else ()
    writer = FORMATS[form].write
    if writer is None or (len(songs) > 1 and not FORMATS[form].several):
        raise Refused(f"{FORMATS[form].title} holds one song a file; export one at a time")
    if form != "toml":  # ours keeps the song's own order; others know only one
        songs = tuple(in_order(song, studio) for song in songs)
    return writer(Outgoing(songs, here.now().wall, settings, stretches))


def _stretches(client: Client) -> tuple[Any, ...]:
    from bridge.cli.sittings import past  # noqa: PLC0415 - loaded where it is needed

    return tuple(one for sitting in past(client) for one in sitting.stretches)


def put(output: str | None, written: str) -> None:
    """Print `written`, or write it into a new file. Raises Unavailable."""
    from bridge.files.new_file import write_new  # noqa: PLC0415 - loaded where it is needed

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
