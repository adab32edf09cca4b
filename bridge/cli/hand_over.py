"""`task hand`, `task assign`: a task goes to somebody, with what the next one needs to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from bridge.cli.here import Command, Here
from bridge.cli.showing import plain
from bridge.cli.telling import said, told
from bridge.core.actions import EditTask, HandTask, Request
from bridge.core.hand_over import HandOver
from bridge.core.hand_over import told as sentence

if TYPE_CHECKING:
    from bridge.cli.client import Client


@click.command(cls=Command)
@click.argument("task_id", metavar="ID|POSITION")
@click.argument("note", nargs=-1)
@click.option("--to", default="", metavar="NAME", help="Give the task to this person as well.")
@click.option("--done", is_flag=True, help="Tick off the notes that wait on the task.")
@click.pass_obj
def hand(here: Here, task_id: str, note: tuple[str, ...], to: str, *, done: bool) -> None:
    """Leave a note on a task: what the next one needs to know. Without a note, show those there are.

    \b
    Examples:
      songbridge task hand 2 --to Ben the second take is the keeper
      songbridge task hand 2
      songbridge task hand 2 --done
    """  # noqa: D301 - \b is click's word for lines that stay as they are
    text = " ".join(note).strip()
    if done and (text or to):
        raise click.UsageError("--done stands alone")
    if to and not text:
        raise click.UsageError("say what they need to know, or use `songbridge task assign`")
    if done or text:
        _ask(here, HandTask(task_id, text, to, done))
        return
    with here.client() as client:
        for line in _notes(client, task_id):
            click.echo(plain(line))


@click.command(cls=Command)
@click.argument("task_id", metavar="ID|POSITION")
@click.argument("name")
@click.argument("note", nargs=-1)
@click.pass_obj
def assign(here: Here, task_id: str, name: str, note: tuple[str, ...]) -> None:
    """Give a task to somebody ('' for nobody), with a note where there is something to say.

    \b
    Examples:
      songbridge task assign 4 Ben
      songbridge task assign 4 Ben 'the mic is set up in the small room'
    """  # noqa: D301 - as above
    text = " ".join(note).strip()
    if text and not name.strip():
        raise click.UsageError("a note to nobody is `songbridge task hand ID NOTE`")
    _ask(here, HandTask(task_id, text, name) if text else EditTask(task_id, person=name))


def lines(notes: list[Mapping[str, Any]]) -> Iterator[str]:
    """Yield notes as JSON has them, newest first; those that are ticked off say so."""
    for row in notes:
        note = HandOver(row["text"], row["by"], row["to"], row["at"], row["done"])
        yield sentence(note) + (" (done)" if note.done else "")


def _notes(client: Client, task_id: str) -> Iterator[str]:
    from bridge.core.find import find_task  # noqa: PLC0415 - loaded with the command

    task = find_task(client.studio()[0], task_id)
    if not task.hand_over:
        yield f"nobody left a note on {task.title!r}"
    for note in task.hand_over:
        yield sentence(note) + (" (done)" if note.done else "")


def _ask(here: Here, request: Request) -> None:
    with here.client(writing=True) as client:
        granted = client.ask(request)
        for line in (*told(client, granted.seq), *said(granted)):
            click.echo(plain(line))
