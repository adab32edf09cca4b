"""Hand-over notes: what the next one at a task needs to know. Values and look-ups.

A task keeps the latest of them, newest first, also those that are ticked off.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bridge.errors import Invalid

KEPT = 20
"""Notes that a task keeps; the oldest go first."""

LONGEST_NOTE = 1000
"""Characters of one note."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """One note: ``by`` left it at the wall instant ``at`` for ``to`` (empty: whoever comes next)."""

    text: str
    by: str = ""
    to: str = ""
    at: float = 0.0
    done: bool = False


def one_line(text: str) -> str:
    """Return a note on one line, without control characters. Raises Invalid when it is too long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(line) > LONGEST_NOTE:
        raise Invalid(f"a note has at most {LONGEST_NOTE} characters; this has {len(line)}")
    return line


def waiting(notes: Iterable[HandOver]) -> tuple[HandOver, ...]:
    """Return the notes that nobody ticked off yet, newest first."""
    return tuple(note for note in notes if not note.done)


def told(note: HandOver) -> str:
    """Return a note as a sentence: ``Ada left for Ben: take 3 is the keeper``."""
    who = note.by or "somebody"
    to = f" for {note.to}" if note.to else ""
    return f"{who} left{to}: {note.text}"
