"""A Launchpad MK2 as Novation's reference describes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from tests.standins.emulators.device import (
    CONTROL_CHANGE,
    IDENTITY_REQUEST,
    NOTE_ON,
    is_channel_message,
    is_sysex,
)

HEADER = bytes.fromhex("F0 00 20 29 02 18")
IDENTITY = bytes.fromhex("F0 7E 00 06 02 00 20 29 69 00 00 00 00 01 05 04 F7")
MOST = 80
TOP = frozenset(range(104, 112))
LEDS = frozenset(10 * row + column for row in range(1, 9) for column in range(1, 10)) | TOP
A_LETTER, PADS_A_SECOND = 6, 15.0

Effect: TypeAlias = Literal["off", "solid", "flash", "pulse"]


@dataclass(frozen=True)
class Lit:
    """What one LED shows: red, green, blue from 0 to 63 or a palette number; flashing, over what."""

    effect: Effect = "off"
    colour: tuple[int, int, int] | int | None = None
    over: tuple[int, int, int] | int | None = None


OFF = Lit()


class LaunchpadMk2:
    """Powers on in its session layout; another one, where a hand has left it, is not ours."""

    def __init__(self) -> None:
        self.power_cycle()

    def power_cycle(self) -> None:
        """Forget everything."""
        self.layout = 0
        self.ignored = 0
        self.texts: list[bytes] = []
        self._lit: dict[int, Lit] = {}
        self._runs_until = 0.0
        self._before: dict[int, Lit] | None = None

    def lit(self, led: int) -> Lit:
        """What the LED with this number shows."""
        return self._lit.get(led, OFF) if self.layout == 0 else OFF

    def all_lit(self) -> dict[int, Lit]:
        """Every LED that isn't off."""
        return {led: lit for led in LEDS if (lit := self.lit(led)) != OFF}

    def scrolls(self, at: float) -> bool:
        """Whether a text runs."""
        return at < self._runs_until

    def press(self, number: int) -> list[bytes]:
        """What it sends when a pad or button goes down: notes but in the top row."""
        return self._touch(number, 127)

    def release(self, number: int) -> list[bytes]:
        """What it sends when the finger leaves."""
        return self._touch(number, 0)

    def _touch(self, number: int, value: int) -> list[bytes]:
        if self.layout != 0 or number not in LEDS:
            return []
        return [bytes((CONTROL_CHANGE if number in TOP else NOTE_ON, number, value))]

    def receive(self, data: bytes, at: float) -> list[bytes]:
        """Take one message; a text that has run out brings back the lights it covered, as they were."""
        answers = self._end_text(at)
        if data == IDENTITY_REQUEST:
            return [*answers, IDENTITY]
        if is_sysex(data) and data.startswith(HEADER):
            self._command(data[len(HEADER)], data[len(HEADER) + 1 : -1], at)
        elif is_channel_message(data):
            self._channel_message(data)
        else:
            self.ignored += 1
        return answers

    def _end_text(self, at: float) -> list[bytes]:
        if self._before is None or self.scrolls(at):
            return []
        self._lit, self._before = self._before, None
        return [HEADER + bytes((0x15, 0xF7))]

    def _command(self, command: int, body: bytes, at: float) -> None:
        match command:
            case 0x22 if len(body) == 1:
                self.layout = body[0]
            case 0x0E if len(body) == 1:
                self._lit = {led: _static(body[0]) for led in LEDS}
            case 0x0A | 0x0B:
                self._colours(command, body)
            case 0x23 | 0x28 if len(body) == 3 and body[0] == 0 and body[1] in LEDS:
                before = self._lit.get(body[1], OFF).colour
                flash = Lit("flash", body[2], before)
                self._lit[body[1]] = flash if command == 0x23 else Lit("pulse", body[2])
            case 0x14 if not body:
                self._runs_until = at
                self._end_text(at)
            case 0x14:
                self._text(body[2:], at)
            case _:
                self.ignored += 1

    def _text(self, text: bytes, at: float) -> None:
        letters = bytes(code for code in text if code > 7)
        self.texts.append(letters)
        self._before = dict(self._lit)
        self._runs_until = at + (A_LETTER * len(letters) + 8) / PADS_A_SECOND

    def _colours(self, command: int, body: bytes) -> None:
        size = 2 if command == 0x0A else 4
        if len(body) % size or len(body) > MOST * size:
            self.ignored += 1
            return
        for led, colour in _specs(body, size):
            if led not in LEDS or max(colour) > (127 if size == 2 else 63):
                self.ignored += 1
            elif size == 2:
                self._lit[led] = _static(colour[0])
            else:
                rgb = (colour[0], colour[1], colour[2])
                self._lit[led] = Lit("solid", rgb) if any(rgb) else OFF

    def _channel_message(self, data: bytes) -> None:
        status, led, value = data
        if led in LEDS and status & 0x0F == 0:
            self._lit[led] = _static(value)
        else:
            self.ignored += 1


def _static(colour: int) -> Lit:
    return Lit("solid", colour) if colour else OFF


def _specs(body: bytes, size: int) -> Iterator[tuple[int, bytes]]:
    return ((body[n], body[n + 1 : n + size]) for n in range(0, len(body), size))
