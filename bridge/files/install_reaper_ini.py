"""Lines of ours in REAPER's ``reaper.ini`` and ``reaper-kb.ini``: put in, found, taken out.

``reaper.ini`` counts its control surfaces: ``csurf_cnt=N`` and ``csurf_0`` to ``csurf_N-1``, in the
section ``[reaper]``. Shapes as MarkerMatic and reapy write them. Nothing here touches a file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bridge.files.install_text import Text, bare

_COUNT = re.compile(r"csurf_cnt[ \t]*=[ \t]*([0-9]{1,4})", re.IGNORECASE)
_SURFACE = re.compile(r"csurf_([0-9]{1,4})[ \t]*=[ \t]*(.*)", re.IGNORECASE)
_SECTION = re.compile(r"\[reaper\]", re.IGNORECASE)
_OSC = re.compile(r'OSC "[^"]*" [0-9]+ ([0-9]{1,5}) "([^"]*)" ([0-9]{1,5})\b')
_HTTP = re.compile(r"HTTP [0-9]+ ([0-9]{1,5}) '([^']*)'")
_MOST = 64  # surfaces; REAPER's list has never been seen with more than a dozen
_ACTION = re.compile(r'SCR [0-9]+ [0-9]+ "?(?P<id>SONGBRIDGE_[A-Z0-9_]+)"? ')


@dataclass(frozen=True, slots=True)
class Surfaces:
    """The control surfaces of a ``reaper.ini``: ``values`` in their order, without keys.

    ``counted`` tells whether the file has a line that counts them.
    """

    values: tuple[str, ...]
    counted: bool

    @property
    def osc(self) -> tuple[tuple[int, str, int], ...]:
        """All OSC devices: the port that is told, its host, and the port that REAPER listens on."""
        found = (_OSC.match(value) for value in self.values)
        return tuple((int(one[1]), one[2], int(one[3])) for one in found if one)

    @property
    def web(self) -> tuple[int, ...]:
        """The ports of the web interfaces that ask for no password."""
        found = (_HTTP.match(value) for value in self.values)
        return tuple(int(one[1]) for one in found if one and not one[2])

    @property
    def ports(self) -> frozenset[int]:
        """All ports that some surface listens on."""
        webs = (_HTTP.match(value) for value in self.values)
        return frozenset([one[2] for one in self.osc] + [int(one[1]) for one in webs if one])


def osc_device(device: int, listen: int) -> str:
    """Return an OSC device: feedback to port `device`, commands on `listen` (UDP, this machine).

    1024 is the largest packet, 10 the wait in milliseconds, as REAPER's own dialog sets them.
    """
    return f'OSC "Songbridge" 3 {device} "127.0.0.1" {listen} 1024 10 ""'


def web_interface(port: int) -> str:
    """Return a web interface on `port` (TCP), without password."""
    return f"HTTP 0 {port} '' 'index.html' 0 ''"


# --- reaper.ini -----------------------------------------------------------------------------------


def surfaces(text: Text) -> Surfaces:
    """Return the surfaces of a ``reaper.ini``. Raises ValueError for a count that can't be right."""
    start, end = _section(text)
    section = [bare(line) for line in text.lines[start:end]]
    counts = [int(one[1]) for line in section if (one := _COUNT.fullmatch(line))]
    written = {int(one[1]): one[2] for line in section if (one := _SURFACE.fullmatch(line))}
    count = counts[0] if counts else 0
    if count > _MOST or any(n not in written for n in range(count)):
        raise ValueError(f"it says csurf_cnt={count} and does not list as many")
    return Surfaces(tuple(written[n] for n in range(count)), bool(counts))


def with_surfaces(text: Text, added: tuple[str, ...]) -> Text:
    """Return `text` with more surfaces, behind those that are there. Raises ValueError."""
    if not added:
        return text
    return _resurfaced(text, surfaces(text).values + added, counted=True)


def without_surfaces(text: Text, ours: tuple[str, ...], *, counted: bool) -> Text:
    """Return `text` without those of `ours` that it still has; the others move up.

    `counted`: whether a count of none is worth a line. Raises ValueError.
    """
    kept = list(surfaces(text).values)
    for value in ours:
        same = [n for n, one in enumerate(kept) if _what(one) == _what(value)]
        if same:
            del kept[same[-1]]
    if tuple(kept) == surfaces(text).values:
        return text
    return _resurfaced(text, tuple(kept), counted=counted)


def _what(value: str) -> str:
    """Return what makes a surface ours: REAPER may write the rest of the line as it likes."""
    found = _OSC.match(value) or _HTTP.match(value)
    return found[0] if found else value


def _resurfaced(text: Text, values: tuple[str, ...], *, counted: bool) -> Text:
    """Write `values`, each in the line of its number, what is new behind the last of them."""
    start, end = _section(text)
    before = len(surfaces(text).values)
    lines: list[str] = []
    place, missing = -1, dict(enumerate(values))
    for line in text.lines[start:end]:
        kept = _renewed(text, line, missing, before, len(values), counted=counted)
        lines += kept
        if kept and _number(line) is not None:
            place = len(lines)
    if place < 0:
        place = next((n + 1 for n in range(len(lines) - 1, -1, -1) if bare(lines[n])), 0)
    new = [text.ending(f"csurf_{n}={value}") for n, value in missing.items()]
    if not any(_COUNT.fullmatch(bare(line)) for line in lines) and (counted or values):
        new.insert(0, text.ending(f"csurf_cnt={len(values)}"))
    section = [*lines[:place], *new, *lines[place:]]
    return text.with_lines([*text.lines[:start], *section, *text.lines[end:]])


def _renewed(
    text: Text, line: str, missing: dict[int, str], before: int, after: int, *, counted: bool
) -> list[str]:
    """Return what stands for `line` now; takes what it holds out of `missing`."""
    number = _number(line)
    if number is None:
        return [line]
    if number < 0:
        if not (counted or after):
            return []
        return [line] if before == after else [text.ending(f"csurf_cnt={after}")]
    if number in missing:
        same = (one := _SURFACE.fullmatch(bare(line))) and one[2] == missing[number]
        value = missing.pop(number)
        return [line] if same else [text.ending(f"csurf_{number}={value}")]
    return [] if number < before else [line]


def _number(line: str) -> int | None:
    """Return the number of a surface's line, -1 for the line that counts them, None for others."""
    if _COUNT.fullmatch(bare(line)):
        return -1
    one = _SURFACE.fullmatch(bare(line))
    return int(one[1]) if one else None


def _section(text: Text) -> tuple[int, int]:
    """Return where the lines of ``[reaper]`` begin and end. Raises ValueError without it."""
    heads = [n for n, line in enumerate(text.lines) if bare(line).startswith("[")]
    start = next((n for n in heads if _SECTION.fullmatch(bare(text.lines[n]))), None)
    if start is None:
        raise ValueError("it has no section [reaper]")
    return start + 1, next((n for n in heads if n > start), len(text.lines))


# --- reaper-kb.ini --------------------------------------------------------------------------------


def action_line(name: str, title: str, script: str) -> str:
    """Return the line that makes `script` (under ``Scripts``) the action ``_NAME`` of the main section."""
    return f'SCR 4 0 {name} "{title}" "{script}"'


def with_actions(text: Text, added: tuple[str, ...]) -> Text:
    """Return `text` with `added` behind all other lines, each once."""
    rest = [line for line in text.lines if bare(line) not in {bare(text.ending(a)) for a in added}]
    return text.with_lines([*rest, *(text.ending(line) for line in added)]) if added else text


def without_actions(text: Text, ours: tuple[str, ...]) -> Text:
    """Return `text` without the lines that make one of the actions of `ours`, however they look now."""
    names = {one["id"] for line in ours if (one := _ACTION.match(line))}
    found = [(line, _ACTION.match(bare(line))) for line in text.lines]
    kept = [line for line, one in found if one is None or one["id"] not in names]
    return text.with_lines(kept) if len(kept) < len(text.lines) else text
