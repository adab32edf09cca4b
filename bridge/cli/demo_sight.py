"""The demo's screen as rows of text: device, countdown, what comes next, what went out, the keys.

Everything on it is read from the device's own lights, the service's view, and the news.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.style import Style
from rich.text import Text

from bridge.app.demo_pads import OFF, Lit
from bridge.app.demo_stage import News
from bridge.cli.demo_digits import large
from bridge.cli.demo_keys import KEY_OF
from bridge.cli.demo_labels import LABELS
from bridge.cli.demo_paint import Paint
from bridge.cli.demo_tour import letter
from bridge.core import durations
from bridge.core.clock import grace_since
from bridge.core.model import TimerState
from bridge.core.view import TaskView, View

SMALLEST = (80, 24)
"""Columns and rows below which the demo only says that it needs more."""

_LEAST = 13  # rows of device and panel
_TALL = 34  # rows from which a pad is two rows high
_WIDE = 112  # columns from which it is five columns wide rather than three
_TOP = ("up", "down", "left", "right", "session", "drums", "keys", "user")
_ARROWS = {"up": "▲", "down": "▼", "left": "◀", "right": "▶"}
_PLAIN_ARROWS = {"up": "^", "down": "v", "left": "<", "right": ">"}
_CLOCKS: Mapping[str, str] = {
    "normal": "#00FF00", "warning": "#FFA000", "danger": "#FF3030", "overtime": "#FF3030",
    "break": "#3070FF", "away": "#8000FF", "paused": "#A0A0A0",
}  # fmt: skip
"""Colours of the large countdown, those of its lights."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What is to be seen now; ``seconds`` is life's own time, by which the lights move."""

    view: View
    lights: Mapping[str, Lit]
    news: Sequence[News]
    seconds: float
    speed: float
    slowed: bool
    holding: bool
    helping: bool
    listening: str
    caption: Sequence[str]
    deeds: Sequence[tuple[str, str, str]]
    """Key, word and control of row 7, as the layout binds it."""


class Picture:
    """Draws a sight on so many columns and rows, and knows where each control was drawn."""

    def __init__(self, paint: Paint, width: int, height: int) -> None:
        self.width, self.height, self._paint = width, height, paint
        self._tall = 2 if height >= _TALL else 1
        self._block = 5 if width >= _WIDE else 3
        self._step = self._block + 2
        self._left = 8 * self._step + 5
        self._right = width - self._left - 1

    def control_at(self, column: int, row: int) -> str | None:
        """Return the control that is drawn there, None for none."""
        across, into = divmod(column - 1, self._step)
        down, _ = divmod(row - 2, self._tall)
        if into >= self._step - 1 or column < 1:
            return None
        if row == 1 and across < len(_TOP):
            return _TOP[across]
        if row < 2 or not 0 <= down < 8:  # noqa: PLR2004 - the grid begins in row 2 and has 8
            return None
        return f"pad.{down + 1}.{across + 1}" if across < 8 else f"side.{down + 1}"  # noqa: PLR2004 - as above

    def rows(self, sight: Sight) -> list[Text]:
        """Return the whole screen."""
        if (self.width, self.height) < SMALLEST or self.height < SMALLEST[1]:
            return self._too_small()
        device, panel = self._device(sight), self._panel(sight)
        tallest = max(len(device), len(panel), _LEAST)
        device += self._caption(sight, tallest - len(device))
        panel += [Text()] * (tallest - len(panel))
        body = [Text.assemble(a, " ", b) for a, b in zip(device, panel, strict=True)]
        foot = self._keys(sight)
        room = self.height - 1 - len(body) - 1 - len(foot)
        below = _help(sight, room) if sight.helping else self._log(sight.news, room)
        return [self._title(sight), *body, self._rule(sight), *below, *foot]

    def _too_small(self) -> list[Text]:
        return [
            Text(f"{self.width} columns by {self.height} rows: the demo needs"[: self.width]),
            Text(f"{SMALLEST[0]} by {SMALLEST[1]}. Enlarge the terminal, or"[: self.width]),
            Text("press x and try songbridge demo --tour"[: self.width]),
        ]

    # --- the device -------------------------------------------------------------------------------

    def _device(self, sight: Sight) -> list[Text]:
        arrows = _ARROWS if self._paint.blocks else _PLAIN_ARROWS
        top = [self._pad(sight, name, arrows.get(name, " ")) for name in _TOP]
        lines = [self._padded(Text.assemble(" ", *top))]
        for row in range(1, 9):
            names = [f"pad.{row}.{column}" for column in range(1, 9)]
            pads = [self._pad(sight, name, _keycap(name)) for name in names]
            side = self._pad(sight, f"side.{row}", " ", width=2)
            lines.append(self._padded(Text.assemble(" ", *pads, side)))
            if self._tall > 1:
                lower = [self._pad(sight, name, " ", lower=True) for name in names]
                lines.append(self._padded(Text.assemble(" ", *lower)))
        return lines

    def _caption(self, sight: Sight, room: int) -> list[Text]:
        lines = [Text(), *(Text(f" {line}", "dim") for line in sight.caption)]
        lines = lines[:room] + [Text()] * (room - len(lines))
        return [self._padded(line) for line in lines]

    def _pad(
        self, sight: Sight, name: str, cap: str, *, width: int = 0, lower: bool = False
    ) -> Text:
        lit = sight.lights.get(name, OFF)
        width = width or self._block
        if not self._paint.colours:
            inside = letter(lit).strip().center(width) if not lower else " " * width
            return Text.assemble((cap, "dim"), inside, " ")
        filling = self._paint.full if self._tall > 1 else self._paint.pad
        if lower:
            filling = self._paint.upper
        return Text.assemble((cap, "dim"), (filling * width, self._light(lit, sight)), " ")

    def _light(self, lit: Lit, sight: Sight) -> Style:
        return self._paint.style(lit.at(sight.seconds))

    def _padded(self, line: Text) -> Text:
        line.truncate(self._left)
        line.pad_right(max(0, self._left - line.cell_len))
        return line

    # --- the panel --------------------------------------------------------------------------------

    def _panel(self, sight: Sight) -> list[Text]:
        view = sight.view
        colour = _clock_colour(view)
        figures = large(_clock(view), self._right, self._paint.full)
        style = colour if self._paint.colours else "bold"
        lines = [Text(), *(Text(row, style) for row in figures), Text(_state(view), style)]
        lines += self._current(view)
        room = max(_LEAST, 1 + 8 * self._tall) - len(lines)
        lines += self._next(view, room)
        for line in lines:
            self._cut(line, self._right)
        return lines

    def _current(self, view: View) -> list[Text]:
        song = view.song
        where = f"{song.title}, {song.stage}" if song else ""
        if view.task is None:
            first = Text("Press 1: the first task begins", "bold")
            return [first, Text(where, "dim"), Text()]
        task = view.task
        track = f", track {task.track}" if task.track else ""
        section = Text.assemble(self._dot(task), f" {task.section}{track}")
        return [Text(task.title, "bold"), section, Text(where, "dim")]

    def _next(self, view: View, room: int) -> list[Text]:
        coming = view.queue(0, room + 1)
        if view.task is not None:
            coming = tuple(task for task in coming if task.id != view.task.id)
        lines = []
        for place, task in enumerate(coming[:room], 1 if view.task is None else 2):
            budget = durations.words(task.budget)
            title = Text(f"{place:>2} {task.title}")
            self._cut(title, self._right - len(budget) - 2)
            title.pad_right(max(0, self._right - len(budget) - 2 - title.cell_len))
            lines.append(Text.assemble(self._dot(task), title, " ", (budget, "dim")))
        return lines

    def _cut(self, text: Text, width: int) -> None:
        text.truncate(width, overflow="ellipsis" if self._paint.blocks else "crop")

    def _dot(self, task: TaskView) -> Text:
        return Text(self._paint.dot, task.colour if self._paint.colours else "")

    # --- title, log, keys -------------------------------------------------------------------------

    def _title(self, sight: Sight) -> Text:
        speed = f"time x{sight.speed:g}" if sight.speed > 1 else "real time"
        if sight.slowed:
            speed = f"{speed}, now x1"
        right = f"{speed}   OSC in {sight.listening} "
        left = " songbridge demo"
        gap = " " * max(1, self.width - len(left) - len(right))
        return Text(f"{left}{gap}{right}", "bold reverse" if self._paint.colours else "bold")

    def _rule(self, sight: Sight) -> Text:
        title = " help " if sight.helping else " what goes in and out "
        dashes = self.width - len(title) - 2
        return Text(f"{self._paint.line * 2}{title}{self._paint.line * dashes}", "dim")

    def _log(self, news: Sequence[News], room: int) -> list[Text]:
        shown = list(news)[-room:]
        lines = [self._line(one) for one in shown]
        return lines + [Text()] * (room - len(lines))

    def _line(self, news: News) -> Text:
        label, style = LABELS[news.kind]
        head = (f"{label:<8}", style if self._paint.colours else "")
        text = Text.assemble(" ", head, news.text)
        self._cut(text, self.width)
        return text

    def _keys(self, sight: Sight) -> list[Text]:
        deeds = Text(" ")
        for key, word, control in sight.deeds:
            name = "space" if key == " " else key
            lit = sight.lights.get(control, OFF)
            style = self._paint.words(lit.rgb) if self._paint.colours else Style()
            deeds.append_text(Text.assemble((name, "bold"), " ", (word, style), "  "))
        if sight.holding:
            return [deeds, Text(" now a pad: it will be held", "bold")]
        arrows = "arrows" if self.width < _WIDE else "arrows page, song"
        words = f" 1-8 q-p start  h hold  {arrows}  F1-F8 songs  +/- time  mouse  ? help  x quit"
        return [deeds, Text(words, "dim")]


def _keycap(name: str) -> str:
    key = KEY_OF.get(name, " ")
    return "_" if key == " " and name == "pad.7.1" else key


def _clock(view: View) -> str:
    if view.timer.state is TimerState.IDLE:
        first = view.queue(0, 1)
        return durations.clock(first[0].budget) if first else "0:00"
    return durations.clock(view.timer.remaining)


def _clock_colour(view: View) -> str:
    state = view.timer.state
    if state is TimerState.IDLE:
        return "#505058"
    shown = view.timer.phase if state is TimerState.RUNNING else str(state)
    return _CLOCKS.get(shown, "#A0A0A0")


def _state(view: View) -> str:
    timer, settings = view.timer, view.settings
    if timer.held:
        return "time is up: moves on when the take is over"
    if (since := grace_since(view.studio, settings)) is not None:
        left = max(0.0, settings.grace - (view.at - since))
        return f"time is up: moves on in {durations.whole(left)} s"
    if timer.state is TimerState.AWAY:
        return "away: space goes on, where you left"
    if timer.state is TimerState.RUNNING and timer.phase != "normal":
        return f"running, {timer.phase}"
    return str(timer.state)


_HELP: Sequence[str] = (
    "Keys send the bytes of a real Launchpad's pads; the service sends those that",
    "light them. 1-8 and q w r t y i o p press the first two rows, the queue: that",
    "task starts. Held (h and then the key, shift, Alt or the mouse) it comes next.",
    "Row 7 does what its keys say, row 8 is the countdown; what blinks was refused.",
    "OSC is taken from every program here: /songbridge/complete to {listening}",
    "Time runs fast, and slowly after a press; + and - change that, 0 is real time.",
    "Any key goes back to what goes in and out.",
)


def _help(sight: Sight, room: int) -> list[Text]:
    lines = [Text(f" {line.format(listening=sight.listening)}") for line in _HELP]
    return lines[:room] + [Text()] * (room - len(lines))
