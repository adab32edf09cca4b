"""What `doctor` says of the rules for cues: that it is quiet now, and which rule can't tell anything."""

from __future__ import annotations

from collections.abc import Iterator

from bridge.core.cue_rules import CueRule, CueSettings
from bridge.core.model import PREPARATION, Studio
from bridge.core.settings import Settings


def quiet(until: str) -> Iterator[str]:
    """Yield that cues rest, where they do; `until` is empty otherwise."""
    if until:
        yield f"quiet until {until}: a mark alone is told to DAWs"


def idle(settings: Settings, studio: Studio) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with each rule that nothing can come of now, and what to do about it."""
    for number, rule in enumerate(settings.cues.rules, 1):
        for why, mend in _reasons(rule, settings, studio):
            yield f"cue[{number}] ({' and '.join(rule.on)}) never tells anything: {why}", mend


def _reasons(rule: CueRule, settings: Settings, studio: Studio) -> Iterator[tuple[str, str]]:
    missing = _without_link(rule, settings.cues)
    if missing:
        yield f"there is no [[daw]] for {missing}", "add one, or correct daw of the rule"
    sections = _sections(settings, studio)
    if rule.sections and sections.isdisjoint(rule.sections):
        why = f"no song has a section {_or(rule.sections)}"
        yield why, f"the sections are {', '.join(sorted(sections))}"
    titles = {one.title.casefold() for one in studio.songs.values()}
    if rule.songs and {*studio.songs, *titles}.isdisjoint(rule.songs):
        yield f"there is no song {_or(rule.songs)}", "`songbridge song list` shows their names"


def _without_link(rule: CueRule, cues: CueSettings) -> str:
    """Return for whom a rule is, when none of them is there."""
    there = any(name in cues.links for name in rule.to)
    return "" if there else _or(rule.to)


def _sections(settings: Settings, studio: Studio) -> frozenset[str]:
    """Return every section that a song or task has, or a new song would have."""
    written = {one.name for one in settings.sections} | {PREPARATION}
    of_songs = {one.name for song in studio.songs.values() for one in song.sections}
    of_tasks = {task.section for task in studio.tasks() if task.section}
    return frozenset(name.casefold() for name in written | of_songs | of_tasks)


def _or(names: tuple[str, ...]) -> str:
    return " or ".join(f'"{name}"' for name in names)
