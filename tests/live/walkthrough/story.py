"""A story that plays: prose between real commands, and the page that comes of it."""

from __future__ import annotations

import json
import os
import textwrap
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from tests.standins.service import ANYWHERE
from tests.standins.typist import Clock, Desk, Shown, Terminal, words_of

FIRST_DAY: Final = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)
_NOWHERE: Final = {"JACK_NO_START_SERVER": "1", "JACK_DEFAULT_SERVER": "songbridge-no-such-server"}
_CONFIG: Final = f'{ANYWHERE}[midi]\napi = "jack"\n'
"""No controller of whoever runs the tests takes part."""


class Person:
    """Somebody with a home of their own, who types."""

    def __init__(self, story: Story, name: str, config: str) -> None:
        self.name, self._story = name, story
        self.folder = story.folder / name.casefold()
        self.home = self.folder / "songbridge"
        self.home.mkdir(parents=True)
        (self.home / "config.toml").write_text(f'person = "{name}"\n{config}{_CONFIG}', "utf-8")
        inherited = {key: os.environ[key] for key in ("PATH", "PYTHONPATH") if key in os.environ}
        self.environ = {
            **inherited, **_NOWHERE, "HOME": str(self.folder), "SONGBRIDGE_HOME": str(self.home),
            "TZ": "UTC0", "LANG": "C.UTF-8", "TERM": "xterm-256color", "NO_COLOR": "1",
        }  # fmt: skip

    def __call__(self, line: str, *answers: tuple[str, str], code: int = 0) -> str:
        """Type a command and show it; return what it said. `code` is how it must end."""
        shown = self.quietly(line, *answers, code=code)
        self._story.shows(self, line, shown)
        return shown.text

    def quietly(self, line: str, *answers: tuple[str, str], code: int = 0) -> Shown:
        """Type a command that the page does not show."""
        shown = self._story.desk.type(self.environ, words_of(line), answers)
        assert shown.code == code, (line, shown)
        return shown

    def running(self) -> str:
        """Return the title of the current task, as programs are told it."""
        return str(json.loads(self.quietly("status --json").text)["task"]["title"])

    @contextmanager
    def serving(self) -> Iterator[Terminal]:
        """Have the service run in a second terminal."""
        with self._story.desk.serving(self.environ) as terminal:
            self._story.served = True
            yield terminal
            self._story.served = False


class Story:
    """What was told so far, as Markdown lines; time goes on only by `minutes`, `at` and `day`."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self.clock = Clock(FIRST_DAY.timestamp())
        stack.callback(self.clock.close)
        self.desk = Desk(self.clock)
        stack.callback(self.desk.close)
        self.served = False
        self.worked: Counter[str] = Counter()  # seconds by title of a task, as it was played
        self.lines: list[str] = []
        self._open = False
        self.ada = Person(self, "Ada", '[songs]\nin_hand = 1\n[breaks]\nmixing = "10m after 40m"\n')
        self.ben = Person(self, "Ben", "")

    # --- time ---

    @property
    def now(self) -> datetime:
        return datetime.fromtimestamp(self.clock.at, UTC)

    def minutes(self, minutes: float) -> None:
        """Let time go on without work."""
        self._set(self.now + timedelta(minutes=minutes))

    def works(self, title: str, minutes: float = 0, seconds: float = 0) -> None:
        """Let time go on in which somebody works on the task of that title."""
        self.worked[title] += round(minutes * 60 + seconds)
        self._set(self.now + timedelta(minutes=minutes, seconds=seconds))

    def at(self, time: str) -> None:
        """Let time go on until a time of this day, or of the night after it."""
        hour, minute = (int(part) for part in time.split(":"))
        then = self.now.replace(hour=hour, minute=minute, second=0)
        self._set(then if then >= self.now else then + timedelta(days=1))

    def day(self, date: str, time: str, title: str) -> None:
        """Begin another day, with a heading."""
        self._set(datetime.fromisoformat(f"{date}T{time}:00+00:00"))
        self._write("", f"### {self.now:%A}, {self.now.day} {self.now:%B}: {title}")

    def _set(self, then: datetime) -> None:
        self.clock.set(then.timestamp())
        if self.served:
            self.desk.wait_for_service()

    # --- the page ---

    def heading(self, text: str) -> None:
        self._write("", f"## {text}")

    def tell(self, *lines: str) -> None:
        """Write a paragraph, in lines as long as the other pages'."""
        self._write("", *textwrap.wrap(" ".join(lines), 108, break_on_hyphens=False))

    def head(self, text: str) -> None:
        """Write what stands above everything else."""
        self._write(*text.splitlines())

    def shows(self, who: Person, line: str, shown: Shown) -> None:
        """Show a command and its answer."""
        self._block(who, f"songbridge {line}", shown.text)

    def _block(self, who: Person, command: str, text: str) -> None:
        if not self._open:
            self.lines += ["", "```text"]
            self._open = True
        elif self.lines[-1]:
            self.lines.append("")
        name = "" if who is self.ada else f"{who.name} "
        self.lines.append(f"{name}{self.now:%H:%M} $ {command}")
        self.lines += text.replace(str(who.folder), "~").split("\n") if text else []

    def _write(self, *lines: str) -> None:
        if self._open:
            self.lines.append("```")
            self._open = False
        self.lines += lines

    def page(self) -> str:
        self._write()
        return "\n".join(self.lines).strip("\n") + "\n"
