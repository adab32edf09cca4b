"""`report`: figures of the work, for a terminal, as one HTML file, or for programs."""

from __future__ import annotations

import contextlib
import gc
import importlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import click

from bridge.cli.here import Command, Here
from bridge.cli.report_glyphs import DRAWN
from bridge.cli.showing import as_json as print_json
from bridge.cli.showing import console, plain
from bridge.errors import Invalid, Unavailable

if TYPE_CHECKING:
    from bridge.core.figures import Figures, Told

_NARROW = 40  # columns: with less, lines are broken
_WIDE = 80  # columns: a wider terminal would tear names from their figures


@click.command(cls=Command)
@click.option("--since", metavar="DAY", help="From this day on: 2026-03-14, 2026-03, 2026, 8w.")
@click.option("--until", metavar="DAY", help="Up to this day, and with it.")
@click.option("--song", metavar="ID", help="Of one song, by its id or title.")
@click.option("--person", metavar="NAME", help="Of what one person did.")
@click.option("--html", metavar="FILE", help="Write one file with pictures for a browser.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def report(here: Here, /, *, html: str | None, as_json: bool, **asked: str | None) -> None:
    """Show what the work adds up to: time, sittings, songs, estimates.

    \b
    Examples:
      songbridge report
      songbridge report --since 8w --song northern-lights
      songbridge report --since 2026 --html 2026.html
    """  # noqa: D301 - \b is click's word for lines that stay as they are
    gc.disable()  # a year's facts are all kept to the end: looking for waste takes a fifth of the time
    if html is not None:
        Thread(target=_ahead, daemon=True).start()
    told = _figures(here, **asked)
    named = _named(told, asked["song"], asked["person"])
    if html is not None:
        _write(Path(html), told, named)
        click.echo(plain(f"written: {html}"))
    if as_json:
        print_json(told)
    elif html is None:
        from bridge.cli.report_drawing import in_ascii  # noqa: PLC0415 - rich is slow to load
        from bridge.cli.report_terminal import lines  # noqa: PLC0415 - as above

        shown = console()
        drawn = lines(told, max(_NARROW, min(shown.width, _WIDE)), named)
        for line in drawn if _draws(shown.encoding) else map(in_ascii, drawn):
            shown.print(line, soft_wrap=True)


def _draws(encoding: str) -> bool:
    """Tell whether a terminal of that encoding can show bars and boxes."""
    try:
        DRAWN.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _ahead() -> None:
    """Load the plotting library, which takes as long as the journal takes to come."""
    with contextlib.suppress(ImportError):  # whoever needs it will say so
        importlib.import_module("bridge.files.report.page")


def _figures(
    here: Here, *, since: str | None, until: str | None, song: str | None, person: str | None
) -> Figures:
    from bridge.cli.report_days import local_day, parse  # noqa: PLC0415 - as below
    from bridge.core.figures import Wanted  # noqa: PLC0415 - as below
    from bridge.core.figures_reckoning import figures  # noqa: PLC0415 - loaded with the command

    now = here.now().wall
    today = local_day(now)
    wanted = Wanted(
        since=parse(since, today) if since else None,
        until=parse(until, today, last=True) if until else None,
        song=song or "",
        person=person or "",
    )
    if wanted.since is not None and wanted.since > today:
        raise Invalid(
            f"{wanted.since} is yet to come; a report begins on a day up to today, {today}"
        )
    with here.client() as client:
        known = _known(client.status())
        return figures(client.journal(), now, local_day, wanted, known)


def _known(state: Mapping[str, Any]) -> Told:
    """Return what only the state tells: the configuration's stages, and the goals."""
    from bridge.core.figures import Aim, Told  # noqa: PLC0415 - loaded with the command

    goals = (
        Aim(goal["text"], goal["done"], date.fromisoformat(goal["by"]) if goal["by"] else None)
        for goal in state["goals"]
        if goal["text"]
    )
    stages = (column["name"] for column in state["stages"] if column["known"])
    return Told(tuple(stages), tuple(goals))


def _named(told: Figures, song: str | None, person: str | None) -> str:
    """Return what the report is limited to besides days, empty when nothing."""
    title = told.songs[0].name if song and told.songs else song or ""
    return " · ".join(part for part in (title, person or "") if part)


def _write(file: Path, told: Figures, named: str) -> None:
    """Write the page; an older report is written over, anything else is not."""
    try:
        from bridge.files.report.page import MARK, page  # noqa: PLC0415 - the plotting library is slow to load
    except ModuleNotFoundError as error:
        raise Unavailable(f"the pictures need {error.name}: pip install matplotlib") from None
    try:
        if file.exists() and MARK not in file.read_text("utf-8", errors="replace")[:400]:
            raise Unavailable(f"{file} is there already and is no report; name another file")
        file.write_text(page(told, named), "utf-8", newline="\n")
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise Unavailable(f"{file} can't be written: {reason}; name another file") from None
