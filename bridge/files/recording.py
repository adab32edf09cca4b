"""Recordings as files: one JSON object a line, read whole or refused with the line that is wrong.

A file whose writer was killed is read up to its last whole line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from bridge.errors import InvalidFile, Unavailable
from bridge.files.recording_lines import DAYS, LINES, SCHEMA, Head, Line, Turn
from bridge.files.toml import dotted
from bridge.files.toml_faults import fault, found, unknown

_LONGEST = 64 << 20  # bytes of one line; a studio of 5000 tasks takes about two million
_WRITTEN = {
    "midi": 'bytes in hex such as "90 51 7F"',
    "osc": 'an address such as "/songbridge/complete"',
}
_BACK = 1.0  # seconds that a line may lie before the one above: threads stamp for themselves


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording as read. ``cut``: its last line was not whole and is left out."""

    file: str
    head: Head
    lines: tuple[tuple[int, Line], ...]
    cut: bool = False

    def error(self, line: int, problem: str, key: str = "") -> InvalidFile:
        """Return an error at that line, to be raised."""
        return InvalidFile(self.file, problem, key=key, line=line)


def read_recording(path: Path) -> Recording:
    """Read a recording. Raises InvalidFile with the line, Unavailable where it can't be read."""
    file = str(path)
    try:
        with path.open("rb") as stream:
            raw = list(_rows(file, stream))
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "the name can't be used"
        raise Unavailable(f"{file} can't be read: {why}") from None
    cut = bool(raw) and not raw[-1][1].endswith(b"\n") and not _whole(raw[-1][1])
    rows = [(number, line) for number, line in raw[: len(raw) - cut] if line.strip()]
    if not rows:
        raise InvalidFile(file, 'is empty; needed first: {"recording": 1, "profile": "…"}', line=1)
    head = _head(file, *rows[0])
    return Recording(file, head, tuple(_in_order(file, rows[1:])), cut)


def _rows(file: str, stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := stream.readline(_LONGEST + 1):
        number += 1
        if len(line) > _LONGEST:
            raise InvalidFile(file, f"is longer than {_LONGEST >> 20} MB", line=number)
        yield number, line


def _whole(line: bytes) -> bool:
    """Tell whether a last line without its end is whole all the same: written by hand."""
    try:
        msgspec.json.decode(line, type=dict[str, msgspec.Raw])
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return False
    return True


def _head(file: str, number: int, line: bytes) -> Head:
    raw = _object(file, number, line)
    if "recording" not in raw:
        raise InvalidFile(
            file,
            'is no head of a recording; needed first: {"recording": 1, "profile": "…"}',
            line=number,
        )
    schema = _decoded(file, number, bytes(raw["recording"]), Any, "recording")
    if schema != SCHEMA:
        shown = found(str(schema))
        problem = f"found {shown}; this version of Songbridge reads {SCHEMA}"
        raise InvalidFile(file, problem, key="recording", line=number)
    head: Head = _decoded(file, number, line, Head)
    _check(file, number, head)
    return head


def _check(file: str, number: int, head: Head) -> None:
    """Refuse what each key allows but the core can't work with."""
    settings = head.settings
    spans = (settings.grace, settings.default_budget, settings.default_break)
    limits = [
        one for limit in (settings.warning, settings.danger) for one in (limit.share, limit.seconds)
    ]
    if len(settings.stages) < 2 or not settings.sections:  # noqa: PLR2004 - a first and a last stage
        problem = "needs two stages and one section at least, as a configuration does"
        raise InvalidFile(file, problem, key="settings", line=number)
    if not all(0 <= span <= DAYS for span in (*spans, *limits)) or settings.default_break < 1:
        problem = f"holds a time outside of 0 to {DAYS} seconds"
        raise InvalidFile(file, problem, key="settings", line=number)
    if bool(head.profile) == bool(head.controllers) and not (head.state and not head.profile):
        raise InvalidFile(file, "needs either profile or controllers", line=number)


def _in_order(file: str, rows: list[tuple[int, bytes]]) -> Iterator[tuple[int, Line]]:
    latest = 0.0
    for number, text in rows:
        line = _line(file, number, text)
        if line.at < latest - _BACK:
            problem = f"found {line.at:g} after {latest:g}; allowed: lines in the order of time"
            raise InvalidFile(file, problem, key="at", line=number)
        latest = max(latest, line.at)
        yield number, line


def _line(file: str, number: int, text: bytes) -> Line:
    raw = _object(file, number, text)
    kind = next((kind for key, kind in LINES.items() if key in raw), None)
    if kind is None:
        keys = [key for key in raw if key != "at"]
        told = f"found {found(keys[0])}; {unknown(keys[0], list(LINES))}" if keys else ""
        needed = f"says nothing that happened; allowed: one of {', '.join(LINES)}"
        raise InvalidFile(file, told or needed, line=number)
    line: Line = _decoded(file, number, text, kind)
    if isinstance(line, Turn) and (line.by is None) == (line.to is None):
        raise InvalidFile(file, "needs either by or to", key="turn", line=number)
    return line


def _object(file: str, number: int, text: bytes) -> dict[str, msgspec.Raw]:
    raw: dict[str, msgspec.Raw] = _decoded(file, number, text, dict[str, msgspec.Raw])
    return raw


def _decoded(file: str, number: int, text: bytes, kind: Any, key: str = "") -> Any:  # noqa: ANN401 - a type
    try:
        try:
            return msgspec.json.decode(text, type=kind)
        except msgspec.ValidationError as error:
            where, problem = _told(error, msgspec.json.decode(text), kind)
            raise InvalidFile(file, problem, key=where or key, line=number) from None
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        shown = found(text[:60].decode("utf-8", "replace").strip())
        problem = f"found {shown}, which is no JSON object: {' '.join(str(error).split())}"
        raise InvalidFile(file, problem, line=number) from None


def _told(error: msgspec.ValidationError, value: Any, kind: Any) -> tuple[str, str]:  # noqa: ANN401 - as above
    """Return where something does not fit, and what was found and is allowed."""
    said, _, place = str(error).partition(" - at `$")
    place = place.rstrip("`").lstrip(".")
    if "regex" in said:
        allowed = _WRITTEN.get(place, "another text")
        return place, f"found {found(value[place])}; allowed: {allowed}"
    fits_not = fault(value, kind)
    if fits_not is None or place.startswith("settings."):
        return place, said[:1].lower() + said[1:]
    return dotted(fits_not.key), fits_not.problem
