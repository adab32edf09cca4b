"""MIDI without MIDI: devices in memory, for the demo, rehearsals and journeys. Time is an argument.

It does what `MidiPorts` does, with the bytes and in the order in which that does it, but everything
at once and on the caller's thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from bridge.moment import Moment
from bridge.ports.midi_api import Port, Receive
from bridge.ports.midi_assigning import Assigning, Claims
from bridge.ports.midi_events import (
    CHANGED,
    UNWANTED,
    Another,
    DeviceState,
    Keyboards,
    MidiEvent,
    MidiState,
    PortDown,
    PortInfo,
    PortUp,
    Repaint,
    Wanted,
)  # fmt: skip
from bridge.ports.midi_input import Intake, receiver
from bridge.ports.midi_inquiry import Inquiry, is_reply
from bridge.ports.midi_overhearing import Overhearing
from bridge.ports.midi_renewal import Renewal
from bridge.ports.midi_thru import ThruState


class Device(Protocol):
    """A device that takes bytes; emulators and the demo's pads are such."""

    def receive(self, data: bytes, at: float) -> Sequence[bytes]:
        """Take one message at the steady instant `at`; return what the device answers."""


@dataclass(slots=True)
class _Plugged:
    name: str
    device: Device
    key: str = ""
    inquiry: Inquiry | None = None
    renewal: Renewal | None = None
    intake: Intake | None = None
    receive: Receive | None = None
    reply: bytes = b""

    @property
    def port(self) -> Port:
        return Port(self.name, 0, self.name)


class MidiMemory:
    """Plug devices in and out, press their controls; ``put`` hears what `MidiPorts` would tell."""

    def __init__(self, put: Callable[[MidiEvent], None], now: Callable[[], Moment]) -> None:
        self._put, self._now = put, now
        self._wanted: dict[str, Wanted] = {}
        self._plugged: dict[str, _Plugged] = {}
        self._assigning = Assigning(self._why_not)
        self._claims = Claims()
        self._overhearing = Overhearing(put, now)

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
        self._match()

    def arrive(self, name: str, data: bytes) -> None:
        """Let a message of that device come in now."""
        plugged = self._plugged[name]
        if plugged.key:
            self._hear(plugged, data)
        elif self._overhearing.how != "never":
            self._overhearing.hear(name, data)

    def tick(self) -> None:
        """Send what is due by now to every device."""
        for plugged in self._plugged.values():
            if plugged.key:
                self._renew(plugged)
                self._pour(plugged)

    def wake(self) -> float | None:
        """Return the mono instant at which a device's lights have something due."""
        wakes = [
            at for plugged in self._plugged.values() if plugged.key for at in self._due(plugged)
        ]
        return min(wakes, default=None)

    def _due(self, plugged: _Plugged) -> Iterator[float]:
        """Yield the mono instants at which something is due for one device."""
        source, mono = self._wanted[plugged.key].source, self._now().mono
        if source is not None and (at := source.wake()) is not None:
            yield at
        if plugged.renewal is not None and (left := plugged.renewal.left(mono)) is not None:
            yield mono + left

    # --- the service's side -----------------------------------------------------------------------

    def want(self, specs: Sequence[Wanted]) -> None:
        """Open these devices as they come and go."""
        before, self._wanted = self._wanted, {spec.key: spec for spec in specs}
        self._assigning.want(specs)
        for plugged in self._plugged.values():
            if plugged.key and not self._follows(plugged, before[plugged.key]):
                self._part(plugged, before[plugged.key])
        self._match()

    def _follows(self, plugged: _Plugged, before: Wanted) -> bool:
        """Have an open device serve its wish as it is now; False: it must be opened anew for that."""
        spec, inquiry = self._wanted.get(plugged.key), plugged.inquiry
        if spec is None or inquiry is None or plugged.intake is None:
            return False
        contested = self._assigning.contested(plugged.port)
        if spec != before or not inquiry.agrees(spec, contested=contested):
            return False
        inquiry.follow(spec)
        plugged.intake.follow(spec)
        return True

    def _part(self, plugged: _Plugged, spec: Wanted) -> None:
        self._take_leave(plugged, spec)
        self._put(PortDown(spec.key, UNWANTED, self._now()))

    @property
    def overhears(self) -> Keyboards:
        """Whether devices that no wish is for are heard."""
        return self._overhearing.how

    def overhear(self, how: Keyboards) -> None:
        """Set whether devices that no wish is for are heard, as a sign that somebody plays."""
        self._overhearing.how = how

    def nudge(self, key: str) -> None:
        """Send what that device's source has to say."""
        for plugged in self._plugged.values():
            if plugged.key == key:
                self._pour(plugged)

    def ports(self) -> list[PortInfo]:
        """Return the ports of what is plugged in."""
        return [
            PortInfo(plugged.name, direction, plugged.key or None, plugged.reply)
            for plugged in self._plugged.values()
            for direction in ("in", "out")
        ]

    def states(self) -> Mapping[str, DeviceState]:
        """Return how each wanted device is."""
        there = {plugged.key: plugged for plugged in self._plugged.values() if plugged.key}
        return {key: self._state_of(key, there.get(key)) for key in self._wanted}

    def _state_of(self, key: str, plugged: _Plugged | None) -> DeviceState:
        if plugged is not None:
            note = plugged.inquiry.note if plugged.inquiry else ""
            return DeviceState(plugged.name, "ready", note)
        port, reason = self._claims.denied.get(key, (None, ""))
        if port is not None and not self._plugged[port.name].key:
            return DeviceState(port.name, "unknown", reason)
        return DeviceState("", "absent")

    def state(self) -> MidiState:
        """Return how MIDI as a whole is."""
        return MidiState("memory", "ready")

    def thru(self) -> ThruState:
        """Return that nothing goes on: there is no DAW in memory."""
        return ThruState("", "off")

    def leave(self) -> None:
        """Darken every device and leave it in its own mode."""
        for plugged in self._plugged.values():
            if plugged.key:
                self._take_leave(plugged, self._wanted[plugged.key])

    def _take_leave(self, plugged: _Plugged, spec: Wanted) -> None:
        if spec.source is not None:
            spec.source.blank()
            self._send(plugged, spec.source.due(self._now()))
        self._send(plugged, spec.leave)
        plugged.key = ""

    def _match(self) -> None:
        """Give every device its controller; one that says it is another is asked for the next."""
        while True:
            held = {p.key: p.port for p in self._plugged.values() if p.key}
            self._claims = self._assigning.claims([p.port for p in self._plugged.values()], held)
            for key, port in self._claims.ports.items():
                self._open(self._plugged[port.name], self._wanted[key])
            if not self._claims.ports:
                break
        for like in dict.fromkeys(self._claims.more):
            self._put(Another(like))

    def _open(self, plugged: _Plugged, spec: Wanted) -> None:
        """Ask who is there, then enter; the answer of another device leaves the port alone."""
        contested = self._assigning.contested(plugged.port)
        plugged.inquiry = inquiry = Inquiry(spec, contested=contested)
        plugged.intake = Intake(spec)
        plugged.receive = receiver(
            plugged.intake, self._put, told=partial(self._sysex, plugged),
            played=self._overhearing.sign, keep=False, clock=self._now,
        )  # fmt: skip
        plugged.key = spec.key
        mono, left = self._now().mono, float(inquiry.asks)
        while left:
            if request := inquiry.due(mono):
                self._send(plugged, (request,))
            left = inquiry.left(mono)
            mono += left  # as if it had been waited for
        plugged.reply = inquiry.reply
        if inquiry.other:
            plugged.key, plugged.inquiry = "", None
            return
        plugged.renewal = Renewal(confirms=bool(spec.enter))
        self._enter(plugged, spec)
        self._put(PortUp(spec.key, plugged.name, plugged.name, self._now(), inquiry.note))

    def _enter(self, plugged: _Plugged, spec: Wanted) -> None:
        if plugged.renewal is not None:
            plugged.renewal.entered(self._now().mono)
        self._send(plugged, spec.enter)

    def _renew(self, plugged: _Plugged) -> None:
        """Enter a session again when the device has told that it left it."""
        at, renewal = self._now(), plugged.renewal
        if renewal is not None and renewal.left(at.mono) == 0:
            self._enter(plugged, self._wanted[plugged.key])
            self._put(Repaint(plugged.key, at, CHANGED))

    def _why_not(self, spec: Wanted, port: Port) -> str:
        reply = self._plugged[port.name].reply
        if not reply or spec.judge is None or spec.sure:
            return ""
        judgement = spec.judge(reply)
        return f"it answers as {judgement.name}" if judgement.whose == "another" else ""

    def _pour(self, plugged: _Plugged) -> None:
        source = self._wanted[plugged.key].source
        if source is not None:
            self._send(plugged, source.due(self._now()))

    def _send(self, plugged: _Plugged, messages: Sequence[bytes]) -> None:
        for data in messages:
            for answer in plugged.device.receive(data, self._now().mono):
                if plugged.key:
                    self._hear(plugged, answer)

    def _hear(self, plugged: _Plugged, data: bytes) -> None:
        """Let one message in, by the callback that inputs have."""
        if plugged.receive is not None:
            plugged.receive((list(data), 0.0), None)

    def _sysex(self, plugged: _Plugged, message: list[int]) -> bool:
        spec, data, mono = self._wanted[plugged.key], bytes(message), self._now().mono
        if is_reply(spec, data):
            return plugged.inquiry is not None and plugged.inquiry.hear(data, mono)
        if not spec.renew_on.match(data):
            return False
        if plugged.renewal is not None and plugged.renewal.tell(mono):
            self._renew(plugged)
        return True
