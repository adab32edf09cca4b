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
from bridge.surface.drivers import Cell, Driver, driver_for
from bridge.surface.drivers.degrade import unnamed
from bridge.surface.drivers.running import Scrolls
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
_BEGINNINGS = 8
"""Messages of a series among which one that does not go on with it is looked for: lines of text."""
_OFF = "off"
_MOVING = (Effect.BLINK, Effect.PULSE)
_RUN = 3  # names in a row from which on only the first and the last are named


def look_words(look: Look) -> str:
    """Return a look as people say it: ``green 25% pulse``, ``#3FA7FF``, ``off``."""
    if look.effect is Effect.OFF or look.level <= 0 or look.colour == DARK.colour:
        return _OFF
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


def pictured(profile: Profile, frame: Frame) -> dict[str, str]:
    """Return what all controls and displays of a device show with this picture, in words."""
    lights = {
        control.name: look_words(frame.looks.get(control.name) or unnamed(control))
        for control in profile.controls.values()
        if control.light.kind != "none"
    }
    return lights | {name: quoted(frame, name) for name in profile.displays}


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
        self._displays = list(profile.displays.values())
        self._order = {name: n for n, name in enumerate((*profile.controls, *profile.displays))}
        self._whole: dict[bytes, dict[str, str]] = {}
        self._specs: dict[_Head, dict[bytes, tuple[str, str]]] = {}
        self._begins: dict[bytes, bytes] = {}
        self._heads: dict[bytes, int] = {}
        self._letters: dict[int, str] = {}
        self._looks: dict[str, Look] = {}
        self._switched: dict[str, str] = {}
        self._frame = Frame()
        self._fixed = _session_words(profile)
        self._spans = Spans(self._driver, self._lights, self._displays)
        for control in self._lights:
            self._remember(control, DARK)
        for display in self._displays:
            self._find_letters(display)
        self._spans.learn(self._frame)

    def learn(self, frame: Frame) -> None:
        """Take in the picture that is being sent."""
        if frame is self._frame:
            return
        self._frame = frame
        if len(self._whole) > _MOST:
            self._whole.clear()
            self._specs.clear()
            self._looks.clear()
        for control in self._lights:
            look = frame.looks.get(control.name) or unnamed(control)
            if look != self._looks.get(control.name):
                self._looks[control.name] = look
                self._remember(control, look)
                self._remember(control, DARK)  # last: what a lamp can't show is told as dark
        self._switched = {
            control.name: look_words(look)
            for control in self._lights
            if (look := self._looks.get(control.name, DARK)).effect in _MOVING
            and self._driver.needs_host_blink(control, look)
        }
        self._spans.learn(frame)
        if frame.scroll is not None and isinstance(self._driver, Scrolls):
            self._fixed.update(dict.fromkeys(self._driver.end_scroll(), "the text ends"))
            run = self._driver.scroll(frame.scroll.text, frame.scroll.colour)
            self._fixed.update(dict.fromkeys(run.messages, f'the text "{frame.scroll.text}" runs'))

    def shown(self, data: bytes) -> dict[str, str]:
        """Return what a message makes controls and displays show, by name; {}: it is not known."""
        found = (
            self._spans.shown(data)
            or self._whole.get(data)
            or self._text_in(data)
            or self._specs_in(data)
        )
        return self.in_order(self._blinking(found))

    def _blinking(self, found: Mapping[str, str]) -> Mapping[str, str]:
        """Let a light that we switch on and off be one that blinks in its dark half, too."""
        if _OFF not in found.values():
            return found
        return {
            name: self._switched.get(name, words) if words == _OFF else words
            for name, words in found.items()
        }

    def in_order(self, shown: Mapping[str, str]) -> dict[str, str]:
        """Return the same in the order in which the profile has the controls."""
        return {name: shown[name] for name in sorted(shown, key=self._place)}

    def words(self, data: bytes) -> str:
        """Return a message beside the lights: the session, an identity request; empty: unknown."""
        return "identity request" if _IDENTITY.fullmatch(data) else self._fixed.get(data, "")

    def _place(self, name: str) -> int:
        return self._order.get(name, len(self._order))

    # --- lights -----------------------------------------------------------------------------------

    def _remember(self, control: Control, look: Look) -> None:
        words = look_words(look)
        for cell in self._driver.light(control, look):
            if cell[0] in self._driver.together:
                continue  # one message tells many: `Spans`
            for parcel in self._driver.pack([cell]):
                if cell[0] not in parcel.addresses:
                    continue  # it goes before what is meant
                self._whole[parcel.data] = {control.name: words}
                spec = self._spec(control, cell) if parcel.data[0] == _SYSEX else b""
                if spec:
                    head = self._head(cell, parcel.data[: -1 - len(spec)])
                    self._specs.setdefault(head, {})[spec] = (control.name, words)

    def _spec(self, control: Control, cell: Cell) -> bytes:
        """Return what stands for a light in a SysEx that tells several; empty where none does.

        It is what such a message gets longer by, when it tells this light behind another one.
        """
        other = next((c for c in self._lights if c is not control), None)
        before = list(self._driver.light(other, DARK))[:1] if other is not None else []
        if not before or before[0][0] in self._driver.together:
            return b""
        alone, both = self._driver.pack(before), self._driver.pack([*before, cell])
        longer = len(both[0].data) - len(alone[0].data)
        if len(both) != 1 or longer <= 0:
            return b""
        return both[0].data[-1 - longer : -1]

    def _head(self, cell: Cell, head: bytes) -> _Head:
        """Return what a SysEx begins with; it may count there how much comes, as the Fire's does."""
        if head not in self._begins:
            many = self._driver.pack([cell] * _MANY)[0].data
            same = takewhile(lambda pair: pair[0] == pair[1], zip(head, many, strict=False))
            self._begins[head] = bytes(byte for byte, _ in same)
        return self._begins[head], len(head)

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
            if address in self._driver.together:
                continue
            self._letters[address] = display.name
            for parcel in self._driver.pack([(address, cell)]):
                whole = parcel.data == cell
                head = cell[:-1] if whole else parcel.data[: parcel.data.rfind(cell)]
                self._heads[head] = address

    def _text_in(self, data: bytes) -> dict[str, str]:
        if not self._heads or not data:
            return {}
        length, end = (len(data) - 1, -1) if data[-1] == _END else (len(data), None)
        for size in range(length, 0, -1):
            first = self._heads.get(data[:size])
            if first is not None:
                places = range(first, first + len(data[size:end]))
                names = dict.fromkeys(self._letters[a] for a in places if a in self._letters)
                return {name: quoted(self._frame, name) for name in names}
        return {}


class Spans:
    """Messages that tell many cells at once, in a fixed order and perhaps without saying which.

    Known by their place in the series: each begins where the last one ended, or at the first.
    """

    def __init__(
        self, driver: Driver, lights: Sequence[Control], displays: Sequence[Display]
    ) -> None:
        self._driver, self._lights, self._displays = driver, lights, displays
        self._series: list[list[tuple[bytes, dict[str, str]]]] = []
        self._next = 0
        self._needed = bool(driver.together) or self._tells_pairs()

    def _tells_pairs(self) -> bool:
        """Tell whether there are messages for several lights that don't say for which."""
        cells = [cell for control in self._lights for cell in self._driver.light(control, DARK)]
        return any(len(p.addresses) > 1 and p.data[0] != _SYSEX for p in self._driver.pack(cells))

    def learn(self, frame: Frame) -> None:
        """Take in a picture; the one before may still be on its way."""
        if self._needed:
            fresh = [self._made(frame, dark=dark) for dark in (False, True)]
            self._series = [*fresh, *self._series[:2], self._made(Frame(), dark=False)]

    def shown(self, data: bytes) -> dict[str, str]:
        """Return what a message says if it goes on with a series, or begins one."""
        for at in dict.fromkeys((self._next, *range(_BEGINNINGS))):
            for series in self._series:
                if at < len(series) and series[at][0] == data:
                    self._next = (at + 1) % len(series)
                    return dict(series[at][1])
        return {}

    def _made(self, frame: Frame, *, dark: bool) -> list[tuple[bytes, dict[str, str]]]:
        """Return the messages of a whole picture; `dark`: between two blinks of the host's."""
        told: dict[int, tuple[bytes, str, str]] = {}
        for control in self._lights:
            look = frame.looks.get(control.name) or unnamed(control)
            if dark and self._driver.needs_host_blink(control, look):
                look = DARK
            for address, cell in self._driver.light(control, look):
                told[address] = cell, control.name, look_words(look)
        for display in self._displays:
            words = quoted(frame, display.name)
            for address, cell in self._driver.text(display, frame.texts.get(display.name, "")):
                told[address] = cell, display.name, words
        together = self._driver.together or told.keys()
        cells = [(a, told[a][0]) for a in told if a in together]
        return [
            (parcel.data, {told[a][1]: told[a][2] for a in parcel.addresses})
            for parcel in self._driver.pack(cells)
        ]


def quoted(frame: Frame, display: str) -> str:
    """Return what a display shows, in quotation marks."""
    return f'"{frame.texts.get(display, "").strip()}"'


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
