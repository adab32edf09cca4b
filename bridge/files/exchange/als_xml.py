"""A Live set's XML, streamed: only names, colours, tempo and locators are looked at.

A set is gzip over XML, often a hundred megabytes of it. It is taken apart piece by piece, and given up
beyond limits that no set comes near: what is hostile costs seconds and no memory. A document type,
the door to entities, is refused.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from bridge.errors import InvalidFile

_PIECE = 1 << 22  # bytes handed on at a time: expat begins a long token anew with each
_LARGEST = 512 * 1024 * 1024  # bytes of XML; the largest sets that are told of have 200 MB
_ELEMENTS = 6_000_000
_DEEPEST = 400
_POINTS = 200_000  # of tempo automation
_LISTED = 10_000  # tracks, locators
_GZIP = b"\x1f\x8b"
_TRACKS = frozenset({"MidiTrack", "AudioTrack", "GroupTrack", "ReturnTrack"})
_MASTERS = frozenset({"MasterTrack", "MainTrack", "PreHearTrack"})


@dataclass(slots=True)
class RawTrack:
    """A track as the set names it: the user's name wins over Live's own; ``colour`` is an index."""

    kind: str
    line: int
    effective: str = ""
    user: str = ""
    colour: int | None = None


@dataclass(slots=True)
class RawLocator:
    """A locator: at so many beats."""

    beat: float = 0.0
    name: str = ""
    annotation: str = ""


@dataclass(slots=True)
class RawSet:
    """What was found. ``envelopes`` are automation points by what they automate."""

    creator: str = ""
    version: str = ""
    tempo: float = 0.0
    tempo_id: str = ""
    metre: int | None = None
    tracks: list[RawTrack] = field(default_factory=list)
    locators: list[RawLocator] = field(default_factory=list)
    metre_id: str = ""
    envelopes: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    annotation: str = ""


def read_set(data: bytes, file: str) -> RawSet:
    """Return what stands in the set. Raises `InvalidFile` for what is no set, or too much of one."""
    reading = _Reading(file)
    parser = expat.ParserCreate(namespace_separator=None)
    reading.parser = parser
    parser.StartDoctypeDeclHandler = reading.doctype
    parser.StartElementHandler = reading.begin
    parser.EndElementHandler = reading.end
    try:
        for piece in _unpacked(data, file):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        told = (
            expat.errors.messages.get(error.code, "") if hasattr(expat.errors, "messages") else ""
        )
        problem = f"is no Live set: its XML is broken ({told})"
        raise InvalidFile(file, problem, line=error.lineno) from None
    if not reading.found.creator and not reading.is_set:
        raise InvalidFile(file, "is no Live set: the XML in it is of another program")
    return reading.found


def _unpacked(data: bytes, file: str) -> Iterator[bytes]:
    """Yield the XML in pieces; a set that somebody unpacked is taken as it is."""
    if not data.startswith(_GZIP):
        for start in range(0, len(data), _PIECE):
            yield data[start : start + _PIECE]
        return
    unpacking, waiting, size = zlib.decompressobj(wbits=31), data, 0
    try:
        while not unpacking.eof:
            piece = unpacking.decompress(waiting, _PIECE)
            waiting = unpacking.unconsumed_tail
            if not piece and not waiting:
                raise InvalidFile(file, "is cut short; take a backup of the set")
            size += len(piece)
            if size > _LARGEST:
                raise InvalidFile(file, f"unpacks to more than {_LARGEST >> 20} MiB; no set does")
            yield piece
    except zlib.error:
        raise InvalidFile(file, "is damaged (its gzip can't be unpacked); take a backup") from None


class _Reading:
    """Follows the elements; paths are told from below the set's root."""

    def __init__(self, file: str) -> None:
        self.found, self.is_set = RawSet(), False
        self.parser: expat.XMLParserType | None = None
        self._file = file
        self._path: list[str] = []
        self._count = self._points = 0
        self._automated = ""

    def doctype(self, *_told: object) -> None:
        raise InvalidFile(self._file, "is no Live set: it declares a document type")

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        path = self._path
        path.append(name)
        self._count += 1
        if self._count > _ELEMENTS or len(path) > _DEEPEST:
            raise InvalidFile(self._file, "holds more than any Live set does")
        if len(path) == 1:
            self.is_set = name == "Ableton"
            self.found.creator = attributes.get("Creator", "")
            self.found.version = attributes.get("MinorVersion", "")
        elif path[1:] == ["LiveSet", "Annotation"]:
            self.found.annotation = attributes.get("Value", "")
        elif len(path) > 3 and path[1] == "LiveSet":  # noqa: PLR2004 - root, set, part, and something in it
            self._part(path, attributes)

    def end(self, _name: str) -> None:
        self._path.pop()

    def _part(self, path: list[str], attributes: dict[str, str]) -> None:
        part = path[2]
        if part == "Tracks" and path[3] in _TRACKS:
            self._track(path, attributes)
        elif part in _MASTERS:
            self._master(path, attributes)
        elif part == "Locators" and path[3] == "Locators":
            self._locator(path, attributes)

    def _track(self, path: list[str], attributes: dict[str, str]) -> None:
        tracks, value = self.found.tracks, attributes.get("Value", "")
        if len(path) == 4:  # noqa: PLR2004 - the track itself
            self._room(tracks)
            line = self.parser.CurrentLineNumber if self.parser else 0
            tracks.append(RawTrack(path[3], line))
            return
        match path[4:]:
            case ["Name", "EffectiveName"]:
                tracks[-1].effective = value
            case ["Name", "UserName"]:
                tracks[-1].user = value
            case ["Color" | "ColorIndex"] if value.isascii() and value.isdigit():
                tracks[-1].colour = int(value[:9])
            case _:
                pass

    def _locator(self, path: list[str], attributes: dict[str, str]) -> None:
        locators, value = self.found.locators, attributes.get("Value", "")
        if path[4:] == ["Locator"]:
            self._room(locators)
            locators.append(RawLocator())
            return
        match path[4:]:
            case ["Locator", "Time"]:
                locators[-1].beat = number(value)
            case ["Locator", "Name"] | ["Locator", "Name", "EffectiveName"] if value:
                locators[-1].name = value
            case ["Locator", "Annotation"]:
                locators[-1].annotation = value
            case _:
                pass

    def _master(self, path: list[str], attributes: dict[str, str]) -> None:
        found, value = self.found, attributes.get("Value", "")
        match path[-2:]:
            case ["Tempo", "Manual"]:
                found.tempo = number(value)
            case ["Tempo", "AutomationTarget"]:
                found.tempo_id = attributes.get("Id", "")
            case ["TimeSignature", "AutomationTarget"]:
                found.metre_id = attributes.get("Id", "")
            case ["TimeSignature", "Manual"] if value.isascii() and value.isdigit():
                found.metre = int(value[:9])
            case ["EnvelopeTarget", "PointeeId"]:
                self._automated = value
            case ["Events", "FloatEvent" | "EnumEvent"]:
                self._point(path, attributes)
            case _:
                pass

    def _point(self, path: list[str], attributes: dict[str, str]) -> None:
        inside = path[-4:-2]
        if inside == ["Tempo", "ArrangerAutomation"]:  # up to Live 9
            target = "tempo"
        elif inside[-1:] == ["Automation"] and "AutomationEnvelopes" in path:
            target = self._automated
        else:
            return
        self._points += 1
        if self._points > _POINTS:
            raise InvalidFile(self._file, "holds more automation than any Live set does")
        point = (number(attributes.get("Time", "")), number(attributes.get("Value", "")))
        self.found.envelopes.setdefault(target, []).append(point)

    def _room(self, listed: list[RawTrack] | list[RawLocator]) -> None:
        if len(listed) >= _LISTED:
            raise InvalidFile(self._file, "holds more than any Live set does")


def number(text: str) -> float:
    """Return the number that `text` means, with a point or a comma; 0 for what is none."""
    try:
        value = float(text[:40].replace(",", "."))
    except ValueError:
        return 0.0
    return value if math.isfinite(value) else 0.0
