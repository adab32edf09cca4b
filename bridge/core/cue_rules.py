"""Which fact tells which cue, as plain values: what the configuration says, and a recording keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from bridge.core.quiet import Span
from bridge.messages import To

Colours: TypeAlias = Literal["both", "section", "state"]
"""Where colours come from: ``both`` is the section for markers and for a track that is worked on, and
the state for a track afterwards."""

SECTION, STATE = "section", "state"
"""What a rule may write instead of a colour."""

AUTO = "auto"
"""A track's colour as `Colours` says; stands in the default rules only."""


@dataclass(frozen=True, slots=True)
class CueRule:
    """What one or more facts tell, by their words in ``/songbridge/event``; empty tells nothing.

    ``marker`` and ``text`` are templates. ``colour`` (of the marker; empty: as `Colours` says) and
    ``track`` are ``section``, ``state`` or ``#RRGGBB``. ``songs`` (ids or titles) and ``sections``
    narrow it down, all in lower case; ``to`` to keys of links, or kinds that have none.
    """

    on: tuple[str, ...]
    marker: str = ""
    colour: str = ""
    track: str = ""
    text: str = ""
    action: str = ""
    stop: bool = False
    to: To = ()
    songs: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()


DEFAULT_RULES: tuple[CueRule, ...] = (
    CueRule(("started",), marker="{task}", track=AUTO, text="{task} ({budget})"),
    CueRule(("completed",), marker="done: {task}", track=AUTO, text="done: {task}"),
    CueRule(("time-up",), marker="time up: {task}", track=AUTO, text="time up: {task}"),
    CueRule(("set-aside",), track=AUTO, text="set aside: {task}"),
    CueRule(("skipped",), track=AUTO, text="not today: {task}"),
    CueRule(("extended",), track=AUTO),
    CueRule(("undone",), track=AUTO),
    CueRule(("paused",), text="paused: {task}"),
    CueRule(("resumed",), text="{task}: on it again"),
    CueRule(("away",), text="away: {task} waits"),
    CueRule(("marked",), marker="{text}"),
    CueRule(("break",), text="break ({text})"),
    CueRule(("break-over",), text="the break is over"),
    CueRule(("ended",), text="the sitting is over"),
    CueRule(("ear-rest",), text="time to rest your ears ({text})"),
    CueRule(("rut-chosen",), text="a way out: {text}"),
    CueRule(("off",), text="time off ({text})"),
    CueRule(("back-at-work",), text="welcome back"),
)
"""What is told unless the configuration says otherwise."""


@dataclass(frozen=True, slots=True)
class CueSettings:
    """The tables ``[cues]`` and ``[[cue]]``. ``links`` are the keys of all DAWs, where there are rules.

    Where no rule for a fact fits (another song, section or DAW), its default tells, if ``defaults``.
    """

    rules: tuple[CueRule, ...] = ()
    defaults: bool = True
    colours: Colours = "both"
    quiet: tuple[Span, ...] = ()
    stop_for_break: bool = False
    restore_colours: bool = True
    links: To = ()


NO_RULES = CueSettings()
"""A configuration that says nothing of cues."""
