"""The tour on paper: scene by scene, the picture of the controller beside what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bridge.app.demo_clock import StillClock
from bridge.app.demo_pads import OFF, Lit
from bridge.app.demo_player import Player, Scene
from bridge.app.demo_studio import staged
from bridge.app.demo_words import colour_name
from bridge.cli.demo_labels import LABELS
from bridge.cli.demo_paint import Paint
from bridge.cli.demo_script import MAP, OPENING, QUEUE, SCRIPT
from bridge.core import durations
from bridge.core.actions import SongDraft
from bridge.core.model import Song
from bridge.core.view import View
from bridge.messages import Effect
from bridge.moment import Moment

EVENING = datetime(2026, 11, 20, 20, tzinfo=UTC).timestamp()
"""The wall instant at which the tour's clock begins."""

PLAIN_WIDTH = 100
"""Columns of the tour where there is no terminal."""

_NARROW = 96  # columns below which pads are drawn with one column less
_SHOWN = 6  # tasks of the queue that are listed


def tour(
    console: Console, paint: Paint, folder: Path, song: SongDraft, breathe: Callable[[], None]
) -> None:
    """Play the tour of `song` in `folder` and print it; `breathe` is called after each scene.

    Raises Unavailable or JournalFault.
    """
    clock = StillClock(Moment(0.0, EVENING))
    with staged(folder, clock.now, (song,)) as stage:
        player = Player(stage, clock)
        stage.quiet()
        stage.news.clear()
        narrow = console.width < _NARROW
        _print(console, _opening(stage.view, paint))
        breathe()
        for step in SCRIPT:
            _print(console, _scene(player.play(step), paint, narrow=narrow))
            breathe()
        player.close()
        _print(console, Padding(Group(_summary(folder), ""), (0, 0, 0, 2)))


def _print(console: Console, what: RenderableType) -> None:
    """Print, without the blanks at the ends of lines where a file or a pipe takes it."""
    if console.is_terminal:
        console.print(what)
        return
    with console.capture() as printed:
        console.print(what)
    console.file.write("".join(f"{line.rstrip()}\n" for line in printed.get().splitlines()))
    console.file.flush()


def _opening(view: View, paint: Paint) -> RenderableType:
    song = next(iter(view.studio.songs.values()))
    return Group(
        Text("Songbridge", "bold"),
        Text(OPENING),
        "",
        Text(MAP, "bold"),
        _map(song),
        "",
        Text(QUEUE, "bold"),
        _queue(view, paint),
        "",
        *([] if paint.colours else [Text(_LEGEND), Text()]),
    )


_LEGEND = (
    "The lights are drawn as letters, the eight rows of pads and the buttons beside them: r red,"
    " o orange, a amber, y yellow, g green, c cyan, b blue, p purple, m magenta, w white; a capital"
    " for a bright one, ~ where it pulses, ! where it blinks, . where it is dark."
)


def _map(song: Song) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    rows = (
        ("song", f"{song.title}, {song.stage}"),
        ("inspiration", song.map.inspiration[0] if song.map.inspiration else ""),
        ("themes", ", ".join((*song.map.musical_themes, *song.map.other_themes))),
        ("depicts", song.map.depict),
        ("for", song.map.audience),
        ("sounds", song.map.sound),
    )
    for name, text in rows:
        table.add_row(f"  {name}", text)
    return table


def _queue(view: View, paint: Paint) -> Table:
    table = Table.grid(padding=(0, 2))
    for _ in range(3):
        table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    tasks = view.queue()
    for place, task in enumerate(tasks[:_SHOWN], 1):
        budget = durations.words(task.budget)
        section = Text(f"{paint.dot} {task.section}", task.colour if paint.colours else "")
        table.add_row(f"  {place}", task.title, section, budget)
    rest = tasks[_SHOWN:]
    total = durations.words(sum(task.budget for task in tasks))
    table.add_row("", Text(f"and {len(rest)} more, {total} in all", "dim"), "", "")
    return table


def _scene(scene: Scene, paint: Paint, *, narrow: bool) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    table.expand = True
    table.add_row(picture(scene.lights, paint, narrow=narrow), _news(scene))
    title = f"{_time(scene.at)}  {scene.step.title}"
    rule = Rule(Text(title, "bold"), align="left", style="dim", characters=paint.line)
    return Group(rule, Text(scene.step.words, "italic"), "", table, "")


def _news(scene: Scene) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    last = ""
    for news in scene.news:
        time = _time(news.at)
        label, style = LABELS[news.kind]
        table.add_row("" if time == last else time, Text(label, style), Text(news.text))
        last = time
    return Group(table, Text(_state(scene.view), "dim"))


def _state(view: View) -> str:
    task, timer = view.task, view.timer
    if task is None:
        return f"now: {timer.state}"
    what = f"break, then {task.title}" if timer.state == "break" else f"{task.title}, {timer.state}"
    return f"now: {durations.clock(timer.remaining)} {what}; {view.queue_size} in the queue"


def _time(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%H:%M:%S")


def _summary(folder: Path) -> Text:
    """Return the summary that the end of the sitting wrote."""
    files = sorted((folder / "sittings").glob("*.txt"))
    return Text("\n".join(file.read_text("utf-8").strip() for file in files))


def picture(lights: dict[str, Lit], paint: Paint, *, narrow: bool = False) -> Text:
    """Return the grid and its side buttons as eight lines."""
    lines = [Text().join(_row(lights, row, paint, narrow=narrow)) for row in range(1, 9)]
    return Text("\n").join(lines)


def _row(lights: dict[str, Lit], row: int, paint: Paint, *, narrow: bool) -> Iterator[Text]:
    for column in range(1, 9):
        yield _cell(lights.get(f"pad.{row}.{column}", OFF), paint, narrow=narrow)
    yield Text(" ")
    yield _cell(lights.get(f"side.{row}", OFF), paint, narrow=narrow)


def _cell(lit: Lit, paint: Paint, *, narrow: bool) -> Text:
    if paint.colours:
        block = paint.pad * (1 if narrow else 2)
        return Text(block + " ", paint.style(lit.rgb, blink=lit.effect is Effect.BLINK))
    return Text(letter(lit) + ("" if narrow else " "))


def letter(lit: Lit) -> str:
    """Return a light as two characters: its colour and what it does."""
    if lit == OFF:
        return ". "
    name = colour_name(lit.rgb)
    first = name[4] if name.startswith("dim ") else name[0].upper()
    return first + {Effect.BLINK: "!", Effect.PULSE: "~"}.get(lit.effect, " ")
