"""`sittings`: when somebody sat down to work and what came of it; also for a calendar, or for Toggl."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from bridge.cli import exchange
from bridge.cli.here import Group, Here
from bridge.cli.showing import as_json as print_json
from bridge.cli.showing import plain
from bridge.cli.sittings_show import show
from bridge.core import durations

if TYPE_CHECKING:
    from bridge.cli.client import Client
    from bridge.core.model import Studio
    from bridge.core.settings import Settings
    from bridge.core.worklog import PastSitting

_LONGEST = 10 * 365 * 86400.0  # seconds back


@click.group(cls=Group, invoke_without_command=True)
@click.option("--since", metavar="DURATION", help="Those of the last 24h, 168h, …")
@click.option("--song", "song_id", metavar="ID", help="Those in which this song was worked on.")
@click.option("--ical", is_flag=True, help="As a calendar file (iCalendar).")
@click.option("--toggl", is_flag=True, help="Their stretches of work as Toggl's CSV.")
@click.option("-o", "--output", metavar="FILE", help="Write into this file instead of printing.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_context
def sittings(
    ctx: click.Context,
    since: str | None,
    song_id: str | None,
    output: str | None,
    *,
    ical: bool,
    toggl: bool,
    as_json: bool,
) -> None:
    """Show the sittings: from the first start to `end`, and what was done in each.

    \b
    Examples:
      songbridge sittings --since 168h
      songbridge sittings show last --html -o sitting.html
      songbridge sittings --ical -o sittings.ics
      songbridge sittings --toggl --song northern-lights
    """  # noqa: D301 - \b is click's word for lines that stay as they are
    if ctx.invoked_subcommand is not None:
        return
    here: Here = ctx.obj
    if ical + toggl + as_json > 1:
        raise click.UsageError("--ical, --toggl and --json exclude each other")
    settings = _settings(here)
    with here.client() as client:
        studio = client.studio()[0]
        told = past(client)
    found = _asked_for(here, studio, told, since, song_id)
    if as_json:
        print_json(list(found))
    elif toggl:
        _put_toggl(here, studio, settings, found, output)
    elif ical:
        exchange.put(output, _calendar(here, studio, found))
    else:
        exchange.put(output, "".join(f"{line}\n" for line in _lines(studio, told, found)))


sittings.add_command(show)


def past(client: Client) -> tuple[PastSitting, ...]:
    """Return all sittings of the journal, oldest first."""
    from bridge.core.worklog import sittings as told  # noqa: PLC0415 - loaded with the command

    return told(client.journal())


def _settings(here: Here) -> Settings:
    from bridge.files.config import TOKEN, load_config  # noqa: PLC0415 - slow to load

    return load_config(here.home, token=here.environ.get(TOKEN, "")).settings


def _asked_for(
    here: Here,
    studio: Studio,
    found: Sequence[PastSitting],
    since: str | None,
    song_id: str | None,
) -> tuple[PastSitting, ...]:
    from bridge.core.find import find_song  # noqa: PLC0415 - loaded with the command

    start = float("-inf")
    if since is not None:
        start = here.now().wall - durations.parse(since, longest=_LONGEST)
    song = find_song(studio, song_id).id if song_id else None
    return tuple(
        one
        for one in found
        if one.ended >= start and (song is None or any(s.song == song for s in one.stretches))
    )


def _put_toggl(
    here: Here,
    studio: Studio,
    settings: Settings,
    found: Sequence[PastSitting],
    output: str | None,
) -> None:
    from bridge.files.exchange import toggl  # noqa: PLC0415 - loaded with the command
    from bridge.files.exchange.outgoing import Outgoing  # noqa: PLC0415 - as above

    stretches = tuple(stretch for one in found for stretch in one.stretches)
    worked = {stretch.song for stretch in stretches}
    songs = tuple(song for song in studio.songs.values() if song.id in worked)
    written = toggl.sheet(Outgoing(songs, here.now().wall, settings, stretches))
    exchange.put(output, written.text)
    exchange.tell_left(written.left)


def _calendar(here: Here, studio: Studio, found: Sequence[PastSitting]) -> str:
    from bridge.files.exchange.sittings_ics import write_sittings  # noqa: PLC0415 - slow to load

    titles = {song.id: song.title for song in studio.songs.values()}
    return write_sittings(found, titles, here.now().wall)


def _lines(
    studio: Studio, every: Sequence[PastSitting], found: Sequence[PastSitting]
) -> Iterator[str]:
    """Yield a line for each of `found`, with its number among `every` one."""
    if not found:
        yield "no sitting yet; one begins with the first start"
    asked = {id(one) for one in found}
    for number, one in enumerate(every, 1):
        if id(one) not in asked:
            continue
        began, ended = (
            datetime.fromtimestamp(at, UTC).astimezone() for at in (one.began, one.ended)
        )
        until = f"{ended:%H:%M}" if one.over else "now"
        persons = dict.fromkeys((one.person, *(s.person for s in one.stretches)))
        names = ", ".join(filter(None, persons))
        who = f" {names}" if names else ""
        songs = dict.fromkeys(s.song for s in one.stretches)
        titles = ", ".join(studio.songs[i].title if i in studio.songs else i for i in songs)
        counts = {"done": one.done, "set aside": one.set_aside, "skipped": one.skipped}
        told = ", ".join(f"{len(lines)} {name}" for name, lines in counts.items() if lines)
        whole = 60 if one.worked >= 60 else 1  # noqa: PLR2004 - seconds: a short one is told as it was
        worked = durations.words(round(one.worked / whole) * whole)
        yield plain(
            f"{number:>4}  {began:%Y-%m-%d %H:%M}-{until}{who}  {worked} worked"
            + (f"  {titles}" if titles else "")
            + (f"  ({told})" if told else "")
        )
