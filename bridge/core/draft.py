"""A decision in the making: facts are told one by one, each seeing the studio after the last.

Nothing of it is real until the journal holds it; the studio it began with stays untouched.
"""

from __future__ import annotations

from bridge.core.events import Entry, Fact
from bridge.core.evolve import evolve
from bridge.core.model import Studio, Task
from bridge.core.persons import here
from bridge.core.settings import Settings
from bridge.errors import Refused


class Draft:
    """The facts of one action so far. ``studio`` is the state after them, ``entries`` the facts.

    ``signed`` is who did this one action, empty: who sits here. ``seq`` is the number of the last entry
    before them.
    """

    def __init__(
        self,
        studio: Studio,
        seq: int,
        at: float,
        settings: Settings,
        *,
        action: str,
        source: str,
        person: str = "",
    ) -> None:
        self.studio, self.at, self.settings, self.signed = studio, at, settings, person
        self.action, self.source = action, source
        self.entries: list[Entry] = []
        self.seq = seq

    def tell(self, fact: Fact, at: float | None = None) -> None:
        """Add `fact`, which happened at the wall instant `at` (None: now)."""
        step = len(self.entries)
        entry = Entry(
            seq=self.seq + step + 1,
            at=self.at if at is None else at,
            action=self.action,
            step=step,
            source=self.source,
            person=self.signed or here(self.studio, self.settings),
            fact=fact,
        )
        self.entries.append(entry)
        self.studio = evolve(self.studio, entry)

    def current(self) -> Task:
        """Return the current task. Raises Refused when there is none."""
        task = self.studio.current
        if task is None:
            raise Refused(f"no task is under way to {self.action}; start one first")
        return task
