"""What a DAW's project tells a song: tempo, markers, tracks, notes; as lines of its inspiration.

Tasks are not made up. With ``tasks`` each track that holds something of its own gets one plain task,
to be renamed: its track is set, so that pads and markers know it from the first day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridge.core.model import SongMap
from bridge.files import fields
from bridge.files.exchange.carried import Carried, Leftovers
from bridge.files.exchange.plan import Plan, Row, one_line

if TYPE_CHECKING:
    from bridge.core.settings import Settings

PLACES = 180
"""Lines of one project in a song map, which holds 200 entries."""


@dataclass(frozen=True, slots=True)
class Place:
    """A marker, or a region where ``ends`` is told: seconds from the beginning of the project."""

    at: float
    name: str
    ends: float | None = None
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """A track; ``colour`` is empty where it has none, ``own`` false for buses, groups and returns."""

    name: str
    colour: str = ""
    own: bool = True
    line: int = 0


@dataclass(frozen=True, slots=True)
class Project:
    """What was found in a project. ``tempo`` in beats a minute, 0 where it is not told."""

    title: str
    program: str
    tempo: float = 0.0
    tempo_changes: bool = False
    metre: str = ""
    metre_changes: bool = False
    places: tuple[Place, ...] = ()
    tracks: tuple[Track, ...] = ()
    notes: str = ""


def carried(project: Project, left: Leftovers, settings: Settings, *, tasks: bool) -> Carried:
    """Return the song that `project` begins."""
    plan = Plan(project.title, "project", settings, left)
    if tasks:
        for number, track in enumerate(project.tracks, 1):
            if track.own:
                name = one_line(track.name) or f"track {number}"
                plan.add(Row(f"Work on {name}", track.line, track=one_line(track.name)))
    lines = _lines(project)
    if len(lines) > PLACES:
        many = f"{len(lines) - PLACES} lines, from this one on"
        left.add(f"{many}: a song map holds {PLACES} of a project", value=lines[PLACES])
    for line in lines[:PLACES]:
        if len(line) > fields.PROSE:
            left.add(f"a text has more than {fields.PROSE} characters and was cut", value=line)
    fitted = tuple(line[: fields.PROSE] for line in lines[:PLACES])
    return left.carried([plan.draft(SongMap(inspiration=fitted))])


def _lines(project: Project) -> list[str]:
    lines = [_tempo(project)] if project.tempo else []
    lines += [_place(place) for place in sorted(project.places, key=lambda place: place.at)]
    if project.notes:
        lines.append(f"notes of the {project.program} project: {project.notes}")
    return lines + [_track(track) for track in project.tracks]


def _tempo(project: Project) -> str:
    changing = ("tempo" * project.tempo_changes, "metre" * project.metre_changes)
    what = " and ".join(filter(None, changing))
    changes = f", {what} changing on the way" if what else ""
    metre = f", {project.metre}" if project.metre else ""
    return f"tempo: {project.tempo:g} BPM{metre}{changes} (from {project.program})"


def _place(place: Place) -> str:
    name = one_line(place.name) or "without a name"
    name += f" ({place.colour})" if place.colour else ""
    if place.ends is not None:
        return f"region {_clock(place.at)} to {_clock(place.ends)}: {name}"
    return f"marker {_clock(place.at)}: {name}"


def _track(track: Track) -> str:
    kind = "track" if track.own else "bus"
    colour = f" ({track.colour})" if track.colour else ""
    return f"{kind}: {one_line(track.name) or 'without a name'}{colour}"


def _clock(seconds: float) -> str:
    whole = int(max(0.0, seconds) * 1000 + 0.5)
    minutes, rest = divmod(whole, 60_000)
    told = f"{rest // 1000:02}" + (f".{rest % 1000:03}" if rest % 1000 else "")
    return f"{minutes}:{told}"
