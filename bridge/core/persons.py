"""Who works here: names as they are written, and the one that is meant."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from bridge.core.model import Studio, Task
from bridge.core.settings import Settings
from bridge.errors import Invalid

LONGEST_NAME = 100
"""Characters of a person's name: an address in a plan of another program fits."""


def name(written: str) -> str:
    """Return a name as it is kept: composed, on one line, trimmed. Raises Invalid when it is too long."""
    composed = unicodedata.normalize("NFC", written)
    line = " ".join("".join(c if c.isprintable() else " " for c in composed).split())
    if len(line) > LONGEST_NAME:
        raise Invalid(
            f"a person's name has at most {LONGEST_NAME} characters; this has {len(line)}"
        )
    return line


class Spelling:
    """Spells names as they are known: whom it does not know, it knows from the first time on."""

    def __init__(self, studio: Studio, settings: Settings) -> None:
        self._known: dict[str, str] = {}
        for one in known(studio, settings):
            self._known.setdefault(name_key(one), one)

    def meant(self, written: str) -> str:
        """Return the known name that `written` is but for its case, else a new one. Raises Invalid."""
        wanted = name(written)
        return self._known.setdefault(name_key(wanted), wanted) if wanted else ""


def meant(studio: Studio, settings: Settings, written: str) -> str:
    """Return the known name that `written` is but for its case, else a new one. Raises Invalid."""
    return Spelling(studio, settings).meant(written) if written.strip() else ""


def known(studio: Studio, settings: Settings) -> tuple[str, ...]:
    """Return everybody who is named: who is configured, sat here, has a task or is left a note."""
    return tuple(dict.fromkeys(one for one in _named(studio, settings) if one))


def _named(studio: Studio, settings: Settings) -> Iterator[str]:
    yield settings.person
    yield from studio.persons
    for task in studio.tasks():
        yield task.person
        for note in task.hand_over:
            yield note.by
            yield note.to


def here(studio: Studio, settings: Settings) -> str:
    """Return who sits here, empty where nobody said."""
    return studio.guest or settings.person


def same(one: str, other: str) -> bool:
    """Tell whether two names are one person's."""
    return name_key(one) == name_key(other)


def name_key(written: str) -> str:
    """Return what is alike for all spellings of a name."""
    return unicodedata.normalize("NFC", written).casefold()


def hint(task: Task, person: str) -> str:
    """Return that a task is somebody else's, where `person` works on it; else empty."""
    if not task.person or not person or same(task.person, person):
        return ""
    return f"{task.title} is {task.person}'s to do; `person {task.person}` says who sits here"
