"""Where a command works: which home, which environment, which clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from bridge import moment as clock
from bridge.moment import Moment

if TYPE_CHECKING:
    from bridge.cli.client import Client
    from bridge.files.home import Home


@dataclass(frozen=True, slots=True)
class Here:
    """What every command gets. ``given`` is the home as the user named it, None for the usual one.

    ``signed`` is who asks, as ``--person`` said; see `person`.
    """

    environ: Mapping[str, str]
    given: str | None = None
    signed: str = ""
    now: Callable[[], Moment] = clock.now

    @property
    def home(self) -> Home:
        """The home. Raises Unavailable when the name leads nowhere, or to a file."""
        from bridge.files.home import resolve  # noqa: PLC0415 - `--help` needs no home

        home = resolve(self.given, self.environ)
        home.check()
        return home

    @property
    def person(self) -> str:
        """Who asks, empty for who sits here: ``--person``, else SONGBRIDGE_PERSON."""
        return self.signed or self.environ.get(_PERSON, "").strip()

    def client(self, *, writing: bool = False) -> AbstractContextManager[Client]:
        """Return the way to the studio: through the running service, else the journal itself.

        Without ``writing`` nothing is made where nothing is. Entering raises any SongbridgeError.
        """
        from bridge.cli.client import connect  # noqa: PLC0415 - `--help` needs no journal

        return connect(self, writing=writing)


def _chosen(ctx: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value and isinstance(ctx.obj, Here):
        # The root learns it too: it is the one that writes down what went wrong.
        ctx.obj = ctx.find_root().obj = replace(ctx.obj, given=value)
    return value


_PERSON = "SONGBRIDGE_PERSON"

HOME = click.Option(
    ["--home"],
    metavar="DIR",
    help="The folder that holds everything (else SONGBRIDGE_HOME, else the system's folders).",
    expose_value=False,
    callback=_chosen,
)
"""The option that every command takes, before or after its name."""


def _signing(ctx: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value and isinstance(ctx.obj, Here):
        ctx.obj = replace(ctx.obj, signed=value.strip())
    return value


PERSON = click.Option(
    ["--person"],
    metavar="NAME",
    help=f"Who asks for this, if not who sits here (else {_PERSON}).",
    expose_value=False,
    callback=_signing,
)
"""The option of the whole program, and of every action."""


class Command(click.Command):
    """A command that takes ``--home``."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the command's own parameters, and ``--home``."""
        return [HOME, *super().get_params(ctx)]


def _close(name: str, names: list[str]) -> list[str]:
    """Return the command that was meant: one that is called so at length, else the most alike."""
    from difflib import get_close_matches  # noqa: PLC0415 - only when something is misspelt

    longer = [other for other in names if name and other.startswith(name)]
    return longer if len(longer) == 1 else get_close_matches(name, names, n=1)


class Group(click.Group):
    """A group whose commands take ``--home``, and that knows what was meant by a misspelt one."""

    command_class = Command
    group_class = type

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command. Raises click.UsageError, with the nearest name where there is one."""
        name, names = args[0], self.list_commands(ctx)
        if name not in names and not name.startswith("-"):
            close = _close(name[:40], names)
            hint = f" did you mean {close[0]!r}?" if close else ""
            ctx.fail(f"there is no command {name[:80]!r};{hint or ' --help lists them'}")
        return super().resolve_command(ctx, args)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the group's own parameters, and ``--home``."""
        return [HOME, *super().get_params(ctx)]
