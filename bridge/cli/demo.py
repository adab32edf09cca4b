"""`songbridge demo`: a studio for trying out, in a temporary folder, with nothing to plug in."""

from __future__ import annotations

import contextlib
import io
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import click

from bridge.errors import Unavailable

_SCENES_PER_MINUTE = 18


_END = "The studio was in a temporary folder, which is removed: nothing is left."
_EXAMPLES = """\
\b
Examples:
  songbridge demo                try it by hand
  songbridge demo --tour         watch a song go by in a minute
"""


@click.command(epilog=_EXAMPLES)
@click.option("--tour", is_flag=True, help="Play a song by itself, print what happens, and end.")
@click.option(
    "--pace", type=click.FloatRange(0, 60), metavar="SECONDS",
    help="Of the tour: seconds for each scene (3.3 in a terminal, 0 elsewhere).",
)  # fmt: skip
@click.option(
    "--speed", type=click.FloatRange(1, 300), default=30.0, show_default=True,
    help="How many times faster than life the clock runs; + and - change it.",
)  # fmt: skip
def demo(*, tour: bool, pace: float | None, speed: float) -> None:
    """Try Songbridge: nothing to plug in, nothing left behind.

    A studio in a temporary folder, with an example song in its queue. The pads are on the screen;
    keys press them. Without a terminal, a song is played by itself (--tour).
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a title may hold what an old terminal lacks
    by_itself = tour or not (sys.stdin.isatty() and sys.stdout.isatty())
    with _leaving_nothing():
        with _folder() as folder:
            if by_itself:
                _tour(folder, pace)
            else:
                _live(folder, speed)
        click.echo(_END if not folder.exists() else f"{folder} could not be removed; do it by hand")


def _tour(folder: Path, pace: float | None) -> None:
    from rich.console import Console  # noqa: PLC0415 - only when it is needed: help shows at once

    from bridge.cli.demo_paint import paint_for  # noqa: PLC0415 - as above
    from bridge.cli.demo_tour import PLAIN_WIDTH, tour  # noqa: PLC0415 - as above
    from bridge.files import shipped, songs  # noqa: PLC0415 - as above

    terminal = sys.stdout.isatty()
    console = Console(highlight=False, width=None if terminal else PLAIN_WIDTH)
    seconds = (60 / _SCENES_PER_MINUTE if terminal else 0.0) if pace is None else pace
    song = songs.load_song(shipped.examples() / "northern-lights.toml")
    tour(console, paint_for(console), folder, song, lambda: time.sleep(seconds))


def _live(folder: Path, speed: float) -> None:
    from bridge.cli.demo_live import live  # noqa: PLC0415 - only when it is needed

    live(folder, speed)


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """Make a temporary folder, and remove it with everything in it. Raises Unavailable."""
    try:
        holder = tempfile.TemporaryDirectory(prefix="songbridge-demo-", ignore_cleanup_errors=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Unavailable(
            f"no temporary folder can be made: {reason}; set TMPDIR to a folder with room"
        ) from None
    with holder as name:
        yield Path(name)


@contextlib.contextmanager
def _leaving_nothing() -> Iterator[None]:
    """Let the signals that end a program run everything that tidies up; a second one can't stop it."""
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK")
    ours = [getattr(signal, name) for name in names if hasattr(signal, name)]

    def end(number: int, _frame: FrameType | None) -> None:
        for each in ours:
            signal.signal(each, signal.SIG_IGN)
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        sys.exit(128 + number)

    before: dict[int, Callable[..., object] | int | None] = {
        each: signal.signal(each, end) for each in ours
    }
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
