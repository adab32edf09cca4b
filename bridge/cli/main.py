"""The root of the command line: every command by name, loaded when it is asked for."""

from __future__ import annotations

import importlib
import os
import traceback
from collections.abc import Mapping
from typing import Any, Final

import click

from bridge import __version__
from bridge.cli import defects
from bridge.cli.here import PERSON, Group, Here
from bridge.core.vocabulary import ACTIONS
from bridge.errors import SongbridgeError

_SECTIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "Begin": {
        "demo": "bridge.cli.demo:demo",
        "up": "bridge.cli.up:up",
        "config": "bridge.cli.config:config",
        "doctor": "bridge.cli.doctor:doctor",
        "daw": "bridge.cli.daw:daw",
        "learn": "bridge.cli.learn:learn",
    },
    "Look": {
        "status": "bridge.cli.status:status",
        "queue": "bridge.cli.queue:queue",
        "board": "bridge.cli.board:board",
        "log": "bridge.cli.log:log",
        "sittings": "bridge.cli.sittings:sittings",
        "persons": "bridge.cli.persons:persons",
        "report": "bridge.cli.report:report",
        "ports": "bridge.cli.ports:ports",
        "monitor": "bridge.cli.monitor:monitor",
        "rehearse": "bridge.cli.rehearse:rehearse",
    },
    "Plan": {
        "song": "bridge.cli.song:song",
        "task": "bridge.cli.task:task",
        "goal": "bridge.cli.goal:goal",
        "feed": "bridge.cli.feed:feed",
    },
    "Work": {"do": "bridge.cli.acting:do"},
}
_COMMANDS: Final = {name: path for part in _SECTIONS.values() for name, path in part.items()}
_EPILOG = """\
\b
First steps:
  songbridge demo                      try it with nothing plugged in
  songbridge song new                  a song, asked for step by step, with its tasks
  songbridge start                     the first task, against the clock
  songbridge up                        with pads, lights and your DAW
"""


class Root(Group):
    """Finds commands by name, and turns what goes wrong into one line and an exit code."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:  # noqa: ANN401 - click's own signature
        """Begin: every command gets its `Here`, also those that a test gives none."""
        kwargs["obj"] = kwargs.get("obj") or Here(os.environ)
        return super().make_context(*args, **kwargs)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the program's own parameters, and ``--person``."""
        return [PERSON, *super().get_params(ctx)]

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return every name: the commands, and a short form for each action."""
        return [*_COMMANDS, *(name for name in ACTIONS if name not in _COMMANDS)]

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command of that name, None when there is none."""
        if cmd_name in _COMMANDS:
            return _load(_COMMANDS[cmd_name])
        if cmd_name in ACTIONS:
            from bridge.cli.acting import short_form  # noqa: PLC0415 - loaded when it is asked for

            return short_form(ACTIONS[cmd_name])
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the commands by what they are for, the actions with the rest of their words."""
        for title, part in _SECTIONS.items():
            names = [*part, *(ACTIONS if title == "Work" else ())]
            commands = ((name, self.get_command(ctx, name)) for name in dict.fromkeys(names))
            rows = [
                (name, ACTIONS[name].summary if name in ACTIONS and title == "Work" else _told(it))
                for name, it in commands
                if it is not None
            ]
            with formatter.section(title):
                formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run a command; an error on purpose is one line, any other a defect that is written down."""
        try:
            return super().invoke(ctx)
        except SongbridgeError as error:
            click.echo(" ".join(str(error).split()), err=True)
            raise click.exceptions.Exit(1) from None
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            raise click.exceptions.Exit(130) from None
        except BrokenPipeError:
            raise click.exceptions.Exit(141) from None  # 128 + SIGPIPE: nobody reads on
        except OSError as error:
            click.echo(_unwritten(error) or defects.told(error, ctx.obj), err=True)
            raise click.exceptions.Exit(1) from None
        except Exception as error:  # noqa: BLE001 - the last wall: no traceback reaches the user
            click.echo(defects.told(error, ctx.obj), err=True)
            raise click.exceptions.Exit(1) from None


def _unwritten(error: OSError) -> str:
    """Return what to say when printing failed, empty when it was something else."""
    *_, (innermost, _line) = traceback.walk_tb(error.__traceback__)
    printing = str(innermost.f_globals["__name__"]).startswith(("click.", "rich."))
    return f"the output can't be written: {error.strerror or error}" if printing else ""


def _told(command: click.Command) -> str:
    return command.get_short_help_str(100)


def _load(path: str) -> click.Command | None:
    module, _, name = path.partition(":")
    try:
        command = getattr(importlib.import_module(module), name)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        return None
    assert isinstance(command, click.Command)  # noqa: S101 - the table above names commands
    return command


@click.command(
    cls=Root,
    epilog=_EPILOG,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="songbridge", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Task-based music production: an ordered queue and a strict timer, on pads, OSC and your DAW.

    With the service running, every command goes through it; without, the same command works on the
    journal directly.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
