"""A MIDI system in memory: plug, unplug, end it, let it hang; no thread, no clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from bridge.errors import Unavailable
from bridge.ports.midi_api import Health, InPort, OutPort, Port, Receive
from bridge.ports.midi_memory import Device


@dataclass
class TwinIn:
    """An opened input of the twin."""

    port: Port
    receive: Receive
    cut: bool = False
    closed: bool = False

    def intact(self) -> bool:
        return not self.cut

    def close(self) -> None:
        self.closed = True


@dataclass
class TwinOut:
    """An opened output of the twin, with what was sent there."""

    port: Port
    sent: list[bytes] = field(default_factory=list)
    answer: Callable[[bytes], None] = lambda _data: None
    refuses: bool = False
    cut: bool = False
    closed: bool = False
    most: int = 0

    def intact(self) -> bool:
        return not self.cut

    def send(self, data: bytes) -> None:
        if self.refuses:
            raise Unavailable("it takes nothing")
        self.sent.append(data)
        self.answer(data)

    def close(self) -> None:
        self.closed = True


class TwinMidi:
    """What `MidiApi` is, with both lists in the hand of the test."""

    def __init__(self, name: str = "alsa") -> None:
        self.name = name
        self.ins: list[str] = []
        self.outs: list[str] = []
        self.opened_ins: list[TwinIn] = []
        self.opened_outs: list[TwinOut] = []
        self.now = Health.RUNNING
        self.missing = False
        self.held = ""
        self.closed = self.abandoned = False
        self.devices: dict[str, Device] = {}

    def plug(self, name: str, device: Device | None = None) -> None:
        """Plug a device in, with both directions under one name; an emulator answers there."""
        self.ins.append(name)
        self.outs.append(name)
        if device is not None:
            self.devices[name] = device

    def unplug(self, name: str) -> None:
        """Unplug it."""
        self.ins.remove(name)
        self.outs.remove(name)
        self.devices.pop(name, None)

    def arrive(self, name: str, data: bytes) -> None:
        """Let a message of that device come in."""
        for inp in self.opened_ins:
            if inp.port.raw == name and not inp.closed:
                inp.receive((list(data), 0.0), None)

    def _answer(self, name: str, data: bytes) -> None:
        if (device := self.devices.get(name)) is not None:
            for message in device.receive(data, 0.0):
                self.arrive(name, message)

    def health(self) -> Health:
        return self.now

    def missed(self) -> bool:
        was, self.missing = self.missing, False
        return was

    def inputs(self) -> list[str]:
        return list(self.ins)

    def outputs(self) -> list[str]:
        return list(self.outs)

    def open_input(self, port: Port, own: str, receive: Receive) -> InPort:
        self._check(port, own, self.ins)
        self.opened_ins.append(TwinIn(port, receive))
        return self.opened_ins[-1]

    def open_output(self, port: Port, own: str) -> OutPort:
        self._check(port, own, self.outs)
        self.opened_outs.append(TwinOut(port, answer=partial(self._answer, port.raw)))
        return self.opened_outs[-1]

    def open_virtual(self, name: str) -> OutPort:
        if self.held and self.held in name:
            raise Unavailable("this system has no virtual ports")
        self.opened_outs.append(TwinOut(Port(name, 0, name)))
        return self.opened_outs[-1]

    def open_virtual_input(self, name: str, receive: Receive) -> InPort:
        if self.held and self.held in name:
            raise Unavailable("this system has no virtual ports")
        self.opened_ins.append(TwinIn(Port(name, 0, name), receive))
        return self.opened_ins[-1]

    def _check(self, port: Port, own: str, names: list[str]) -> None:
        if port.raw not in names:
            raise Unavailable(f"{port.raw} has gone")
        if self.held and self.held in own:
            raise Unavailable("in use by another program")

    def close(self) -> None:
        self.closed = True

    def abandon(self) -> None:
        self.abandoned = True
