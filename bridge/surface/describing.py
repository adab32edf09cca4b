"""What a device was sent, in its profile's words: bytes back to controls, looks and texts.

Nothing here knows a protocol. What a driver makes of each look is remembered, and found again in what
went out: as a whole message, or as one of the specs that a SysEx holds between its head and its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, takewhile
from typing import TypeAlias

from bridge.messages import DARK, Effect, Look
from bridge.surface.drivers import Cell, driver_for
from bridge.surface.frame import Frame
from bridge.surface.profile import Control, Display, Profile
from bridge.surface.roles import COLOURS

_NAMES = {colour: name for name, colour in COLOURS.items()}
_SYSEX, _END = 0xF0, 0xF7
_IDENTITY = re.compile(rb"\xf0\x7e[\x00-\x7f]\x06\x01\xf7")  # MIDI 1.0, "Identity Request"
_MOST = 20_000
"""Remembered messages; a picture with rings and meters makes a few thousand in an evening."""
_Head: TypeAlias = tuple[bytes, int]
"""What all SysEx messages of one kind begin with, and where their first spec stands."""
_MANY = 64  # specs: a number that shows in both bytes of a count
_RUN = 3  # names in a row from which on only the first and the last are named


def look_words(look: Look) -> str:
    """Return a look as people say it: ``green 25% pulse``, ``#3FA7FF``, ``off``."""
    if look.effect is Effect.OFF or look.level <= 0 or look.colour == DARK.colour:
        return "off"
    words = [_NAMES.get(look.colour, look.colour)]
    if look.level < 1:
        words.append(f"{look.level:.0%}")
    if look.effect is not Effect.SOLID:
        words.append(look.effect.value)
    return " ".join(words)


def grouped(shown: Mapping[str, str]) -> str:
    """Return what controls show on one line, those alike together: ``pad.1.1-8 off, play green``."""
    alike: dict[str, list[str]] = {}
    for name, words in shown.items():
        alike.setdefault(words, []).append(name)
    return ", ".join(f"{_runs(names)} {words}" for words, names in alike.items())


def _runs(names: Sequence[str]) -> str:
    """Join names; where their last numbers follow each other, ``pad.4.1-8``."""

    def place(indexed: tuple[int, str]) -> tuple[str, int]:
        stem, _, number = indexed[1].rpartition(".")
        return (stem, int(number) - indexed[0]) if number.isdecimal() else (indexed[1], 0)

    told: list[str] = []
    for _, group in groupby(enumerate(names), key=place):
        run = [name for _, name in group]
        last = run[-1].rpartition(".")[2]
        told += [f"{run[0]}-{last}"] if len(run) >= _RUN else run
    return " ".join(told)


class Describer:
    """Puts in words what one device is sent; thread: the one that sends to it.

    `learn` is told each picture, before or just after its first message goes out.
    """

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._driver = driver_for(profile)
        self._lights = [c for c in profile.controls.values() if c.light.kind != "none"]
        self._order = {name: n for n, name in enumerate((*profile.controls, *profile.displays))}
        self._whole: dict[bytes, dict[str, str]] = {}
        self._specs: dict[_Head, dict[bytes, tuple[str, str]]] = {}
        self._begins: dict[bytes, bytes] = {}
        self._heads: dict[bytes, int] = {}
        self._letters: dict[int, str] = {}
        self._looks: dict[str, Look] = {}
        self._texts: Mapping[str, str] = {}
        self._frame: Frame | None = None
        self._fixed = _session_words(profile)
        for control in self._lights:
            self._remember(control, DARK)
        for display in profile.displays.values():
            self._find_letters(display)

    def learn(self, frame: Frame) -> None:
        """Take in the picture that is being sent."""
        if frame is self._frame:
            return
        self._frame, self._texts = frame, frame.texts
        if len(self._whole) > _MOST:
            self._whole.clear()
            self._specs.clear()
            self._looks.clear()
        for control in self._lights:
            look = frame.looks.get(control.name, DARK)
            if look != self._looks.get(control.name):
                self._looks[control.name] = look
                self._remember(control, look)
                self._remember(control, DARK)  # last: what a lamp can't show is told as dark
        if self._driver.together:
            self._remember_all(frame.looks)

    def shown(self, data: bytes) -> dict[str, str]:
        """Return what a message makes controls and displays show, by name; {}: it is not known."""
        found = self._whole.get(data) or self._text_in(data) or self._specs_in(data)
        return {name: found[name] for name in sorted(found, key=self._place)}

    def words(self, data: bytes) -> str:
        """Return a message beside the lights: the session, an identity request; empty: unknown."""
        return "identity request" if _IDENTITY.fullmatch(data) else self._fixed.get(data, "")

    def _place(self, name: str) -> int:
        return self._order.get(name, len(self._order))

    # --- lights -----------------------------------------------------------------------------------

    def _remember(self, control: Control, look: Look) -> None:
        words = look_words(look)
        for address, cell in self._driver.light(control, look):
            if address in self._driver.together:
                continue  # one message tells them all: `_remember_all`
            for parcel in self._driver.pack([(address, cell)]):
                self._whole[parcel.data] = {control.name: words}
                if parcel.data[0] == _SYSEX and cell in parcel.data:
                    head = self._head((address, cell), parcel.data)
                    self._specs.setdefault(head, {})[cell] = (control.name, words)

    def _head(self, cell: Cell, data: bytes) -> _Head:
        """Return what a SysEx begins with; it may count there how much comes, as the Fire's does."""
        head = data[: data.rfind(cell[1])]
        if head not in self._begins:
            many = self._driver.pack([cell] * _MANY)[0].data
            same = takewhile(lambda pair: pair[0] == pair[1], zip(head, many, strict=False))
            self._begins[head] = bytes(byte for byte, _ in same)
        return self._begins[head], len(head)

    def _remember_all(self, looks: Mapping[str, Look]) -> None:
        """Remember the messages that tell all lights at once, lit and between two blinks."""
        for dark in (False, True):
            cells: list[Cell] = []
            names: dict[int, tuple[str, str]] = {}
            for control in self._lights:
                look = looks.get(control.name, DARK)
                if dark and self._driver.needs_host_blink(control, look):
                    look = DARK
                for address, cell in self._driver.light(control, look):
                    cells.append((address, cell))
                    names[address] = (control.name, look_words(look))
            self._remember_parcels(cells, names)

    def _remember_parcels(
        self, cells: Sequence[Cell], names: Mapping[int, tuple[str, str]]
    ) -> None:
        for parcel in self._driver.pack(cells):
            self._whole[parcel.data] = dict(names[a] for a in parcel.addresses if a in names)

    def _specs_in(self, data: bytes) -> dict[str, str]:
        if data[:1] != b"\xf0":
            return {}
        for (begin, size), specs in self._specs.items():
            if data.startswith(begin) and (found := _split(data[size:-1], specs)):
                return dict(found)
        return {}

    # --- texts ------------------------------------------------------------------------------------

    def _find_letters(self, display: Display) -> None:
        """Remember where a display's characters stand in what is sent."""
        for address, cell in self._driver.text(display, " " * display.width):
            self._letters[address] = display.name
            for parcel in self._driver.pack([(address, cell)]):
                whole = parcel.data == cell
                head = cell[:-1] if whole else parcel.data[: parcel.data.rfind(cell)]
                self._heads[head] = address

    def _text_in(self, data: bytes) -> dict[str, str]:
        if not self._heads:
            return {}
        length, end = (len(data) - 1, -1) if data[-1] == _END else (len(data), None)
        for size in range(length, 0, -1):
            first = self._heads.get(data[:size])
            if first is not None:
                places = range(first, first + len(data[size:end]))
                names = dict.fromkeys(self._letters[a] for a in places if a in self._letters)
                return {name: f'"{self._texts.get(name, "").strip()}"' for name in names}
        return {}


def _split(body: bytes, specs: Mapping[bytes, tuple[str, str]]) -> list[tuple[str, str]]:
    """Return what each spec of `body` says; [] when anything in it is not known."""
    sizes = sorted({len(spec) for spec in specs}, reverse=True)
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(body):
        fits = (size for size in sizes if body[at : at + size] in specs)
        size = next(fits, 0)
        if not size:
            return []
        found.append(specs[body[at : at + size]])
        at += size
    return found


def _session_words(profile: Profile) -> dict[bytes, str]:
    session = profile.session
    parts: Iterable[tuple[tuple[bytes, ...], str]] = (
        (session.wake, "wakes"),
        (session.sleep, "sleeps"),
        (session.leave, "session left"),
        (session.enter, "session entered"),
    )
    return {data: words for messages, words in parts for data in messages}
