"""The demo by hand: keys become the pads' bytes, and the screen shows what comes of them."""

from __future__ import annotations

import time
from collections import deque
from pathlib import Path

from rich.console import Console

from bridge import moment as clock
from bridge.app.demo_clock import FastClock
from bridge.app.demo_stage import PROFILE, News, Stage
from bridge.app.demo_studio import staged
from bridge.cli.demo_keys import DEEDS, HELD, PRESSED, Click, Input, Key
from bridge.cli.demo_paint import paint_for
from bridge.cli.demo_sight import Picture, Sight
from bridge.cli.demo_terminal import Keyboard, Screen, taken
from bridge.core.model import TimerState
from bridge.files import shipped, songs
from bridge.ports.osc_sockets import Address

SONGS = ("northern-lights", "harbour-in-fog", "paper-lanterns")
"""The examples in the queue; the first is the one in hand."""

SPEEDS = (1.0, 10.0, 30.0, 60.0, 300.0)
"""What + and - choose from."""

_PICTURE = 0.05  # seconds from one picture to the next
_NOTICE = 0.8  # seconds at life's own pace after a press, for what blinks to be seen
_HOLD = 0.8  # seconds for which a held pad is held; the layout takes 0.6 for a hold
_KEPT = 200  # pieces of news that a very tall terminal could show


def live(folder: Path, speed: float) -> None:
    """Run the demo on the terminal until it is quit. Raises Unavailable or JournalFault."""
    console = Console(highlight=False)
    fast = FastClock(clock.now, speed)
    drafts = [songs.load_song(shipped.examples() / f"{name}.toml") for name in SONGS]
    with staged(folder, fast.now, drafts) as stage, taken(console) as (screen, keyboard):
        stage.news.clear()
        Live(stage, fast, console, screen, keyboard).run()


class Live:
    """One thread that does everything: keys, studio, picture."""

    def __init__(
        self, stage: Stage, fast: FastClock, console: Console, screen: Screen, keyboard: Keyboard
    ) -> None:
        self._stage, self._clock, self._console = stage, fast, console
        self._screen, self._keyboard = screen, keyboard
        self._paint = paint_for(console)
        self._picture = Picture(self._paint, *screen.size)
        self._news: deque[News] = deque(maxlen=_KEPT)
        self._quit = self._helping = self._holding = False
        self._down = ""
        self._deeds = _deeds(stage)

    def run(self) -> None:
        """Run until somebody quits."""
        while not self._quit:
            self._show()
            for one in self._keyboard.read(_PICTURE):
                self._take(one)
            self._stage.turn()
            self._gather()
            self._pace()

    def _pace(self) -> None:
        """Go through the grace at life's own pace, and never past what happens by itself."""
        moment = self._clock.now()
        self._clock.stop_at(self._stage.session.keeping.wake(moment))
        if self._stage.view.timer.state is TimerState.OVERTIME:
            self._clock.hold_back(2 * _PICTURE)

    def _take(self, one: Input) -> None:
        if isinstance(one, Click):
            self._click(one)
        elif self._helping:
            self._helping = False
        else:
            self._key(one)

    def _key(self, key: Key) -> None:
        name = key.name if key.name in HELD or key.name in PRESSED else key.name.lower()
        holding, self._holding = self._holding or key.alt, False
        if control := HELD.get(name):
            self._press(control, held=True)
        elif control := PRESSED.get(name):
            self._press(control, held=holding)
        else:
            self._command(name)

    def _command(self, name: str) -> None:
        match name:
            case "x":
                self._quit = True
            case "?":
                self._helping = True
            case "h":
                self._holding = True
            case "+" | "=":
                faster = [speed for speed in SPEEDS if speed > self._clock.speed]
                self._clock.speed = min(faster, default=SPEEDS[-1])
            case "-" | "_":
                slower = [speed for speed in SPEEDS if speed < self._clock.speed]
                self._clock.speed = max(slower, default=SPEEDS[0])
            case "0":
                self._clock.speed = 1.0
            case _:
                pass

    def _press(self, control: str, *, held: bool) -> None:
        self._clock.hold_back(_NOTICE + _HOLD * held)
        self._stage.press(control, _HOLD if held else 0.0)

    def _click(self, click: Click) -> None:
        """Put the finger on what is clicked, for as long as the button is down."""
        if self._down and not click.down:
            self._stage.up(self._down)
            self._down = ""
        control = self._picture.control_at(click.column, click.row)
        if click.down and control in self._stage.pads.controls and not self._down:
            self._clock.hold_back(2 * _NOTICE)
            self._down = str(control)
            self._stage.down(self._down)

    def _gather(self) -> None:
        """Take the news; of a light that changes again and again only the last is kept."""
        for news in self._stage.news:
            if _ticks(news) and self._news and _ticks(self._news[-1]):
                self._news.pop()
            self._news.append(news)
        self._stage.news.clear()

    def _show(self) -> None:
        size = self._screen.size
        if size != (self._picture.width, self._picture.height):
            self._picture = Picture(self._paint, *size)
        self._screen.show(self._picture.rows(self._sight()))

    def _sight(self) -> Sight:
        return Sight(
            view=self._stage.view,
            lights=self._stage.pads.lights,
            news=self._news,
            seconds=time.monotonic(),
            speed=self._clock.speed,
            slowed=self._clock.slowed,
            holding=self._holding,
            helping=self._helping,
            listening=_written(self._stage.osc),
            caption=self._caption(),
            deeds=self._deeds,
        )

    def _caption(self) -> list[str]:
        stage = self._stage
        name = stage.session.controllers[PROFILE].profile.name
        cues, markers = stage.plain.heard, len(stage.reaper.markers)
        return [
            f"{name}, drawn here",
            f"heard so far: {cues} cues, {markers} markers",
        ]


def _ticks(news: News) -> bool:
    """Tell whether only one light changed, as the countdown's do by themselves."""
    return news.kind == "lights" and news.text.startswith("1 ")


def _written(address: Address) -> str:
    return f"{address[0]}:{address[1]}"


def _deeds(stage: Stage) -> list[tuple[str, str, str]]:
    """Return key, word and control of row 7: what the layout binds there."""
    slots = stage.session.controllers[PROFILE].surface.board.slots
    controls = [f"pad.7.{n}" for n in range(1, 9)]
    return [
        (key, slots[control, "press"].command.name, control)
        for key, control in zip(DEEDS, controls, strict=True)
    ]
