"""Novation's first Launchpads: slow, red and green, and lost is what comes too fast."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tests.standins.emulators.device import (
    CONTROL_CHANGE,
    IDENTITY_REQUEST,
    NOTE_OFF,
    NOTE_ON,
    is_channel_message,
    is_sysex,
)

RATE = 400.0
"""Messages a second that it takes."""

WAITING = 16
"""Messages that may wait in it, as many as a USB packet holds; what comes beyond these is lost."""

TEXT = bytes.fromhex("F0 00 20 29 09")
IDENTITY_S = bytes.fromhex("F0 7E 00 06 02 00 20 29 20 00 00 00 00 01 00 02 F7")
NOTES = [16 * row + column for row in range(8) for column in range(8)]
SIDE = list(range(8, 128, 16))
TOP = [1000 + number for number in range(104, 112)]
"""The top row's control changes, with 1000 added to tell them from notes."""

SCAN = [*NOTES, *SIDE, *TOP]
A_LETTER, PADS_A_SECOND = 6, 15.0
Model: TypeAlias = Literal["2009", "S", "Mini"]


class LaunchpadMk1:
    """Two buffers of lamps, of which one is shown and one written; only the S knows texts."""

    def __init__(self, model: Model = "2009", *, waiting: int = WAITING) -> None:
        self._model, self._waiting = model, waiting
        self.power_cycle()

    def power_cycle(self) -> None:
        """Forget everything."""
        self.lost = self.ignored = 0
        self.texts: list[bytes] = []
        self.layout = 1
        self._done_at = 0.0
        self._runs_until = 0.0
        self._before: dict[int, int] | None = None
        self._reset()

    def _reset(self) -> None:
        self._buffers: list[dict[int, int]] = [{}, {}]
        self._shown = self._written = 0
        self.flashes = False
        self._cursor = 0

    def lit(self, number: int) -> tuple[int, int]:
        """Red and green from 0 to 3 of a note's lamps, or of a control change's with 1000 added."""
        value = self._buffers[self._shown].get(number, 0)
        return value & 3, value >> 4 & 3

    def all_lit(self) -> dict[int, tuple[int, int]]:
        """Every lamp that isn't off."""
        return {number: lit for number in SCAN if any(lit := self.lit(number))}

    def scrolls(self, at: float) -> bool:
        """Whether a text runs."""
        return at < self._runs_until

    def press(self, number: int) -> list[bytes]:
        """What it sends when a pad or button goes down."""
        return self._touch(number, 127)

    def release(self, number: int) -> list[bytes]:
        """What it sends when the finger leaves: velocity 0."""
        return self._touch(number, 0)

    def _touch(self, number: int, value: int) -> list[bytes]:
        if number not in SCAN:
            return []
        status = CONTROL_CHANGE if number >= 1000 else NOTE_ON
        return [bytes((status, number % 1000, value))]

    def receive(self, data: bytes, at: float) -> list[bytes]:
        """Take one message, unless too many wait already."""
        if self._done_at > at + self._waiting / RATE:
            self.lost += 1
            return []
        self._done_at = max(self._done_at, at) + 1 / RATE
        self._end_text(at)
        if data[:1] == bytes((NOTE_ON | 2,)):
            self._rapid(data)
            return []
        self._cursor = 0
        return self._take(data, at)

    def _take(self, data: bytes, at: float) -> list[bytes]:
        if data == IDENTITY_REQUEST:
            return [IDENTITY_S] if self._model == "S" else []
        if is_sysex(data) and data.startswith(TEXT):  # said to all, known to the S
            self._text(data[len(TEXT) + 1 : -1] if self._model == "S" else b"", at)
        elif is_channel_message(data) and data[0] & 0x0F == 0:
            self._channel_message(data)
        else:
            self.ignored += 1
        return []

    def _channel_message(self, data: bytes) -> None:
        status, number, value = data
        if status == CONTROL_CHANGE and number == 0:
            self._control(value)
        elif status == CONTROL_CHANGE:
            self._write(1000 + number, value)
        else:
            self._write(number, 0 if status == NOTE_OFF else value)

    def _control(self, value: int) -> None:
        if value == 0:
            self._reset()
        elif value in (1, 2):
            self.layout = value
        elif 0x20 <= value <= 0x3D:
            self._shown, self._written = value & 1, value >> 2 & 1
            self.flashes = bool(value & 8)
            if value & 0x10:
                self._buffers[self._written] = dict(self._buffers[self._shown])
        else:
            self.ignored += 1

    def _write(self, number: int, value: int) -> None:
        if number not in SCAN:
            self.ignored += 1
            return
        copy, clear = value & 4, value & 8
        self._buffers[self._written][number] = value
        if copy:
            self._buffers[1 - self._written][number] = value
        elif clear:
            self._buffers[1 - self._written].pop(number, None)

    def _rapid(self, data: bytes) -> None:
        for value in data[1:]:
            if self._cursor < len(SCAN):
                self._write(SCAN[self._cursor], value)
                self._cursor += 1

    def _text(self, text: bytes, at: float) -> None:
        letters = bytes(code for code in text if code > 7)
        self._runs_until = at
        self._end_text(at)
        if letters:
            self.texts.append(letters)
            self._before = dict(self._buffers[0])
            self._runs_until = at + (A_LETTER * len(letters) + 8) / PADS_A_SECOND

    def _end_text(self, at: float) -> None:
        """A text that has run out brings back the lamps as they were before it."""
        if self._before is not None and not self.scrolls(at):
            self._buffers = [dict(self._before), dict(self._before)]
            self._before = None
