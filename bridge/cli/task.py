"""`task`: tasks in, changed, moved and listed."""

from __future__ import annotations

import click

from bridge.cli import hand_over, tasks
from bridge.cli.here import Group, Here
from bridge.cli.showing import as_json as print_json
from bridge.cli.showing import json_line, plain
from bridge.cli.telling import facts, said, told
from bridge.core import durations
from bridge.core.actions import AddTask, EditTask, MoveTask, Request, TaskDraft
from bridge.core.find import find_song
from bridge.core.method import ENERGIES, Energy

_ENERGY = click.Choice((*ENERGIES, ""))


@click.group(cls=Group)
def task() -> None:
    """Add, edit, move and list tasks: concrete steps, each with a budget."""


@task.command()
@click.argument("title", nargs=-1, required=True)
@click.option("--song", default="", metavar="ID", help="The song; else the one in hand.")
@click.option("--section", default="", help="The section; else the song's first.")
@click.option("--budget", metavar="DURATION", help="Such as 25m; it may also stand in the title.")
@click.option("--track", default="", help="The DAW track it is about.")
@click.option("--person", default="", help="Who does it.")
@click.option("--energy", type=_ENERGY, default="", help="How much it asks of you.")
@click.option("--goal", type=click.IntRange(0, 3), default=0, help="The goal that it is toward.")
@click.option("--position", type=click.IntRange(1), help="Its place in the queue; else the end.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON, with the new task's id.")
@click.pass_obj
def add(
    here: Here,
    *,
    title: tuple[str, ...],
    song: str,
    section: str,
    budget: str | None,
    track: str,
    person: str,
    energy: Energy,
    goal: int,
    position: int | None,
    as_json: bool,
) -> None:
    """Add a task to a song and to the queue.

    \b
    Examples:
      songbridge task add 'Write chord progression (20m)'
      songbridge task add 'Design the bass' --section 'sound design' --budget 25m --track Bass
    """  # noqa: D301 - \b is click's word for lines that stay as they are
    draft = TaskDraft(
        " ".join(title), section, _seconds(budget), track, person, energy=energy, goal=goal
    )
    with here.client(writing=True) as client:
        granted = client.ask(AddTask(song, draft, position))
        added = next(
            (row for row in facts(client, granted.seq) if row["event"] == "task-added"), None
        )
    if as_json:
        more = {"said": granted.said} if granted.said else {}
        json_line({"seq": granted.seq, "task": added["task"] if added else "", **more})
        return
    if added:
        click.echo(plain(f"{added['task']}: {added['title']}"))
    for line in said(granted):
        click.echo(plain(line))


@task.command()
@click.argument("task_id", metavar="ID|POSITION")
@click.option("--title", help="New words.")
@click.option("--section", help="Another section of its song.")
@click.option("--budget", metavar="DURATION", help="A new budget, such as 30m.")
@click.option("--track", help="The DAW track; '' for none.")
@click.option("--person", help="Who does it; '' for nobody.")
@click.option("--energy", type=_ENERGY, help="How much it asks of you; '' for unknown.")
@click.option("--goal", type=click.IntRange(0, 3), help="The goal that it is toward; 0 for none.")
@click.pass_obj
def edit(
    here: Here,
    *,
    task_id: str,
    title: str | None,
    section: str | None,
    budget: str | None,
    track: str | None,
    person: str | None,
    energy: Energy | None,
    goal: int | None,
) -> None:
    """Change a task's words, section, budget, track, person, energy or goal."""
    if all(v is None for v in (title, section, budget, track, person, energy, goal)):
        raise click.UsageError(
            "say what to change: --title, --section, --budget, --track, --person, --energy, --goal"
        )
    _ask(here, EditTask(task_id, title, section, _seconds(budget), track, person, energy, goal))


@task.command()
@click.argument("task_id", metavar="ID|POSITION")
@click.argument("position", type=click.IntRange(1))
@click.pass_obj
def move(here: Here, task_id: str, position: int) -> None:
    """Move a task to a position of the queue; a skipped one comes back that way.

    Example: songbridge task move 5 1
    """
    _ask(here, MoveTask(task_id, position))


@task.command("list")
@click.option("--song", metavar="ID", help="Only the tasks of this song.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def list_(here: Here, song: str | None, *, as_json: bool) -> None:
    """List all tasks with their ids, also those that are done or skipped."""
    with here.client() as client:
        studio = client.studio()[0]
    if song is not None:
        find_song(studio, song)
    rows = tasks.of_studio(studio, here.now().wall, song)
    if as_json:
        print_json(rows)
    elif not rows:
        click.echo("there are no tasks; `songbridge task add TITLE` adds one")
    else:
        tasks.show(rows)


task.add_command(hand_over.hand)
task.add_command(hand_over.assign)


def _ask(here: Here, request: Request) -> None:
    with here.client(writing=True) as client:
        granted = client.ask(request)
        for line in (*told(client, granted.seq), *said(granted)):
            click.echo(plain(line))


def _seconds(budget: str | None) -> float | None:
    return None if budget is None else durations.parse(budget)
