"""`daw act`: an action of a DAW's script, whose outcome is written into a file for the script."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

import click

from bridge.cli.here import Command, Here
from bridge.errors import SongbridgeError, Unavailable

_CODE = re.compile(r"_([0-9A-Fa-f]{2})")


@click.command(cls=Command, hidden=True, context_settings={"ignore_unknown_options": True})
@click.option("--answer", required=True, metavar="CODED", help="The file for the outcome.")
@click.argument("action", metavar="CODED")
@click.argument("argument", metavar="[CODED]", required=False, default="")
@click.pass_obj
def act(here: Here, answer: str, action: str, argument: str) -> None:
    """Do an action for a script in a DAW (`examples/reaper/actions`); its words come coded.

    All but letters, digits, dots and minus signs stand as _ and two hexadecimal digits, so that no
    shell can take them for its own. The file gets nothing, or one sentence on what went wrong.
    """
    said = "it failed; `songbridge doctor` may know more"
    try:
        said = _done(here, decoded(action), decoded(argument))
    finally:
        _answer(Path(decoded(answer)), said)


def decoded(text: str) -> str:
    """Return coded words as they were meant."""
    plain = _CODE.sub(lambda one: chr(int(one[1], 16)), text)
    return plain.encode("latin-1", "replace").decode("utf-8", "replace")


def _done(here: Here, name: str, argument: str) -> str:
    """Do it; return what went wrong, or empty."""
    from bridge.core.actions import Action  # noqa: PLC0415 - slow to load
    from bridge.core.vocabulary import ACTIONS  # noqa: PLC0415 - as above

    try:
        if name not in ACTIONS:
            return f"there is no action {name[:80]!r}"
        with here.client(writing=True) as client:
            client.ask(Action(name, argument or None))
    except SongbridgeError as error:
        return " ".join(str(error).split())
    return ""


def _answer(file: Path, said: str) -> None:
    """Put the answer there at once, so that whoever looks never sees half of it. Raises `Unavailable`."""
    part = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        part.write_bytes(said.encode())
        part.replace(file)
    except (OSError, ValueError) as error:
        with contextlib.suppress(OSError, ValueError):
            part.unlink(missing_ok=True)
        raise Unavailable(f"the answer can't be written to {file}: {error}") from None
