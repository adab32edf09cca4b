"""`monitor`: what comes in and goes out, as it happens."""

from __future__ import annotations

import contextlib
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bridge.cli.here import Command, Here
from bridge.cli.showing import json_line
from bridge.cli.traffic import Lines, Row, Wanted, chosen, filters
from bridge.errors import Unavailable

if TYPE_CHECKING:
    from bridge.cli.tape import Tape


_EXAMPLES = """\
\b
Examples:
  songbridge monitor --control 'pad.7.*'
  songbridge monitor --cues --facts
  songbridge monitor --no-lights --record evening.jsonl
"""


@click.command(cls=Command, epilog=_EXAMPLES)
@filters
@click.option("--controller", metavar="KEY", default="", help="Only this controller.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option(
    "--raw",
    is_flag=True,
    help="Also the bytes, in hex, and how many OSC messages are for somebody else.",
)
@click.option(
    "--record",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write all that comes in to a file for `rehearse`.",
)
@click.option("--force", is_flag=True, help="Let --record overwrite a file.")
@click.pass_obj
def monitor(  # noqa: PLR0917 - click gives them by name
    here: Here,
    /,
    controller: str,
    as_json: bool,
    raw: bool,
    record: Path | None,
    force: bool,
    **options: Any,  # noqa: ANN401 - those of `filters`
) -> None:
    """Show what comes in and goes out: presses and lights in the profile's words, OSC, facts, cues.

    Ctrl-C ends it; so does the service's end. With --record, all that comes in is kept, whatever is
    shown.
    """
    shower = Shower(chosen(options, controller, again=raw or as_json), as_json=as_json, raw=raw)
    with contextlib.ExitStack() as stack:
        client = stack.enter_context(here.client())
        rows = client.monitor(record=record is not None)
        tape = stack.enter_context(_tape(record, force=force)) if record else None
        try:
            for row in rows:
                shower.take(row, tape)
        except KeyboardInterrupt:
            if tape is None:
                raise
            _end(tape)
            return
        _end(tape)
    raise Unavailable("the service has ended")


def _tape(path: Path, *, force: bool) -> Tape:
    from bridge.cli.tape import Tape  # noqa: PLC0415 - loaded when something is recorded

    tape = Tape(path, force=force)
    click.echo(f"recording to {path}; Ctrl-C ends it", err=True)
    return tape


def _end(tape: Tape | None) -> None:
    if tape is not None:
        tape.end()
        things = f"{tape.count} thing{'' if tape.count == 1 else 's'}"
        click.echo(f"{things} recorded; `songbridge rehearse {tape.path}` plays them", err=True)


class Shower:
    """Prints rows, and hands a recording's lines to its file."""

    def __init__(self, wanted: Wanted, *, as_json: bool, raw: bool) -> None:
        self._wanted, self._as_json, self._raw = wanted, as_json, raw
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
        self._lines = Lines(_clock, raw=raw, width=width)

    def take(self, row: Row, tape: Tape | None) -> None:
        """Take one row of the service's."""
        if "dropped" in row:
            self._missing(row, tape)
        elif row["channel"] == "tape":
            if tape is not None:
                tape.write(row["more"]["line"])
        elif (shown := self._wanted.of(row)) is not None:
            self._show(shown)

    def _show(self, row: Row) -> None:
        if self._as_json:
            json_line(row)
        elif self._raw or "foreign" not in row["more"]:
            click.echo(self._lines.of(row))

    def _missing(self, row: Row, tape: Tape | None) -> None:
        if tape is not None and row.get("untaped"):
            tape.left_out(row["untaped"])
        if self._as_json:
            json_line(row)
        else:
            click.echo(f"… {row['dropped']} lines left out: this terminal is slower than they come")


def _clock(at: float) -> str:
    when = datetime.fromtimestamp(at, UTC).astimezone()
    return f"{when:%H:%M:%S}.{when.microsecond // 1000:03}"
