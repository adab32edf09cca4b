"""REAPER's projects (``.rpp``) as the beginning of a song.

A project is lines of words in chunks: ``<TRACK`` opens one, ``>`` closes it. Only what stands directly
in the project or in a track is looked at; plug-ins' state and items are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bridge.errors import InvalidFile
from bridge.files.exchange.als_xml import number
from bridge.files.exchange.carried import Carried, Leftovers
from bridge.files.exchange.naming import stem
from bridge.files.exchange.plan import one_line
from bridge.files.exchange.project import Place, Project, Track, carried

if TYPE_CHECKING:
    from bridge.core.settings import Settings

_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]*)?(?:[eE][-+]?[0-9]{1,3})?")
_WORD = re.compile(r"""\s*(?:"([^"]*)"?|'([^']*)'?|`([^`]*)`?|(\S+))""")
_CHOSEN = 0x1000000  # the bit that says a colour is the user's own
_REGION = 1
_LISTED = 10_000
_WORDS = 12  # of a line; what we look at stands before
_DEEPEST = 100


@dataclass(slots=True)
class _Found:
    title: str = ""
    author: str = ""
    version: str = ""
    tempo: float = 0.0
    metre: str = ""
    tempos: set[str] = field(default_factory=set)
    metres: set[str] = field(default_factory=set)
    strange: list[tuple[int, str]] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    regions: dict[str, int] = field(default_factory=dict)
    tracks: list[Track] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read(text: str, file: str, settings: Settings, *, tasks: bool = False) -> Carried:
    """Return the project in `text` as a song, called by its title or its file. Raises `InvalidFile`."""
    found, chunks = _Found(), []
    for at, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        stripped = line.strip()
        if stripped.startswith("<"):
            words = _words(stripped[1:])
            chunks.append(words[0] if words else "")
            _opened(chunks, words, at, found, file)
        elif stripped == ">" and chunks:
            chunks.pop()
        elif chunks:
            _line(chunks, stripped, at, found, file)
        elif stripped:
            raise InvalidFile(file, "is no REAPER project: text outside of its chunks", line=at)
    if not found.version:
        raise InvalidFile(file, "is no REAPER project: it doesn't begin with <REAPER_PROJECT")
    left = Leftovers(file)
    if chunks:
        left.add("the project is cut short: what follows its last line is missing")
    for at, marker in found.strange:
        left.add("a marker's place is no number; it was set to the beginning", at, marker)
    left.add("items, plug-ins and envelopes are not looked at")
    return carried(_project(found, file), left, settings, tasks=tasks)


def _project(found: _Found, file: str) -> Project:
    notes = "\n".join(found.notes).strip()
    if found.author:
        notes = f"by {found.author}" + (f"\n{notes}" if notes else "")
    return Project(
        title=one_line(found.title) or stem(file),
        program="REAPER",
        tempo=found.tempo,
        tempo_changes=len(found.tempos) > 1,
        metre_changes=len(found.metres) > 1,
        metre=found.metre,
        places=tuple(found.places),
        tracks=tuple(found.tracks),
        notes=notes,
    )


def _opened(chunks: list[str], words: list[str], at: int, found: _Found, file: str) -> None:
    if len(chunks) > _DEEPEST:
        raise InvalidFile(file, "is nested too deeply", line=at)
    if len(chunks) == 1:
        if chunks[0] != "REAPER_PROJECT" or found.version:
            raise InvalidFile(file, "is no REAPER project", line=at)
        found.version = words[2] if len(words) > 2 else "unknown"  # noqa: PLR2004 - the third word
    elif chunks[1:] == ["TRACK"]:
        _room(found.tracks, file, at)
        found.tracks.append(Track("", line=at))


def _line(chunks: list[str], line: str, at: int, found: _Found, file: str) -> None:
    match chunks[1:]:
        case []:
            _of_project(_words(line), at, found, file)
        case ["NOTES"] if line.startswith("|") and len(found.notes) < _LISTED:
            found.notes.append(line[1:])
        case ["TEMPOENVEX"] if line.startswith("PT "):
            _of_tempo(_words(line), found)
        case ["TRACK"]:
            _of_track(_words(line), found)
        case _:
            pass


def _of_project(words: list[str], at: int, found: _Found, file: str) -> None:
    match words:
        case ["TITLE", title, *_]:
            found.title = title
        case ["AUTHOR", author, *_]:
            found.author = author
        case ["TEMPO", tempo, *metre]:
            found.tempo = number(tempo)
            whole = len(metre) > 1 and metre[0].isdecimal() and metre[1].isdecimal()
            found.metre = f"{metre[0][:3]}/{metre[1][:3]}" if whole else ""
        case ["MARKER", name_number, place, name, *rest]:
            _room(found.places, file, at)
            if not _NUMBER.fullmatch(place):
                found.strange.append((at, f"{name} at {place}"))
            _marker(name_number, number(place), name, rest, found)
        case _:
            pass


def _of_tempo(words: list[str], found: _Found) -> None:
    """Take a point of the tempo map in: its time, its tempo, its shape, its metre where it has one."""
    match words:
        case ["PT", _, tempo, _, metre, *_] if metre.isdecimal() and metre != "0":
            found.tempos.add(tempo)
            found.metres.add(metre)
        case ["PT", _, tempo, *_]:
            found.tempos.add(tempo)
        case _:
            pass


def _marker(mark: str, at: float, name: str, rest: list[str], found: _Found) -> None:
    """Take a marker in; a region is two lines of one number, the second its end."""
    colour = _chosen(rest[1]) if len(rest) > 1 else ""
    if not (rest and rest[0].isdecimal() and int(rest[0][:9]) & _REGION):
        found.places.append(Place(at, name, colour=colour))
        return
    begun = found.regions.pop(mark, None)
    if begun is None:
        found.regions[mark] = len(found.places)
        found.places.append(Place(at, name, at, colour))
    else:
        first = found.places[begun]
        found.places[begun] = Place(first.at, first.name, at, first.colour)


def _of_track(words: list[str], found: _Found) -> None:
    track = found.tracks[-1]
    match words:
        case ["NAME", name, *_]:
            found.tracks[-1] = Track(name, track.colour, track.own, track.line)
        case ["PEAKCOL", colour, *_]:
            found.tracks[-1] = Track(track.name, _chosen(colour), track.own, track.line)
        case ["ISBUS", "1", *_]:
            found.tracks[-1] = Track(track.name, track.colour, own=False, line=track.line)
        case _:
            pass


def _chosen(number_of_it: str) -> str:
    """Return the colour of a number whose lowest byte is red, empty unless the user chose it."""
    written = int(number_of_it[:12]) if number_of_it.isdecimal() else 0
    if not written & _CHOSEN:
        return ""
    return f"#{written & 0xFF:02X}{written >> 8 & 0xFF:02X}{written >> 16 & 0xFF:02X}"


def _words(line: str) -> list[str]:
    """Return the first words of a line; one with spaces stands in quotation marks of three kinds."""
    return list(_split(line))


def _split(line: str) -> Iterator[str]:
    for many, found in enumerate(_WORD.finditer(line[:4096])):
        if many >= _WORDS:
            return
        yield next(part for part in found.groups() if part is not None)


def _room(listed: list[Place] | list[Track], file: str, at: int) -> None:
    if len(listed) >= _LISTED:
        raise InvalidFile(file, f"holds more than {_LISTED} of these", line=at)
