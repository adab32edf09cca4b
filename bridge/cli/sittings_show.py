"""`sittings show`: the summary of any past sitting, written anew from the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bridge.cli import exchange
from bridge.cli.here import Command, Here
from bridge.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from bridge.core.sitting_past import Ended


@click.command(cls=Command)
@click.argument("which", default="last", metavar="[N|DAY|last]")
@click.option("--text", "form", flag_value="text", default=True, help="As plain text.")
@click.option("--markdown", "form", flag_value="markdown", help="As Markdown.")
@click.option("--html", "form", flag_value="html", help="As one HTML file.")
@click.option("-o", "--output", metavar="FILE", help="Write into this file instead of printing.")
@click.pass_obj
def show(here: Here, which: str, form: str, output: str | None) -> None:
    """Show a sitting's summary, by its number in `sittings`, by its day, or the last one.

    \b
    Examples:
      songbridge sittings show
      songbridge sittings show 2026-11-22
      songbridge sittings show 12 --html -o sitting.html
    """  # noqa: D301 - \b is click's word for lines that stay as they are
    from bridge.core.sitting_account import account  # noqa: PLC0415 - loaded with the command
    from bridge.core.sitting_past import sittings  # noqa: PLC0415 - as above
    from bridge.files.summary import FORMS, WRITERS  # noqa: PLC0415 - as above

    with here.client() as client:
        found = sittings(client.journal())
    texts = []
    for one in _meant(found, which.strip()):
        ended = one.ended if one.over else max(one.ended, here.now().wall)
        texts.append(WRITERS[FORMS[form]](account(one.before, ended), _zone(ended)))
    if form == "html" and len(texts) > 1:
        raise Refused(f"{len(texts)} sittings began on {which}; name one by its number")
    exchange.put(output, "\n".join(texts))


def _meant(found: Sequence[Ended], which: str) -> Sequence[Ended]:
    """Return the sittings that are meant. Raises Refused when there is none."""
    if not found:
        raise Refused("no sitting yet; one begins with the first start")
    if which.casefold() == "last":
        return found[-1:]
    if which.isascii() and which.isdigit():
        number = int(which[:9])
        if not 1 <= number <= len(found):
            raise Refused(f"there is no sitting {which[:9]}; there are 1 to {len(found)}")
        return found[number - 1 : number]
    on = [one for one in found if _day(one.began) == which]
    if not on:
        raise Refused(
            f"no sitting began on {which[:40]!r}; name one by its number, by a day such as"
            " 2026-11-22, or `last`"
        )
    return on


def _day(at: float) -> str:
    from datetime import datetime  # noqa: PLC0415 - loaded with the command

    return f"{datetime.fromtimestamp(at, _zone(at)):%Y-%m-%d}"


def _zone(at: float) -> tzinfo:
    from datetime import UTC, datetime  # noqa: PLC0415 - loaded with the command

    return datetime.fromtimestamp(at, UTC).astimezone().tzinfo or UTC
