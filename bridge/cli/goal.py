"""`goal`: three goals in sight, and how far each is."""

from __future__ import annotations

import click

from bridge.cli.here import Group, Here
from bridge.cli.showing import as_json as print_json
from bridge.cli.showing import plain
from bridge.cli.telling import told
from bridge.core.actions import SetGoal
from bridge.errors import Invalid

_NUMBER = click.IntRange(1, 3)


@click.group(cls=Group)
def goal() -> None:
    """Set three goals and say how far each is.

    \b
    Examples:
      songbridge goal set 1 'three songs by spring'
      songbridge goal done 1 40%
    """  # noqa: D301 - \b is click's word for lines that stay as they are


@goal.command("set")
@click.argument("number", type=_NUMBER)
@click.argument("words", nargs=-1, required=True, metavar="TEXT")
@click.pass_obj
def set_(here: Here, number: int, words: tuple[str, ...]) -> None:
    """Set the text of goal 1, 2 or 3."""
    _ask(here, SetGoal(number, " ".join(words)))


@goal.command()
@click.argument("number", type=_NUMBER)
@click.argument("share", default="100%")
@click.pass_obj
def done(here: Here, number: int, share: str) -> None:
    """Say how far a goal is: 40%, or 0.4; without a share it is reached."""
    _ask(here, SetGoal(number, None, _share(share)))


@goal.command()
@click.argument("number", type=_NUMBER)
@click.pass_obj
def clear(here: Here, number: int) -> None:
    """Take a goal away."""
    _ask(here, SetGoal(number, ""))


@goal.command("list")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def list_(here: Here, *, as_json: bool) -> None:
    """Show the goals."""
    with here.client() as client:
        goals = client.studio()[0].goals
    if as_json:
        print_json([{"text": one.text, "done": one.done} for one in goals])
        return
    for number, one in enumerate(goals, 1):
        if one.text:
            click.echo(plain(f"{number}  {one.done:>4.0%}  {one.text}"))
    if not any(one.text for one in goals):
        click.echo("no goal yet; set one with `songbridge goal set 1 TEXT`")


def _ask(here: Here, request: SetGoal) -> None:
    with here.client(writing=True) as client:
        for line in told(client, client.ask(request).seq):
            click.echo(plain(line))


def _share(written: str) -> float:
    number, percent = written.strip().removesuffix("%"), written.strip().endswith("%")
    try:
        share = float(number) / (100 if percent else 1)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise Invalid(f"{written[:40]!r} is no share; allowed are 0% to 100%, or 0 to 1")
    return share
