"""`goal`: three goals in sight, and how far each is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

import click

from bridge.cli.here import Group, Here
from bridge.cli.showing import as_json as print_json
from bridge.cli.showing import plain, text
from bridge.cli.telling import told
from bridge.core.actions import SetGoal
from bridge.errors import Invalid

if TYPE_CHECKING:
    from rich.text import Text

_NUMBER = click.IntRange(1, 3)


@click.group(cls=Group)
def goal() -> None:
    """Set three goals and say how far each is.

    \b
    Examples:
      songbridge goal set 1 'three songs by spring'
      songbridge goal set 2 'an EP' --by 2026-12-24
      songbridge goal done 1 40%
    """  # noqa: D301 - \b is click's word for lines that stay as they are


@goal.command("set")
@click.argument("number", type=_NUMBER)
@click.argument("words", nargs=-1, required=True, metavar="TEXT")
@click.option("--by", metavar="DATE", help="Until when, such as 2026-12-24; '' for no date.")
@click.pass_obj
def set_(here: Here, number: int, words: tuple[str, ...], by: str | None) -> None:
    """Set the text of goal 1, 2 or 3.

    It fills as the tasks toward it are done: `songbridge task edit ID --goal 1`.
    """
    _ask(here, SetGoal(number, " ".join(words), by=by))


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
def auto(here: Here, number: int) -> None:
    """Let a goal fill from its tasks again, after `done` said how far it is."""
    _ask(here, SetGoal(number, auto=True))


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
        goals = cast("list[dict[str, Any]]", client.status()["goals"])
    if as_json:
        print_json(goals)
        return
    for number, one in enumerate(goals, 1):
        if one["text"]:
            click.echo(plain(f"{number}  {one['done']:>4.0%}  {one['text']}{until(one)}"))
    if not any(one["text"] for one in goals):
        click.echo("no goal yet; set one with `songbridge goal set 1 TEXT`")


def goals_in_sight(state: Mapping[str, Any]) -> Iterator[Text]:
    """Yield the goals of `state` (as `status --json` has it) as lines under a heading; none without goals."""
    goals = [goal for goal in state["goals"] if goal["text"]]
    if goals:
        yield text("")
        yield text("Goals", "dim")
    for one in goals:
        yield text(f"{one['done']:>5.0%}  ") + text(one["text"]) + text(until(one), "dim")


def until(row: Mapping[str, Any]) -> str:
    """Return by when a goal is meant to be reached, and in how many days that is."""
    left = row["days_left"]
    if left is None:
        return ""
    if left < 0:
        return f", by {row['by']}: {'a day' if left == -1 else f'{-left} days'} ago"
    return f", by {row['by']}: {'today' if not left else 'a day' if left == 1 else f'{left} days'}"


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
