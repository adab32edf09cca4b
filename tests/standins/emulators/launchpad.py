"""Launchpads of the third generation as Novation's reference describes them, on their MIDI ports."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from tests.standins.emulators.device import (
    CONTROL_CHANGE,
    IDENTITY_REQUEST,
    NOTE_ON,
    is_channel_message,
    is_sysex,
)

HEADER = bytes.fromhex("F0 00 20 29 02 0D")
PROGRAMMER_ON = HEADER + bytes.fromhex("0E 01 F7")
PROGRAMMER_OFF = HEADER + bytes.fromhex("0E 00 F7")
IDENTITY = bytes.fromhex("F0 7E 00 06 02 00 20 29 13 01 00 00 00 04 06 02 F7")
MOST_SPECS = 81
LEDS = frozenset(10 * row + column for row in range(1, 10) for column in range(1, 10))

Effect: TypeAlias = Literal["off", "solid", "flash", "pulse"]
Rgb7: TypeAlias = tuple[int, int, int]


@dataclass(frozen=True)
class Lit:
    """What one LED shows: `colour` is red, green, blue from 0 to 127, or a palette number."""

    effect: Effect = "off"
    colour: Rgb7 | int | None = None
    other: int | None = None
    """The second palette number of a flashing LED."""


OFF = Lit()
A_LETTER = 5
"""Pads that a letter of a running text is wide here."""


class LaunchpadMiniMk3:
    """Starts in Live mode, where programmer numbering lights nothing and no pad is heard."""

    header, identity, leds, most = HEADER, IDENTITY, LEDS, MOST_SPECS
    sleeps = True

    def __init__(self) -> None:
        self.power_cycle()

    def power_cycle(self) -> None:
        """Forget everything."""
        self.programmer = False
        self.brightness = 127
        self.awake = True
        self.ignored = 0
        self._lit: dict[int, Lit] = {}
        self.texts: list[bytes] = []
        self._runs_until = 0.0

    def lit(self, led: int) -> Lit:
        """What the LED with this number shows; nothing of the programmer's while in Live mode."""
        return self._lit.get(led, OFF) if self.programmer and self.awake else OFF

    def all_lit(self) -> dict[int, Lit]:
        """Every LED that isn't off."""
        return {led: lit for led in self.leds if (lit := self.lit(led)) != OFF}

    def scrolls(self, at: float) -> bool:
        """Whether a text covers the pads; what is told meanwhile is there when it is over."""
        return at < self._runs_until

    def press(self, number: int) -> list[bytes]:
        """What the device sends when this pad or button goes down."""
        return self._touch(number, 127)

    def release(self, number: int) -> list[bytes]:
        """What it sends when the finger leaves: velocity or value 0, never a note-off."""
        return self._touch(number, 0)

    def _touch(self, led: int, value: int) -> list[bytes]:
        if not self.programmer or led not in self.leds or led == 99:
            return []
        round_button = led > 88 or led < 10 or led % 10 in (0, 9)
        return [bytes((CONTROL_CHANGE if round_button else NOTE_ON, led, value))]

    def receive(self, data: bytes, at: float) -> list[bytes]:
        """Take one message."""
        if data == IDENTITY_REQUEST:
            return [self.identity]
        if is_sysex(data) and data.startswith(self.header):
            size = len(self.header)
            return self._command(data[size], data[size + 1 : -1], at)
        if is_channel_message(data) and self.programmer:
            self._channel_message(data)
        else:
            self.ignored += 1
        return []

    def _command(self, command: int, body: bytes, at: float) -> list[bytes]:
        match command:
            case 0x0E if not body:
                return [self.header + bytes((0x0E, int(self.programmer), 0xF7))]
            case 0x0E:
                self._switch(bool(body[0]))
            case 0x00 if body:
                self._switch(body[0] == 0x7F)
            case 0x03 if self.programmer:
                self._light_up(body)
            case 0x08 if body and self.sleeps:
                self.brightness = body[0]
            case 0x09 if body and self.sleeps:
                self.awake = bool(body[0])
            case 0x07 if self.sleeps:
                self._scroll(body, at)
            case _:
                self.ignored += 1
        return []

    def _scroll(self, body: bytes, at: float) -> None:
        """Start or, without a word, stop a text: ``loop speed colour… text``."""
        text = body[6:] if body[2:3] == b"\x01" else body[4:]
        if text:
            self.texts.append(text)
        speed = body[1] if text else 1
        self._runs_until = at + (A_LETTER * len(text) + 8) / speed if text else at

    def _switch(self, programmer: bool) -> None:
        if programmer != self.programmer:
            self._lit.clear()
        self.programmer = programmer

    def _channel_message(self, data: bytes) -> None:
        status, led, value = data
        channel = status & 0x0F
        if led not in self.leds or channel > 2 or status & 0xF0 not in {NOTE_ON, CONTROL_CHANGE}:
            self.ignored += 1
        elif channel == 0:
            self._lit[led] = Lit("solid", value) if value else OFF
        elif channel == 1:
            before = self._lit.get(led, OFF)
            ground = before.colour if isinstance(before.colour, int) else 0
            self._lit[led] = Lit("flash", ground, value)
        else:
            self._lit[led] = Lit("pulse", value)

    def _light_up(self, body: bytes) -> None:
        specs = _specs(body)
        if specs is None or len(specs) > self.most:
            self.ignored += 1
            return
        for led, lit in specs:
            if led in self.leds:
                self._lit[led] = self._over(self._lit.get(led, OFF), lit)

    def _over(self, before: Lit, lit: Lit) -> Lit:  # noqa: ARG002 - the Pro wants to know
        """Return what an LED shows that is told `lit` over what it showed before."""
        return lit


class LaunchpadX(LaunchpadMiniMk3):
    """Its pads feel how hard they are hit, and tell on and on how hard they are held."""

    header = bytes.fromhex("F0 00 20 29 02 0C")
    identity = bytes.fromhex("F0 7E 00 06 02 00 20 29 03 01 00 00 00 03 05 01 F7")

    def press(self, number: int) -> list[bytes]:
        """What it sends when a pad is hit, not very hard, and held."""
        sent = self._touch(number, 97)
        pad = bool(sent) and sent[0][0] == NOTE_ON
        return [*sent, *(bytes((0xA0, number, value)) for value in range(20, 60) if pad)]


class LaunchpadProMk3(LaunchpadMiniMk3):
    """It neither scrolls nor sleeps; what moved goes on moving under a colour written over it."""

    header = bytes.fromhex("F0 00 20 29 02 0E")
    identity = bytes.fromhex("F0 7E 00 06 02 00 20 29 23 01 00 00 00 04 06 05 F7")
    leds = frozenset(range(1, 9)) | frozenset(range(10, 100)) | frozenset(range(101, 109))
    most = 106
    sleeps = False

    def _over(self, before: Lit, lit: Lit) -> Lit:
        residual = before.effect in ("flash", "pulse") and lit.effect == "solid"
        return replace(lit, effect=before.effect) if residual else lit


def _specs(body: bytes) -> list[tuple[int, Lit]] | None:
    """Take the LED specs apart; None when they make no sense, then the whole message is ignored."""
    found, rest = [], body
    while rest:
        size = {0: 3, 1: 4, 2: 3, 3: 5}.get(rest[0], 0)
        if not size or len(rest) < size:
            return None
        found.append((rest[1], _lit(rest[0], rest[2:size])))
        rest = rest[size:]
    return found


def _lit(kind: int, colours: bytes) -> Lit:
    match kind:
        case 0:
            return Lit("solid", colours[0]) if colours[0] else OFF
        case 1:
            return Lit("flash", colours[1], colours[0])
        case 2:
            return Lit("pulse", colours[0])
        case _:
            return Lit("solid", (colours[0], colours[1], colours[2])) if any(colours) else OFF
