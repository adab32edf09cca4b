"""`feed`: what feeds the mind; ``feed TEXT`` puts something on the list, as the action does."""

from __future__ import annotations

import click

from bridge.cli.acting import act, short_form
from bridge.cli.here import Group, Here
from bridge.cli.showing import as_json as print_json
from bridge.cli.showing import plain
from bridge.core.feeding import told
from bridge.core.vocabulary import ACTIONS


class _Feed(Group):
    """A group whose words, where they are no command of its own, are the argument of the action."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take ``feed listen Kind of Blue`` for the action."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            return "feed", short_form(ACTIONS["feed"]), args
        return super().resolve_command(ctx, args)


@click.group(cls=_Feed, subcommand_metavar="COMMAND|TEXT [ARGS]...")
def feed() -> None:
    """Keep a list of what to read, listen to and watch.

    \b
    Examples:
      songbridge feed listen Kind of Blue
      songbridge feed read Mixing Secrets https://example.org
      songbridge feed done 1
    """  # noqa: D301 - \b is click's word for lines that stay as they are


@feed.command("list")
@click.option("--all", "everything", is_flag=True, help="What is done, too.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def list_(here: Here, *, everything: bool, as_json: bool) -> None:
    """Show the list, the oldest first."""
    with here.client() as client:
        items = [i for i in client.studio()[0].method.feed if everything or not i.done]
    if as_json:
        import msgspec  # noqa: PLC0415 - only for this command

        print_json(msgspec.to_builtins(items))
        return
    for item in items:
        click.echo(plain(f"{item.number:>3}  {told(item)}{', done' if item.done else ''}"))
    if not items:
        click.echo(
            "nothing on the list; `songbridge feed listen Kind of Blue` puts something there"
        )


@feed.command()
@click.argument("number", type=click.IntRange(1))
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def done(here: Here, number: int, *, as_json: bool) -> None:
    """Tick something off."""
    act(here, "feed", ["done", str(number)], as_json=as_json)


@feed.command()
@click.argument("number", type=click.IntRange(1))
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def drop(here: Here, number: int, *, as_json: bool) -> None:
    """Take something off the list."""
    act(here, "feed", ["drop", str(number)], as_json=as_json)
