"""What sort of task a title speaks of: its first word, which the method makes a verb.

``Write chord progression`` and ``write the bridge`` are both of the kind ``write``. No list of verbs is
kept: what a producer writes first is the kind, in whatever language. A word that hardly any task begins
with says nothing about a sort, so figures gather such kinds under `OTHER`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

OTHER: Final = "other"
"""The kind of all tasks whose first word too few others share."""

FEWEST: Final = 3
"""So many tasks must begin with a word for it to be a kind of its own."""

_APOSTROPHES: Final = "'\u2019"
_LEAST: Final = 2  # of Latin letters: one alone is a tick, a take or a version
_PASSED_OVER: Final = frozenset(
    {"a", "an", "the", "and", "then", "please", "to", "try", "maybe", "re", "der", "die", "das", "le", "la"}
)  # fmt: skip


def kind(title: str) -> str:
    """Return the first word of `title` that says something, in lower case; empty when there is none.

    Passed over are numbers, signs, single Latin letters and words such as ``the`` and ``try``.
    """
    said = unicodedata.normalize("NFC", title).casefold()
    words = "".join(c if c.isalpha() or c in _APOSTROPHES else " " for c in said).split()
    words = [word.strip(_APOSTROPHES) for word in words]
    return next(
        (
            word
            for word in words
            if word not in _PASSED_OVER and not (len(word) < _LEAST and word.isascii())
        ),
        "",
    )


def kinds(titles: Mapping[str, str]) -> dict[str, str]:
    """Return the kind of each task, `OTHER` where fewer than `FEWEST` share one. Keys are the tasks' ids."""
    first = {task: kind(title) for task, title in titles.items()}
    count = _counted(first.values())
    return {task: word if word and count[word] >= FEWEST else OTHER for task, word in first.items()}


def _counted(words: Iterable[str]) -> dict[str, int]:
    count: dict[str, int] = {}
    for word in words:
        count[word] = count.get(word, 0) + 1
    return count
