"""From the tables of a profile to its controls, each with the place in the file that wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from bridge.files.toml_faults import found
from bridge.surface.profile import NO_LIGHT, Control, Display, Light

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bridge.files.profile_schema import (
        ControlTable,
        DisplayTable,
        GridTable,
        LightTable,
        ProfileFile,
        StripTable,
    )
    from bridge.files.toml import Document, KeyPath
    from bridge.surface.profile import Kind, Message, Turning

_HIGHEST = 127
_PLACE = "{n}"
# A layout's patterns name controls by words and by numbers from 1 to 999, joined by dots.
_PART = r"(?:[a-z][a-z0-9_-]*|[1-9][0-9]{0,2})"
_NAME = re.compile(rf"[a-z][a-z0-9_-]*(?:\.{_PART})*")


@dataclass(frozen=True, slots=True)
class Placed:
    """A control, and the key of the file that its number comes from."""

    control: Control
    key: KeyPath


@dataclass(frozen=True, slots=True)
class _Way:
    """What the controls of one table have in common."""

    kind: Kind
    message: Message
    channel: int | None
    turning: Turning
    light: LightTable | None
    also: list[int]

    def control(self, name: str, number: int, channel: int | None = None) -> Control:
        silent = self.kind == "light"
        return Control(
            name,
            self.kind,
            "none" if silent else self.message,
            0 if silent else number,
            self.channel if channel is None else channel,
            self.turning,
            self._light(number),
            tuple(number + step for step in self.also),
        )

    def _light(self, number: int) -> Light:
        light = self.light
        if light is None or light.kind == "none":
            return NO_LIGHT
        message = light.message or self.message
        lit = number + light.offset
        return Light(light.kind, message, lit, light.channel, light.lamps, light.colour)


def controls(document: Document, written: ProfileFile) -> dict[str, Control]:
    """Return the controls by name. Raises `InvalidFile` for names, numbers and messages."""
    placed = list(_placed(document, written))
    by_name: dict[str, Placed] = {}
    for one in placed:
        _check(document, one)
        if by_name.setdefault(one.control.name, one) is not one:
            raise document.error(
                one.key, f"{found(one.control.name)} is there twice; allowed: once"
            )
    _check_messages(document, placed)
    return {name: one.control for name, one in by_name.items()}


def displays(document: Document, tables: Iterable[DisplayTable]) -> dict[str, Display]:
    """Return the displays by name. Raises `InvalidFile` for names."""
    made: dict[str, Display] = {}
    for index, table in enumerate(tables):
        key: KeyPath = ("display", index, "name")
        if (table.count > 1) != (_PLACE in table.name):
            raise document.error(
                key, f"found {found(table.name)}; {_PLACE} and count go together, or neither"
            )
        for n in range(table.count):
            name = table.name.replace(_PLACE, str(n + 1))
            _check_name(document, key, name)
            if name in made:
                raise document.error(key, f"{found(name)} is there twice; allowed: once")
            made[name] = Display(name, table.width, table.offset + n * table.width)
    return made


def _placed(document: Document, written: ProfileFile) -> Iterator[Placed]:
    for index, grid in enumerate(written.grid):
        yield from _grid(grid, ("grid", index))
    for index, strip in enumerate(written.strip):
        yield from _strip(document, strip, ("strip", index))
    for name, table in written.control.items():
        yield _single(name, table)


def _channel(written: int | str) -> int | None:
    return written if isinstance(written, int) else None


def _grid(table: GridTable, key: KeyPath) -> Iterator[Placed]:
    way = _Way(
        "button", table.message, _channel(table.channel), "absolute", table.light, table.also
    )
    for row in range(table.rows):
        for column in range(table.cols):
            number = table.origin + row * table.row_step + column * table.col_step
            name = f"{table.name}.{row + 1}.{column + 1}"
            yield Placed(way.control(name, number), (*key, "origin"))


def _strip(document: Document, table: StripTable, key: KeyPath) -> Iterator[Placed]:
    way = _Way(
        table.kind, table.message, _channel(table.channel), table.turning, table.light, table.also
    )
    given = [
        name
        for name in ("numbers", "range", "channels")
        if getattr(table, name) is not None  # the three are told apart by their names
    ]
    if given != (["channels"] if table.message == "pitchbend" else given[:1]) or not given:
        raise document.error(
            key,
            f"found {' and '.join(given) or 'none'}; needed: one of numbers and range, "
            "or channels when message is pitchbend",
        )
    for place, channel in enumerate(table.channels or ()):
        yield Placed(
            way.control(f"{table.name}.{place + 1}", 0, channel), (*key, "channels", place)
        )
    for place, number in enumerate(_numbers(table)):
        at = (*key, "numbers", place) if table.numbers is not None else (*key, "range")
        yield Placed(way.control(f"{table.name}.{place + 1}", number), at)


def _numbers(table: StripTable) -> Iterable[int]:
    if table.range is None:
        return table.numbers or ()
    first, last = table.range
    return range(first, last + 1) if first <= last else range(first, last - 1, -1)


def _single(name: str, table: ControlTable) -> Placed:
    way = _Way(
        table.kind, table.message, _channel(table.channel), table.turning, table.light, table.also
    )
    return Placed(way.control(name, table.number), ("control", name))


def _check(document: Document, one: Placed) -> None:
    control = one.control
    _check_name(document, one.key, control.name)
    for number in (*control.numbers, control.light.number):
        if not 0 <= number <= _HIGHEST:
            what = "number" if number in control.numbers else "light's number"
            raise document.error(
                one.key, f"the {what} of {control.name} would be {number}; allowed: 0 to {_HIGHEST}"
            )
    if problem := _mismatch(control):
        raise document.error(one.key, f"{control.name} {problem}")


def _check_name(document: Document, key: KeyPath, name: str) -> None:
    if not _NAME.fullmatch(name):
        raise document.error(
            key,
            f"found the name {found(name)}; allowed: small letters and numbers from 1 to 999, "
            "joined by dots, such as play, side.3, pad.1.8",
        )


def _mismatch(control: Control) -> str:
    """Return what is wrong about a control's kind, message and turning together."""
    match control.kind:
        case "light":
            return "has no light; needed: light" if control.light.kind == "none" else ""
        case "button":
            if control.message not in ("note", "cc"):
                return f"is a button by {control.message}; allowed: note or cc"
        case _:
            if control.message not in ("cc", "pitchbend"):
                return f"is a {control.kind} by {control.message}; allowed: cc or pitchbend"
    if control.turning != "absolute" and (control.kind, control.message) != ("encoder", "cc"):
        return f'turns by "{control.turning}"; allowed for an encoder by cc only'
    return ""


def _check_messages(document: Document, placed: Iterable[Placed]) -> None:
    """Refuse two controls on one message, or two lights on one."""
    heard: dict[tuple[Message, int, int], str] = {}
    for one in placed:
        control = one.control
        if control.message == "none":
            continue
        channels = range(1, 17) if control.channel is None else (control.channel,)
        for channel, number in product(channels, control.numbers):
            message = (control.message, channel, number)
            other = heard.setdefault(message, control.name)
            if other != control.name:
                raise document.error(one.key, _two(other, control.name, message))


def _two(one: str, other: str, message: tuple[Message, int, int]) -> str:
    kind, channel, number = message
    by = f"{kind} {number}" if kind != "pitchbend" else kind
    return f"{one} and {other} both send {by} on channel {channel}; allowed: one control a message"
