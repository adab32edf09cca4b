"""Hands on an emulated device that is plugged into a studio in memory."""

from __future__ import annotations

from typing import Protocol

from tests.standins.studio import Studio


class Buttons(Protocol):
    """An emulator with buttons by number."""

    def press(self, number: int) -> list[bytes]: ...

    def release(self, number: int) -> list[bytes]: ...

    def receive(self, data: bytes, at: float) -> list[bytes]: ...


class Hands:
    """Plugs `device` in under the port's `name`, and presses its buttons."""

    def __init__(self, studio: Studio, name: str, device: Buttons) -> None:
        self.studio, self.name, self.device = studio, name, device
        studio.plug(name, device)
        studio.wait(0.5)

    def press(self, *numbers: int, hold: float = 0.08) -> None:
        """Press one after the other, each down for `hold` seconds."""
        for number in numbers:
            self.send(*self.device.press(number))
            self.studio.wait(hold)
            self.send(*self.device.release(number))
            self.studio.wait(0.1)

    def send(self, *messages: bytes) -> None:
        self.studio.bytes_in(self.name, *messages)


class Keys:
    """Any keyboard or pad box: notes on a channel (from 0), no lights; remembers what it gets."""

    def __init__(self, channel: int = 0) -> None:
        self.channel, self.received = channel, list[bytes]()

    def press(self, number: int) -> list[bytes]:
        return [bytes((0x90 | self.channel, number, 100))]

    def release(self, number: int) -> list[bytes]:
        return [bytes((0x80 | self.channel, number, 64))]

    def receive(self, data: bytes, _at: float) -> list[bytes]:
        self.received.append(data)
        return []
