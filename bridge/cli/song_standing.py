"""`song rest`, `song wake`, `song toward`: where a song stands beside its stage."""

from __future__ import annotations

import click

from bridge.cli.acting import act
from bridge.cli.here import Here
from bridge.cli.showing import plain
from bridge.cli.telling import said, told
from bridge.core.actions import EditSong


@click.command()
@click.argument("song_id", metavar="[ID]", default="")
@click.pass_obj
def rest(here: Here, song_id: str) -> None:
    """Lay a song to rest, the one in hand without an id: its tasks leave the queue."""
    act(here, "rest", [song_id], as_json=False)


@click.command()
@click.argument("song_id", metavar="ID")
@click.pass_obj
def wake(here: Here, song_id: str) -> None:
    """Wake a resting song: its tasks join the queue again."""
    act(here, "wake", [song_id], as_json=False)


@click.command()
@click.argument("song_id", metavar="ID")
@click.argument("goal", type=click.IntRange(0, 3))
@click.pass_obj
def toward(here: Here, song_id: str, goal: int) -> None:
    """Say that all tasks of a song are toward a goal, 1 to 3; 0: toward none."""
    with here.client(writing=True) as client:
        granted = client.ask(EditSong(song_id, goal=goal))
        for line in (*told(client, granted.seq), *said(granted)):
            click.echo(plain(line))
