"""`learn`: teach a pad an action, or Songbridge a controller, by pressing what is meant."""

from __future__ import annotations

import sys
import textwrap
from queue import SimpleQueue
from typing import TYPE_CHECKING

import click

from bridge.cli.acting import ActionCommand
from bridge.cli.here import Here
from bridge.cli.learn_talk import Cancelled, Happenings, Talk, type_into
from bridge.cli.showing import plain
from bridge.core.vocabulary import ACTIONS
from bridge.errors import Unavailable

if TYPE_CHECKING:
    from bridge.cli.learn_binding import Wish
    from bridge.web.teaching import Device

_WIDTH = 79
_GESTURES = ("press", "hold", "double", "turn")


@click.command(
    cls=ActionCommand,
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[ACTION [ARGUMENT]]")
@click.option("--device", is_flag=True, help="Draft a profile for a controller that has none.")
@click.option("--undo", is_flag=True, help="Take the last thing learnt back.")
@click.option("--controller", metavar="KEY", default="", help="Listen to this controller only.")
@click.option(
    "--gesture", type=click.Choice(_GESTURES), help="What the hand does; else press or turn."
)
@click.option("--layer", metavar="NAME", default="", help="Teach it for this layer of the layout.")
@click.option("--light", metavar="COLOUR", default="", help="The colour of its light, or keep.")
@click.option("--yes", is_flag=True, help="Replace without asking.")
@click.pass_obj
def learn(
    here: Here,
    words: tuple[str, ...],
    *,
    device: bool,
    undo: bool,
    controller: str,
    gesture: str | None,
    layer: str,
    light: str,
    yes: bool,
) -> None:
    """Teach a pad an action: press it, and it is written into your own layout.

    While it is taught, a press does nothing else. q and Enter, Ctrl-C or Ctrl-D end it at any time,
    with every file as it was.

    \b
    Examples:
      songbridge learn                     asks for the action
      songbridge learn extend 10m          then press the pad
      songbridge learn undo --gesture hold
      songbridge learn --device            a controller without a profile
      songbridge learn --undo              takes the last one back
    """  # noqa: D301 - \b is click's word for lines that stay as they are
    if device and undo:
        raise click.UsageError("--device or --undo, not both")
    if (device or undo) and words:
        raise click.UsageError("--device and --undo take no action")
    try:
        if undo:
            _undo(here, yes=yes)
            return
        from bridge.cli.learn_binding import Wish, refuse_light  # noqa: PLC0415 - slow to load

        refuse_light(light)
        wish = Wish(" ".join(words), gesture or "", controller, layer, light, yes)
        _learn(here, wish, device=device)
    except Cancelled as error:
        click.echo(str(error), err=True)
        raise click.exceptions.Exit(1) from None
    except KeyboardInterrupt:
        click.echo(str(Cancelled()), err=True)
        raise click.exceptions.Exit(130) from None


def _talk() -> tuple[Talk, Happenings]:
    happenings: Happenings = SimpleQueue()
    type_into(happenings)
    return Talk(happenings, _say, typed=sys.stdin.isatty()), happenings


def _say(line: str) -> None:
    """Print a line, in several where a terminal of 80 columns needs them."""
    rows = textwrap.wrap(
        plain(line), _WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )
    click.echo("\n".join(rows))


def _learn(here: Here, wish: Wish, *, device: bool) -> None:
    from dataclasses import replace  # noqa: PLC0415 - as below

    from bridge.cli.learn_binding import Stranger, teach  # noqa: PLC0415 - slow to load
    from bridge.cli.learn_checks import check_wish  # noqa: PLC0415 - slow to load
    from bridge.cli.learn_device import draft  # noqa: PLC0415 - slow to load
    from bridge.cli.learn_lesson import lesson  # noqa: PLC0415 - slow to load

    talk, happenings = _talk()
    if not device and not wish.do:
        wish = replace(wish, do=_asked(talk))
    if not device:
        check_wish(here.home, wish)  # what is no action needs no ports to be told
    stranger: Device | None = None
    with lesson(here, happenings) as begun:
        if not device:
            try:
                teach(here.home, talk, begun, wish)
            except Stranger as came:
                stranger = came.device
                talk.say(f"{stranger.port} has no profile, so its controls have no names yet")
                if not talk.yes("Find out what it has, by pressing some of it?"):
                    raise Unavailable("nothing was changed") from None
            else:
                return
        draft(here.home, talk, begun, stranger)


def _asked(talk: Talk) -> str:
    """Return the action that is typed, from a list of them."""
    for name, spec in ACTIONS.items():
        talk.say(f"  {name:<9} {spec.summary}")
    talk.say("  page      page next or page prev: through the queue on this controller")
    talk.say("  layout    layout next, layout prev or layout ID: another layout on this controller")
    talk.say("  tell      tell task or tell goal 1: its text on this controller")
    while not (said := talk.ask("Which action, with its argument if it has one? (q ends)")):
        talk.say("for example: complete, extend 10m, song next")
    return said


def _undo(here: Here, *, yes: bool) -> None:
    from bridge.cli.learn_places import changes  # noqa: PLC0415 - slow to load
    from bridge.files import learning_changes  # noqa: PLC0415 - slow to load

    change = learning_changes.last(changes(here.home))
    if change is None:
        raise Unavailable("nothing was learnt that could be taken back")
    if change.touched and not yes:
        talk, _ = _talk()
        for path in change.touched:
            talk.say(f"{path} was changed by hand since; that is lost with it")
        if not talk.yes(f"Take back all the same: {change.what}?", default=False):
            raise Cancelled
    learning_changes.take_back(change)
    click.echo(plain(f"taken back: {change.what}"))
    for path in change.paths:
        click.echo(plain(f"as before: {path}" if path.exists() else f"removed: {path}"))
