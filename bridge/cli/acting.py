"""`do` and the short forms: every action of the vocabulary from the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import click

from bridge.cli.here import PERSON, Command, Here
from bridge.cli.showing import json_line, plain
from bridge.cli.telling import now_line, said, told
from bridge.core.actions import Action
from bridge.core.vocabulary import ACTIONS, Spec

# So that -5m and -1h30m are arguments, and neither unknown options nor a call for help.
_FREE = {"ignore_unknown_options": True, "help_option_names": ["--help"]}
_EXAMPLES = {
    "task": "start 3", "duration": "extend -5m", "position": "select 2", "song": "do song next",
    "stage": "stage next", "switch": "prep on", "text": "note 'the bass is too loud'",
}  # fmt: skip
_JSON = click.Option(["--json", "as_json"], is_flag=True, help="Answer as JSON.")


class _Help(click.Option):
    """``--help``, told with the ``-h`` that `ActionCommand` takes for it."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return both names, as any other command tells them."""
        record = super().get_help_record(ctx)
        return record and (f"-h, {record[0]}", record[1])


class ActionCommand(Command):
    """A command whose arguments may begin with a minus; ``-h``, a word by itself, calls for help.

    The parser must not know ``-h``: it would find it in ``-1h30m``.
    """

    _help: click.Option | None = None

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the command's parameters, and ``--person``."""
        return [PERSON, *super().get_params(ctx)]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help``, always the same one, for click compares by identity."""
        if self._help is None and super().get_help_option(ctx) is not None:
            click.help_option("--help", cls=_Help)(self)
            self._help = cast("click.Option", self.params.pop())
        return self._help

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take ``-h`` for ``--help``, but not behind ``--``."""
        end = args.index("--") if "--" in args else len(args)
        words = ["--help" if word == "-h" else word for word in args[:end]]
        return super().parse_args(ctx, words + args[end:])


def act(here: Here, name: str, words: Sequence[str], *, as_json: bool) -> None:
    """Have an action done and say what became of it.

    Raises click.UsageError for an argument too many or too few, SongbridgeError when it is refused.
    """
    action = Action(name, _argument(ACTIONS[name], words))
    with here.client(writing=True) as client:
        granted = client.ask(action)
        if as_json:
            json_line({"seq": granted.seq, **({"said": granted.said} if granted.said else {})})
            return
        for line in told(client, granted.seq):
            click.echo(plain(line))
        for line in said(granted):
            click.echo(plain(line))
        click.echo(plain(now_line(client.status())))


def _argument(spec: Spec, words: Sequence[str]) -> str | None:
    argument = " ".join(words).strip()
    if argument and spec.argument == "none":
        raise click.UsageError(f"{spec.name} takes no argument, but got {argument[:80]!r}")
    if not argument and spec.required:
        example = spec.example or _EXAMPLES[spec.argument]
        raise click.UsageError(f"{spec.name} needs an argument, for example: songbridge {example}")
    return argument or None


def short_form(spec: Spec) -> click.Command:
    """Return the command that is called like the action."""

    def run(words: tuple[str, ...], *, as_json: bool) -> None:
        act(click.get_current_context().obj, spec.name, words, as_json=as_json)

    takes = spec.argument != "none"
    shown = spec.example or _EXAMPLES.get(spec.argument, "")
    example = f"\n\nExample: songbridge {shown}" if takes else ""
    return ActionCommand(
        spec.name,
        callback=run,
        params=[_words(spec), _JSON],
        help=f"{spec.summary[0].upper()}{spec.summary[1:]}.{example}",
        context_settings=_FREE,
    )


def _words(spec: Spec) -> click.Argument:
    shown = "" if spec.argument == "none" else spec.argument.upper()
    metavar = shown if spec.required or not shown else f"[{shown}]"
    return click.Argument(["words"], nargs=-1, type=click.UNPROCESSED, metavar=metavar or " ")


@click.command(cls=ActionCommand, context_settings=_FREE)
@click.argument("action")
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[ARGUMENT]")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def do(here: Here, action: str, words: tuple[str, ...], *, as_json: bool) -> None:
    """Do any action, as a pad would.

    The actions are those listed by `songbridge --help`; each has a short form of its own name.

    \b
    Examples:
      songbridge do start 3
      songbridge do extend -5m
      songbridge do song next
    """  # noqa: D301 - \b is click's word for lines that stay as they are
    if action not in ACTIONS:
        raise click.UsageError(f"there is no action {action[:80]!r}; {_near(action)}")
    act(here, action, words, as_json=as_json)


def _near(action: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only when something is misspelt

    close = get_close_matches(action[:40], ACTIONS, n=1)
    return f"did you mean {close[0]!r}?" if close else f"the actions are {', '.join(ACTIONS)}"
