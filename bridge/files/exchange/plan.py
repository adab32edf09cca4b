"""A song in the making, row by row, out of a program that knows nothing of ours.

Words are fitted, not refused: what is too long is shortened, what can't be is left out, and all of it
is told. (A file of our own is refused for the same; but nobody can mend another program's export.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bridge.core import durations
from bridge.core.actions import SongDraft, TaskDraft
from bridge.core.decide_timer import SHORTEST_BOX
from bridge.core.hand_over import KEPT, LONGEST_NOTE, HandOver
from bridge.core.model import PREPARATION, Section, SongMap, TaskState
from bridge.core.persons import LONGEST_NAME
from bridge.errors import Invalid, InvalidFile
from bridge.files import fields
from bridge.files.exchange import kept
from bridge.files.songs import TASKS

if TYPE_CHECKING:
    from bridge.core.settings import Settings
    from bridge.files.exchange.carried import Leftovers

_RAW = 2000  # characters of a title that are looked at
_LONGEST_SPENT = 10_000 * 3600.0  # seconds, as in a song of our own


@dataclass(frozen=True, slots=True)
class Row:
    """One task as it was found; ``line`` is where. ``budget`` None: the title may tell it."""

    title: str
    line: int
    section: str = ""
    budget: float | None = None
    track: str = ""
    person: str = ""
    state: TaskState = TaskState.TODO
    spent: float = 0.0
    hand_over: tuple[HandOver, ...] = ()
    kept: Mapping[str, Any] = field(default_factory=dict)


class Plan:
    """Gathers the tasks of one song. ``form`` is the format's name, ``left`` gets what is left out."""

    def __init__(self, title: str, form: str, settings: Settings, left: Leftovers) -> None:
        self._form, self._settings, self._left = form, settings, left
        self.title = self.fitted("the song's title", title, fields.TITLE, None) or "Untitled"
        self._sections: dict[str, str] = {}
        self._tasks: list[TaskDraft] = []

    def section(self, written: str, line: int) -> str:
        """Return the song's name for the section `written`; a new one is taken in."""
        name = self.fitted("the name of a section", written, fields.NAME, line)
        if not name:
            return ""
        known = {s.name.casefold(): s.name for s in self._settings.sections}
        known |= {PREPARATION: known.get(PREPARATION, PREPARATION), **self._sections}
        folded = name.casefold()
        if folded not in self._sections and folded != PREPARATION:
            if len(self._sections) >= fields.SECTIONS:
                many = f"a song has up to {fields.SECTIONS} sections; its tasks are in the first"
                self._left.add(f"section: {many}", line, name)
                return next(iter(self._sections.values()))
            self._sections[folded] = known.get(folded, name)
        return self._sections.get(folded) or known[folded]

    def add(self, row: Row) -> None:
        """Take a task in. Raises `InvalidFile` where a song would have too many."""
        title, budget = self._titled(row)
        if not title:
            self._left.add("a task without a title was left out", row.line)
            return
        if len(self._tasks) >= TASKS:
            problem = f"{self.title!r} has more than {TASKS} tasks; split it into several songs"
            raise InvalidFile(self._left.file, problem, line=row.line)
        text, gone = kept.pack(self._form, row.kept)
        for name in gone:
            self._left.add(f"{one_line(name[:_RAW])[:60]} is too long to be kept", row.line)
        self._left.keep(kept.unpack(text, self._form))
        self._tasks.append(
            TaskDraft(
                title=title,
                section=self.section(row.section, row.line),
                budget=budget,
                track=self.fitted("the track", row.track, fields.TITLE, row.line),
                person=self.fitted("the person", row.person, LONGEST_NAME, row.line),
                state=row.state,
                spent=self._spent(row),
                kept=text,
                hand_over=self._hand_over(row),
            )
        )

    def draft(self, song_map: SongMap | None = None) -> SongDraft:
        """Return the song. It has sections of its own only where the configured ones don't do."""
        configured = {s.name.casefold(): s for s in self._settings.sections}
        own = [n for n in self._sections if n not in configured]
        listed = tuple(
            configured[folded] if folded in configured else Section(name, "")
            for folded, name in self._sections.items()
        )
        tasks = tuple(self._tasks)
        draft = SongDraft(self.title, sections=listed if own else (), tasks=tasks)
        return draft if song_map is None else replace(draft, map=song_map)

    def fitted(self, what: str, written: str, most: int, line: int | None) -> str:
        """Return `written` on one line of at most `most` characters."""
        text = one_line(written)
        if len(text) <= most:
            return text
        self._left.add(f"{what} has more than {most} characters and was shortened", line, text)
        return text[: most - 1].rstrip() + "…"

    def _titled(self, row: Row) -> tuple[str, float | None]:
        whole = row.title
        if len(whole) > _RAW:
            whole = whole[:_RAW]
            self._left.add("a title is no title but a text, and was cut", row.line, whole)
        written, told = self._without_budget(one_line(whole), row.line)
        budget = self._budget(told if row.budget is None else row.budget, row.line)
        if told is not None and row.budget is not None and told != row.budget:
            spoken = durations.words(told)
            self._left.add(
                "two budgets: that of the title was left out", row.line, f"{written} ({spoken})"
            )
        return self.fitted("a title", written, fields.TITLE, row.line), budget

    def _without_budget(self, title: str, line: int) -> tuple[str, float | None]:
        """Return the title without any budgets at its end, and the last of them."""
        told: float | None = None
        while True:
            try:
                rest, seconds = durations.budget_in_title(title)
            except Invalid:
                self._left.add("a budget in a title is longer than 24h", line, title)
                rest, seconds = title[: title.rindex("(")].rstrip(), None
            if rest == title:
                return title, told
            title, told = rest, seconds if told is None else told

    def _budget(self, seconds: float | None, line: int) -> float | None:
        if seconds is None or SHORTEST_BOX <= seconds <= durations.LONGEST:
            return seconds
        self._left.add(
            "a budget is from 1m to 24h; the task got the usual one", line, durations.words(seconds)
        )
        return None

    def _hand_over(self, row: Row) -> tuple[HandOver, ...]:
        """Return the notes, fitted; the newest that a task may keep."""
        for note in row.hand_over[KEPT:]:
            self._left.add(f"a task keeps {KEPT} hand-over notes", row.line, note.text)
        return tuple(
            HandOver(
                self.fitted("a hand-over note", note.text, LONGEST_NOTE, row.line),
                self.fitted("the person", note.by, LONGEST_NAME, row.line),
                self.fitted("the person", note.to, LONGEST_NAME, row.line),
                note.at,
                note.done,
            )
            for note in row.hand_over[:KEPT]
        )

    def _spent(self, row: Row) -> float:
        if 0 <= row.spent <= _LONGEST_SPENT:
            return row.spent
        self._left.add("time spent is from 0 to 10000h", row.line, durations.words(row.spent))
        return 0.0


def one_line(written: str) -> str:
    """Return `written` as one line without control characters, as the core makes names."""
    return " ".join("".join(c if c.isprintable() else " " for c in written).split())
