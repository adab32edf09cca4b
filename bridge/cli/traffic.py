"""What came in and went out as lines: for `monitor`, as it happens, and for `rehearse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Final, TypeAlias

import click

Row: TypeAlias = Mapping[str, Any]
"""A `bridge.web.role.Traffic` as JSON has it."""

KINDS: Final[Mapping[str, frozenset[str]]] = {
    "midi": frozenset({"midi", "light", "port"}),
    "osc": frozenset({"osc"}),
    "cues": frozenset({"cue"}),
    "facts": frozenset({"fact"}),
}
"""The channels that each of the options of that name shows."""

_WHO = 15, 27  # columns for who: as wide as the widest so far, an OSC peer at least
_INDENT = " " * 21  # where the names begin, for lines that go on
_ARROWS = {"in": "←", "out": "→"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be shown; without anything said, all. ``control`` is a pattern (``pad.7.*``).

    ``again``: lights as well that are told what they show already.
    """

    channels: frozenset[str] = frozenset()
    ways: frozenset[str] = frozenset()
    controller: str = ""
    control: str = ""
    lights: bool | None = None
    again: bool = False

    def of(self, row: Row) -> Row | None:
        """Return what of a row is wanted, None for nothing."""
        channel = row["channel"]
        if self.lights is False and channel == "light":
            return None
        if self.ways and row["way"] not in self.ways:
            return None
        if channel == "fault":
            return row
        if self.channels and channel not in self.channels:
            return None
        if self.controller and (channel not in KINDS["midi"] or row["who"] != self.controller):
            return None
        shown = self._of_control(row) if self.control else row
        return None if shown is None or self._is_stale(shown) else shown

    def _is_stale(self, row: Row) -> bool:
        """Tell whether a row has nothing but lights that show this already, or is a DAW's heartbeat."""
        more = row["more"]
        return not self.again and bool(more.get("beat") or (not row["text"] and more.get("same")))

    def _of_control(self, row: Row) -> Row | None:
        from bridge.surface.describing import grouped  # noqa: PLC0415 - slow to load

        more = row["more"]
        if "lights" in more:
            lights = {n: w for n, w in more["lights"].items() if fnmatchcase(n, self.control)}
            same = [name for name in more.get("same", ()) if name in lights]
            text = grouped({n: w for n, w in lights.items() if n not in same})
            kept = {"lights": lights, "same": same} if same else {"lights": lights}
            return {**row, "text": text, "more": kept} if lights else None
        return row if fnmatchcase(more.get("control", ""), self.control) else None


def wanted(chosen: Mapping[str, bool], ways: Mapping[str, bool], **more: Any) -> Wanted:  # noqa: ANN401 - Wanted's own
    """Return the choice that options make: ``--midi`` and so on, ``--in``, ``--out``."""
    channels = frozenset().union(*(KINDS[kind] for kind, on in chosen.items() if on))
    if more.get("lights"):
        channels |= {"light"}
    return Wanted(channels, frozenset(way for way, on in ways.items() if on), **more)


def filters(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options by which lines are chosen; `chosen` reads them."""
    options = (
        click.option("--midi", is_flag=True, help="Controllers: presses, lights, ports."),
        click.option("--osc", is_flag=True, help="OSC that comes in, its answers, feedback."),
        click.option("--cues", is_flag=True, help="What DAWs are told, and say."),
        click.option("--facts", is_flag=True, help="What enters the journal."),
        click.option("--lights/--no-lights", default=None, help="Lights (with), or all but these."),
        click.option("--in", "way_in", is_flag=True, help="Only what comes in."),
        click.option("--out", "way_out", is_flag=True, help="Only what goes out."),
        click.option("--control", metavar="PATTERN", default="", help="For example 'pad.7.*'."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def chosen(options: Mapping[str, Any], controller: str = "", *, again: bool = False) -> Wanted:
    """Return the choice that the options of `filters` make; `again` as in `Wanted`."""
    return wanted(
        {kind: options[kind] for kind in KINDS},
        {"in": options["way_in"], "out": options["way_out"]},
        controller=controller,
        control=options["control"],
        lights=options["lights"],
        again=again,
    )


class Lines:
    """Rows as text. ``clock`` writes an instant in twelve columns; ``width`` 0: never folded."""

    def __init__(self, clock: Callable[[float], str], *, raw: bool = False, width: int = 0) -> None:
        self._clock, self._raw, self._width = clock, raw, width
        self._who = _WHO[0]

    def of(self, row: Row) -> str:
        """Return one row's line, or lines where it is folded; without the last line's end."""
        data = f"  [{row['data']}]" if row["data"] and (self._raw or not row["text"]) else ""
        again = _again(row) if self._raw else ""
        arrow = _ARROWS[row["way"]]
        who = escaped(row["who"])
        self._who = max(self._who, min(len(who), _WHO[1]))
        text = (
            f"{arrow} {row['channel']:<5} {who:<{self._who}} {escaped(row['text'] + again)}{data}"
        )
        return self._folded(f"{self._clock(row['at'])} {text}".rstrip())

    def _folded(self, line: str) -> str:
        if not self._width or len(line) <= self._width:
            return line
        from textwrap import wrap  # noqa: PLC0415 - only in a terminal

        rows = wrap(
            line, self._width, subsequent_indent=_INDENT, break_on_hyphens=False,
            drop_whitespace=True, replace_whitespace=False,
        )  # fmt: skip
        return "\n".join(rows)


def _again(row: Row) -> str:
    """Return the lights of a row that were told what they show already."""
    same = row["more"].get("same")
    if not same:
        return ""
    from bridge.surface.describing import grouped  # noqa: PLC0415 - slow to load

    again = f"again: {grouped({name: row['more']['lights'][name] for name in same})}"
    return f" ({again})" if row["text"] else again


def escaped(text: str) -> str:
    """Return `text` with whatever a terminal would obey written out, as Python writes it."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
