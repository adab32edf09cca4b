"""Ableton Live's sets (``.als``, Live 8 to 12) as the beginning of a song."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bridge.files.exchange.als_tempo import Timeline
from bridge.files.exchange.als_xml import RawLocator, RawSet, RawTrack, read_set
from bridge.files.exchange.carried import Carried, Leftovers
from bridge.files.exchange.live_colours import COLOURS
from bridge.files.exchange.naming import stem
from bridge.files.exchange.project import Place, Project, Track, carried

if TYPE_CHECKING:
    from bridge.core.settings import Settings

_VERSION = re.compile(r"(\d{1,3})\.")
_WITH_PALETTE = (
    11  # from here on indices from 0 were seen; a Live 10 wrote 140 for its first colour
)
_USUAL = 120.0  # beats a minute, what Live begins a set with
_OWN = ("MidiTrack", "AudioTrack")
_METRES = 99  # numerators for each denominator in Live's number of a time signature


def read(data: bytes, file: str, settings: Settings, *, tasks: bool = False) -> Carried:
    """Return the set in `data` as a song, called like its file. Raises `InvalidFile`."""
    found, left = read_set(data, file), Leftovers(file)
    points = found.envelopes.get(found.tempo_id) or found.envelopes.get("tempo") or []
    # Live writes one point far before the beginning where nothing is automated.
    line = Timeline(found.tempo or _USUAL, points if len(points) > 1 or not found.tempo else [])
    if not found.tempo and not points:
        left.add("its tempo: none is told, so markers stand as if at 120 BPM")
    project = Project(
        title=stem(file),
        program=" ".join(found.creator.split())[:40] or "Ableton Live",
        tempo=round(found.tempo or (points[0][1] if points else 0.0), 3),
        tempo_changes=len({bpm for _, bpm in points}) > 1,
        metre=_metre(found.metre),
        metre_changes=len({value for _, value in found.envelopes.get(found.metre_id, [])}) > 1,
        places=tuple(Place(line.seconds(one.beat), _named(one)) for one in found.locators),
        tracks=tuple(_track(n, one, found, left) for n, one in enumerate(found.tracks, 1)),
        notes=found.annotation.strip(),
    )
    left.add("clips, devices, notes played and automation are not looked at")
    return carried(project, left, settings, tasks=tasks)


def _named(locator: RawLocator) -> str:
    return " · ".join(text for text in (locator.name, locator.annotation) if text)


def _track(place: int, track: RawTrack, found: RawSet, left: Leftovers) -> Track:
    name = track.user or track.effective
    # Live 8 writes no name for a track that has none of its own.
    return Track(
        name or f"{place}-{track.kind.removesuffix('Track')}",
        _colour(track, found, left),
        track.kind in _OWN,
        track.line,
    )


def _colour(track: RawTrack, found: RawSet, left: Leftovers) -> str:
    if track.colour is None:
        return ""
    version = _VERSION.match(found.version)
    if version and int(version[1]) >= _WITH_PALETTE and track.colour < len(COLOURS):
        return COLOURS[track.colour]
    left.add("a track's colour, of a palette that is not known", track.line, str(track.colour))
    return ""


def _metre(written: int | None) -> str:
    """Return ``4/4`` for 201: so Live counts time signatures."""
    if written is None or written >= _METRES * 5:
        return ""
    return f"{written % _METRES + 1}/{2 ** (written // _METRES)}"
