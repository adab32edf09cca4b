"""Profiles that `learn` writes: one more control in a profile, and the draft of a whole new one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from bridge.errors import Invalid, InvalidFile
from bridge.files import toml
from bridge.files.learning import MARK
from bridge.files.profiles import profile_from
from bridge.surface import schemes
from bridge.surface.guessing import Sent

if TYPE_CHECKING:
    from bridge.surface.guessing import Grid
    from bridge.surface.matching import Platform
    from bridge.surface.profile import Kind, Turning


@dataclass(frozen=True, slots=True)
class Found:
    """One control that was found out: what it sends, what it is, and how it counts."""

    sent: Sent
    kind: Kind = "button"
    turning: Turning = "absolute"


@dataclass(frozen=True, slots=True)
class Draft:
    """All that was found out about an unknown controller.

    ``port`` and ``port_out`` are normalised names; ``rows`` are controls in a row (``side``) and
    ``single`` those with names of their own; ``light`` is the light of every button: ``note`` or
    ``cc`` where a message of that kind lights it, else empty.
    """

    id: str
    name: str
    platform: Platform
    port: str
    port_out: str = ""
    grid: Grid | None = None
    rows: Mapping[str, Sequence[Found]] = field(default_factory=dict)
    single: Mapping[str, Found] = field(default_factory=dict)
    light: str = ""


def with_control(text: str, file: str, name: str, found: Found) -> str:
    """Return the profile of `text` with one control more. Raises `Invalid` or `InvalidFile`."""
    plain = text.removeprefix("\ufeff")
    try:
        document = tomlkit.parse(plain)
    except TOMLKitError as error:
        raise Invalid(f"{file} can't be changed by itself ({error}); change it by hand") from None
    if tomlkit.dumps(document) != plain:
        raise Invalid(f"{file} can't be changed by itself; add the control {name} by hand")
    line = f"{_key(name)} = {_inline(_table(found))}"
    if isinstance(document.get("control"), tomlkit.items.Table):
        written = _behind_controls(document, line)
    else:
        written = f"{plain.rstrip()}\n\n[control]\n{line}  # {MARK}\n"
    made = profile_from(toml.read(written, file))
    if name not in made.controls:
        raise Invalid(f"{file} can't be changed by itself; add the control {name} by hand")
    return text[: len(text) - len(plain)] + written


def draft(found: Draft) -> str:
    """Return the text of a new profile, checked. Raises `Invalid` when it can't be used so."""
    parts = [
        _head(found),
        _port(found),
        *_grid(found),
        *_rows(found),
        *_single(found),
        *_led(found),
    ]
    text = "\n".join(parts)
    try:
        provides = _provided(text)
        text = text.replace("provides = []", f"provides = {_inline(provides)}", 1)
        profile_from(toml.read(text, f"{found.id}.toml"))
    except InvalidFile as error:
        raise Invalid(f"this can't be a profile: {error}") from None
    return text


def quoted(name: str) -> str:
    """Return a name as it may stand between the quotes of TOML, and in a comment."""
    return "".join(c for c in name if c.isprintable() and c != "\\").replace('"', "'")


def first_pad(grid: Grid) -> Sent:
    """Return what the pad at the top left sends."""
    return Sent(grid.message, grid.channel, grid.origin, 127)


def _provided(text: str) -> list[str]:
    has = profile_from(toml.read(text, "the draft")).controls
    return [name for name, wanted in schemes.CONTROLS.items() if set(wanted) <= has.keys()]


def _behind_controls(document: tomlkit.TOMLDocument, line: str) -> str:
    """Write `line` behind the last control, before the comments of what follows."""
    body: list[Any] = document["control"].value.body
    places = [place for place, (key, _) in enumerate(body) if key is not None]
    at = places[-1] + 1 if places else 0
    body.insert(at, (None, tomlkit.items.Whitespace(f"{line}  # {MARK}\n")))
    return tomlkit.dumps(document)


def _head(found: Draft) -> str:
    name = quoted(found.name)
    return (
        f"# {name}: drafted by `songbridge learn --device` from what was pressed on it. What it says\n"
        "# may be changed by hand; docs/profiles.md tells what each key means.\n"
        f'schema = 1\nid = "{found.id}"\nname = "{name}"\nconfidence = "low"\n'
        'provides = []\nsources = ["learnt from the device"]\n'
    )


def _port(found: Draft) -> str:
    lines = [f"{found.platform} = {_pattern(found.port)}"]
    if found.port_out and found.port_out != found.port:
        lines.append(f"{found.platform}_out = {_pattern(found.port_out)}")
    return "# The name of the port that was listened to, on this system.\n[port]\n" + "".join(
        f"{line}\n" for line in lines
    )


def _pattern(name: str) -> str:
    """Return what finds that name; a2jmidid's number in brackets is another one after each plug."""
    escaped = re.sub(r"([\\.^$*+?{}\[\]|()])", r"\\\1", name)
    return _inline("^" + re.sub(r"\\\[[0-9]+\\\]", r"\\[\\d+\\]", escaped) + "$")


def _grid(found: Draft) -> list[str]:
    grid = found.grid
    if grid is None:
        return []
    last = grid.origin + (grid.rows - 1) * grid.row_step + (grid.cols - 1) * grid.col_step
    ends = ("first", "last") if grid.rows == 1 else ("at the top left", "at the bottom right")
    told = f"# Worked out from its corners: {grid.origin} {ends[0]}, {last} {ends[1]}.\n"
    table: dict[str, Any] = {
        "name": "pad", "rows": grid.rows, "cols": grid.cols, "origin": grid.origin,
        "row_step": grid.row_step, "col_step": grid.col_step, "message": grid.message,
        "channel": grid.channel, **_light(found, "button", grid.channel),
    }  # fmt: skip
    return [f"{told}[[grid]]\n{_lines(table)}"]


def _rows(found: Draft) -> list[str]:
    parts = []
    for name, row in found.rows.items():
        first = row[0]
        bends = first.sent.message == "pitchbend"
        table: dict[str, Any] = {"name": name}
        if bends:
            table["channels"] = [one.sent.channel for one in row]
        else:
            table["numbers"] = [one.sent.number for one in row]
        rest = {k: v for k, v in _table(first).items() if k not in ("number", "channel")}
        table |= rest if bends else {**rest, "channel": first.sent.channel}
        parts.append(f"[[strip]]\n{_lines(table | _light(found, first.kind, first.sent.channel))}")
    return parts


def _single(found: Draft) -> list[str]:
    if not found.single:
        return []
    lines = [
        f"{_key(name)} = {_inline(_table(one) | _light(found, one.kind, one.sent.channel))}\n"
        for name, one in found.single.items()
    ]
    return ["[control]\n" + "".join(lines)]


def _led(found: Draft) -> list[str]:
    if not found.light:
        return ['# No light answered when it was tried.\n[led]\ndriver = "none"\n']
    driver = "mono" if found.light == "note" else "mono_cc"
    return [
        f'# It lit up when it was sent its own number as a {found.light}.\n[led]\ndriver = "{driver}"\n'
    ]


def _light(found: Draft, kind: Kind, channel: int) -> dict[str, Any]:
    if not found.light or kind != "button":
        return {}
    return {"light": {"kind": "mono", "message": found.light, "channel": channel}}


def _table(found: Found) -> dict[str, Any]:
    sent = found.sent
    table: dict[str, Any] = {"message": sent.message}
    if sent.message != "pitchbend":
        table["number"] = sent.number
    table["channel"] = sent.channel
    if found.kind != "button":
        table["kind"] = found.kind
    if found.turning != "absolute":
        table["turning"] = found.turning
    return table


def _lines(table: Mapping[str, Any]) -> str:
    return "".join(f"{key} = {_inline(value)}\n" for key, value in table.items())


def _inline(value: object) -> str:
    """Return a value as TOML on one line."""
    match value:
        case dict():
            return "{ " + ", ".join(f"{k} = {_inline(v)}" for k, v in value.items()) + " }"
        case list():
            return "[" + ", ".join(map(_inline, value)) + "]"
        case str() if "\\" in value and "'" not in value:
            return f"'{value}'"
        case _:
            return tomlkit.item(value).as_string()


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else f'"{name}"'
