"""`rehearse`: a recording through the whole pipeline, and all that it would send."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import click
import msgspec

from bridge.cli.here import Command, Here
from bridge.cli.traffic import Lines, Row, chosen, escaped, filters
from bridge.errors import SongbridgeError, Unavailable

_EXAMPLES = """\
\b
Examples:
  songbridge rehearse evening.jsonl
  songbridge rehearse evening.jsonl --layout my-layout --no-lights
  songbridge rehearse evening.jsonl >as-it-was.txt
  songbridge rehearse evening.jsonl --expect as-it-was.txt
"""


class Differs(SongbridgeError):  # noqa: N818 - what it says
    """The rehearsal does not give what was expected."""


@click.command(cls=Command, epilog=_EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path))
@filters
@click.option("--layout", metavar="ID", default="", help="Play it with this layout instead.")
@click.option(
    "--controller",
    metavar="KEY",
    default="",
    help="Only this controller; with --layout, the one whose layout changes.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--raw", is_flag=True, help="Also the bytes, in hex.")
@click.option(
    "--expect",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Compare with an earlier output; exit 1 with the first difference.",
)
@click.pass_obj
def rehearse(  # noqa: PLR0917 - click gives them by name
    here: Here,
    /,
    file: Path,
    layout: str,
    controller: str,
    as_json: bool,
    raw: bool,
    expect: Path | None,
    **options: Any,  # noqa: ANN401 - those of `filters`
) -> None:
    """Play a recording on a simulated clock and print every light, datagram and marker it causes.

    No port, socket or journal is opened: the studio is the one that the recording holds. The same file
    gives the same lines, so that --expect can tell what a change of a layout changed.
    """
    expected = _read(expect) if expect else None
    wanted = chosen(options, "" if layout else controller, again=raw or as_json)
    lines = Lines(_clock, raw=raw)
    shown: list[str] = []
    for row in played(here, file, layout, controller):
        kept = wanted.of(row)
        if kept is not None:
            line = msgspec.json.encode(kept).decode() if as_json else lines.of(kept)
            if expected is None:
                click.echo(line)
            else:
                shown.append(line)
    if expected is not None and expect is not None:
        _compare(expect, expected, shown)
        click.echo(f"as expected: {len(shown)} lines")


def played(here: Here, file: Path, layout: str, controller: str) -> Iterator[Row]:
    """Yield what comes in and goes out. Raises InvalidFile, Invalid or Unavailable."""
    from bridge.app.rehearsal import Rehearsal  # noqa: PLC0415 - it names every part: slow to load
    from bridge.app.rehearsal_materials import Instead, gathered  # noqa: PLC0415 - as above
    from bridge.files.recording import read_recording  # noqa: PLC0415 - as above

    recording = read_recording(file)
    if recording.cut:
        click.echo(f"{file}: the last line was cut off and is left out", err=True)
    materials = gathered(recording, here.home, Instead(layout, controller if layout else ""))
    told: list[Any] = []
    rehearsal = Rehearsal(recording, materials, told.append)
    for _ in rehearsal.steps():
        yield from map(msgspec.to_builtins, told)
        told.clear()


def _clock(at: float) -> str:
    minutes, seconds = divmod(at, 60)
    return f"{int(minutes) // 60}:{int(minutes) % 60:02}:{seconds:06.3f}".rjust(12)


def _read(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        raise Unavailable(f"{path} can't be read: {why}") from None


def _compare(path: Path, expected: list[str], shown: list[str]) -> None:
    """Raise Differs with the first line that is other than it was."""
    for number, (was, now) in enumerate(zip_longest(expected, shown), 1):
        if was != now:
            there = "nothing more" if was is None else escaped(was).strip()
            here = "nothing more" if now is None else escaped(now).strip()
            raise Differs(f"{path}:{number}: expected: {there}; this rehearsal: {here}")
