"""Whether a task is the right size, by its words, its budget, and what such tasks really took.

Hints only: nobody is kept from anything. The figures come from the facts, as tasks that are done carry
them; a budget is never proposed from fewer than `FEWEST` of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import Literal, TypeAlias

from bridge.core import durations
from bridge.core.figures_kinds import kind
from bridge.core.model import Task, TaskState

FEWEST = 3
"""Done tasks that a proposal needs at least."""

SMALL = 5 * 60.0
"""Seconds below which a budget is hardly a step."""

BIG = 90 * 60.0
"""Seconds above which a budget is several steps."""

LEAST = 60.0
"""Seconds: what took less was ticked off, not worked on."""

Like: TypeAlias = Literal["words", "kind", "section"]
"""How the tasks that a proposal comes from are like it."""

_LIKE: dict[Like, str] = {
    "words": "with like words",
    "kind": "of that sort in the section",
    "section": "in the section",
}
_ALIKE = 0.5  # share of words in common
_FAR = 1.5  # times that a budget may differ from what such tasks took before it is said
_WORDS = 4096  # titles whose words are remembered

_TURNS = frozenset(
    ("adjust", "tweak", "nudge", "turn", "set", "change", "lower", "raise", "mute", "pan", "move")
)
_KNOBS = frozenset(
    (
        "attack", "cutoff", "decay", "detune", "fader", "filter", "gain", "knob", "level", "lfo",
        "osc", "oscillator", "oscillators", "panning", "parameter", "pitch", "ratio", "release",
        "resonance", "send", "slider", "sustain", "tempo", "threshold", "velocity", "voices",
        "volume",
    )
)  # fmt: skip
_STEPS = frozenset(
    (
        "arrange", "balance", "bounce", "comp", "compose", "design", "edit", "export", "layer",
        "master", "mix", "produce", "program", "record", "tune", "write",
    )
)  # fmt: skip
_WHOLES = frozenset(("album", "ep", "everything", "song", "track", "tune"))
_DOINGS = _STEPS | {"complete", "create", "do", "finish", "make", "work"}
_ARTICLES = frozenset(("a", "an", "the", "my", "our", "this", "whole", "entire", "new"))
_EMPTY = _ARTICLES | {"and", "for", "from", "in", "of", "on", "to", "with"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A budget in seconds: the median of ``count`` done tasks that are ``like`` it."""

    seconds: float
    count: int
    like: Like


def hint(title: str, budget: float) -> str:
    """Return what is odd about a task's size, as one sentence; empty when nothing is."""
    said = tuple("".join(c if c.isalpha() else " " for c in title.casefold()).split())
    if budget < SMALL:
        return (
            f"{durations.words(round(budget))} is hardly a step; such tasks may be one: "
            "what do they lead to?"
        )
    if said and said[0] in _TURNS and not _KNOBS.isdisjoint(said[1:]):
        return "that is one turn of a knob; name what it is for, such as the sound it leads to"
    if budget > BIG:
        return f"{durations.words(round(budget))} is several steps; which one comes first?"
    if _is_whole(said):
        return "that is a whole song's work; which step comes first?"
    if (second := _second_step(said)) is not None:
        return f"that looks like two steps; the second may begin with {second!r}"
    return ""


def _is_whole(said: tuple[str, ...]) -> bool:
    bare = [word for word in said if word not in _ARTICLES and word != "on"]
    return len(bare) == 2 and bare[0] in _DOINGS and bare[1] in _WHOLES  # noqa: PLR2004 - a verb and its object


def _second_step(said: tuple[str, ...]) -> str | None:
    """Return the verb after an "and", where the title begins with one, too."""
    if not said or said[0] not in _STEPS:
        return None
    pairs = pairwise(said)
    return next((after for word, after in pairs if word == "and" and after in _STEPS), None)


def proposal(task: Task, tasks: Iterable[Task]) -> Proposal | None:
    """Return the budget that such tasks took, rounded to minutes; None where too few are known.

    Tasks with like words count first, then those that begin with the same word in the section, then
    the section's.
    """
    took: dict[Like, list[float]] = {"words": [], "kind": [], "section": []}
    words, sort = _words(task.title), _kind(task.title)
    section = task.section.casefold()
    for other in tasks:
        if other.state is not TaskState.DONE or other.spent < LEAST or other.id == task.id:
            continue
        same = other.section.casefold() == section
        if _alike(words, _words(other.title)):
            took["words"].append(other.spent)
        if same and sort and _kind(other.title) == sort:
            took["kind"].append(other.spent)
        if same:
            took["section"].append(other.spent)
    return next((_made(like, long) for like, long in took.items() if len(long) >= FEWEST), None)


def _made(like: Like, took: list[float]) -> Proposal:
    return Proposal(minutes(median(took)), len(took), like)


def minutes(seconds: float) -> float:
    """Return seconds rounded to minutes, at least one."""
    return max(60.0, round(seconds / 60) * 60.0)


def source(found: Proposal) -> str:
    """Return where a proposal comes from: ``median of 4 with like words``."""
    return f"median of {found.count} {_LIKE[found.like]}"


def alike(title: str, other: str) -> bool:
    """Tell whether two titles share half of their words at least."""
    return _alike(_words(title), _words(other))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    both = len(one & other)
    return both > 0 and both >= _ALIKE * len(one | other)


@lru_cache(_WORDS)
def _words(title: str) -> frozenset[str]:
    plain = "".join(c if c.isalnum() else " " for c in title.casefold())
    return frozenset(plain.split()) - _EMPTY


@lru_cache(_WORDS)
def _kind(title: str) -> str:
    return kind(title)


def figure(task: Task, found: Proposal | None) -> str:
    """Return what such tasks took, where the task's budget is far from it; else empty."""
    if found is None or 1 / _FAR <= task.planned / found.seconds <= _FAR:
        return ""
    took = durations.words(found.seconds)
    return (
        f"such tasks took you {took} ({source(found)}); "
        f"`songbridge task edit {task.id} --budget {took}` takes that"
    )
