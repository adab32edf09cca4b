"""A desk to try the core at: an engine on a simulated clock, with a journal that is a list."""

from __future__ import annotations

from bridge.core.actions import Action, Argument, ImportSong, Request, SongDraft, Take, TaskDraft
from bridge.core.engine import Decision, Engine
from bridge.core.events import Entry
from bridge.core.settings import Settings
from bridge.core.view import View
from bridge.moment import Moment

START = 1_790_020_800.0  # 20:00 UTC on 21 September 2026

SONG = SongDraft(
    title="Northern Lights",
    tasks=(
        TaskDraft("Write chord progression (20m)", "composition"),
        TaskDraft("Design sound for bassline", "sound design", 25 * 60.0, track="Bass"),
        TaskDraft("Balance drums and bass", "mixing", 30 * 60.0),
    ),
)


class Desk:
    """Does what the service does, without a thread: what is due first, then what is asked."""

    def __init__(self, settings: Settings | None = None, *songs: SongDraft) -> None:
        self.settings = settings or Settings()
        self.engine = Engine(self.settings)
        self.moment = Moment(1000.0, START)
        self.journal: list[Entry] = []
        self.engine.wake_up(self.moment, None)
        for song in songs:
            self.ask(ImportSong(song))

    # --- asking ---

    def ask(self, request: Request, source: str = "cli") -> tuple[Entry, ...]:
        self.settle()
        decision = self.engine.propose(request, self.moment, source)
        self._keep(decision)
        return decision.entries

    def do(self, name: str, argument: Argument = None, source: str = "pad") -> tuple[Entry, ...]:
        return self.ask(Action(name, argument), source)

    def record(self, on: bool = True, source: str = "daw") -> tuple[Entry, ...]:
        """Let the DAWs tell that a take began, or that it is over."""
        return self.ask(Take(on), source)

    # --- time ---

    def settle(self) -> None:
        while (decision := self.engine.due(self.moment)) is not None:
            self._keep(decision)

    def wait(self, seconds: float) -> None:
        """Let time pass with the machine awake: the loop wakes whenever the engine wants it."""
        self.settle()
        end = self.moment.mono + seconds
        while self.moment.mono < end:
            wake = self.engine.wake(self.moment)
            step = end if wake is None else min(end, max(wake, self.moment.mono + 0.001))
            self.moment = self.moment.later(step - self.moment.mono)
            self.settle()

    def sleep(self, seconds: float) -> None:
        """Let time pass with the lid closed: nobody looks at a clock."""
        self.moment = self.moment.later(seconds)
        self.settle()

    def set_clock(self, by: float) -> None:
        self.moment = Moment(self.moment.mono, self.moment.wall + by)
        self.settle()

    def restart(self, off_for: float = 0.0, *, clock_set: float = 0.0) -> None:
        """End the service without a word and start another on the same journal."""
        alive = max([self.moment.wall, *(e.at for e in self.journal[-1:])])
        self.moment = Moment(5.0, self.moment.wall + off_for + clock_set)
        self.engine = Engine(self.settings)
        self.engine.replay(self.journal)
        if (decision := self.engine.wake_up(self.moment, alive)) is not None:
            self._keep(decision)
        self.settle()

    # --- looking ---

    @property
    def view(self) -> View:
        return self.engine.view(self.moment)

    @property
    def state(self) -> str:
        return self.view.timer.state.value

    @property
    def current(self) -> str:
        return self.view.task.title if self.view.task else ""

    @property
    def queue(self) -> list[str]:
        return [row.title for row in self.view.queue()]

    @property
    def left(self) -> float:
        return round(self.view.timer.remaining, 3)

    def told(self) -> list[str]:
        """Return the names of all facts so far."""
        return [type(entry.fact).__name__ for entry in self.journal]

    def _keep(self, decision: Decision) -> None:
        self.journal.extend(decision.entries)
        self.engine.adopt(decision)
