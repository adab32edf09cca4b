"""MIDI without MIDI: devices in memory, for the demo, rehearsals and journeys. Time is an argument.

It does what `MidiPorts` does, with the bytes and in the order in which that does it, but everything
at once and on the caller's thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bridge.messages import MidiIn
from bridge.moment import Moment
from bridge.ports.midi_events import (
    DeviceState,
    MidiEvent,
    MidiState,
    PortDown,
    PortInfo,
    PortUp,
    Wanted,
)  # fmt: skip


class Device(Protocol):
    """A device that takes bytes; emulators and the demo's pads are such."""

    def receive(self, data: bytes, at: float) -> Sequence[bytes]:
        """Take one message at the steady instant `at`; return what the device answers."""


@dataclass(slots=True)
class _Plugged:
    name: str
    device: Device
    key: str = ""


class MidiMemory:
    """Plug devices in and out, press their controls; ``put`` hears what `MidiPorts` would tell."""

    def __init__(self, put: Callable[[MidiEvent], None], now: Callable[[], Moment]) -> None:
        self._put, self._now = put, now
        self._wanted: dict[str, Wanted] = {}
        self._plugged: dict[str, _Plugged] = {}

    # --- the device's side ------------------------------------------------------------------------

    def plug(self, name: str, device: Device) -> None:
        """Plug a device in whose ports have that name."""
        self._plugged[name] = _Plugged(name, device)
        self._match()

    def unplug(self, name: str) -> None:
        """Pull the plug of that device."""
        gone = self._plugged.pop(name)
        if gone.key:
            self._put(PortDown(gone.key, "unplugged", self._now()))

    def arrive(self, name: str, data: bytes) -> None:
        """Let a message of that device come in now."""
        plugged = self._plugged[name]
        if plugged.key:
            self._put(MidiIn(plugged.key, data, self._now()))

    def tick(self) -> None:
        """Send what is due by now to every device."""
        for plugged in self._plugged.values():
            if plugged.key:
                self._pour(plugged)

    def wake(self) -> float | None:
        """Return the mono instant at which a device's lights have something due."""
        wakes = [
            source.wake()
            for plugged in self._plugged.values()
            if plugged.key and (source := self._wanted[plugged.key].source) is not None
        ]
        return min((at for at in wakes if at is not None), default=None)

    # --- the service's side -----------------------------------------------------------------------

    def want(self, specs: Sequence[Wanted]) -> None:
        """Open these devices as they come and go."""
        self.leave()
        self._wanted = {spec.key: spec for spec in specs}
        self._match()

    def nudge(self, key: str) -> None:
        """Send what that device's source has to say."""
        for plugged in self._plugged.values():
            if plugged.key == key:
                self._pour(plugged)

    def ports(self) -> list[PortInfo]:
        """Return the ports of what is plugged in."""
        return [
            PortInfo(plugged.name, direction, plugged.key or None)
            for plugged in self._plugged.values()
            for direction in ("in", "out")
        ]

    def states(self) -> Mapping[str, DeviceState]:
        """Return how each wanted device is."""
        there = {plugged.key: plugged.name for plugged in self._plugged.values() if plugged.key}
        return {
            key: DeviceState(there[key], "ready") if key in there else DeviceState("", "absent")
            for key in self._wanted
        }

    def state(self) -> MidiState:
        """Return how MIDI as a whole is."""
        return MidiState("memory", "ready")

    def leave(self) -> None:
        """Darken every device and leave it in its own mode."""
        for plugged in self._plugged.values():
            if not plugged.key:
                continue
            spec = self._wanted[plugged.key]
            if spec.source is not None:
                spec.source.blank()
                self._pour(plugged)
            self._send(plugged, spec.leave)
            plugged.key = ""

    def _match(self) -> None:
        taken = {plugged.key for plugged in self._plugged.values()}
        for plugged in self._plugged.values():
            for spec in self._wanted.values():
                if not plugged.key and spec.key not in taken and spec.matches_in(plugged.name):
                    plugged.key = spec.key
                    taken.add(spec.key)
                    self._send(plugged, spec.enter)
                    self._put(PortUp(spec.key, plugged.name, plugged.name, self._now()))

    def _pour(self, plugged: _Plugged) -> None:
        source = self._wanted[plugged.key].source
        if source is not None:
            self._send(plugged, source.due(self._now()))

    def _send(self, plugged: _Plugged, messages: Sequence[bytes]) -> None:
        for data in messages:
            for answer in plugged.device.receive(data, self._now().mono):
                if plugged.key:
                    self._put(MidiIn(plugged.key, answer, self._now()))
